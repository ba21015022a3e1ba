"""Which sound files we take: what they are and how long they last, read from their bytes alone.

Browsers record Opus in WebM (Chrome, Firefox) or Ogg (Firefox), and AAC in MP4 (Safari, most telephones).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_BYTES = 1_000_000
MOST_SECONDS = 180
FEWEST_SECONDS = 0.3
TYPES = {"webm": "audio/webm", "ogg": "audio/ogg", "m4a": "audio/mp4"}


class NotUsable(Exception):
    """The message is a sentence for the person who sent the file."""


@dataclass(frozen=True, slots=True)
class SoundFile:
    extension: str
    seconds: float

    @property
    def content_type(self) -> str:
        return TYPES[self.extension]


def inspect(content: bytes) -> SoundFile:
    """Raises NotUsable for what is too large or long, empty, no sound, or a film."""
    if len(content) > MOST_BYTES:
        raise NotUsable(_("This file is too large. It may have 1 MB at the most."))
    try:
        extension, seconds = _read(content)
    except (struct.error, IndexError, ZeroDivisionError, ValueError, OverflowError) as damaged:
        raise NotUsable(_("This file is damaged. Please record it again.")) from damaged
    if not seconds <= MOST_SECONDS:  # so that what is no number at all is refused too
        raise NotUsable(_("This is too long. Three minutes are the most."))
    if seconds < FEWEST_SECONDS:
        raise NotUsable(_("We hear nothing in this file. Please record it again."))
    return SoundFile(extension, round(seconds, 2))


def _read(content: bytes) -> tuple[str, float]:
    if content.startswith(b"\x1aE\xdf\xa3"):
        return "webm", _webm_seconds(content)
    if content.startswith(b"OggS"):
        return "ogg", _ogg_seconds(content)
    if content[4:8] == b"ftyp":
        return "m4a", _mp4_seconds(content)
    raise _no_sound_file()


def _no_sound_file() -> NotUsable:
    return NotUsable(_("This is no sound file that works here. Choose a file of a voice recorder."))


# WebM: a tree of (id, size, content); of the branches below only the leaves matter, so we walk straight on into them.

_DOC_TYPE, _SCALE, _DURATION, _CODEC = 0x4282, 0x2AD7B1, 0x4489, 0x86
_CLUSTER_TIME, _BLOCKS = 0xE7, {0xA3, 0xA1}
_WEBM_BRANCHES = {0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675, 0xA0}


def _webm_seconds(content: bytes) -> float:
    leaves = list(_webm_leaves(content))

    def every(kind: int) -> list[bytes]:
        return [leaf for found, leaf in leaves if found == kind]

    texts = [leaf.rstrip(b"\0") for leaf in every(_DOC_TYPE) + every(_CODEC)]
    if texts != [b"webm", b"A_OPUS"]:  # one track, and that one is heard
        raise _no_sound_file()
    # Times count in units of `scale` nanoseconds. A browser that is still recording writes no duration.
    scale = next((int.from_bytes(leaf, "big") for leaf in every(_SCALE)), 1_000_000)
    durations = [struct.unpack(">f" if len(leaf) == 4 else ">d", leaf)[0] for leaf in every(_DURATION)]
    return max([*durations, *_block_times(leaves)], default=0) * scale / 1e9


def _block_times(leaves: list[tuple[int, bytes]]) -> Iterator[int]:
    """Each block counts from its cluster."""
    cluster = 0
    for kind, leaf in leaves:
        if kind == _CLUSTER_TIME:
            cluster = int.from_bytes(leaf, "big")
        elif kind in _BLOCKS:
            _track, start = _variable(leaf, 0)
            yield cluster + struct.unpack_from(">h", leaf, start)[0]


def _webm_leaves(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(content):
        length = _length_of_variable(content[at])
        kind, at = int.from_bytes(content[at : at + length], "big"), at + length
        size, at = _variable(content, at)
        if kind not in _WEBM_BRANCHES:
            yield kind, content[at : at + size]
            at += size


def _length_of_variable(first: int) -> int:
    """The leading zeros of the first byte say how many bytes follow it; 0 would be more than eight."""
    if first == 0:
        raise IndexError
    return 9 - first.bit_length()


def _variable(content: bytes, at: int) -> tuple[int, int]:
    """(number, where it ends)."""
    length = _length_of_variable(content[at])
    number = int.from_bytes(content[at : at + length], "big") & ((1 << 7 * length) - 1)
    return number, at + length


# Ogg: pages of 27 bytes and a table of lengths; each says at which sample (48,000 a second) it ends.


def _ogg_seconds(content: bytes) -> float:
    at, last, head = 0, 0, b""
    while content[at : at + 4] == b"OggS":
        granule = struct.unpack_from("<q", content, at + 6)[0]
        table = content[at + 27 : at + 27 + content[at + 26]]
        start = at + 27 + len(table)
        head = head or content[start : start + 19]
        last, at = max(last, granule), start + sum(table)
    if not head.startswith(b"OpusHead"):
        raise _no_sound_file()
    return (last - struct.unpack_from("<H", head, 10)[0]) / 48_000


# MP4: boxes of (size, name, content). Safari writes one piece, or many fragments that each count their own samples.

_MP4_BRANCHES = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex", b"moof", b"traf"}
_DEFAULT_DURATION_AFTER = ((0x1, 8), (0x2, 4))  # flags of tfhd, and the bytes of the fields before it
_BEFORE_SAMPLES = ((0x1, 4), (0x4, 4))
_SAMPLE_FIELDS = (0x100, 0x200, 0x400, 0x800)


def _mp4_seconds(content: bytes) -> float:
    duration, timescale, default, samples, codecs = 0.0, 0, 0, 0, []
    for kind, leaf in _mp4_leaves(content):
        if kind == b"stsd":
            codecs.append(leaf[12:16])
        elif kind in (b"mvhd", b"mdhd"):
            is_long = leaf[0] == 1
            timescale, length = struct.unpack_from(">IQ" if is_long else ">II", leaf, 20 if is_long else 12)
            duration = max(duration, length / timescale)
        elif kind == b"trex":
            default = struct.unpack_from(">I", leaf, 12)[0]
        elif kind == b"tfhd":
            default = _default_duration(leaf) or default
        elif kind == b"trun":
            samples += _run_duration(leaf, default)
    if codecs not in ([b"mp4a"], [b"Opus"]):  # one track, and that one is heard
        raise _no_sound_file()
    return max(duration, samples / timescale) if timescale else 0.0


def _mp4_leaves(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", content, at + 8)[0], 16
        size = size or len(content) - at
        if size < head:
            raise IndexError
        if kind in _MP4_BRANCHES:
            at += head
        else:
            yield kind, content[at + head : at + size]
            at += size


def _flags(leaf: bytes) -> int:
    return int.from_bytes(leaf[1:4], "big")


def _default_duration(tfhd: bytes) -> int:
    """In units of the track; 0 when this fragment gives none."""
    if not _flags(tfhd) & 0x8:
        return 0
    before = sum(width for flag, width in _DEFAULT_DURATION_AFTER if _flags(tfhd) & flag)
    return struct.unpack_from(">I", tfhd, 8 + before)[0]


def _run_duration(trun: bytes, default: int) -> int:
    count = struct.unpack_from(">I", trun, 4)[0]
    if not _flags(trun) & 0x100:
        return count * default
    at = 8 + sum(width for flag, width in _BEFORE_SAMPLES if _flags(trun) & flag)
    step = 4 * sum(bool(_flags(trun) & flag) for flag in _SAMPLE_FIELDS)
    return sum(struct.unpack_from(">I", trun, place)[0] for place in range(at, at + count * step, step))
