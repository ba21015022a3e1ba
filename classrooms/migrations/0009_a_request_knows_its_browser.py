from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('classrooms', '0008_calls_about_herself'),
    ]

    operations = [
        migrations.AddField(
            model_name='joinrequest',
            name='browser',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.UniqueConstraint(models.F('session'), models.F('browser'), condition=models.Q(('decided_at', None)), name='a_browser_asks_once'),
        ),
    ]
