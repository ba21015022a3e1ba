"""Links of published pages: found, looked after, told when they broke."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from courses import links, outside_links, tasks
from courses.enums import LinkStatus
from courses.links import broken_links, links_of
from courses.models import InformationPage, OutsideLink
from tests.factories.courses import home_page, instruction, lesson_page, module_page

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def information(text: str, title: str = "About us") -> InformationPage:
    home = home_page()
    page = InformationPage(
        title=title,
        slug=title.lower().replace(" ", "-"),
        locale=home.locale,
        body=[{"type": "text", "value": text}],
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


class Traveller:
    """A visitor who goes nowhere and says what it was told."""

    def __init__(self, status: LinkStatus = LinkStatus.WORKS):
        self.status, self.seen = status, []

    def visit(self, url: str) -> LinkStatus:
        self.seen.append(url)
        return self.status


def visit(now: datetime, status: LinkStatus = LinkStatus.WORKS) -> list[str]:
    return outside_links.visit_due(now, Traveller(status))


# Found


def test_links_are_read_as_they_are_stored_and_as_they_are_typed(db):
    page = information(
        '<p><a linktype="page" id="7">our <b>page</b></a>, <a href="https://a.example/x?y=1&amp;z=2">theirs</a>, '
        '<a href="mailto:a@b.example">a letter</a>, <a>nothing</a></p>'
    )
    typed = lesson_page(steps=[instruction(text="Go to https://b.example/form. (Or http://c.example/)")])

    found = [(link.words, link.page_id, link.url) for link in links_of([page, typed])]

    assert found == [
        ("our page", 7, ""),
        ("theirs", None, "https://a.example/x?y=1&z=2"),
        ("", None, "https://b.example/form"),
        ("", None, "http://c.example/"),
    ]


def test_a_link_to_a_page_that_is_published_is_no_matter(db):
    information(f'<p><a linktype="page" id="{module_page().pk}">E-mail</a></p>')

    assert broken_links() == []


def test_a_link_to_a_page_that_is_gone_or_away_is_named(db):
    away, gone = module_page(title="Away"), module_page(title="Gone")
    page = information(
        f'<p><a linktype="page" id="{away.pk}">one</a> <a linktype="page" id="{gone.pk}">two</a></p>'
    )
    away.unpublish()
    gone.delete()

    assert [(one.found_on, one.words, one.target, one.is_gone) for one in broken_links()] == [
        (page.pk, "one", "Away", False),
        (page.pk, "two", "", True),
    ]


def test_a_draft_is_not_judged(db):
    page = information("<p>Nothing.</p>")
    page.body = [{"type": "text", "value": '<p><a linktype="page" id="999">gone</a></p>'}]
    page.save_revision()

    assert broken_links() == []


def test_pages_without_a_link_are_not_read(db):
    linking = information('<p><a linktype="page" id="999">gone</a></p>', "One")
    lesson_page()

    assert links.published("linktype") == [linking]


def test_many_pages_cost_as_many_queries_as_one(db, django_assert_num_queries):
    information('<p><a linktype="page" id="999">gone</a></p>', "One")
    with django_assert_num_queries(3):
        assert len(broken_links()) == 1
    for n in range(3):
        information('<p><a linktype="page" id="999">gone</a></p>', f"More {n}")
    with django_assert_num_queries(3):
        assert len(broken_links()) == 4


# Noted


def test_links_are_noted_once_a_page_and_forgotten_with_it(db):
    text = '<p><a href="https://a.example/">a</a> <a href="https://a.example/">again</a></p>'
    first, second = information(text, "One"), information(text, "Two")

    outside_links.note_links(NOW)
    outside_links.note_links(NOW)
    assert set(OutsideLink.objects.values_list("url", "found_on")) == {
        ("https://a.example/", first.pk),
        ("https://a.example/", second.pk),
    }

    second.unpublish()
    outside_links.note_links(NOW)
    assert list(OutsideLink.objects.values_list("found_on", flat=True)) == [first.pk]


def test_what_is_known_of_an_address_holds_where_it_is_found_later(db):
    information('<p><a href="https://a.example/">a</a></p>', "One")
    outside_links.note_links(NOW)
    visit(NOW, LinkStatus.GONE)

    information('<p><a href="https://a.example/">a</a></p>', "Two")
    outside_links.note_links(NOW + DAY)
    visit(NOW + DAY, LinkStatus.GONE)

    assert [row.found_on.title for row in outside_links.broken()] == ["One", "Two"]


def test_pages_are_read_before_anybody_is_kept_waiting(link):
    """SQLite lets one write at a time, and whoever learns writes."""
    with CaptureQueriesContext(connection) as captured:
        outside_links.note_links(NOW)

    asked = [query["sql"] for query in captured]
    begins = next(n for n, sql in enumerate(asked) if "SAVEPOINT" in sql)
    reads = [n for n, sql in enumerate(asked) if 'FROM "courses_lessonpage"' in sql]
    assert max(reads) < begins


def test_a_page_deleted_while_links_are_read_has_none(db, monkeypatch):
    page = information('<p><a href="https://a.example/">a</a></p>')
    read = links.published

    def published(saying):
        found = read(saying)
        page.delete()
        return found

    monkeypatch.setattr(links, "published", published)
    outside_links.note_links(NOW)
    connection.check_constraints()

    assert not OutsideLink.objects.exists()


# Visited


@pytest.fixture
def link(db):
    information('<p><a href="https://a.example/">a</a></p>')
    outside_links.note_links(NOW)


def statuses(*visits: tuple[timedelta, LinkStatus]) -> bool:
    for after, status in visits:
        outside_links.note_visit("https://a.example/", status, NOW + after)
    return bool(outside_links.broken())


GONE, WORKS, UNSURE = LinkStatus.GONE, LinkStatus.WORKS, LinkStatus.UNSURE


@pytest.mark.parametrize(
    ("visits", "is_broken"),
    [
        ([(0 * DAY, GONE)], False),
        ([(0 * DAY, GONE), (DAY - timedelta(seconds=1), LinkStatus.FAULT)], False),
        ([(0 * DAY, GONE), (DAY, LinkStatus.SILENT)], True),
        ([(0 * DAY, GONE), (DAY, WORKS), (2 * DAY, GONE)], False),
        ([(0 * DAY, GONE), (DAY, UNSURE), (2 * DAY, GONE)], False),
        ([(0 * DAY, GONE), (DAY, GONE), (2 * DAY, WORKS)], False),
        ([(0 * DAY, WORKS), (7 * DAY, GONE), (8 * DAY, GONE)], True),
    ],
)
def test_broken_is_what_failed_twice_a_day_apart(link, visits, is_broken):
    assert statuses(*visits) is is_broken


def test_what_works_is_visited_once_a_week_and_what_failed_the_next_day(link):
    assert visit(NOW) == ["https://a.example/"]
    assert visit(NOW + 6 * DAY) == []
    assert visit(NOW + 7 * DAY, LinkStatus.FAULT) == ["https://a.example/"]
    assert visit(NOW + 8 * DAY) == ["https://a.example/"]
    assert visit(NOW + 9 * DAY) == []


def test_what_another_worker_has_taken_is_left_to_it(link):
    class Rival(Traveller):
        def visit(self, url):
            self.seen += outside_links.visit_due(NOW, Traveller())
            return super().visit(url)

    rival = Rival()

    assert outside_links.visit_due(NOW, rival) == ["https://a.example/"]
    assert rival.seen == ["https://a.example/"]


def test_a_visit_that_was_cut_short_is_made_up_for(link):
    class Dies(Traveller):
        def visit(self, url):
            raise SystemExit

    with pytest.raises(SystemExit):
        outside_links.visit_due(NOW, Dies())

    assert visit(NOW + timedelta(minutes=14)) == []
    assert visit(NOW + timedelta(minutes=15)) == ["https://a.example/"]


def test_a_run_asks_each_host_once_and_few_of_them(db):
    many = " ".join(
        f'<a href="https://{host}.example/{n}">x</a>' for host in ("a", "A", "b") for n in range(3)
    )
    information(f"<p>{many}</p>")
    outside_links.note_links(NOW)

    assert visit(NOW) == ["https://A.example/0", "https://b.example/0"]
    assert len(visit(NOW)) == 2


def test_nothing_is_visited_where_that_is_switched_off(link, settings, monkeypatch):
    visited = []
    monkeypatch.setattr(outside_links, "visit_due", lambda now: visited.append(now))
    OutsideLink.objects.all().delete()

    settings.CHECK_LINKS = False
    tasks.note_links()
    tasks.visit_links()
    assert (visited, OutsideLink.objects.count()) == ([], 0)

    settings.CHECK_LINKS = True
    tasks.note_links()
    tasks.visit_links()
    assert (len(visited), OutsideLink.objects.count()) == (1, 1)


def test_another_language_has_links_of_its_own(link):
    french = Locale.objects.create(language_code="fr")
    home = home_page().copy_for_translation(french)
    home.save_revision().publish()
    page = InformationPage(
        title="À propos",
        slug="a-propos",
        locale=french,
        body=[{"type": "text", "value": '<a href="https://f.example/">f</a>'}],
    )
    home.add_child(instance=page)
    page.save_revision().publish()

    outside_links.note_links(NOW)

    assert outside_links.counts().known == 2
    assert cache.get("link-visit-f.example") is None
