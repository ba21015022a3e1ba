"""Messages of the embedded broker: a worker never meets half of one."""

from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

import config.celery  # noqa: F401  (puts our transport in kombu's place)
from operations.broker_transport import Channel


@pytest.fixture
def channel(tmp_path):
    options = {
        "data_folder_in": str(tmp_path / "broker"),
        "data_folder_out": str(tmp_path / "broker"),
        "control_folder": str(tmp_path / "control"),
    }
    (tmp_path / "broker").mkdir()
    with Connection("filesystem://localhost", transport_options=options) as connection:
        yield connection.channel()


def messages(channel) -> list[Path]:
    return sorted(Path(channel.data_folder_out).iterdir())


def test_the_embedded_broker_is_ours(channel):
    assert isinstance(channel, Channel)


def test_messages_come_out_in_the_order_they_went_in(channel):
    for number in range(3):
        channel._put("celery", {"number": number})

    assert [channel._get("celery")["number"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("celery")


def test_a_message_that_is_not_complete_is_not_seen(channel, monkeypatch):
    seen = []

    def look(unfinished, path):
        with pytest.raises(Empty):
            channel._get("celery")
        seen.append(unfinished.read_text())
        unfinished.rename(path)

    monkeypatch.setattr(Path, "replace", look)
    channel._put("celery", {"number": 1})

    assert seen == ['{"number": 1}']
    assert channel._get("celery") == {"number": 1}


@pytest.mark.parametrize("damage", ["", '{"number"'])
def test_a_message_cut_short_by_a_crash_is_dropped_and_the_next_one_comes(channel, damage):
    channel._put("celery", {"number": 1})
    messages(channel)[0].write_text(damage)
    channel._put("celery", {"number": 2})

    assert channel._get("celery") == {"number": 2}
    assert messages(channel) == []
