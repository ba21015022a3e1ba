"""Any paper: our own fonts and files only, and whole or not at all."""

import pytest

from papers import rendering
from papers.rendering import BASE, Paper, RenderingFailed, render
from papers.signs import COVERAGE, Unprintable, fonts_for, read_coverage, unprintable
from tests.papers.looking import NAMES, pages_of, text_of


@pytest.fixture
def paper(settings, tmp_path):
    """A paper that says these words."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path], "APP_DIRS": False}]
    (tmp_path / "words.html").write_text(
        '<html lang="{{ language }}"><head><title>Words</title></head>'
        "<body>{% for word in words %}<p>{{ word }}</p>{% endfor %}{{ more }}</body></html>"
    )

    def paper(*words, **fields):
        return Paper("words.html", {"words": words}, BASE, "en", "words.pdf", **fields)

    return paper


def test_nothing_is_fetched_from_elsewhere(tmp_path):
    secret = tmp_path / "print" / "secret.png"
    secret.parent.mkdir()
    secret.write_bytes(b"secret")
    fetch = rendering._fetcher().fetch

    for url in (
        "https://example.org/x.png",
        "http://127.0.0.1/",
        secret.as_uri(),
        "ftp://example.org/",
        "data:text/css,a",
        (BASE.parent / ".." / "job.html").as_uri(),
        "file://host/etc/passwd",
    ):
        with pytest.raises(ValueError, match=r"not one of our files|protocol"):
            fetch(url)


def test_a_missing_font_file_is_a_failure_and_not_another_typeface(monkeypatch, paper):
    rendering._workshop.cache_clear()
    monkeypatch.setattr(rendering, "FONTS", rendering.FONTS / "nowhere")

    with pytest.raises(RenderingFailed):
        render(paper("Amina"))

    monkeypatch.undo()


def test_a_sign_without_a_glyph_is_left_out_and_named(paper):
    printed = render(paper("Amina 🌷", "李"))

    assert printed.left_out == ["🌷", "李"]
    assert text_of(printed.content) == "Amina"


def test_an_exact_paper_is_not_printed_without_a_sign(paper):
    with pytest.raises(Unprintable) as refused:
        render(paper("Amina 🌷", is_exact=True))

    assert refused.value.signs == ["🌷"]


def test_a_paper_that_grew_longer_than_expected_is_set_tighter(paper):
    long = ["Wegwijs"] * 60

    as_it_comes = render(paper(*long, pages=1)).content
    tighter = render(paper(*long, pages=1, tighter={"words": long[:3]})).content

    assert (pages_of(as_it_comes), pages_of(tighter)) == (2, 1)


def test_each_page_is_told_as_it_is_laid_out(paper, caplog):
    told = []

    render(paper(*["Wegwijs"] * 150), told.append)

    assert told == [1, 2, 3]
    assert not caplog.records


def test_what_hears_the_pages_can_stop_the_paper(paper):
    def stop(page):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        render(paper("Amina"), stop)
    assert render(paper("Amina")).content


def test_coverage_is_what_the_fonts_have():
    assert COVERAGE.read_text() == read_coverage()


def test_each_script_asks_for_its_own_fonts_only():
    assert fonts_for("Zeynep Öztürk 2026") == ["noto-sans-latin"]
    assert fonts_for("Ștefan") == ["noto-sans-latin", "noto-sans-latin-ext"]
    assert fonts_for("علاء") == ["vazirmatn"]
    assert unprintable("".join(NAMES.values())) == []
