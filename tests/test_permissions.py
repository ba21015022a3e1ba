"""Who may open what: every address of the site, for each of the eight people who could ask for it.

What belongs to somebody belongs to Amina, so that a forgotten check would show the others something of hers.
A new address fails the test until its row is written.
"""

import re
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from certificates.issuing import issue
from certificates.models import Credential, paper_path, paper_storage
from people import guests
from people.codes import in_groups
from reminders.actions import preference_of
from tests.factories.courses import lesson_with_steps
from tests.factories.learners import finish_module

pytestmark = pytest.mark.django_db

PEOPLE = ["anonymous", "guest", "amina", "bram", "celia", "edith", "olav", "dilan"]

# 302 is the way to the door (sign in), or on from it; 404 is "nothing here for you".
MAY_READ = """
address                                                        anonymous guest amina bram celia edith olav dilan
en/                                                                  200   200   200  200   200   200  200   200
en/<slug:slug>/                                                      200   200   200  200   200   200  200   200
en/<slug:module_slug>/<slug:lesson_slug>/                            200   200   200  200   200   200  200   200
en/<slug:module_slug>/<slug:lesson_slug>/<int:number>/               200   200   200  200   200   200  200   200
language/                                                            405   405   405  405   405   405  405   405
progress/                                                            405   405   405  405   405   405  405   405
me/                                                                  200   200   200  200   200   200  200   200
me/name/                                                             200   200   200  200   200   200  200   200
me/data/                                                             200   200   200  200   200   200  200   200
me/data.json                                                         200   200   200  200   200   200  200   200
me/delete/                                                           200   200   200  200   200   200  200   200
teach/                                                               302   302   404  200   404   404  404   404
teach/calls/                                                         302   302   404  200   404   404  404   404
teach/<int:cohort_id>/                                               302   302   404  200   404   404  404   404
certificates/name/                                                   302   200   200  200   200   200  200   200
certificates/<str:code>/                                             404   404   200  200   404   404  404   404
certificates/<str:code>.pdf                                          404   404   200  200   404   404  404   404
certificates/<str:code>/name/                                        405   405   405  405   405   405  405   405
verify/                                                              200   200   200  200   200   200  200   200
verify/<str:code>/                                                   200   200   200  200   200   200  200   200
reminders/stop/<str:token>/                                          200   200   200  200   200   200  200   200
reminders/resume/<str:token>/                                        405   405   405  405   405   405  405   405
accounts/login/                                                      200   200   302  302   302   302  302   302
accounts/signup/                                                     200   200   302  302   302   302  302   302
accounts/logout/                                                     302   302   200  200   200   200  200   200
accounts/inactive/                                                   200   200   200  200   200   200  200   200
accounts/reauthenticate/                                             302   302   200  200   200   200  200   200
accounts/email/                                                      302   302   200  200   200   200  200   200
accounts/confirm-email/                                              200   200   200  200   200   200  200   200
accounts/^confirm-email/(?P<key>[-:\\w]+)/$                           200   200   200  200   200   200  200   200
accounts/login/code/confirm/                                         302   302   302  302   302   302  302   302
accounts/password/change/                                            302   302   200  200   200   200  200   200
accounts/password/set/                                               302   302   302  302   302   302  302   302
accounts/password/reset/                                             200   200   200  200   200   200  200   200
accounts/password/reset/done/                                        200   200   200  200   200   200  200   200
accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$  200   200   200  200   200   200  200   200
accounts/password/reset/key/done/                                    200   200   200  200   200   200  200   200
admin/                                                               302   302   302  302   302   200  200   302
admin/login/                                                         302   302   302  302   302   302  302   302
media/<path:path>                                                    200   200   200  200   200   200  200   200
documents/^(\\d+)/(.*)$                                               404   404   404  404   404   404  404   404
documents/authenticate_with_password/<int:restriction_id>/           404   404   404  404   404   404  404   404
healthz                                                              200   200   200  200   200   200  200   200
readyz                                                               503   503   503  503   503   503  503   503
"""

# What writes; the others' own pages (name, delete) are tried in their rooms' tests.
MAY_WRITE = """
address                                                        anonymous guest amina bram celia edith olav dilan
certificates/<str:code>/name/                                        404   404   302  404   404   404  404   404
certificates/<str:code>/                                             405   405   405  405   405   405  405   405
teach/                                                               302   302   404  200   404   404  404   404
teach/<int:cohort_id>/                                               302   302   404  200   404   404  404   404
reminders/resume/<str:token>/                                        200   200   200  200   200   200  200   200
"""

# Open to whoever is no editor: the way in, and files that are the same for everybody.
ADMIN_FOR_ALL = {"admin/login/", "admin/jsi18n/", "admin/sprite/", "admin/sprite-preview/"}


def rows(table: str) -> list[tuple[str, dict[str, int]]]:
    lines = [line.split() for line in table.strip().splitlines()[1:]]
    return [(address, dict(zip(PEOPLE, map(int, answers), strict=True))) for address, *answers in lines]


def addresses(resolver=None, prefix: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        address = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern, address)
        else:
            yield address


def is_admins(address: str) -> bool:
    return address.startswith("admin/") and address not in {address for address, _ in rows(MAY_READ)}


@pytest.fixture
def hers(amina, cohort, settings) -> dict[str, str]:
    """Amina's things, by the name that an address gives them."""
    settings.MEDIA_ROOT.mkdir(exist_ok=True)
    (settings.MEDIA_ROOT / "picture.webp").write_bytes(b"a picture")
    lesson = lesson_with_steps()
    credential = issue(finish_module(amina, lesson.module).completion)
    path = paper_storage().save(paper_path(credential), ContentFile(b"%PDF-1.7"))
    Credential.objects.filter(pk=credential.pk).update(pdf=path, rendered_at=timezone.now())
    return {
        "slug": lesson.module.slug, "module_slug": lesson.module.slug, "lesson_slug": lesson.slug, "number": "1",
        "cohort_id": str(cohort.pk), "code": credential.code, "token": preference_of(amina).token,
        "path": "picture.webp", "restriction_id": "1",
    }  # fmt: skip


@pytest.fixture
def everyone(amina, bram, celia, edith, olav, dilan, rf) -> dict[str, Client]:
    visitors = {name: Client() for name in PEOPLE}
    for person in (amina, bram, celia, edith, olav, dilan):
        visitors[person.username].force_login(person)
    visitors["guest"].cookies[guests.COOKIE] = guests._signer.sign(str(guests.create_guest().key))
    return visitors


def fill_in(address: str, hers: dict[str, str]) -> str:
    """The address with Amina's things in its places."""
    if "^" in address:  # of libraries: allauth, Wagtail
        return "/" + re.sub(r"\(.*?\)(?=[-/$])|\(.*\)", "1", address.replace("^", "").rstrip("$"))
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda place: hers.get(place[1], "1"), address)


def test_every_address_has_a_row():
    missing = {address for address in addresses() if not is_admins(address)} - {
        row for row, _ in rows(MAY_READ)
    }
    assert missing == set()


def test_no_row_is_about_an_address_that_is_gone():
    assert {row for row, _ in rows(MAY_READ + MAY_WRITE.split("\n", 2)[2])} - set(addresses()) == set()


def test_everyone_reads_what_is_theirs_and_nothing_else(hers, everyone):
    found = surprises(hers, everyone, MAY_READ, lambda visitor, url: visitor.get(url))
    assert not found, "\n".join(found)


def test_everyone_changes_what_is_theirs_and_nothing_else(hers, everyone):
    found = surprises(
        hers, everyone, MAY_WRITE, lambda visitor, url: visitor.post(url, {"name": "Amina El Ali"})
    )
    assert not found, "\n".join(found)


def surprises(hers, everyone, table: str, ask) -> list[str]:
    """Where the answer is another than the table's."""
    return [
        f"{address} answers {name} {found}, not {answers[name]}"
        for address, answers in rows(table)
        for name, visitor in everyone.items()
        if (found := ask(visitor, fill_in(address, hers)).status_code) != answers[name]
    ]


def test_nobody_but_editors_opens_anything_of_the_editor(hers, everyone):
    closed = [fill_in(address, {}) for address in addresses() if is_admins(address)]
    assert len(closed) > 100

    opened = [
        (name, url)
        for name in ("anonymous", "guest", "amina", "bram", "celia", "dilan")
        for url in closed
        if everyone[name].get(url).status_code not in (302, 403, 404)
    ]

    assert [one for one in opened if one[1].lstrip("/") not in ADMIN_FOR_ALL] == []


def test_editors_see_no_people_and_no_settings(everyone):
    for path in ("/admin/users/", "/admin/groups/", "/admin/sites/", "/admin/locales/"):
        assert everyone["edith"].get(path).status_code in (302, 403), path
        assert everyone["olav"].get(path).status_code == 200, path


def test_what_amina_sees_of_herself_no_other_page_shows(hers, everyone, amina):
    """Her data, asked for by everybody at the same addresses, is hers only."""
    for name, visitor in everyone.items():
        shown = [
            in_groups(hers["code"]) in visitor.get(path).content.decode()
            for path in ("/me/data/", "/me/data.json")
        ]
        assert shown == [name == "amina"] * 2, name
