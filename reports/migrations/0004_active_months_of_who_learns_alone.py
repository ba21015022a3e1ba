from django.db import migrations


def count_anew(apps, schema_editor):
    """Of who learns alone no months were kept: the next sweep counts them."""
    apps.get_model("reports", "Slice").objects.filter(organisation=None).update(signature="")


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_record_stores")]

    operations = [migrations.RunPython(count_anew, migrations.RunPython.noop, elidable=True)]
