from django.db import migrations
from django.db.models import Q


def note(apps, schema_editor):
    """Those that people have answered, and those that are over: what they kept was shown already."""
    Project, Sheet = apps.get_model("funding", "Project"), apps.get_model("funding", "Sheet")
    answered = Q(pk__in=Sheet.objects.values("project")) | Q(closed_at__isnull=False)
    Project.objects.filter(answered).update(is_answered=True)


class Migration(migrations.Migration):

    dependencies = [
        ('funding', '0002_answered_or_not'),
    ]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
