"""A simulator is a folder: complete, small, in every language, and gone without a trace."""

import gzip
import re

import pytest
import yaml
from django.conf import settings

from courses import pictures, simulators
from courses.simulators import HERE, SOURCE_LANGUAGE, VALUE
from courses.widgets import goal_choices, simulator_choices

LARGEST = 12 * 1024  # bytes, compressed
SCREENS = [code for code, _ in settings.SCREEN_LANGUAGES]
HELP = [code for code, _ in settings.LANGUAGES]
EVERY_LANGUAGE = sorted({SOURCE_LANGUAGE, *SCREENS, *HELP})
PLACES = re.compile(r"\{(\w+)\}")
# Domain notes, section 2.4: amounts change; only the made-up 9 euro of a swindler may stand.
AMOUNT = re.compile(r"(\d[\d.,]*)\s?(?:euros?\b|€|EUR\b|يورو)", re.IGNORECASE)

each = pytest.mark.parametrize("simulator", simulators.simulators().values(), ids=lambda one: one.name)


def file_of(folder, language):
    text = (folder / "words" / f"{language}.yaml").read_text()
    return yaml.safe_load(text)


@each
@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_every_language_has_every_word(simulator, language):
    source, told = file_of(simulator.folder, SOURCE_LANGUAGE), file_of(simulator.folder, language)

    assert told.keys() == source.keys()
    assert [key for key, text in told.items() if not isinstance(text, str) or not text.strip()] == []


@each
@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_a_word_keeps_its_places_in_every_language(simulator, language):
    source, told = file_of(simulator.folder, SOURCE_LANGUAGE), file_of(simulator.folder, language)

    assert {key: set(PLACES.findall(text)) for key, text in told.items()} == {
        key: set(PLACES.findall(text)) for key, text in source.items()
    }


@pytest.mark.parametrize("language", SCREENS)
def test_the_engine_speaks_every_screen_language(language):
    assert file_of(HERE, language).keys() == file_of(HERE, SOURCE_LANGUAGE).keys()


@pytest.mark.parametrize("language", HELP)
def test_the_engine_speaks_every_language_of_learners(language):
    source = file_of(HERE, SOURCE_LANGUAGE)
    said = {key for key in source if not key.startswith("person.")}

    assert said - file_of(HERE, language).keys() == set()


@each
def test_every_goal_and_mistake_is_said_in_words(simulator):
    told = simulators.words(simulator, SOURCE_LANGUAGE)

    for goal in simulator.goals.values():
        assert told[f"goal.{goal.name}"]
        assert told[f"hint.{goal.name}"]
        # A value that is needed is compared; one that may be given has a word of the simulator's in its place.
        assert not goal.value or VALUE in goal.wants.values()
    for kind in simulator.mistakes:
        assert told[f"mistake.{kind}"], kind
    assert told["title"]


@each
def test_its_drawings_exist(simulator):
    wanted = {*simulator.pictures, *(name for goal in simulator.goals.values() for name in goal.pictures)}

    assert wanted - set(pictures.names()) == set()


@each
def test_its_code_is_small(simulator):
    code = b"".join(path.read_bytes() for path in sorted((simulator.folder / "static").iterdir()))

    assert len(gzip.compress(code, 9)) <= LARGEST


@each
def test_its_code_asks_for_nothing_and_keeps_nothing(simulator):
    code = "".join(path.read_text() for path in (simulator.folder / "static").glob("*.js"))

    assert (
        re.findall(
            r"\b(?:fetch|XMLHttpRequest|sendBeacon|localStorage|sessionStorage|indexedDB|document\.cookie)\b",
            code,
        )
        == []
    )
    assert set(re.findall(r"""from "([^"]+)";""", code)) <= {
        "../kit.js", "../guard.js", *(f"./{path.name}" for path in (simulator.folder / "static").glob("*.js"))
    }  # fmt: skip


@each
@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_it_shows_no_amount_of_money(simulator, language):
    said = " ".join(file_of(simulator.folder, language).values())

    assert set(AMOUNT.findall(said)) <= {"9"}


@each
@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_every_address_in_it_is_made_up(simulator, language):
    said = " ".join(file_of(simulator.folder, language).values())
    addresses = re.findall(r"[\w.-]+@[\w.-]+\w|(?:https?://|www\.)[\w.-]+\w", said)

    assert [address for address in addresses if not re.search(r"\.example$|@example\.org$", address)] == []


def test_an_editor_chooses_by_what_a_goal_says():
    choices = dict(goal_choices())

    assert dict(simulator_choices())["cards"] == "Picture cards"
    assert ("cards.order-switch-on", "Put the six pictures in order: from on to off.") in choices[
        "Picture cards"
    ]
