from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0004_step_notes'),
    ]

    operations = [
        migrations.AddField(
            model_name='lessonpage',
            name='checked_on',
            field=models.DateField(blank=True, help_text='When somebody last compared facts, amounts and addresses with their source.', null=True, verbose_name='checked on'),
        ),
        migrations.AddField(
            model_name='lessonpage',
            name='check_again_on',
            field=models.DateField(blank=True, help_text='For facts, amounts and addresses that change. Empty: a year after the last check, or after the lesson was first published.', null=True, verbose_name='check again on'),
        ),
    ]
