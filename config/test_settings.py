"""Settings of the test run: throw-away folder, letters kept in memory, no hashing of static files."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="stepin-test-"))
os.environ.setdefault("SECRET_KEY", "for-the-tests-only-" + "x" * 40)

from config.settings import *
from config.settings import DATA_DIR, DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True

# A file rather than memory: threads and processes of a test share it.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}

# Wagtail would write its index of references and words after each change of a page, which takes time;
# none of them looks anything up there.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
