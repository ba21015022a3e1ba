"""Completions get the id under which their organisation's record store was told of them until now, others any."""

import hmac
from hashlib import sha256
from uuid import UUID, uuid4

from django.conf import settings
from django.db import migrations, transaction

ROWS_AT_ONCE = 2000


def give_keys(apps, schema_editor):
    for name, thing, home in (
        ("LessonCompletion", "lesson", "lesson__module"),
        ("ModuleCompletion", "enrolment__module", "enrolment__module"),
    ):
        model, last = apps.get_model("learners", name), 0
        without = model.objects.filter(key=None).order_by("pk").values_list(
            "pk", f"{thing}__key", "enrolment__person__key", "enrolment__cohort__organisation", "enrolment__module", home
        )
        while rows := list(without.filter(pk__gt=last)[:ROWS_AT_ONCE]):
            write(model, [(key_of(*about), pk) for pk, *about in rows], schema_editor.connection)
            last = rows[-1][0]


def key_of(thing, person, organisation, module, home):
    """As `reports.xapi_names` made it until now."""
    # Of a lesson that moved she may have two, one in each module: one of them gets another key.
    if organisation is None or module != home:
        return uuid4()
    secret = sha256(f"reports.xapi.{organisation}.{settings.SECRET_KEY}".encode()).digest()
    return UUID(bytes=hmac.digest(secret, f"record:{person}:{thing}".encode(), "sha256")[:16], version=5)


def write(model, keys, connection):
    field, quote = model._meta.get_field("key"), connection.ops.quote_name
    sql = f"UPDATE {quote(model._meta.db_table)} SET {quote('key')} = %s WHERE {quote('id')} = %s"
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.executemany(sql, [(field.get_db_prep_value(key, connection), pk) for key, pk in keys])


class Migration(migrations.Migration):
    # Each batch by itself: whoever is stopped in the middle goes on where she was.
    atomic = False

    dependencies = [
        ('learners', '0008_completions_may_have_keys'),
    ]

    operations = [
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
