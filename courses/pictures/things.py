"""Things and signs, each drawn on a 40 × 40 grid around (0, 0), placed by its middle."""

from .canvas import Box
from .screens import STAR, Screens


def _shape(fill: str, d: str) -> str:
    return f'<path class="p-{fill}" d="{d}"/>'


def _paper(d: str) -> str:
    return _shape("paper", d)


def _shade(d: str) -> str:
    return _shape("shade", d)


def _line(d: str) -> str:
    return f'<path d="{d}"/>'


def _soft(d: str) -> str:
    return f'<path class="p-line-soft" d="{d}"/>'


def _disc(fill: str, r: float, d: str) -> str:
    """A coloured disc with a sign in it that stays readable."""
    return f'<circle class="p-{fill}" r="{r:g}"/><path class="p-line-paper" d="{d}"/>'


_ENVELOPE = _paper("M-18-12h36v25h-36z") + _line("M-18-11l18 14 18-14")
_SHEET = _paper("M-14-18h28v36h-28z")
_QUESTION = "M-6-6a6 6 0 1 1 9 5c-2 2-3 2-3 5M0 10h0"
_LOCK = _shade("M-12-3h24v20h-24z") + _line("M0 5v4")
_SHIELD = _shade("M0-18l15 5v11c0 11-7 17-15 20-8-3-15-9-15-20v-11z")
_HANDSET = _shade(
    "M-14-16l6-2 5 10-5 5c2 5 5 8 10 10l5-5 10 5-2 7c-1 3-4 4-7 3-12-2-23-13-25-25-1-4 0-7 3-8z"
)
_CARD = _paper("M-17-12h34a3 3 0 0 1 3 3v18a3 3 0 0 1-3 3h-34a3 3 0 0 1-3-3v-18a3 3 0 0 1 3-3z")
_CHIP = _shade("M-14-4h9v8h-9z")
_EYE = _paper("M-19 0c9-15 29-15 38 0-9 15-29 15-38 0z") + '<circle class="p-shade" r="7"/>'
_SPEAKER = _shade("M-17-6h7l9-9v30l-9-9h-7z")
_PERSON = '<circle class="p-paper" cy="-8" r="8"/>' + _shade("M-15 18c0-22 30-22 30 0z")

THINGS: dict[str, str] = {
    # papers
    "paper": _SHEET + _soft("M-8-10h16M-8-3h16M-8 4h16M-8 11h9"),
    "contract": _SHEET + _line("M-8-11h10") + _soft("M-8-4h16M-8 2h16") + _line("M-9 12c3-7 5 4 8-2s3 4 9 0"),
    "bill": _SHEET + _line("M-8-11h8") + _soft("M-8-4h9M-8 3h9M6-4h2M6 3h2") + _line("M2 11h7"),
    "file": _paper("M-13-18h17l9 9v27h-26z") + _line("M4-18v9h9") + _soft("M-6-3h12M-6 4h12M-6 11h7"),
    "folder": _shade("M-18-11a3 3 0 0 1 3-3h9l5 5h16a3 3 0 0 1 3 3v17a3 3 0 0 1-3 3h-30a3 3 0 0 1-3-3z")
    + _line("M-18-2h36"),
    "envelope": _ENVELOPE,
    "letter": _paper("M-18-12h36v25h-36z") + _shade("M8-8h6v7h-6z") + _soft("M-12 2h14M-12 7h9"),
    "open-envelope": _shade("M-18-3l18-14 18 14v20h-36z")
    + _paper("M-12-11h24v22h-24z")
    + _soft("M-7-5h14M-7 0h14")
    + _paper("M-18-3l18 12 18-12v20h-36z"),
    "list": _SHEET + _line("M-9-9l2 2 4-5M-9 0l2 2 4-5M-9 9l2 2 4-5") + _soft("M2-8h7M2 1h7M2 10h7"),
    "note": _paper("M-15-15h30v20l-10 10h-20z") + _line("M15 5h-10v10") + _soft("M-8-7h16M-8 0h9"),
    "id-card": _CARD + _CHIP + _line("M6-7h8M0 8h14") + _soft("M0 0h14"),
    "bank-card": _CARD + _shade("M-20-7h40v6h-40z") + _line("M-13 6h8"),
    # computer
    "usb": _paper("M-6-18h12v14h-12z")
    + _line("M-2-12v1M2-12v1")
    + _shade("M-9-5h18v19a4 4 0 0 1-4 4h-10a4 4 0 0 1-4-4z"),
    "printer": _paper("M-11-18h22v13h-22z")
    + _shade("M-16-6h32a3 3 0 0 1 3 3v13h-38v-13a3 3 0 0 1 3-3z")
    + _paper("M-11 3h22v15h-22z")
    + _soft("M-6 8h12M-6 13h8")
    + _line("M13-1h0"),
    "bin": _shade("M-12-9h24l-2 24a3 3 0 0 1-3 3h-14a3 3 0 0 1-3-3z")
    + _line("M-16-10h32M-5-10v-5h10v5M-4-2l1 13M4-2l-1 13"),
    "screen": _shade("M-5 8h10v9h-10z")
    + _shade("M-17-16h34a3 3 0 0 1 3 3v18a3 3 0 0 1-3 3h-34a3 3 0 0 1-3-3v-18a3 3 0 0 1 3-3z")
    + _paper("M-15-11h30v14h-30z")
    + _line("M-11 17h22"),
    "phone": _shade("M-8-19h16a3 3 0 0 1 3 3v32a3 3 0 0 1-3 3h-16a3 3 0 0 1-3-3v-32a3 3 0 0 1 3-3z")
    + _paper("M-6-12h12v22h-12z"),
    "camera": _shade(
        "M-17-9h7l4-6h12l4 6h7a3 3 0 0 1 3 3v18a3 3 0 0 1-3 3h-34a3 3 0 0 1-3-3v-18a3 3 0 0 1 3-3z"
    )
    + '<circle class="p-paper" cy="2" r="9"/><circle class="p-ink" cy="2" r="3"/>',
    "card-reader": _CARD.replace("p-paper", "p-paper").replace("M-17-12h34", "M-17-18h34")
    + _shade("M-17-4h34v19a4 4 0 0 1-4 4h-26a4 4 0 0 1-4-4z")
    + _line("M-11-4h22M-8 5h0M0 5h0M8 5h0M-8 12h0M0 12h0M8 12h0"),
    "headphones": _line("M-15 6v-6a15 15 0 0 1 30 0v6")
    + _shade("M-19 4h8v13h-5a3 3 0 0 1-3-3zM19 4h-8v13h5a3 3 0 0 0 3-3z"),
    "microphone": _shade("M-6-12a6 6 0 0 1 12 0v10a6 6 0 0 1-12 0z")
    + _line("M-12-4a12 12 0 0 0 24 0M0 8v9M-7 18h14"),
    "plug": _shade("M-10-6h20v8a10 10 0 0 1-20 0z") + _line("M-5-7v-9M5-7v-9M0 12v7"),
    "globe": '<circle class="p-paper" r="17"/>'
    + _line("M-17 0h34M0-17v34M-14-9h28M-14 9h28M0-17c-11 10-11 24 0 34M0-17c11 10 11 24 0 34"),
    "gear": '<circle class="p-shade" r="12"/><circle class="p-paper" r="5"/>'
    + _line("M0-12v-6M0 12v6M-12 0h-6M12 0h6M-9-9l-4-4M9 9l4 4M9-9l4-4M-9 9l-4 4"),
    "image": _paper("M-18-14h36v28h-36z")
    + _shade("M-18 14l12-16 8 9 6-6 10 13z")
    + '<circle class="p-shade" cx="9" cy="-6" r="4"/>',
    # signs
    "check": _disc("green", 17, "M-8 1l5 6 11-13"),
    "cross": _disc("red", 17, "M-6-6l12 12m0-12l-12 12"),
    "warning": _shape("red", "M-3-15a4 4 0 0 1 6 0l15 27a3 3 0 0 1-3 5h-30a3 3 0 0 1-3-5z")
    + '<path class="p-line-paper" d="M0-6v9m0 7h0"/>',
    "stop": _shape("red", "M-7-17h14l10 10v14l-10 10h-14l-10-10v-14z")
    + '<path class="p-line-paper" d="M-8 0h16"/>',
    "question": '<circle class="p-paper" r="17"/>' + _line(_QUESTION),
    "information": '<circle class="p-paper" r="17"/>' + _line("M0-8h0M0-1v9"),
    "star": _paper(STAR),
    "star-lit": _shape("saffron", STAR),
    "heart": _shade("M0 15c-26-17-15-34-3-28 2 1 3 3 3 3s1-2 3-3c12-6 23 11-3 28z"),
    "plus": _disc("blue", 17, "M-8 0h16M0-8v16"),
    "play": _disc("blue", 17, "M-4-7l11 7-11 7z"),
    "pause": _disc("blue", 17, "M-5-6v12M5-6v12"),
    "download": _line("M0-17v22m-9-9l9 9 9-9M-16 8v9h32v-9"),
    "upload": _line("M0 6v-22m-9 9l9-9 9 9M-16 8v9h32v-9"),
    "power": _line("M0-17v14M-10-11a15 15 0 1 0 20 0"),
    "menu": _line("M-14-10h28M-14 0h28M-14 10h28"),
    "clip": '<g transform="rotate(40)"><path d="M8-8v17a8 8 0 0 1-16 0v-20a5 5 0 0 1 11 0v19a2 2 0 0 1-5 0v-15"/></g>',
    "magnifier": _line("M7 7l11 11") + '<circle class="p-paper" cx="-4" cy="-4" r="13"/>',
    "zoom": _line("M7 7l11 11")
    + '<circle class="p-paper" cx="-4" cy="-4" r="13"/>'
    + _line("M-10-4h12M-4-10v12"),
    "pencil": '<g transform="rotate(45)">'
    + _shade("M-5-18h10v24h-10z")
    + _paper("M-5 6h10l-5 12z")
    + _line("M-5-12h10")
    + "</g>",
    "bell": _shade("M-14 10c4-4 4-8 4-12a10 10 0 0 1 20 0c0 4 0 8 4 12z") + _line("M0-12v-5M-4 16h8"),
    "eye": _EYE + '<circle class="p-ink" r="2"/>',
    "no-eye": _EYE + _line("M-16 16l32-32"),
    "shield": _SHIELD,
    "safe": _SHIELD + _line("M-7 0l5 6 9-12"),
    "lock": _line("M-8-3v-6a8 8 0 0 1 16 0v6") + _LOCK,
    "open-lock": _line("M-8-3v-7a8 8 0 0 1 15-4") + _LOCK,
    "key": _line("M-3 0h21v7M11 0v6") + '<circle class="p-shade" cx="-10" r="8"/>',
    "speaker": _SPEAKER + _line("M5-6a9 9 0 0 1 0 12M10-12a16 16 0 0 1 0 24"),
    "no-sound": _SPEAKER + _line("M6-5l10 10m0-10l-10 10"),
    # life
    "telephone": _HANDSET,
    "house": _paper("M-13 17v-17h26v17z") + _shade("M-18 1l18-18 18 18z") + _line("M-4 17v-9h8v9"),
    "town-hall": _paper("M-15-3h30v18h-30z")
    + _shade("M-18-3l18-14 18 14z")
    + _line("M-9 1v12M0 1v12M9 1v12M-19 17h38"),
    "office": _paper("M-14-18h28v36h-28z") + _line("M-7-10h3M4-10h3M-7-2h3M4-2h3M-4 18v-11h8v11"),
    "door": _shade("M-11-18h22v36h-22z") + _line("M5 1h0M-17 18h34"),
    "person": _PERSON,
    "clock": '<circle class="p-paper" r="17"/>' + _line("M0-10v10l7 5"),
    "hourglass": _paper("M-11-17h22c0 11-8 12-8 17s8 6 8 17h-22c0-11 8-12 8-17s-8-6-8-17z")
    + _shade("M-8 17c1-6 5-8 8-8s7 2 8 8z")
    + _line("M-14-18h28M-14 18h28"),
    "coin": '<circle class="p-shade" r="16"/>' + _line("M7-7a9 9 0 1 0 0 14M-9-3h10M-9 3h9"),
    "cup": _shade("M-14-8h24v12a10 10 0 0 1-10 10h-4a10 10 0 0 1-10-10z")
    + _line("M10-4h3a5 5 0 0 1 0 10h-4M-7-14v-3M-1-14v-3M5-14v-3"),
    "bed": _paper("M-18 4h36v8h-36z") + _shade("M-14-4h12v8h-12z") + _line("M-18-10v26M18 4v12"),
    "medical": _disc("green", 17, "M-8 0h16M0-8v16"),
    "scales": _line("M0-17v33M-9 17h18M-15-12h30M-15-12l-5 12M-15-12l5 12M15-12l-5 12M15-12l5 12")
    + _shade("M-21 0h12a6 6 0 0 1-12 0zM9 0h12a6 6 0 0 1-12 0z"),
    "bubble": _paper(
        "M-15-15h30a4 4 0 0 1 4 4v16a4 4 0 0 1-4 4h-16l-9 9v-9h-5a4 4 0 0 1-4-4v-16a4 4 0 0 1 4-4z"
    ),
    "book": _paper("M0-12c-6-4-12-4-18-2v26c6-2 12-2 18 2 6-4 12-4 18-2v-26c-6-2-12-2-18 2z")
    + _line("M0-12v26"),
    "glasses": _line("M-3 0c2-3 4-3 6 0M-17-2l-3-6M17-2l3-6")
    + '<circle class="p-paper" cx="-10" cy="2" r="8"/><circle class="p-paper" cx="10" cy="2" r="8"/>',
    "food": _shade("M-15-1h30c0 10-6 15-15 15s-15-5-15-15z")
    + _line("M-19-1h38M-6-8c-3-4 3-5 0-9M5-8c-3-4 3-5 0-9"),
    "certificate": _paper("M-18-15h36v26h-36z")
    + _soft("M-11-8h22M-11-1h12")
    + '<path class="p-shade" d="M5 8v10l5-4 5 4v-10z"/><circle class="p-shade" cx="10" cy="6" r="6"/>',
}


class Things(Screens):
    """Everything of THINGS by name."""

    def thing(self, name: str, x: float, y: float, size: float = 60, *, lit: bool = False) -> Box:
        """A thing by its middle and its height; `lit` lays a saffron disc behind it. KeyError names an unknown one."""
        if lit:
            self.circle(x, y, size * 0.68, "saffron", line=False)
        with self.at(x, y, size / 40, weight=3 if size >= 30 else 2, lit=lit):
            self.add(THINGS[name])
        return Box(x - size / 2, y - size / 2, size, size)
