import tracemalloc
from datetime import timedelta

import pytest
from django.core.management import CommandError
from django.utils import timezone

from learners.models import Attempt, Enrolment
from learners.rollups import rebuild_all
from operations import demo, region, region_part
from operations.models import RegionPart
from operations.region_people import KEY_OF_ALL, keys_between
from operations.region_writing import Writer
from people.models import Organisation, User
from tests.factories.courses import lesson_with_steps, module_page
from tests.factories.learners import CohortFactory
from tests.factories.people import UserFactory
from tests.operations.small_region import UNTIL, all_counts, demo_data, in_short, teach
from tests.scratch import scratch_database


@pytest.fixture
def content(db):
    teach()


# The same region ────────────────────────────────────────────────────────────


def test_same_seed_makes_the_same_region(content):
    demo_data()
    first = in_short()
    demo_data(remove=True)
    demo_data()

    assert all(first.values())
    assert in_short() == first


def test_another_seed_makes_another_one(content):
    demo_data(seed=1)
    first = in_short()
    demo_data(remove=True)
    demo_data(seed=2)

    assert not set(in_short()["attempts"]) & set(first["attempts"])


def test_second_run_adds_nothing_and_says_so(content):
    demo_data()
    before = all_counts()

    assert "nothing was added" in demo_data()
    assert all_counts() == before


def test_second_run_on_a_later_day_adds_nothing(content):
    demo_data()
    before = all_counts()

    assert "nothing was added" in demo_data(until=None)
    assert all_counts() == before


def test_two_seeds_stand_beside_each_other(content):
    demo_data(seed=1)
    demo_data(seed=2)

    assert RegionPart.objects.count() == 2
    assert Enrolment.objects.values("person").distinct().count() > 80


# Where it may be written ────────────────────────────────────────────────────


def test_people_of_its_own_are_not_mixed_with_made_up_ones(content, dilan):
    before = all_counts()

    with pytest.raises(CommandError, match="--beside"):
        demo_data()
    assert all_counts() == before


def test_beside_them_it_writes_when_told(content, dilan):
    demo_data(beside=True)

    assert Attempt.objects.exists()
    assert User.objects.get(username="dilan").enrolments.count() == 0


def test_demo_people_are_not_in_the_way(tmp_path, capsys, db):
    for _ in range(2):
        module = module_page()
        for _ in range(2):
            lesson_with_steps(module)
    demo.people(tmp_path)

    demo_data()

    assert not region.people_of_its_own().exists()
    assert RegionPart.objects.count() == 1


def test_somebody_called_as_in_the_demo_is_somebody(content, amina):
    with pytest.raises(CommandError, match="--beside"):
        demo_data()


@pytest.mark.parametrize(
    "options", [{"learners": 61}, {"until": UNTIL - timedelta(days=1)}], ids=["other size", "other date"]
)
def test_a_seed_that_is_taken_is_refused(content, options):
    demo_data()

    with pytest.raises(CommandError, match="Take another seed"):
        demo_data(**options)


@pytest.mark.parametrize(
    "options",
    [{"learners": 0}, {"seed": -1}, {"seed": 1 << 32}, {"until": timezone.localdate() + timedelta(days=1)}],
    ids=["nobody", "negative", "too large", "future"],
)
def test_what_cannot_be_made_is_refused(content, options):
    with pytest.raises(CommandError, match="Nothing was written"):
        demo_data(**options)


def test_without_lessons_nothing_is_written(db):
    with pytest.raises(CommandError, match="starter_content"):
        demo_data()
    assert User.objects.count() == 0


# Stopped halfway, and taken away ────────────────────────────────────────────


def test_a_run_that_was_stopped_is_gone_on_with(content, monkeypatch):
    monkeypatch.setattr(region, "LEARNERS_A_PART", 60)
    demo_data(learners=180)
    whole = in_short()
    demo_data(remove=True)

    def stop(writer, content, number, *args, **kwargs):
        write_part(writer, content, number, *args, **kwargs)
        writer.flush()
        if number == 1:
            raise KeyboardInterrupt

    write_part = region_part.write_part
    with monkeypatch.context() as stopped:
        stopped.setattr(region, "write_part", stop)
        with pytest.raises(KeyboardInterrupt):
            demo_data(learners=180)
    assert [part.number for part in RegionPart.objects.all()] == [0]
    assert list(rebuild_all()) == []

    demo_data(learners=180, until=None)

    assert in_short() == whole


def test_what_it_made_is_taken_away_and_nothing_else(content, amina, bram, cohort):
    before = all_counts()
    demo_data(learners=500, beside=True)

    demo_data(remove=True)

    assert all_counts() == before
    assert not User.objects.filter(key__range=keys_between(KEY_OF_ALL)).exists()
    assert set(cohort.learners.all()) == {amina}


def test_a_made_up_person_who_was_put_into_a_real_cohort_goes_too(content, bram, cohort):
    demo_data(beside=True)
    cohort.learners.add(User.objects.filter(key__range=keys_between(KEY_OF_ALL)).last())

    demo_data(remove=True)

    assert [learner.name for learner in cohort.learners.all()] == ["Amina"]


def test_an_organisation_stays_while_somebody_real_is_there(content, amina):
    demo_data(beside=True)
    organisation = RegionPart.objects.get().organisation
    CohortFactory(organisation=organisation, learners=[amina])
    before = all_counts()

    with pytest.raises(CommandError, match="somebody real"):
        demo_data(remove=True)
    assert all_counts() == before


def test_removing_twice_says_that_nothing_was_there(content):
    assert "0 rows" in demo_data(remove=True)


# At scale ───────────────────────────────────────────────────────────────────


def test_memory_does_not_grow_with_the_number_of_learners(content, monkeypatch):
    monkeypatch.setattr(region, "LEARNERS_A_PART", 60)

    def peak(learners, seed):
        tracemalloc.start()
        demo_data(learners=learners, seed=seed)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(60, 1)  # what is remembered for ever

    # No two parts are alike: eight in one run are held against eight in four runs, so that chance is the same.
    assert peak(480, 3) < 1.6 * max(peak(120, seed) for seed in (4, 5, 6, 7))


def test_rows_wait_in_memory_only_by_the_thousand(content, monkeypatch):
    most = 0
    add = Writer.add

    def counted(self, *args):
        nonlocal most
        add(self, *args)
        most = max(most, *map(len, self._waiting.values()))

    monkeypatch.setattr(Writer, "add", counted)
    demo_data(learners=400)

    assert 0 < most < 2000


@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_each_database_takes_it_and_counts_on_by_itself(kind, tmp_path, django_db_blocker):
    with scratch_database(kind, tmp_path, django_db_blocker):
        teach()
        demo_data(learners=100)

        assert list(rebuild_all()) == []
        UserFactory()
        CohortFactory(organisation=Organisation.objects.first())


def test_every_database_holds_the_same(tmp_path, django_db_blocker):
    made = []
    for kind in ("postgresql", "sqlite"):
        with scratch_database(kind, tmp_path, django_db_blocker):
            teach()
            demo_data()
            made.append(in_short())

    assert made[0] == made[1]
