"""Small sound files, byte by byte: silence of any length in the three wrappings that browsers record."""

import struct
from itertools import count

_serials = count(1)


def webm(
    seconds: float = 2.0, *, codecs: tuple[bytes, ...] = (b"A_OPUS",), doc_type: bytes = b"webm"
) -> bytes:
    """As Chrome records: without a duration, segment and clusters of unknown size. No two are the same."""
    tracks = b"".join(_element(b"\xae", _element(b"\x86", codec)) for codec in codecs)
    clusters = b"".join(
        b"\x1f\x43\xb6\x75" + b"\x01" + b"\xff" * 7
        + _element(b"\xe7", second.to_bytes(4, "big"))
        + _element(b"\xa3", b"\x81" + struct.pack(">h", 0) + b"\x80" + struct.pack(">I", next(_serials)))
        for second in (0, round(seconds * 1000))
    )  # fmt: skip
    head = _element(b"\x1a\x45\xdf\xa3", _element(b"\x42\x82", doc_type))
    return (
        head + b"\x18\x53\x80\x67" + b"\x01" + b"\xff" * 7 + _element(b"\x16\x54\xae\x6b", tracks) + clusters
    )


def _element(kind: bytes, content: bytes) -> bytes:
    return kind + (len(content) | 1 << 28).to_bytes(4, "big") + content


def ogg(seconds: float = 2.0, *, codec: bytes = b"OpusHead") -> bytes:
    head = codec + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    return _page(0, head) + _page(round(seconds * 48_000) + 312, b"\xfc\xff\xfe")


def _page(granule: int, content: bytes) -> bytes:
    return b"OggS\0\0" + struct.pack("<qIII", granule, 1, 0, 0) + bytes([1, len(content)]) + content


def mp4(seconds: float = 2.0, *, codecs: tuple[bytes, ...] = (b"mp4a",), fragments: int = 0) -> bytes:
    """In one piece, as a voice recorder writes; or in fragments of 20 ms samples, as Safari does."""
    length = 0 if fragments else round(seconds * 1000)
    header = bytes(12) + struct.pack(">II", 1000, length) + bytes(80)
    tracks = b"".join(
        _box(b"trak", _box(b"mdia", _box(b"minf", _box(b"stbl", _box(b"stsd", bytes(12) + codec)))))
        for codec in codecs
    )
    extends = _box(b"mvex", _box(b"trex", bytes(12) + struct.pack(">I", 20) + bytes(8))) if fragments else b""
    samples = round(seconds * 50 / fragments) if fragments else 0
    run = _box(b"trun", bytes(4) + struct.pack(">I", samples))
    moofs = _box(b"moof", _box(b"traf", _box(b"tfhd", bytes(8)) + run)) * fragments
    return _box(b"ftyp", b"M4A ") + _box(b"moov", _box(b"mvhd", header) + tracks + extends) + moofs


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content
