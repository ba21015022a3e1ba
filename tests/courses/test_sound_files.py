import contextlib
import random

import pytest

from courses.sound_files import MOST_BYTES, NotUsable, inspect
from tests.factories.sounds import mp4, ogg, webm


@pytest.mark.parametrize(
    ("content", "content_type", "seconds"),
    [
        (webm(7.5), "audio/webm", 7.5),
        (ogg(7.5), "audio/ogg", 7.5),
        (mp4(7.5), "audio/mp4", 7.5),
        (mp4(7.5, codecs=(b"Opus",)), "audio/mp4", 7.5),
        (mp4(8, fragments=4), "audio/mp4", 8),
    ],
)
def test_what_browsers_record_is_known_by_its_bytes(content, content_type, seconds):
    found = inspect(content)

    assert (found.content_type, found.seconds) == (content_type, seconds)


@pytest.mark.parametrize("make", [webm, ogg, mp4])
def test_three_minutes_are_taken_and_more_is_not(make):
    assert inspect(make(180)).seconds == 180
    with pytest.raises(NotUsable, match="too long"):
        inspect(make(180.5))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<html><script>alert(1)</script></html>",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"RIFF\0\0\0\0WAVEfmt ",
        b"ID3\x03" + bytes(100),
        ogg(codec=b"\x01vorbis "),
        webm(codecs=(b"A_VORBIS",)),
        webm(codecs=(b"V_VP8", b"A_OPUS")),
        webm(codecs=()),
        webm(doc_type=b"matroska"),
        mp4(codecs=(b"avc1", b"mp4a")),
        mp4(codecs=()),
    ],
)
def test_what_is_no_sound_or_a_film_is_refused(content):
    with pytest.raises(NotUsable, match="no sound file"):
        inspect(content)


@pytest.mark.parametrize("content", [webm(0), ogg(0), mp4(0)])
def test_a_recording_of_nothing_is_refused(content):
    with pytest.raises(NotUsable, match="hear nothing"):
        inspect(content)


def test_more_than_a_megabyte_is_refused_before_it_is_read():
    with pytest.raises(NotUsable, match="too large"):
        inspect(webm() + bytes(MOST_BYTES))


@pytest.mark.parametrize("make", [webm, ogg, mp4])
def test_damaged_files_are_refused_or_read_and_break_nothing(make):
    chance = random.Random(7)
    whole = make(5)
    for _ in range(2000):
        content = bytearray(whole[: chance.randrange(1, len(whole) + 1)])
        for _ in range(chance.randrange(4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        with contextlib.suppress(NotUsable):
            assert 0 < inspect(bytes(content)).seconds <= 180
