"""The border of the paper: stepping stones around the page, the last one lit. Written once a document.

Drawn here as PDF operators and not as a background picture, because WeasyPrint would draw a picture's every
stone anew on every page: for a class of thirty that takes longer than all the text.
"""

import math
import random
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

MILLIMETRE = 72 / 25.4
WIDTH, HEIGHT, INSET = 210.0, 297.0, 10.5
STONES = 72
PAPER, INK, WATER, LIT = "#fdf8ee", "#1c2733", "#9dbdd0", "#f2b134"
TONES = ("#efe3c8", "#e7d8b8", "#ddcba6", "#f3ead5")


def put_behind(pdf: Any) -> None:
    """Lay the border under every page of a finished pydyf document, as an artifact no reader hears."""
    import pydyf

    form = pydyf.Stream(
        [operators().encode()],
        pydyf.Dictionary(
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": pydyf.Array([0, 0, round(WIDTH * MILLIMETRE, 2), round(HEIGHT * MILLIMETRE, 2)]),
                "Resources": pydyf.Dictionary({}),
            }
        ),
        compress=True,
    )
    pdf.add_object(form)
    call = pydyf.Stream([b"/Artifact BMC q /border Do Q EMC"])
    pdf.add_object(call)
    for page in [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/Page"]:
        resources = pdf.objects[int(page["Resources"].split()[0])]
        resources["XObject"]["border"] = form.reference
        page["Contents"] = pydyf.Array([call.reference, page["Contents"]])


@cache
def operators() -> str:
    """The drawing in PDF's own words, in millimetres; the same stones every time."""
    chance = random.Random(7)  # noqa: S311 (stones, not secrets)
    lines = [
        f"{MILLIMETRE:.5f} 0 0 {MILLIMETRE:.5f} 0 0 cm",
        f"{_rgb(PAPER)} rg 0 0 {WIDTH:.0f} {HEIGHT:.0f} re f",
        f"{_rgb(WATER)} RG 0.25 w 1 J",
    ]
    places = list(_places())
    for x, y, is_upright in places[1::3]:
        side = 4.9 if chance.random() < 0.5 else -4.9
        drift = 3 * chance.random() - 1.5
        x, y = (x + side, y + drift) if is_upright else (x + drift, y + side)
        there = (x - 1.1, y + 0.6, x - 0.5, y + 0.6, x, y)
        back = (x + 0.5, y - 0.6, x + 1.1, y - 0.6, x + 1.6, y)
        lines.append(f"{x - 1.6:.1f} {y:.1f} m {_numbers(there)} c {_numbers(back)} c S")
    lines.append(f"{_rgb(INK)} RG 0.28 w")
    for number, (x, y, is_upright) in enumerate(places):
        is_corner = x in (INSET, WIDTH - INSET) and y in (INSET, HEIGHT - INSET)
        long, short = (3.7, 3.7) if is_corner else (4.3, 2.9)
        size = 0.9 + 0.16 * chance.random()
        wide, high = (short, long) if is_upright else (long, short)
        tone = LIT if number == len(places) - 1 else TONES[int(chance.random() * len(TONES))]
        lines.append(f"{_rgb(tone)} rg {_stone(x, y, wide * size, high * size, chance)} b")
    return "\n".join(lines)


def _places() -> Iterator[tuple[float, float, bool]]:
    """Around the page from the lower left corner, upwards first: (x, y, whether the path is upright)."""
    width, height = WIDTH - 2 * INSET, HEIGHT - 2 * INSET
    stones_a_millimetre = STONES / (2 * (width + height))
    up, across = round(height * stones_a_millimetre), round(width * stones_a_millimetre)
    for step in range(up):
        yield INSET, INSET + height * step / up, True
    for step in range(across):
        yield INSET + width * step / across, HEIGHT - INSET, False
    for step in range(up):
        yield WIDTH - INSET, HEIGHT - INSET - height * step / up, True
    for step in range(across):
        yield WIDTH - INSET - width * step / across, INSET, False


def _stone(x: float, y: float, wide: float, high: float, chance: random.Random) -> str:
    """A closed curve through eight points of a rounded box, none quite where it should be."""
    points = []
    for turn in range(8):
        cos, sin = math.cos(math.pi * turn / 4), math.sin(math.pi * turn / 4)
        reach = (abs(cos) ** 2.6 + abs(sin) ** 2.6) ** (-1 / 2.6) * (0.9 + 0.18 * chance.random())
        points.append((x + wide * cos * reach, y + high * sin * reach))
    words = [f"{points[0][0]:.1f} {points[0][1]:.1f} m"]
    for i in range(8):
        before, here, there, after = (points[(i + shift) % 8] for shift in (-1, 0, 1, 2))
        numbers = (
            here[0] + (there[0] - before[0]) / 6,
            here[1] + (there[1] - before[1]) / 6,
            there[0] - (after[0] - here[0]) / 6,
            there[1] - (after[1] - here[1]) / 6,
            *there,
        )
        words.append(f"{_numbers(numbers)} c")
    return " ".join(words)


def _numbers(numbers: Iterable[float]) -> str:
    return " ".join(f"{number:.2f}" for number in numbers)


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))
