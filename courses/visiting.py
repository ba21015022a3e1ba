"""Looks whether an address on the web still answers, and is kept from every address that is not public.

A page names any address it likes, and our machine stands inside somebody's network. So a name is looked up once, each
of its addresses must be public, and the connection goes to the address that was looked at, not to the name.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from time import sleep
from urllib.parse import urljoin

import urllib3
from django.conf import settings
from django.core.cache import cache
from urllib3.exceptions import HTTPError, LocationParseError, MaxRetryError, SSLError
from urllib3.util import Timeout, Url, parse_url

from courses.enums import LinkStatus

Address = IPv4Address | IPv6Address

MOST_HOPS = 5
SECONDS_TO_WAIT = 8.0
# Networks that carry an IPv4 address inside an IPv6 one.
_CARRIERS = {ip_network("64:ff9b::/96"): 0, ip_network("2002::/16"): 80}
_GONE = {404, 410}
# “Not for you”, “not in this way”, “not so fast”: a browser may well get in.
_UNSURE = {401, 402, 403, 405, 406, 407, 408, 425, 429, 451, 999}


class NotPublic(Exception):
    """The name leads into a private network."""


class OwnHost(Exception):
    """The name leads back to this machine."""


class NoSuchName(Exception):
    pass


def look_up(host: str) -> list[str]:
    """Raises NoSuchName."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoSuchName(host) from error
    return list(dict.fromkeys(str(place[4][0]) for place in found))


def is_public(address: str) -> bool:
    """Whether anybody on the internet could go there; False for what cannot be read."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in (found, *_carried(found)))


def _carried(address: Address) -> list[Address]:
    if not isinstance(address, IPv6Address):
        return []
    inside = [address.ipv4_mapped] if address.ipv4_mapped else []
    inside += [
        IPv4Address((int(address) >> shift) & 0xFFFFFFFF)
        for network, shift in _CARRIERS.items()
        if address in network
    ]
    return list(inside)


def own_hosts() -> frozenset[str]:
    return frozenset({host_of(settings.BASE_URL), *settings.ALLOWED_HOSTS})


def own_addresses() -> frozenset[str]:
    """Behind another name may stand this same machine."""
    with suppress(NoSuchName):
        return frozenset(look_up(host_of(settings.BASE_URL).strip("[]")))
    return frozenset()


def wait_for_turn(host: str) -> None:
    """At most one question a second to a host, whichever process asks."""
    while not cache.add(f"link-visit-{host}", True, timeout=1):
        sleep(0.2)


@dataclass(frozen=True)
class Visitor:
    """`resolve` gives the addresses of a name, `may_visit` says which of them are allowed, `own` are those of this
    site, `pace` waits."""

    resolve: Callable[[str], list[str]] = look_up
    may_visit: Callable[[str], bool] = is_public
    own: Callable[[], frozenset[str]] = own_addresses
    pace: Callable[[str], None] = wait_for_turn
    seconds: float = SECONDS_TO_WAIT

    def visit(self, url: str) -> LinkStatus:
        """HEAD, then GET where HEAD is not liked; what is sent on is followed, each hop looked at anew."""
        try:
            for _hop in range(MOST_HOPS + 1):
                status, onward = self._ask(url)
                if not onward:
                    return _meaning(status)
                url = _onward(url, onward)
        except NoSuchName:
            return LinkStatus.NO_NAME
        except NotPublic:
            return LinkStatus.PRIVATE
        except SSLError:
            return LinkStatus.UNSAFE
        except OwnHost:
            return LinkStatus.UNSURE
        except LocationParseError:
            return LinkStatus.GONE
        except HTTPError:
            return LinkStatus.SILENT
        return LinkStatus.CIRCLES

    def _ask(self, url: str) -> tuple[int, str]:
        """(HTTP status, where it sends us on to, if anywhere)."""
        place = parse_url(url)
        if place.scheme not in ("http", "https") or not place.host or place.auth:
            raise LocationParseError(url)
        host = place.host.strip("[]")
        addresses = self.resolve(host)
        if not addresses or not all(map(self.may_visit, addresses)):
            raise NotPublic(host)
        if host in own_hosts() or not self.own().isdisjoint(addresses):
            raise OwnHost(host)
        status, onward = self._request("HEAD", place, host, addresses[0])
        if status >= 400:
            status, onward = self._request("GET", place, host, addresses[0])
        return status, onward

    def _request(self, method: str, place: Url, host: str, address: str) -> tuple[int, str]:
        self.pace(host)
        timeout = Timeout(connect=self.seconds, read=self.seconds)
        pool: urllib3.HTTPConnectionPool
        if place.scheme == "https":
            pool = urllib3.HTTPSConnectionPool(
                address, place.port, timeout=timeout, server_hostname=host, assert_hostname=host
            )
        else:
            pool = urllib3.HTTPConnectionPool(address, place.port, timeout=timeout)
        headers = {
            "Host": place.netloc or host,
            "User-Agent": f"StepIn link check (+{settings.BASE_URL})",
            "Accept": "text/html,*/*;q=0.5",
        }
        with pool:
            try:
                answer = pool.request(
                    method, place.request_uri, headers=headers, redirect=False, retries=False, preload_content=False
                )  # fmt: skip
            except MaxRetryError as error:
                raise error.reason or error from error
            # The head of the answer says all; a film behind the link must not be fetched.
            status, onward = answer.status, answer.get_redirect_location()
            with suppress(HTTPError):
                answer.close()
        return status, onward or ""


def _onward(url: str, place: str) -> str:
    """Raises LocationParseError."""
    try:
        return urljoin(url, place)
    except ValueError as error:
        raise LocationParseError(place) from error


def _meaning(status: int) -> LinkStatus:
    if status < 400:
        return LinkStatus.WORKS
    if status in _GONE:
        return LinkStatus.GONE
    return LinkStatus.UNSURE if status in _UNSURE else LinkStatus.FAULT


def host_of(url: str) -> str:
    """In small letters, as it is asked for; empty when the address cannot be read."""
    try:
        return parse_url(url).host or ""
    except LocationParseError:
        return ""
