from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('funding', '0001_projects_and_sheets'),
    ]

    operations = [
        migrations.AddField(
            model_name='project',
            name='is_answered',
            field=models.BooleanField(default=False, db_default=False, editable=False),
        ),
    ]
