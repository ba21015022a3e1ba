"""GET /reports/xapi/statements: the part of the xAPI statements resource that a record store needs to fetch from us."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people import guessing
from reports import xapi_keys
from reports.xapi_activities import as_json
from reports.xapi_records import Place, as_moment, page, settled, stamp
from reports.xapi_statements import Writer

MOST = 1000
LIMITS = {"pull": "120/m/key"}
# What is asked for begins with; what we answer.
VERSIONS = {"1.0": "1.0.3", "2.0": "2.0.0"}
# What a store may say besides, and would be told anyway.
AS_IT_IS = {"ascending": ("true",), "format": ("exact",), "attachments": ("true", "false")}
CONSISTENT_THROUGH = "X-Experience-API-Consistent-Through"
BOUNDARY = "stepin-statements"


class Unreadable(Exception):
    """The message is for whoever wrote the program that asks: in English, as all of xAPI."""


@dataclass(frozen=True)
class Asked:
    since: datetime | None
    until: datetime
    limit: int
    after: Place | None
    with_attachments: bool

    @classmethod
    def read(cls, said: dict[str, str], *, until: datetime) -> "Asked":
        """`until` is the last moment that can be answered for. Raises Unreadable."""
        if unknown := said.keys() - AS_IT_IS.keys() - {"since", "until", "limit", "after"}:
            raise Unreadable(f"We do not know: {', '.join(sorted(unknown))}.")
        for name, values in AS_IT_IS.items():
            if said.get(name, values[0]) not in values:
                raise Unreadable(f"{name} can only be {' or '.join(values)}.")
        limit = said.get("limit", "0")
        if not (limit.isascii() and limit.isdecimal() and len(limit) < 10):
            raise Unreadable("limit is a number; 0 is as many as we give at once.")
        return cls(
            since=_moment(said, "since"),
            until=min(_moment(said, "until") or until, until),
            limit=min(int(limit) or MOST, MOST),
            after=_place(said),
            with_attachments=said.get("attachments") == "true",
        )

    def more(self, after: Place) -> str:
        """Where the next page is. It ends where this one would: what comes in meanwhile waits for the next round."""
        said = {
            "since": self.since and stamp(self.since),
            "until": stamp(self.until),
            "limit": self.limit,
            "after": after,
            "attachments": "true" if self.with_attachments else None,
        }
        asked = urlencode({name: value for name, value in said.items() if value})
        return f"{reverse('reports:statements')}?{asked}"


def _moment(said: dict[str, str], name: str) -> datetime | None:
    try:
        return as_moment(said[name]) if name in said else None
    except ValueError:
        raise Unreadable(f"{name} is no moment like 2026-11-20T10:00:00Z.") from None


def _place(said: dict[str, str]) -> Place | None:
    try:
        return Place.read(said["after"]) if "after" in said else None
    except ValueError:
        raise Unreadable('after is taken from the address in "more".') from None


@never_cache
@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """In ascending order of `stored`, keyed by HTTP Basic. Consistent-Through is the `since` of the next round: all
    pages of a round say the same, whichever a store goes by."""
    now = timezone.now()
    until = settled(now)
    response = _answer(request, now=now, until=until)
    version = _version(request) or VERSIONS["1.0"]
    response["X-Experience-API-Version"] = version
    response.headers.setdefault(CONSISTENT_THROUGH, stamp(until))
    return response


def _answer(request: HttpRequest, *, now: datetime, until: datetime) -> HttpResponse:
    if not guessing.may_guess(request, "record-store"):
        return _refusal(429, "Too many wrong keys came from this address. Try again in ten minutes.")
    key = xapi_keys.key_of(request)
    if key is None:
        return _unknown(request)
    if not ratelimit.consume(
        request, app="reports", action="pull", config=LIMITS, key=key.name, limit_get=True
    ):
        return _refusal(429, "At most 120 pages a minute. Go on in a minute.")
    if _version(request) is None:
        return _refusal(400, "Send the header X-Experience-API-Version: 1.0.3 (or 2.0.0).")
    try:
        asked = Asked.read(request.GET.dict(), until=until)
    except Unreadable as error:
        return _refusal(400, str(error))
    xapi_keys.note_use(key, now=now)
    return _page(key.store.organisation_id, asked)


def _page(organisation: int, asked: Asked) -> HttpResponse:
    records, has_more = page(
        organisation, since=asked.since, after=asked.after, until=asked.until, limit=asked.limit
    )
    more = asked.more(records[-1].place) if has_more else ""
    written = ",".join(Writer(organisation).statements(records))
    content = f'{{"statements":[{written}],"more":{as_json(more)}}}'
    response = _written(content, with_attachments=asked.with_attachments)
    # Not later: what came in after the end that the store asked for would never be told.
    response[CONSISTENT_THROUGH] = stamp(asked.until)
    return response


def _written(content: str, *, with_attachments: bool) -> HttpResponse:
    if not with_attachments:
        return HttpResponse(content, content_type="application/json")
    # A store that asks for attachments reads parts, also where there is only one.
    return HttpResponse(
        f"--{BOUNDARY}\r\nContent-Type: application/json\r\n\r\n{content}\r\n--{BOUNDARY}--\r\n",
        content_type=f"multipart/mixed; boundary={BOUNDARY}",
    )


def _version(request: HttpRequest) -> str | None:
    return VERSIONS.get(request.headers.get("X-Experience-API-Version", "")[:3])


def _unknown(request: HttpRequest) -> HttpResponse:
    if "Authorization" in request.headers:
        guessing.count_wrong(request, "record-store")
    response = _refusal(401, "Send the name and the password of a key with HTTP Basic.")
    response["WWW-Authenticate"] = 'Basic realm="StepIn learning records", charset="UTF-8"'
    return response


def _refusal(status: int, why: str) -> HttpResponse:
    content: dict[str, Any] = {"error": why}
    response = JsonResponse(content, status=status)
    if status == 429:
        response["Retry-After"] = "60"
    return response
