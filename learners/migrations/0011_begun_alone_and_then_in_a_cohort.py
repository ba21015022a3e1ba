from django.db import migrations
from django.db.models import OuterRef, Subquery


def take_into_the_cohort(apps, schema_editor):
    """As it is done from now on when somebody comes into a cohort (learners.receivers)."""
    Cohort, Enrolment = apps.get_model("learners", "Cohort"), apps.get_model("learners", "Enrolment")
    hers = Cohort.objects.filter(ended_at=None, learners=OuterRef("person")).order_by("-pk")
    Enrolment.objects.filter(
        cohort=None, completion=None, person__cohorts__ended_at=None, person__cohorts__isnull=False
    ).update(cohort=Subquery(hers.values("pk")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0010_each_completion_has_a_key"),
    ]

    operations = [
        migrations.RunPython(take_into_the_cohort, migrations.RunPython.noop),
    ]
