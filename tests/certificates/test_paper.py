"""What is on the paper: words that can be copied out of it, glyphs that are drawn, tags that can be read aloud."""

import re
import subprocess
import unicodedata
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from certificates import rendering
from papers.rendering import html_of
from papers.signs import ORDER, Unprintable
from tests.factories.certificates import DUTCH, ENGLISH, paper_for
from tests.papers.looking import (
    NAMES,
    pages_of,
    plain,
    read_square,
    says,
    square_of,
    tagged_languages,
    text_of,
)

ARABIC = {"language": "ar", "title": "استخدام الحاسوب", "can_do": ["أستطيع تشغيل الحاسوب وإيقافه."]}


def pdf_of(name, **fields):
    return rendering.render([paper_for(name, **fields)])


def picture(pdf: bytes, *, dpi: int = 100) -> Image.Image:
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-f", "1", "-l", "1", "-"]
    return Image.open(BytesIO(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout))


def name_band(pdf: bytes) -> Image.Image:
    """The part of the page where the name stands, black ink on white."""
    page = picture(pdf)
    width, height = page.size
    band = page.crop((int(width * 0.1), int(height * 0.115), int(width * 0.9), int(height * 0.19)))
    return band.point(lambda grey: 255 if grey > 128 else 0)


def ink(image: Image.Image) -> int:
    return image.histogram()[0]


def gaps(image: Image.Image) -> int:
    """How many white stripes go from top to bottom between the first ink and the last."""
    left, _, right, _ = image.point(lambda grey: 255 - grey).getbbox()
    columns = [ink(image.crop((x, 0, x + 1, image.height))) > 0 for x in range(left, right)]
    return sum(1 for here, there in pairwise(columns) if here and not there)


@pytest.mark.parametrize("script", [script for script in NAMES if script != "Vietnamese"])
def test_the_name_can_be_copied_from_the_paper(script):
    """pypdf takes no notice of ActualText, so a Vietnamese word, set from two fonts, comes with gaps."""
    pages = PdfReader(BytesIO(pdf_of(NAMES[script]))).pages

    assert len(pages) == 1
    assert plain(NAMES[script]) in plain(pages[0].extract_text())


@pytest.mark.parametrize("script", NAMES)
def test_another_reader_copies_the_same_name(script):
    assert says(pdf_of(NAMES[script]), NAMES[script])


def test_letters_that_only_the_second_arabic_font_has_say_what_they_are():
    """Screen readers and Acrobat take these words; the glyphs of that font would be read as other letters."""
    with pikepdf.open(BytesIO(pdf_of("ڎینا"))) as pdf:
        content = pikepdf.parse_content_stream(pdf.pages[0])
        said = [
            str(marks.operands[1].ActualText) for marks in content if "/ActualText" in str(marks.operands[1:])
        ]

    assert "ڎینا" in said


@pytest.mark.parametrize("script", NAMES)
def test_the_name_is_drawn_and_every_name_differently(script):
    drawn, other = name_band(pdf_of(NAMES[script])), name_band(pdf_of("Ann Other"))

    assert ink(drawn) > 1000
    assert drawn.tobytes() != other.tobytes()


@pytest.mark.parametrize("script", NAMES)
def test_no_sign_is_drawn_as_the_empty_box(script):
    """A box stands for a missing sign and looks the same for all: two different signs would look alike."""
    letters = [sign for sign in dict.fromkeys(NAMES[script]) if unicodedata.category(sign)[0] == "L"][:4]

    pictures = {name_band(pdf_of(sign * 3)).tobytes() for sign in letters}

    assert len(pictures) == len(letters)


def test_arabic_letters_join():
    """Joined, the word is one stroke; with non-joiners between its letters there is paper to see."""
    assert gaps(name_band(pdf_of("محمد"))) == 0
    assert gaps(name_band(pdf_of("م\u200cح\u200cم\u200cد"))) >= 2


def test_an_arabic_name_stands_at_the_right_on_a_paper_for_an_arabic_reader():
    texts = {"ar": ARABIC, "nl": DUTCH}
    band = name_band(pdf_of(NAMES["Arabic"], help_language="ar", screen_language="nl", texts=texts))
    left, _, right, _ = band.point(lambda grey: 255 - grey).getbbox()

    assert left > band.width / 2
    assert right > 0.95 * band.width


def test_only_our_own_fonts_are_in_the_paper_and_all_of_them_whole():
    pdf = pdf_of("علاء Їжакевич ሰላም Öztürk")
    with pikepdf.open(BytesIO(pdf)) as document:
        fonts = [
            one
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"
        ]
        names = {str(font.BaseFont).partition("+")[2] for font in fonts}
        descriptors = [
            one
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]

    assert {name.lower().removesuffix("-bold") for name in names} <= set(ORDER)
    assert len(descriptors) >= 4
    assert all(any(f"/FontFile{n}" in one for n in ("", "2", "3")) for one in descriptors)


def test_the_paper_says_everything_in_both_languages():
    credential = paper_for("Zeynep Öztürk")
    words = text_of(rendering.render([credential]))

    for text in (ENGLISH, DUTCH):
        assert text["title"] in words
        for line in text["can_do"]:
            assert line in words
    assert "5 November 2026" in words
    assert "5 november 2026" in words
    assert "DigComp 2.2" in words
    assert "1.1, 1.2, 5.1" in words
    assert "PRE" not in words
    assert credential.readable_code in words
    assert "Maison des Langues · 0123.456.749 · Seraing" in words
    assert "not a diploma" in words


def test_one_language_stands_once():
    words = text_of(pdf_of("Ann", help_language="nl", screen_language="nl", texts={"nl": DUTCH}))

    assert words.count(DUTCH["title"]) == 1


def test_a_language_we_have_no_words_in_falls_back_to_english_and_screens_stay_theirs():
    credential = paper_for(
        "Ali", help_language="so", screen_language="nl", texts={"so": ENGLISH, "nl": DUTCH}
    )

    sides = rendering.sides_of(credential)

    assert [(side.words, side.language) for side in sides] == [("en", "en"), ("nl", "nl")]


def test_arabic_words_around_an_english_title_each_say_their_language():
    credential = paper_for(
        "Ali", help_language="ar", screen_language="nl", texts={"ar": ENGLISH, "nl": DUTCH}
    )

    languages = tagged_languages(rendering.render([credential]))

    assert languages.count("en") == 1
    assert set(languages) == {"ar", "en", "nl"}


def test_a_screen_reader_finds_title_language_tags_and_the_words_for_the_square():
    credential = paper_for("Zeynep Öztürk")
    with pikepdf.open(BytesIO(rendering.render([credential]))) as pdf:
        tags = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
        ]
        kinds = {str(tag.S) for tag in tags}
        figures = [str(tag.Alt) for tag in tags if tag.S == "/Figure"]

        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == "Attestation of learning: Zeynep Öztürk, Using a computer"
        assert all(page.Tabs == "/S" for page in pdf.pages)
        assert {"/H1", "/H2", "/P", "/L", "/LI", "/Sect", "/Figure"} <= kinds
        assert figures == [credential.verify_url]
        metadata = pdf.Root.Metadata.read_bytes()
    assert b'pdfaid:part="3"' in metadata
    assert b'pdfuaid:part="1"' in metadata


def test_a_class_is_one_document_with_a_page_each():
    pdf = rendering.render([paper_for(name) for name in NAMES.values()])

    assert pages_of(pdf) == len(NAMES)
    words = text_of(pdf)
    assert all(NAMES[script] in words for script in ("Ukrainian", "Tigrinya", "Turkish", "Romanian"))


@pytest.mark.parametrize("sign", ["W", "ወ", "ش", "Щ"])
def test_the_longest_name_stays_on_its_page(sign):
    name = " ".join([sign * 11] * 9)[:100]

    assert pages_of(pdf_of(name)) == 1


def test_the_longest_name_without_a_space_is_broken_and_not_cut():
    words = text_of(pdf_of("W" * 100))

    assert words.count("W") >= 100


def test_long_titles_and_lines_are_set_tighter_and_stay_on_the_page():
    long = {
        "language": "en",
        "title": "Online forms of the public centre " * 4,
        "can_do": ["I can fill in a form, and check it. " * 4] * 5,
    }
    pdf = pdf_of(
        "Maria Alexandrina van der Wouwenberghe", texts={"en": long, "nl": {**long, "language": "nl"}}
    )

    assert pages_of(pdf) == 1


@pytest.mark.parametrize(
    ("name", "signs"),
    [("Amina 🌷", ["🌷"]), ("李小龍", ["李", "小", "龍"]), ("A\u0302mina\ue000", ["\ue000"])],
)
def test_a_sign_without_a_glyph_stops_the_paper_and_is_named(name, signs):
    with pytest.raises(Unprintable) as refused:
        pdf_of(name)

    assert refused.value.signs == signs


def test_a_missing_glyph_in_other_words_stops_the_paper_too():
    with pytest.raises(Unprintable) as refused:
        pdf_of("Amina", issuer_name="楽しい学校")

    assert refused.value.signs[0] == "楽"


def test_markup_in_a_name_is_text():
    html = html_of(rendering.paper_of([paper_for('<img src="https://example.org/x">')]))

    assert '<img src="https' not in html
    assert "&lt;img" in html


def test_the_square_leads_to_the_page_that_checks():
    credential = paper_for("Amina")

    assert re.fullmatch(r"http://[^/]+/verify/[2-9A-Z]{10}/", credential.verify_url)
    assert read_square(rendering.sheet(credential)["qr"]) == square_of(credential.verify_url)
