"""Whether a link works is found out politely, and never inside the network we stand in. No test asks the network."""

import ssl
import threading
from collections import Counter
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest
from django.core.cache import cache

from courses import visiting
from courses.enums import LinkStatus
from courses.visiting import NoSuchName, Visitor, is_public


class Site(BaseHTTPRequestHandler):
    """Answers by its path: /404 says 404, /to/X sends on to X, /nohead/200 refuses HEAD."""

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        self.server.asked.append((self.command, self.headers["Host"], self.path))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", unquote(self.path.removeprefix("/to/")))
        elif self.path.startswith("/nohead/"):
            self.send_response(405 if self.command == "HEAD" else int(self.path.rpartition("/")[2]))
        elif self.path == "/silent":
            self.server.stop.wait(3)
            return
        else:
            self.send_response(int(self.path.strip("/") or 200))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.asked, server.stop = [], threading.Event()
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.stop.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def visitor():
    """Every name is this machine, and it may be visited."""
    return Visitor(
        resolve=lambda host: ["127.0.0.1"],
        may_visit=lambda address: True,
        own=frozenset,
        pace=lambda host: None,
        seconds=0.5,
    )


def address(site, path: str = "/") -> str:
    return f"http://cpas.example:{site.server_port}{path}"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/200", LinkStatus.WORKS),
        ("/204", LinkStatus.WORKS),
        ("/404", LinkStatus.GONE),
        ("/410", LinkStatus.GONE),
        ("/400", LinkStatus.FAULT),
        ("/503", LinkStatus.FAULT),
        ("/403", LinkStatus.UNSURE),
        ("/429", LinkStatus.UNSURE),
        ("/silent", LinkStatus.SILENT),
        ("/to//200", LinkStatus.WORKS),
        ("/to//404", LinkStatus.GONE),
        ("/nohead/200", LinkStatus.WORKS),
        ("/nohead/404", LinkStatus.GONE),
    ],
)
def test_what_a_site_answers(site, visitor, path, expected):
    assert visitor.visit(address(site, path)) == expected


def test_who_likes_head_is_not_asked_twice_and_hears_the_name(site, visitor):
    visitor.visit(address(site, "/200"))

    assert site.asked == [("HEAD", f"cpas.example:{site.server_port}", "/200")]


def test_a_site_that_sends_on_and_on_is_left(site, visitor):
    circle = "/to/" * 20 + "/200"

    assert visitor.visit(address(site, circle)) == LinkStatus.CIRCLES
    assert len(site.asked) == visiting.MOST_HOPS + 1


@pytest.mark.parametrize("onward", ["http://[x", "//[::1", "http://[x]/", "http://a.example:x/"])
def test_a_site_that_sends_on_to_what_is_no_address_leads_nowhere(site, visitor, onward):
    assert visitor.visit(address(site, f"/to/{onward}")) == LinkStatus.GONE


def test_a_closed_door_is_silence(site, visitor):
    port = site.server_port
    site.server_close()

    assert visitor.visit(f"http://cpas.example:{port}/") == LinkStatus.SILENT


def test_a_site_without_tls_is_not_safe_to_visit_with_it(site, visitor):
    assert visitor.visit(address(site, "/200").replace("http:", "https:")) == LinkStatus.UNSAFE


def test_a_certificate_of_nobody_is_not_trusted(site, visitor, own_certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_certificate)
    site.socket = context.wrap_socket(site.socket, server_side=True)

    assert visitor.visit(address(site, "/200").replace("http:", "https:")) == LinkStatus.UNSAFE
    assert site.asked == []


@pytest.fixture
def own_certificate(tmp_path):
    from datetime import datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "cpas.example")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(datetime(2020, 1, 1))
    builder = builder.not_valid_after(datetime(2020, 1, 1) + timedelta(days=36500))
    builder = builder.add_extension(
        x509.SubjectAlternativeName([x509.DNSName("cpas.example")]), critical=False
    )
    certificate = builder.sign(key, hashes.SHA256())
    path = tmp_path / "own.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.mark.parametrize(
    "url",
    [
        "ftp://cpas.example/",
        "http://name:word@cpas.example/",
        "http:///nowhere",
        "javascript:alert(1)",
        "http://[::1/",
    ],
)
def test_only_plain_web_addresses_are_visited(site, visitor, url):
    assert visitor.visit(url) == LinkStatus.GONE
    assert site.asked == []


# Where we never go


@pytest.mark.parametrize(
    "inside",
    [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1",
        "2001:db8::1", "not an address", "",
    ],
)  # fmt: skip
def test_addresses_inside_a_network_are_not_public(inside):
    assert not is_public(inside)


@pytest.mark.parametrize("outside", ["193.191.245.1", "8.8.8.8", "2a01:690:35:100::f5:63", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet_are_public(outside):
    assert is_public(outside)


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["169.254.169.254"], ["8.8.8.8", "10.0.0.1"], ["::1", "8.8.8.8"], []]
)
def test_a_name_with_one_address_inside_is_not_visited(site, addresses):
    visitor = Visitor(resolve=lambda host: addresses, pace=lambda host: None)

    assert visitor.visit(address(site, "/200")) == LinkStatus.PRIVATE
    assert site.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost", "0x7f.1", "2130706433", "0177.0.0.1"])
def test_an_address_written_otherwise_is_looked_up_like_a_name(site, host):
    """As the system's resolver reads them, which needs no network."""
    visitor = Visitor(pace=lambda host: None)

    assert visitor.visit(f"http://{host}:{site.server_port}/200") == LinkStatus.PRIVATE
    assert site.asked == []


def test_nobody_is_sent_on_into_the_network(site):
    names = {"cpas.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"]}
    visitor = Visitor(
        resolve=names.__getitem__,
        may_visit=lambda address: address == "127.0.0.1",
        own=frozenset,
        pace=lambda host: None,
    )

    assert visitor.visit(address(site, "/to/http://inside.example/")) == LinkStatus.PRIVATE
    assert [path for _verb, _host, path in site.asked] == ["/to/http://inside.example/"]


def test_a_name_is_looked_up_once_a_question_and_its_answer_is_where_we_go(site):
    """A second look-up could answer otherwise: that is how a name is bent to lead inside."""
    asked = Counter()

    def resolve(host):
        asked[host] += 1
        return ["127.0.0.1"] if asked[host] == 1 else ["10.0.0.1"]

    visitor = Visitor(resolve, lambda address: address == "127.0.0.1", own=frozenset, pace=lambda host: None)

    assert visitor.visit(address(site, "/nohead/200")) == LinkStatus.WORKS
    assert asked == {"cpas.example": 1}


@pytest.mark.parametrize("own", [{"hosts": ["cpas.example"]}, {"addresses": {"127.0.0.1"}}])
def test_this_site_does_not_visit_itself(site, visitor, settings, own):
    settings.ALLOWED_HOSTS = own.get("hosts", [])
    itself = replace(visitor, own=lambda: frozenset(own.get("addresses", ())))

    assert itself.visit(address(site, "/200")) == LinkStatus.UNSURE
    assert site.asked == []


def test_a_name_nobody_has_is_said_so():
    def resolve(host):
        raise NoSuchName(host)

    assert Visitor(resolve=resolve).visit("https://nobody.example/") == LinkStatus.NO_NAME


# Manners


def test_a_host_is_asked_once_a_second_and_others_meanwhile(monkeypatch):
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        cache.delete("link-visit-a.example")  # a second later

    monkeypatch.setattr(visiting, "sleep", sleep)

    for host in ("a.example", "b.example", "a.example"):
        visiting.wait_for_turn(host)

    assert len(slept) == 1


def test_each_question_waits_its_turn(site, visitor):
    waited = []
    polite = replace(visitor, pace=waited.append)

    polite.visit(address(site, "/nohead/200"))

    assert waited == ["cpas.example", "cpas.example"]
