"""What a trainer prints of her class, looked into as a reader aloud and as eyes find it."""

from datetime import time, timedelta
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.formats import date_format

from classrooms import actions, come_in, planning
from classrooms.models import Place
from papers import making
from papers.enums import State
from papers.kinds import kind_of
from papers.models import PrintJob
from tests.factories.papers import PrintJobFactory
from tests.factories.people import UserFactory
from tests.papers.looking import NAMES, is_a4, pages_of, read_square, says, square_of, tags, text_of

pytestmark = pytest.mark.django_db


def made(owner, kind, **params):
    """The job, and its PDF."""
    job = PrintJobFactory(owner=owner, kind=kind, params=params)
    making.make(job.pk)
    job.refresh_from_db()
    return job, job.file.read() if job.file else b""


def paper_of(owner, kind, **params):
    job = PrintJobFactory.build(owner=owner, kind=kind, params=params)
    return kind_of(job).compose(job)


def tick(session, person, by, status="present", late=None, minutes=60):
    at = session.opened_at + timedelta(minutes=minutes)
    actions.tick(session, person, status=status, minutes_late=late, by=by, now=at)


def test_a_press_leads_to_the_page_of_the_paper(trainer, cohort, session, bram):
    for address in (
        f"/teach/{cohort.pk}/sheet/",
        f"/teach/sessions/{session.pk}/poster/",
        f"/teach/sessions/{session.pk}/attendance.pdf",
    ):
        page = trainer.post(address, follow=True)
        assert page.status_code == 200
        assert PrintJob.objects.latest("asked_at").get_absolute_url() == page.request["PATH_INFO"]
    assert {job.owner for job in PrintJob.objects.all()} == {bram}


def test_one_form_sent_twice_asks_once(trainer, cohort):
    page = trainer.get(f"/teach/{cohort.pk}/").content.decode()
    key = page.split('name="key" value="')[1].split('"')[0]

    for _ in range(2):
        trainer.post(f"/teach/{cohort.pk}/sheet/", {"key": key})

    assert [str(job.pk) for job in PrintJob.objects.all()] == [key]


def test_a_sheet_has_a_row_for_each_and_five_for_newcomers_in_every_script(cohort, bram):
    cohort.learners.add(*(UserFactory(name=name) for name in NAMES.values()))

    job, pdf = made(bram, "sheet", cohort=cohort.pk)

    assert [name for name in NAMES.values() if not says(pdf, name)] == []
    rows = [tag for tag in tags(pdf) if tag == "/TR"]
    assert len(rows) == 1 + len(NAMES) + 1 + 5
    assert is_a4(pdf)
    assert (job.filename, pages_of(pdf)) == (f"sheet-{cohort.name.lower().replace(' ', '-')}.pdf", 1)


def test_a_sheet_can_be_read_aloud(cohort, bram):
    _, pdf = made(bram, "sheet", cohort=cohort.pk)

    with pikepdf.open(BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "en"
        assert str(document.docinfo["/Title"]) == "Attendance sheet"
        assert bool(document.Root.MarkInfo.Marked)
    assert {"/H1", "/Table", "/THead", "/TBody", "/TH", "/TD"} <= set(tags(pdf))


def test_forty_learners_have_their_headings_on_each_page(cohort, bram):
    cohort.learners.add(*UserFactory.create_batch(40))

    _, pdf = made(bram, "sheet", cohort=cohort.pk)

    assert pages_of(pdf) == 3
    assert text_of(pdf).count("Late, or left earlier") == 3


def test_the_date_is_known_while_a_class_is_on(session, cohort, bram):
    day = timezone.localtime(session.opened_at)

    _, pdf = made(bram, "sheet", cohort=cohort.pk)
    actions.close_session(session, now=timezone.now())
    _, later = made(bram, "sheet", cohort=cohort.pk)

    assert f"{day:%H:%M} –" in text_of(pdf)
    assert f"{day:%H:%M} –" not in text_of(later)


def test_the_square_of_a_poster_opens_the_class(session, bram, settings):
    paper = paper_of(bram, "poster", session=session.pk)

    assert read_square(paper.context["qr"]) == square_of(f"{settings.BASE_URL}/join/{session.code}/")
    _, pdf = made(bram, "poster", session=session.pk)
    assert session.code in text_of(pdf).replace(" ", "")  # its letters stand apart
    assert "127.0.0.1:8000/join/" in text_of(pdf)
    assert pages_of(pdf) == 1


def test_a_poster_for_a_planned_class_says_when_and_where(cohort, bram, organisation):
    place = Place.objects.create(organisation=organisation, name="The blue house", town="Gent")
    day = timezone.localdate() + timedelta(days=3)
    [planned] = planning.plan(
        cohort, [planning.span(day, time(9), time(11))], series=uuid4(), lessons=[], place=place
    )

    _, pdf = made(bram, "poster", session=planned.pk)

    assert "09:00 – 11:00" in text_of(pdf)
    assert "The blue house, Gent" in text_of(pdf)
    assert pages_of(pdf) == 1


def test_a_poster_says_how_in_every_language_that_has_the_words(session, bram, monkeypatch):
    said = {"en": "Come in with this code", "ar": "ادخلوا بهذا الرمز", "uk": "Заходьте з цим кодом"}

    class Words:
        def __str__(self):
            return said.get(translation.get_language(), said["en"])

    monkeypatch.setattr(come_in, "COME_IN", Words())

    sentences = come_in.sentences()

    assert [(one.language, one.sentence) for one in sentences] == list(said.items())


def test_a_poster_of_a_class_that_has_ended_is_not_made(session, bram):
    actions.close_session(session, now=timezone.now())

    job, _ = made(bram, "poster", session=session.pk)

    assert job.state == State.FAILED
    assert job.reason == "This class has ended. Its code opens nothing any more."


def test_attendance_counts_minutes_and_hours(session, cohort, amina, bram):
    late, away = UserFactory(name="Late"), UserFactory(name="Unknown")
    cohort.learners.add(late, away)
    tick(session, amina, bram)
    tick(session, late, bram, "late", 25)
    actions.close_session(session, now=session.opened_at + timedelta(minutes=130))

    context = paper_of(bram, "attendance", session=session.pk).context

    rows = [(row.name, row.status, row.minutes_late, row.minutes, row.hours) for row in context["rows"]]
    assert rows == [
        ("Amina", "present", None, 130, "2:10"),
        ("Late", "late", 25, 105, "1:45"),
        ("Unknown", "", None, None, ""),
    ]
    assert (context["minutes"], context["hours"], context["unsaved"]) == (235, "3:55", 1)


def test_attendance_says_who_corrected_what_and_when(session, amina, bram, celia):
    tick(session, amina, bram)
    tick(session, amina, celia, "late", 10, minutes=90)

    _, pdf = made(bram, "attendance", session=session.pk)

    first, corrected = (
        timezone.localtime(session.opened_at + timedelta(minutes=minutes)) for minutes in (60, 90)
    )
    words = text_of(pdf)
    assert f"{corrected:%H:%M} Celia Amina present late, 10 minutes" in words
    assert f"First saved by Bram on {date_format(first, 'DATETIME_FORMAT')}." in words


def test_attendance_that_nobody_corrected_says_so(session, amina, bram):
    tick(session, amina, bram)

    _, pdf = made(bram, "attendance", session=session.pk)

    assert "Nothing was changed after it was saved first." in text_of(pdf)


@pytest.mark.parametrize("kind", ["sheet", "poster", "attendance"])
def test_a_paper_costs_the_same_with_one_learner_and_with_three(session, cohort, amina, bram, kind):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            paper_of(bram, kind, cohort=cohort.pk, session=session.pk)
        return len(asked)

    tick(session, amina, bram)
    tick(session, amina, bram, "late", 5)
    one = count()
    for person in UserFactory.create_batch(2):
        cohort.learners.add(person)
        tick(session, person, bram)
        tick(session, person, bram, "late", 5)

    assert count() == one <= 8


def test_who_no_longer_leads_the_cohort_has_no_paper_of_it(trainer, cohort, session, bram):
    jobs = [made(bram, kind, cohort=cohort.pk, session=session.pk)[0] for kind in ("sheet", "attendance")]
    assert [trainer.get(f"/papers/{job.pk}.pdf").status_code for job in jobs] == [200, 200]

    cohort.trainers.clear()

    assert [trainer.get(f"/papers/{job.pk}.pdf").status_code for job in jobs] == [404, 404]
