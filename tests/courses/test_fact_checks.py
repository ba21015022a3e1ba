"""Lessons whose facts must be looked at again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from courses.fact_checks import due_checks
from courses.models import Lesson, LessonPage
from tests.courses.desk import save
from tests.factories.courses import lesson_page, translated

TODAY = date(2026, 11, 23)


def due(**fields) -> date | None:
    return LessonPage(**fields).check_due_on


@pytest.mark.django_db
def test_a_check_is_good_for_a_year_unless_somebody_says_otherwise():
    published = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)  # 1 February in Brussels

    assert due() is None
    assert due(first_published_at=published) == date(2027, 2, 1)
    assert due(first_published_at=published, checked_on=date(2026, 6, 1)) == date(2027, 6, 1)
    assert due(checked_on=date(2026, 6, 1), check_again_on=date(2026, 7, 1)) == date(2026, 7, 1)


def test_what_is_due_soon_is_listed_and_the_longest_overdue_comes_first(db):
    for title, days in (("Soon", 60), ("Later", 61), ("Today", 0), ("Past", -30)):
        lesson_page(title=title, check_again_on=TODAY + timedelta(days=days))

    found = due_checks(TODAY)

    assert [(check.title, check.days, check.is_overdue) for check in found] == [
        ("Past", -30, True), ("Today", 0, True), ("Soon", 60, False),
    ]  # fmt: skip


def test_a_lesson_is_checked_once_for_all_its_languages(db):
    page = lesson_page(check_again_on=TODAY)
    translated(Lesson.objects.get(key=page.translation_key), "fr")

    assert [check.page_id for check in due_checks(TODAY)] == [page.pk]


def test_a_lesson_that_is_away_waits(db):
    lesson_page(check_again_on=TODAY).unpublish()

    assert due_checks(TODAY) == []


def test_ten_lessons_cost_as_many_queries_as_one(db, django_assert_num_queries):
    lesson_page(check_again_on=TODAY)
    with django_assert_num_queries(1):
        due_checks(TODAY)
    for _ in range(3):
        lesson_page(check_again_on=TODAY)
    with django_assert_num_queries(1):
        assert len(due_checks(TODAY)) == 4


def test_the_next_check_comes_after_the_last(page):
    page.checked_on = page.check_again_on = TODAY

    with pytest.raises(ValidationError, match="Choose a day after the last check"):
        page.full_clean()


def test_an_editor_notes_her_check_in_the_form(at_desk, page):
    fields = {"checked_on": "2026-11-23", "check_again_on": "2027-05-23"}
    assert save(at_desk, page, page.body.get_prep_value(), publish=True, **fields).status_code == 302

    page.refresh_from_db()
    assert (page.checked_on, page.check_again_on) == (TODAY, date(2027, 5, 23))
