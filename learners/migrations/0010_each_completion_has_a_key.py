import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learners', '0009_keys_of_completions'),
    ]

    operations = [
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
