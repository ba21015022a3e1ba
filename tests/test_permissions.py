"""Who may open what: every address of the site, for each of the eight people who could ask for it.

What belongs to somebody belongs to Amina, so that a forgotten check would show the others something of hers.
A new address fails the test until its row is written.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from certificates.issuing import issue
from certificates.models import Credential, paper_path, paper_storage
from classrooms.actions import open_session
from papers import making
from people import guests
from people.codes import in_groups
from reminders.actions import preference_of
from reminders.models import Preference
from tests.factories.courses import lesson_with_steps
from tests.factories.funding import ProjectFactory
from tests.factories.learners import finish_module
from tests.factories.papers import PrintJobFactory
from tests.factories.reports import RecordStoreKeyFactory, ScheduleFactory

pytestmark = pytest.mark.django_db

PEOPLE = ["anonymous", "guest", "amina", "bram", "celia", "edith", "olav", "dilan"]

# 302 is the way to the door (sign in), or on from it; 404 is "nothing here for you".
MAY_READ = """
address                                                        anonymous guest amina bram celia edith olav dilan
en/                                                                  200   200   200  200   200   200  200   200
en/agenda/                                                           200   200   200  200   200   200  200   200
en/agenda/<int:session_id>/                                          404   404   404  404   404   404  404   404
en/<slug:slug>/                                                      200   200   200  200   200   200  200   200
en/<slug:slug>/pack.json                                             200   200   200  200   200   200  200   200
en/<slug:module_slug>/<slug:lesson_slug>/                            200   200   200  200   200   200  200   200
en/<slug:slug>/words/                                                200   200   200  200   200   200  200   200
en/<slug:module_slug>/<slug:lesson_slug>/<int:number>/               200   200   200  200   200   200  200   200
language/                                                            405   405   405  405   405   405  405   405
comfort/                                                             405   405   405  405   405   405  405   405
help/                                                                200   200   200  200   200   200  200   200
teach/contact/                                                       302   302   404  404   302   404  404   404
teach/contact/<int:organisation_id>/                                 302   302   404  404   200   404  404   404
progress/                                                            405   405   405  405   405   405  405   405
me/                                                                  200   200   200  200   200   200  200   200
me/name/                                                             200   200   200  200   200   200  200   200
me/data/                                                             200   200   200  200   200   200  200   200
me/data.json                                                         200   200   200  200   200   200  200   200
me/delete/                                                           200   200   200  200   200   200  200   200
me/resume/                                                           302   200   200  404   404   404  404   200
me/leave/                                                            302   200   302  302   302   302  302   302
resume/                                                              200   200   200  200   200   200  200   200
card/                                                                200   200   200  200   200   200  200   200
card/<str:token>/                                                    200   200   200  200   200   200  200   200
me/helped/                                                           405   405   405  405   405   405  405   405
me/outbox/                                                           200   200   200  200   200   200  200   200
me/ticket.json                                                       200   200   200  200   200   200  200   200
offline/                                                             200   200   200  200   200   200  200   200
sw.js                                                                200   200   200  200   200   200  200   200
manifest.webmanifest                                                 200   200   200  200   200   200  200   200
teach/                                                               302   302   404  200   404   404  404   404
teach/sound/                                                         302   302   404  200   404   200  200   404
teach/sound/<int:lesson_id>/<str:language>/                          302   302   404  200   404   200  200   404
teach/calls/                                                         302   302   404  200   404   404  404   404
teach/notes/                                                        302   302   404  200   200   404  404   404
teach/notes/<int:step_id>/                                          302   302   404  200   200   404  404   404
teach/collect/                                                       302   302   404  200   404   404  404   404
teach/<int:cohort_id>/                                               302   302   404  200   404   404  404   404
teach/class-computer/                                                405   405   405  405   405   405  405   405
teach/<int:cohort_id>/open/                                          405   405   405  405   405   405  405   405
teach/sessions/<int:session_id>/                                     302   302   404  200   404   404  404   404
teach/<int:cohort_id>/plan/                                          302   302   404  200   404   404  404   404
teach/bookings/                                                      302   302   404  404   404   404  404   404
teach/sessions/<int:session_id>/calls/                               302   302   404  200   404   404  404   404
teach/calendar/                                                      302   302   404  200   404   404  404   404
me/calendar/                                                         302   200   200  200   200   200  200   200
me/funding/<int:project_id>/                                         200   404   200  404   404   404  404   404
me/funding/<int:project_id>/leaving/                                 200   404   200  404   404   404  404   404
me/funding/<int:project_id>/nothing/                                 405   405   405  405   405   405  405   405
teach/<int:cohort_id>/funding/                                       405   405   405  405   405   405  405   405
agenda.ics                                                           200   200   200  200   200   200  200   200
agenda/<int:session_id>.ics                                          404   404   404  404   404   404  404   404
calendar/learn/<str:token>.ics                                       404   404   404  404   404   404  404   404
calendar/teach/<str:token>.ics                                       404   404   404  404   404   404  404   404
teach/sessions/<int:session_id>/change/                              302   302   404  404   404   404  404   404
teach/sessions/<int:session_id>/cancel/                              405   405   405  405   405   405  405   405
teach/sessions/<int:session_id>/start/                               405   405   405  405   405   405  405   405
teach/sessions/<int:session_id>/now/                                 403   403   403  200   403   403  403   403
teach/sessions/<int:session_id>/wall/                                302   302   404  200   404   404  404   404
teach/sessions/<int:session_id>/attendance/                          302   302   404  200   404   404  404   404
teach/sessions/<int:session_id>/door/                                405   405   405  405   405   405  405   405
teach/sessions/<int:session_id>/help/                                405   405   405  405   405   405  405   405
teach/sessions/<int:session_id>/lead/                                405   405   405  405   405   405  405   405
teach/sessions/<int:session_id>/practice/                            302   302   404  200   404   404  404   404
teach/sessions/<int:session_id>/close/                               405   405   405  405   405   405  405   405
teach/<int:cohort_id>/sheet/                                         405   405   405  405   405   405  405   405
teach/sessions/<int:session_id>/poster/                              405   405   405  405   405   405  405   405
teach/sessions/<int:session_id>/attendance.pdf                       405   405   405  405   405   405  405   405
join/                                                                200   200   200  200   200   200  200   200
join/wait/                                                           302   302   302  302   302   302  302   302
join/wait/answer.json                                                200   200   200  200   200   200  200   200
join/<str:code>/                                                     404   404   404  404   404   404  404   404
class/now.json                                                       410   410   410  200   410   410  410   410
class/here/                                                          405   405   405  405   405   405  405   405
class/help/                                                          302   302   302  302   302   302  302   302
class/missed/                                                        302   302   302  302   302   302  302   302
class/helping/                                                       302   302   302  302   302   302  302   302
teach/<int:cohort_id>/invite/                                        405   405   405  405   405   405  405   405
teach/<int:cohort_id>/helpers/                                       405   405   405  405   405   405  405   405
teach/<int:cohort_id>/invite/back/                                   405   405   405  405   405   405  405   405
teach/<int:cohort_id>/step-back/                                     405   405   405  405   405   405  405   405
teach/invitations/<int:invitation_id>/                               405   405   405  405   405   405  405   405
teach/<int:cohort_id>/names/                                         302   302   404  200   404   404  404   404
teach/<int:cohort_id>/handout/                                       302   302   404  200   404   404  404   404
teach/<int:cohort_id>/cards/                                         302   302   404  200   404   404  404   404
teach/<int:cohort_id>/cards/lost/                                    405   405   405  405   405   405  405   405
teach/<int:cohort_id>/certificates/                                  405   405   405  405   405   405  405   405
certificates/name/                                                   302   200   200  200   200   200  200   200
certificates/<str:code>/                                             404   404   200  200   404   404  404   404
certificates/<str:code>.pdf                                          404   404   200  200   404   404  404   404
certificates/<str:code>/name/                                        405   405   405  405   405   405  405   405
papers/<uuid:key>/                                                   302   302   404  200   404   404  404   404
papers/<uuid:key>.<slug:ending>                                      302   302   404  200   404   404  404   404
papers/<uuid:key>/again/                                             405   405   405  405   405   405  405   405
reports/                                                            302   302   404  404   200   404  404   404
reports/calls/                                                      302   302   404  404   200   404  404   404
reports/numbers.csv                                                 302   302   404  404   200   404  404   404
reports/numbers.xlsx                                                302   302   404  404   200   404  404   404
reports/report.pdf                                                  405   405   405  405   405   405  405   405
reports/schedules/                                                  302   302   404  404   200   404  404   404
reports/schedules/new/                                              302   302   404  404   200   404  404   404
reports/schedules/<int:schedule_id>/                                405   405   405  405   405   405  405   405
reports/schedules/<int:schedule_id>/change/                         302   302   404  404   200   404  404   404
reports/stuck/                                                      302   302   404  404   200   200  200   404
reports/stuck/numbers.csv                                           302   302   404  404   200   200  200   404
reports/stuck/numbers.xlsx                                          302   302   404  404   200   200  200   404
reports/stuck/report.pdf                                            405   405   405  405   405   405  405   405
reports/classes/                                                    302   302   404  404   200   404  404   404
reports/classes/list.csv                                            302   302   404  404   200   404  404   404
reports/classes/list.xlsx                                           302   302   404  404   200   404  404   404
reports/funding/                                                    302   302   404  404   200   404  404   404
reports/funding/new/<int:organisation_id>/                          302   302   404  404   200   404  404   404
reports/funding/<int:project_id>/                                   302   302   404  404   200   404  404   404
reports/funding/<int:project_id>/change/                            302   302   404  404   200   404  404   404
reports/funding/<int:project_id>/switch/                            405   405   405  405   405   405  405   405
reports/funding/<int:project_id>/numbers.csv                        302   302   404  404   200   404  404   404
reports/funding/<int:project_id>/numbers.xlsx                       302   302   404  404   200   404  404   404
reports/funding/<int:project_id>/report.pdf                         405   405   405  405   405   405  405   405
reports/xapi/                                                        302   302   404  404   200   404  404   404
reports/xapi/<int:organisation_id>/file/                             405   405   405  405   405   405  405   405
reports/xapi/<int:organisation_id>/keys/                             405   405   405  405   405   405  405   405
reports/xapi/keys/<int:key_id>/revoke/                               405   405   405  405   405   405  405   405
reports/xapi/statements                                              401   401   401  401   401   401  401   401
verify/                                                              200   200   200  200   200   200  200   200
verify/<str:code>/                                                   200   200   200  200   200   200  200   200
reminders/stop/<str:token>/                                          200   200   200  200   200   200  200   200
reminders/resume/<str:token>/                                        405   405   405  405   405   405  405   405
accounts/                                                            200   200   200  200   200   200  200   200
accounts/second-factor/                                              302   302   200  200   200   200  200   200
accounts/login/code/                                                 200   200   302  302   302   302  302   302
accounts/2fa/                                                        302   302   302  302   302   302  302   302
accounts/2fa/authenticate/                                           302   302   302  302   302   302  302   302
accounts/2fa/reauthenticate/                                         302   302   302  302   302   302  302   302
accounts/2fa/totp/activate/                                          302   302   302  302   302   302  302   302
accounts/2fa/totp/deactivate/                                        302   302   404  404   404   404  404   404
accounts/2fa/recovery-codes/                                         302   302   404  404   404   404  404   404
accounts/2fa/recovery-codes/generate/                                302   302   302  302   302   302  302   302
accounts/2fa/recovery-codes/download/                                302   302   404  404   404   404  404   404
accounts/2fa/webauthn/                                               302   302   302  302   302   302  302   302
accounts/2fa/webauthn/add/                                           302   302   302  302   302   302  302   302
accounts/2fa/webauthn/reauthenticate/                                302   302   302  302   302   302  302   302
accounts/2fa/webauthn/login/                                         302   302   302  302   302   302  302   302
accounts/2fa/webauthn/keys/<int:pk>/remove/                          302   302   302  302   302   302  302   302
accounts/2fa/webauthn/keys/<int:pk>/edit/                            302   302   302  302   302   302  302   302
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
media/recordings/<path:name>                                         200   200   200  200   200   200  200   200
media/<path:path>                                                    200   200   200  200   200   200  200   200
documents/^(\\d+)/(.*)$                                               404   404   404  404   404   404  404   404
documents/authenticate_with_password/<int:restriction_id>/           404   404   404  404   404   404  404   404
healthz                                                              200   200   200  200   200   200  200   200
readyz                                                               503   503   503  503   503   503  503   503
"""

# What writes; the others' own pages (name, delete) are tried in their rooms' tests.
MAY_WRITE = """
address                                                        anonymous guest amina bram celia edith olav dilan
en/agenda/                                                           405   405   405  405   405   405  405   405
en/agenda/<int:session_id>/                                          405   405   405  405   405   405  405   405
teach/sessions/<int:session_id>/calls/                               302   302   404  302   404   404  404   404
teach/calls/                                                         302   302   404  302   404   404  404   404
teach/calendar/                                                      302   302   404  302   404   404  404   404
me/calendar/                                                         302   302   302  302   302   302  302   302
agenda.ics                                                           405   405   405  405   405   405  405   405
agenda/<int:session_id>.ics                                          405   405   405  405   405   405  405   405
calendar/learn/<str:token>.ics                                       405   405   405  405   405   405  405   405
calendar/teach/<str:token>.ics                                       405   405   405  405   405   405  405   405
certificates/<str:code>/name/                                        404   404   302  404   404   404  404   404
certificates/<str:code>/                                             405   405   405  405   405   405  405   405
teach/                                                               302   302   404  200   404   404  404   404
teach/notes/                                                        302   302   404  405   405   404  404   404
teach/notes/<int:step_id>/                                          302   302   404  422   422   404  404   404
teach/collect/                                                       302   302   404  422   404   404  404   404
teach/<int:cohort_id>/                                               302   302   404  200   404   404  404   404
teach/class-computer/                                                302   302   404  302   404   404  404   404
teach/<int:cohort_id>/open/                                          302   302   404  302   404   404  404   404
teach/sessions/<int:session_id>/                                     405   405   405  405   405   405  405   405
teach/<int:cohort_id>/plan/                                          302   302   404  422   404   404  404   404
teach/sessions/<int:session_id>/change/                              302   302   404  404   404   404  404   404
teach/sessions/<int:session_id>/cancel/                              302   302   404  302   404   404  404   404
teach/sessions/<int:session_id>/start/                               302   302   404  302   404   404  404   404
teach/sessions/<int:session_id>/door/                                302   302   404  404   404   404  404   404
teach/sessions/<int:session_id>/help/                                302   302   404  404   404   404  404   404
teach/sessions/<int:session_id>/lead/                                302   302   404  302   404   404  404   404
teach/sessions/<int:session_id>/attendance/                          302   302   404  422   404   404  404   404
teach/sessions/<int:session_id>/practice/                            302   302   404  404   404   404  404   404
teach/<int:cohort_id>/sheet/                                         302   302   404  302   404   404  404   404
teach/sessions/<int:session_id>/poster/                              302   302   404  302   404   404  404   404
teach/sessions/<int:session_id>/attendance.pdf                       302   302   404  302   404   404  404   404
teach/sessions/<int:session_id>/close/                               302   302   404  302   404   404  404   404
join/                                                                422   422   422  422   422   422  422   422
join/<str:code>/                                                     404   404   404  404   404   404  404   404
class/here/                                                          410   410   410  410   410   410  410   410
class/helping/                                                       302   302   302  302   302   302  302   302
class/help/                                                          302   302   302  302   302   302  302   302
class/missed/                                                        302   302   302  302   302   302  302   302
teach/<int:cohort_id>/invite/                                        302   302   404  302   404   404  404   404
teach/<int:cohort_id>/helpers/                                       302   302   404  404   404   404  404   404
teach/<int:cohort_id>/invite/back/                                   302   302   404  404   404   404  404   404
teach/<int:cohort_id>/step-back/                                     302   302   404  302   404   404  404   404
teach/invitations/<int:invitation_id>/                               302   302   404  404   404   404  404   404
teach/<int:cohort_id>/names/                                         302   302   404  422   404   404  404   404
teach/<int:cohort_id>/handout/                                       302   302   404  422   404   404  404   404
teach/<int:cohort_id>/cards/                                         302   302   404  422   404   404  404   404
teach/<int:cohort_id>/cards/lost/                                    302   302   404  404   404   404  404   404
me/helped/                                                           200   302   302  302   302   302  302   302
me/resume/                                                           302   422   422  404   404   404  404   422
resume/                                                              422   422   422  422   422   422  422   422
card/<str:token>/                                                    200   200   200  200   200   200  200   200
teach/sound/                                                         302   302   404  405   404   405  405   404
teach/sound/<int:lesson_id>/<str:language>/                          302   302   404  302   404   302  302   404
media/recordings/<path:name>                                         405   405   405  405   405   405  405   405
comfort/                                                             302   302   302  302   302   302  302   302
teach/contact/<int:organisation_id>/                                 302   302   404  404   302   404  404   404
reminders/resume/<str:token>/                                        200   200   200  200   200   200  200   200
teach/<int:cohort_id>/certificates/                                  302   302   404  302   404   404  404   404
papers/<uuid:key>/again/                                             302   302   404  302   404   404  404   404
reports/                                                            405   405   405  405   405   405  405   405
reports/calls/                                                       302   302   404  404   302   404  404   404
reports/numbers.csv                                                 405   405   405  405   405   405  405   405
reports/numbers.xlsx                                                405   405   405  405   405   405  405   405
reports/report.pdf                                                  302   302   404  404   302   404  404   404
reports/schedules/                                                  405   405   405  405   405   405  405   405
reports/schedules/new/                                              302   302   404  404   422   404  404   404
reports/schedules/<int:schedule_id>/                                302   302   404  404   302   404  404   404
reports/schedules/<int:schedule_id>/change/                         302   302   404  404   422   404  404   404
reports/stuck/                                                      405   405   405  405   405   405  405   405
reports/stuck/numbers.csv                                           405   405   405  405   405   405  405   405
reports/stuck/numbers.xlsx                                          405   405   405  405   405   405  405   405
reports/stuck/report.pdf                                            302   302   404  404   302   302  302   404
reports/classes/                                                    405   405   405  405   405   405  405   405
reports/classes/list.csv                                            405   405   405  405   405   405  405   405
reports/classes/list.xlsx                                           405   405   405  405   405   405  405   405
me/funding/<int:project_id>/                                         200   404   302  404   404   404  404   404
me/funding/<int:project_id>/leaving/                                 200   404   302  404   404   404  404   404
me/funding/<int:project_id>/nothing/                                 200   404   302  404   404   404  404   404
teach/<int:cohort_id>/funding/                                       302   302   404  404   404   404  404   404
reports/funding/                                                    405   405   405  405   405   405  405   405
reports/funding/new/<int:organisation_id>/                          302   302   404  404   422   404  404   404
reports/funding/<int:project_id>/                                   405   405   405  405   405   405  405   405
reports/funding/<int:project_id>/change/                            302   302   404  404   422   404  404   404
reports/funding/<int:project_id>/switch/                            302   302   404  404   302   404  404   404
reports/funding/<int:project_id>/numbers.csv                        405   405   405  405   405   405  405   405
reports/funding/<int:project_id>/numbers.xlsx                       405   405   405  405   405   405  405   405
reports/funding/<int:project_id>/report.pdf                         302   302   404  404   302   404  404   404
reports/xapi/                                                        405   405   405  405   405   405  405   405
reports/xapi/<int:organisation_id>/file/                             302   302   404  404   422   404  404   404
reports/xapi/<int:organisation_id>/keys/                             302   302   404  404   422   404  404   404
reports/xapi/keys/<int:key_id>/revoke/                               302   302   404  404   302   404  404   404
reports/xapi/statements                                              405   405   405  405   405   405  405   405
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
    (settings.MEDIA_ROOT / "recordings").mkdir(exist_ok=True)
    (settings.MEDIA_ROOT / "recordings" / "voice.webm").write_bytes(b"a voice")
    lesson = lesson_with_steps()
    credential = issue(finish_module(amina, lesson.module).completion)
    session = open_session(cohort, by=cohort.trainers.get(), now=timezone.now())
    # It ends soon, so that both its pages ask.
    project = ProjectFactory(
        organisation=cohort.organisation, cohorts=[cohort], ends_on=timezone.localdate() + timedelta(days=20)
    )
    key = RecordStoreKeyFactory(store__organisation=cohort.organisation)
    job = PrintJobFactory(owner=cohort.trainers.get(), kind="sheet", params={"cohort": cohort.pk})
    making.make(job.pk)
    schedule = ScheduleFactory(organisations=[cohort.organisation])
    # Where a token opens a card its first letter says what is asked for: pictures here.
    token = "P" + preference_of(amina).token[1:]
    Preference.objects.filter(person=amina).update(token=token)
    path = paper_storage().save(paper_path(credential), ContentFile(b"%PDF-1.7"))
    Credential.objects.filter(pk=credential.pk).update(pdf=path, rendered_at=timezone.now())
    return {
        "slug": lesson.module.slug, "module_slug": lesson.module.slug, "lesson_slug": lesson.slug, "number": "1",
        "cohort_id": str(cohort.pk), "session_id": str(session.pk), "code": credential.code, "token": token,
        "path": "picture.webp", "restriction_id": "1", "lesson_id": str(lesson.pk), "language": "en",
        "step_id": str(lesson.steps.first().pk), "name": "voice.webm", "key": str(job.pk), "ending": "pdf",
        "organisation_id": str(cohort.organisation_id), "schedule_id": str(schedule.pk),
        "project_id": str(project.pk), "key_id": str(key.pk),
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
