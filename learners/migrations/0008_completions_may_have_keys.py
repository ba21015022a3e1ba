from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learners', '0007_attempts_as_they_came'),
    ]

    operations = [
        migrations.AddField(
            model_name='lessoncompletion',
            name='key',
            field=models.UUIDField(null=True, editable=False),
        ),
        migrations.AddField(
            model_name='modulecompletion',
            name='key',
            field=models.UUIDField(null=True, editable=False),
        ),
    ]
