"""What each learner needs after a class: her next lesson, and a call when she stayed away again."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language

from classrooms.enums import Status
from classrooms.models import Attendance, Session
from courses import library
from courses.library import Entry
from courses.models import Module
from learners.models import Enrolment, LessonCompletion
from people.models import User


def somebody_ticked() -> Exists:
    """Of a class: who was there is known."""
    return Exists(Attendance.objects.filter(session=OuterRef("pk"), status__gt=""))


def next_lessons(people: Iterable[User]) -> dict[int, Entry]:
    """{person id: the first lesson she has not finished}: of the module she was last at, else of the first module.

    Titles are in the reader's language. Who has finished all of them has none. A constant number of queries.
    """
    order = {module.pk: place for place, module in enumerate(Module.objects.live())}
    entries = library.lessons(order, get_language() or settings.LANGUAGE_CODE)
    lessons = sorted(entries, key=lambda one: (order[one.row.module_id], one.row.position, one.row.pk))
    finished: dict[int, set[int]] = {}
    for person, lesson in LessonCompletion.objects.filter(enrolment__person__in=people).values_list(
        "enrolment__person", "lesson"
    ):
        finished.setdefault(person, set()).add(lesson)
    begun: dict[int, int] = {}
    unfinished = Enrolment.objects.unfinished().filter(person__in=people)
    for person, module in unfinished.order_by("last_attempt_at", "pk").values_list("person", "module"):
        begun[person] = module
    found = {}
    for person in people:
        open_ones = [one for one in lessons if one.row.pk not in finished.get(person.pk, set())]
        hers = [one for one in open_ones if one.row.module_id == begun.get(person.pk)]
        if open_ones:
            found[person.pk] = (hers or open_ones)[0]
    return found


def times_asked(session: Session) -> Counter[int]:
    """{person id: how often she asked for help in this class}."""
    return Counter(session.help_requests.values_list("person", flat=True))


def absent_twice(session: Session) -> set[int]:
    """Who was absent in this class and in the one before it, as ticked: ids of people."""
    before = [one for one in _ticked([session.cohort_id]) if one.began_at < session.began_at]
    return {person for person, _ in _absent_in_both([(before[-1], session)])} if before else set()


def absent_lately(cohorts: Iterable[int]) -> list[tuple[int, tuple[Session, Session]]]:
    """(person id, the last two classes of a cohort that were ticked), for who was absent in both. Two queries."""
    held: dict[int, list[Session]] = defaultdict(list)
    for session in _ticked(cohorts):
        held[session.cohort_id].append(session)
    return _absent_in_both([(ones[-2], ones[-1]) for ones in held.values() if len(ones) > 1])


def _ticked(cohorts: Iterable[int]) -> list[Session]:
    """As they began."""
    rows = Session.objects.filter(somebody_ticked(), cohort__in=cohorts)
    rows = rows.only("cohort", "starts_at", "opened_at", "closed_at")
    return sorted(rows, key=lambda one: (one.began_at, one.pk))


def _absent_in_both(pairs: list[tuple[Session, Session]]) -> list[tuple[int, tuple[Session, Session]]]:
    pair_of = {session.pk: pair for pair in pairs for session in pair}
    absent = Attendance.objects.filter(status=Status.ABSENT, session__in=pair_of, person__isnull=False)
    counted = Counter(
        (person, pair_of[session]) for person, session in absent.values_list("person", "session")
    )
    return [one for one, times in counted.items() if times == 2]
