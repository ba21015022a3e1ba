"""One part of the made-up region: an organisation, who works there, its cohorts, and who learns alone in its town."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from classrooms.models import Place
from learners.models import Cohort
from operations.models import RegionPart
from operations.region_classes import Class, Timetable, session_codes
from operations.region_content import Content
from operations.region_learning import Sitting, Way
from operations.region_papers import Papers
from operations.region_people import Learner, People, key_of_part
from operations.region_writing import Table, Writer
from operations.region_year import A_YEAR, SLOTS, end_of_clock, meetings, starts
from people.enums import Role
from people.models import Organisation

TOWNS = {
    "nl": ["Gent", "Antwerpen", "Mechelen", "Leuven", "Oostende", "Genk", "Aalst", "Kortrijk", "Brussel"],
    "fr": ["Liège", "Charleroi", "Namur", "Mons", "Verviers", "Tournai", "La Louvière", "Bruxelles"],
    "de": ["Eupen", "Sankt Vith", "Kelmis"],
}  # fmt: skip
COMMUNITIES = ["nl", "fr", "fr", "nl", "nl", "fr", "nl", "fr", "nl", "fr", "fr", "de"]
HOUSES = {"nl": "Voorbeeldhuis", "fr": "Maison Exemple", "de": "Beispielhaus"}
STREETS = {"nl": "Voorbeeldstraat", "fr": "Rue de l’Exemple", "de": "Beispielstraße"}
PLACES = Table(Place, "id", "organisation_id", "name", "address", "town")
IN_A_COHORT = 0.85
SMALLEST, USUAL, LARGEST = 6, 9, 12
COMES_AGAIN = 0.2  # who takes a free chair has been in a cohort before
NAMELESS_IN_CLASS, NAMELESS_ALONE = 0.04, 0.6
COHORTS_A_TRAINER = 7
MEDIATED = ["ar", "uk", "fa", "tr", "ps", "ti"]
WORKS_AT_HOME = 0.3  # between two classes
FIRST_MODULE = [50, 28, 9, 5, 8]  # in which a cohort begins, of a hundred


def write_part(
    writer: Writer, content: Content, number: int, size: int, *, seed: int, learners: int, until: date
) -> None:
    """`size` learners and all that is theirs; the random numbers of a part are its own."""
    rng = Random(f"{seed} {learners} {number}")  # noqa: S311
    end = end_of_clock(until)
    code = COMMUNITIES[number % len(COMMUNITIES)]
    town = rng.choice(TOWNS[code])
    # Without Django's signals: Wagtail keeps notes on what was saved, and nobody would take those away.
    (organisation,) = Organisation.objects.bulk_create(
        [Organisation(name=f"{HOUSES[code]} {town} {number + 1} (demo {seed})", place=town)]
    )
    # Before all the rest: a second run of the same region waits here, and stops.
    part = RegionPart(seed=seed, number=number, learners=learners, until=until, organisation=organisation)
    RegionPart.objects.bulk_create([part])
    people = People(writer, rng, prefix=key_of_part(seed, number), screen_language=code)
    cohorts = list(
        _cohorts(writer, rng, content, organisation, people, code, round(size * IN_A_COHORT), until)
    )
    timetable = Timetable(writer, rng, session_codes(seed, number), end)
    everybody: dict[int, Learner] = {}
    for place, cohort in enumerate(cohorts, 1):
        timetable.hold(cohort, f"{cohort.slot.names[code]} {place}")
        everybody |= {learner.id: learner for learner in cohort.learners}
    alone = [_alone(rng, people, content, end) for _ in range(size - len(everybody))]
    papers = Papers(writer, rng, content, organisation, end)
    by_id = {cohort.id: cohort for cohort in cohorts}
    for learner in (*everybody.values(), *alone):
        way = Way(writer, rng, content, learner, end)
        for sitting in _in_order(rng, learner.sittings, end):
            way.sit(sitting)
        for finished in way.finish():
            papers.of_learning(learner, finished, by_id.get(finished.cohort or 0))
    for cohort in cohorts:
        papers.of_attendance(cohort)


def _cohorts(
    writer: Writer, rng: Random, content: Content, organisation: Organisation, people: People, code: str, seats: int,
    until: date,
) -> Iterator[Class]:  # fmt: skip
    """By their start. Each has a time of the week and a trainer to itself, and people who are new or come again."""
    end = end_of_clock(until)
    long_ago = end - 2 * A_YEAR
    counts = _sizes(rng, seats)
    people.staff(Role.COORDINATOR, organisation, joined=long_ago)
    trainers = [
        people.staff(Role.TRAINER, organisation, joined=long_ago)
        for _ in range(1 + len(counts) // COHORTS_A_TRAINER)
    ]
    mediators = [
        (people.staff(Role.MEDIATOR, organisation, joined=long_ago, language=language), language)
        for language in rng.sample(MEDIATED, 2)
    ]
    # A trainer has a room of her own, so that nobody waits at a locked door.
    rooms = [writer.new_id(Place) for _ in trainers]
    for n, room in enumerate(rooms, 1):
        name, address = f"{HOUSES[code]} {n}", f"{STREETS[code]} {n}"
        writer.add(PLACES, room, organisation.pk, name, address, organisation.place)
    times = [(slot, trainer) for slot in SLOTS for trainer in range(len(trainers))]
    rng.shuffle(times)
    known: list[tuple[datetime, Learner]] = []
    for monday, count, (slot, trainer) in zip(starts(rng, len(counts), until), counts, times, strict=False):
        spans = meetings(rng, monday, slot)
        mediator, language = rng.choice(mediators) if rng.random() < 0.3 else (None, "")
        first = _first_module(rng, content)
        cohort = Class(
            id=writer.new_id(Cohort),
            organisation_id=organisation.pk,
            place=rooms[trainer],
            trainer=trainers[trainer],
            mediator=mediator,
            mediator_language=language,
            module=content.modules[first].row.pk,
            first_module=first,
            slot=slot,
            series=f"{rng.getrandbits(128):032x}",
            languages=rng.choice([code, f"{code} en", f"{code} fr en"]),
            meetings=spans,
            childcare=rng.choice([0, 0, 0, 4, 6]) if slot.is_school_hours else 0,
            is_women_only=rng.random() < 0.15,
            is_public=rng.random() < 0.6,
        )
        free = [one for ended_at, one in known if ended_at < cohort.began_at]
        again = sum(rng.random() < COMES_AGAIN for _ in range(LARGEST - count))
        cohort.learners = rng.sample(free, min(len(free), again))
        known = [(ended_at, one) for ended_at, one in known if one not in cohort.learners]
        for _ in range(count):
            joined = min(cohort.began_at, end) - timedelta(minutes=rng.randint(60, 14 * 24 * 60))
            cohort.learners.append(people.learner(joined=joined, nameless=NAMELESS_IN_CLASS))
            cohort.learners[-1].first_module = first
        known += [(spans[-1][1], learner) for learner in cohort.learners]
        yield cohort


def _sizes(rng: Random, seats: int) -> list[int]:
    """How many new learners each cohort has: 9 or so, from 6 to 12 wherever the number allows it."""
    cohorts = max(1, round(seats / USUAL))
    counts = [seats // cohorts + (n < seats % cohorts) for n in range(cohorts)]
    for _ in range(cohorts if cohorts > 1 else 0):
        smaller, larger = rng.sample(range(cohorts), 2)
        if counts[smaller] > SMALLEST and counts[larger] < LARGEST:
            counts[smaller] -= 1
            counts[larger] += 1
    return counts


def _first_module(rng: Random, content: Content) -> int:
    places = range(min(len(content.modules), len(FIRST_MODULE)))
    return rng.choices(places, FIRST_MODULE[: len(places)])[0]


def _alone(rng: Random, people: People, content: Content, end: datetime) -> Learner:
    """On a phone, some minutes at a time; few come back often."""
    begins = _by_day(rng, end - timedelta(seconds=rng.randint(3600, int(A_YEAR.total_seconds()))))
    learner = people.learner(joined=begins, nameless=NAMELESS_ALONE)
    learner.first_module = _first_module(rng, content)
    for _ in range(1 + int(rng.expovariate(1 / 2))):
        learner.sittings.append(_at_home(rng, begins, None))
        begins = _by_day(rng, begins + timedelta(days=1 + rng.lognormvariate(0.5, 1.3)))
    return learner


def _at_home(rng: Random, begins: datetime, cohort: int | None) -> Sitting:
    is_offline = rng.random() < 0.05
    sent_after = timedelta(hours=rng.randint(1, 60)) if is_offline else timedelta(seconds=1)
    ends = begins + timedelta(minutes=rng.randint(5, 40))
    return Sitting(begins, ends, cohort, lessons=2, sent_after=sent_after)


def _by_day(rng: Random, moment: datetime) -> datetime:
    """That day at another hour; few learn in the morning, most in the evening, nobody at night."""
    return moment.replace(hour=int(rng.triangular(6, 21, 18)))


def _in_order(rng: Random, sittings: list[Sitting], end: datetime) -> Iterator[Sitting]:
    """Those before the end of the clock, with some evenings at home after classes; never two at once."""
    evenings = [
        _at_home(rng, _by_day(rng, one.ends + timedelta(days=rng.randint(1, 4))), one.cohort)
        for one in sittings
        if one.session and rng.random() < WORKS_AT_HOME
    ]
    free_from = datetime.min.replace(tzinfo=UTC)
    for one in sorted([*sittings, *evenings], key=lambda one: one.begins):
        if one.begins >= free_from and one.ends <= end:
            free_from = one.ends
            yield one
