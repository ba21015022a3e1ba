"""The operator's service for short messages: what SMS_URL may be, and what happens when it fails."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from config import environment
from people import sms

# Of a module that apprise uses where Python still has it.
pytestmark = pytest.mark.filterwarnings("ignore:.*imghdr.*:DeprecationWarning")
PHONE = "+32470123456"
TWILIO = "twilio://AC0123456789012345678901234567890a:0123456789012345678901234567890b@+32460123456/{phone}"


@pytest.fixture
def service(settings):
    """Answers with `status`; `taken` is what it was sent."""

    class Service(BaseHTTPRequestHandler):
        status = 200
        taken: list[tuple[str, str]] = []

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.taken.append((self.path, body["message"]))
            self.send_response(self.status)
            self.end_headers()

        def log_message(self, *args) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL = f"json://127.0.0.1:{server.server_port}/{{phone}}"
    yield Service
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("text", ["StepIn: your code is 123456.", "رمزك هو 123456"])
def test_a_message_arrives_as_it_was_written(service, text):
    sms.send(PHONE, text)

    assert service.taken == [(f"/{PHONE}", text)]


def test_a_service_that_refuses_is_said(service):
    service.status = 500

    with pytest.raises(sms.NotSent):
        sms.send(PHONE, "StepIn")


def test_a_service_that_is_away_is_said(settings):
    settings.SMS_URL = "json://127.0.0.1:9/{phone}"

    with pytest.raises(sms.NotSent):
        sms.send(PHONE, "StepIn")


def test_without_a_service_nothing_is_offered(monkeypatch, settings):
    for empty in ("", "  "):
        monkeypatch.setenv("SMS_URL", empty)
        assert environment.sms() == ""
    settings.SMS_URL = ""
    assert not sms.is_possible()


def test_a_known_service_is_taken(monkeypatch):
    monkeypatch.setenv("SMS_URL", TWILIO)

    assert environment.sms() == TWILIO


@pytest.mark.parametrize("wrong", [
    "https://sms.example/{phone}", "twilio://SECRET", TWILIO.replace("/{phone}", ""), "SECRET", "nothing://SECRET@x/{phone}",
])  # fmt: skip
def test_a_wrong_value_stops_the_start_with_one_line_without_its_secrets(monkeypatch, capfd, wrong):
    monkeypatch.setenv("SMS_URL", wrong)

    with pytest.raises(SystemExit) as end:
        environment.sms()

    line = str(end.value)
    assert line.startswith("StepIn cannot start: SMS_URL is not a service StepIn knows")
    assert "\n" not in line
    assert "SECRET" not in line
    assert "0123456789" not in line
    assert capfd.readouterr().err == ""
