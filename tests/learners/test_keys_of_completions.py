"""An upgrade: completions that are there get keys, those under which they were told until now."""

import hmac
from hashlib import sha256
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from learners.models import LessonCompletion, ModuleCompletion
from tests.factories.courses import LessonFactory, ModuleFactory, StepFactory
from tests.factories.learners import CohortFactory, do
from tests.factories.people import UserFactory

pytestmark = pytest.mark.usefixtures("new_scratch")
BEFORE = "0007_attempts_as_they_came"
MIGRATIONS = ["0008_completions_may_have_keys", "0009_keys_of_completions", "0010_each_completion_has_a_key"]


def downgrade() -> None:
    loader = MigrationLoader(None)
    for name in reversed(MIGRATIONS):
        migration = loader.get_migration("learners", name)
        with connection.schema_editor(atomic=migration.atomic) as editor:
            migration.unapply(loader.project_state(("learners", name), at_end=False), editor)


def upgrade(monkeypatch, *, meanwhile) -> None:
    """From tables without keys; two rows at once, so that there are several batches. What `meanwhile` finish, the
    version before writes down when the others have their keys."""
    downgrade()
    assert not has_keys()
    loader = MigrationLoader(None)
    state = loader.project_state(("learners", BEFORE))
    for name in MIGRATIONS:
        migration = loader.get_migration("learners", name)
        if name == MIGRATIONS[1]:
            monkeypatch.setitem(migration.operations[0].code.__globals__, "ROWS_AT_ONCE", 2)
        with connection.schema_editor(atomic=migration.atomic) as editor:
            state = migration.apply(state, editor)
        if name == MIGRATIONS[1]:
            for model in (LessonCompletion, ModuleCompletion):
                since = state.apps.get_model("learners", model.__name__).objects
                since.filter(enrolment__person__in=[person.pk for person in meanwhile]).update(key=None)


def has_keys() -> bool:
    with connection.cursor() as cursor:
        tables = [model._meta.db_table for model in (LessonCompletion, ModuleCompletion)]
        columns = [connection.introspection.get_table_description(cursor, table) for table in tables]
    return any(column.name == "key" for table in columns for column in table)


def told_until_now(organisation, person, thing) -> UUID:
    secret = sha256(f"reports.xapi.{organisation.pk}.{settings.SECRET_KEY}".encode()).digest()
    digest = hmac.digest(secret, f"record:{person.key}:{thing.key}".encode(), "sha256")
    return UUID(bytes=digest[:16], version=5)


def taught():
    """A module of two lessons."""
    module = ModuleFactory()
    for _ in range(2):
        StepFactory(lesson=LessonFactory(module=module))
    return module


def finish(person, module):
    for lesson in module.lessons.all():
        do(person, *lesson.steps.all())


def keys_of(model, *people) -> list[UUID]:
    return list(model.objects.filter(enrolment__person__in=people).values_list("key", flat=True))


def test_completions_of_before_get_keys(monkeypatch):
    """In one test: to go back and forth takes long."""
    known, alone, moved = UserFactory.create_batch(2), UserFactory.create_batch(2), UserFactory()
    meanwhile = UserFactory.create_batch(3)
    cohort = CohortFactory(learners=[*known, *meanwhile[:2], moved])
    module, other = taught(), taught()
    for person in (*known, *alone, *meanwhile):
        finish(person, module)
    finish(moved, other)
    left = other.lessons.first()
    left.module = ModuleFactory()
    left.save()
    finish(moved, left.module)
    assert LessonCompletion.objects.filter(lesson=left).count() == 2

    upgrade(monkeypatch, meanwhile=meanwhile)

    # What a store may know keeps its id.
    assert set(keys_of(LessonCompletion, *known)) == {
        told_until_now(cohort.organisation, person, lesson)
        for person in known
        for lesson in module.lessons.all()
    }
    assert set(keys_of(ModuleCompletion, *known)) == {
        told_until_now(cohort.organisation, person, module) for person in known
    }
    # What came while the keys were given was told under the same ids.
    known_late, alone_late = meanwhile[:2], meanwhile[2]
    assert set(keys_of(LessonCompletion, *known_late)) == {
        told_until_now(cohort.organisation, person, lesson)
        for person in known_late
        for lesson in module.lessons.all()
    }
    assert set(keys_of(ModuleCompletion, *known_late)) == {
        told_until_now(cohort.organisation, person, module) for person in known_late
    }
    assert [key.version for key in keys_of(ModuleCompletion, alone_late)] == [4]
    # Of who learns alone nobody was told.
    of_who_is_alone = keys_of(LessonCompletion, *alone)
    assert len(set(of_who_is_alone)) == 4
    assert {key.version for key in of_who_is_alone} == {4}
    # A lesson left behind and done again where it is now has two.
    assert len(set(keys_of(LessonCompletion, moved))) == 3
    # And who learns from now on.
    finish(late := UserFactory(), module)
    assert len(keys_of(ModuleCompletion, late)) == 1
