import uuid
from importlib import import_module

from django.db import migrations, models


def give_the_last_keys(apps, schema_editor):
    """To what the version before has written down since: from here on it waits."""
    if schema_editor.connection.vendor == "postgresql":
        # As strictly as the changes below, and in their order: a lock that grows could wait for who waits for it.
        schema_editor.execute(
            "LOCK TABLE learners_lessoncompletion, learners_modulecompletion IN ACCESS EXCLUSIVE MODE"
        )
    import_module("learners.migrations.0009_keys_of_completions").give_keys(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('learners', '0009_keys_of_completions'),
    ]

    operations = [
        migrations.RunPython(give_the_last_keys, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='lessoncompletion',
            name='key',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name='modulecompletion',
            name='key',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
