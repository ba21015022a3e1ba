"""Keys of record stores: made by a coordinator, shown once, asked for with every page that a store fetches.

They are computed from the seed of the form (people.seeds), so that a form sent twice makes one key.
"""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from people import seeds
from people.models import User
from reports.models import RecordStore, RecordStoreKey

SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"
NAME_LENGTH, PASSWORD_LENGTH = 12, 40
# A note with every page would be a write with every page.
BETWEEN_NOTES = timedelta(minutes=5)


@dataclass(frozen=True)
class NewKey:
    store: RecordStore
    name: str
    password: str


def make(store: RecordStore, *, seed: str, by: User, now: datetime) -> NewKey | None:
    """None when the key of this form has been revoked meanwhile."""
    name, password = (
        "".join(seeds.spelled(seeds.number_from(seed, "record-store", store.pk, part), SIGNS, length))
        for part, length in (("name", NAME_LENGTH), ("password", PASSWORD_LENGTH))
    )
    key, _is_new = RecordStoreKey.objects.get_or_create(
        name=name, defaults={"store": store, "digest": _digest(password), "made_by": by, "made_at": now}
    )
    return None if key.revoked_at else NewKey(store, name, password)


def revoke(key: RecordStoreKey, *, now: datetime) -> None:
    RecordStoreKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now)


def key_of(request: HttpRequest) -> RecordStoreKey | None:
    """The key that came with HTTP Basic, as record stores send it."""
    name, password = _credentials(request)
    key = RecordStoreKey.objects.filter(name=name, revoked_at=None).select_related("store").first()
    # Compared also when there is no such key: the time it takes says nothing.
    is_right = constant_time_compare(key.digest if key else "", _digest(password))
    return key if is_right else None


def note_use(key: RecordStoreKey, *, now: datetime) -> None:
    is_old = Q(last_used_at=None) | Q(last_used_at__lt=now - BETWEEN_NOTES)
    RecordStoreKey.objects.filter(is_old, pk=key.pk).update(last_used_at=now)


def _credentials(request: HttpRequest) -> tuple[str, str]:
    scheme, _space, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    # No database takes a NUL in a text.
    return name.replace("\0", ""), password


def _digest(password: str) -> str:
    return salted_hmac("reports.xapi.key", password, algorithm="sha256").hexdigest()
