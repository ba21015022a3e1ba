from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

# Messages as files, written whole: ours in the place of kombu's.
TRANSPORT_ALIASES["filesystem"] = "operations.broker_transport:Transport"

app = Celery("stepin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
