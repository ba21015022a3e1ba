"""What was decided and published when this was written; an administrator adds the years that follow.

Flemish Community to 2028 (vlaanderen.be), French Community to spring 2027 (enseignement.be). The weekends at both ends
are left out or taken in as published: nobody has school then anyway.
"""

from datetime import date

from django.db import migrations

HOLIDAYS = {
    "nl": [
        ("Herfstvakantie", (2026, 11, 2), (2026, 11, 8)),
        ("Kerstvakantie", (2026, 12, 21), (2027, 1, 3)),
        ("Krokusvakantie", (2027, 2, 8), (2027, 2, 14)),
        ("Paasvakantie", (2027, 3, 29), (2027, 4, 11)),
        ("Zomervakantie", (2027, 7, 1), (2027, 8, 31)),
        ("Herfstvakantie", (2027, 11, 1), (2027, 11, 7)),
        ("Kerstvakantie", (2027, 12, 27), (2028, 1, 9)),
        ("Krokusvakantie", (2028, 2, 28), (2028, 3, 5)),
        ("Paasvakantie", (2028, 4, 3), (2028, 4, 17)),
        ("Zomervakantie", (2028, 7, 1), (2028, 8, 31)),
    ],
    "fr": [
        ("Vacances d’automne (Toussaint)", (2026, 10, 19), (2026, 11, 1)),
        ("Vacances d’hiver (Noël)", (2026, 12, 21), (2027, 1, 3)),
        ("Vacances de détente (carnaval)", (2027, 2, 22), (2027, 3, 7)),
        ("Vacances de printemps", (2027, 4, 26), (2027, 5, 9)),
    ],
}


def write(apps, schema_editor):
    apps.get_model("classrooms", "SchoolHoliday").objects.bulk_create(
        apps.get_model("classrooms", "SchoolHoliday")(
            community=community, name=name, first_day=date(*first), last_day=date(*last)
        )
        for community, rows in HOLIDAYS.items()
        for name, first, last in rows
    )


class Migration(migrations.Migration):
    dependencies = [("classrooms", "0002_planning")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
