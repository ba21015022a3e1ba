"""What is in a PDF: its words as they can be copied, and its tags as they are read aloud."""

import subprocess
import unicodedata
from base64 import b64decode
from io import BytesIO

import pikepdf
import segno
from PIL import Image

NAMES = {
    "Arabic": "علاء الدين",
    "Ukrainian": "Олександра Їжакевич",
    "Tigrinya": "ሰላም ተስፋይ",
    "Turkish": "Zeynep Öztürk",
    "Romanian": "Ștefan",
    "Vietnamese": "Nguyễn Thị Ánh",
    "Greek": "Ελένη Παπαδάκη",
    "Persian": "مینا کریم‌زاده",
    "Pashto": "ګلالۍ احمدزۍ",
}


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def text_of(pdf: bytes, *options: str) -> str:
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", *options, "-", "-"], input=pdf, capture_output=True, check=True
    )
    return plain(done.stdout.decode())


def says(pdf: bytes, words: str) -> bool:
    """pdftotext turns the two letters of the lam-alef ligature around; all else it reads as it stands."""
    return plain(words).replace("لا", "ال") in text_of(pdf).replace("لا", "ال")


def plain(text: str) -> str:
    """As a person would type it.

    A PDF gives Arabic back in the shapes that letters take inside a word (presentation forms) and pdftotext adds
    signs of direction. NFKC turns each shape back into its letter; the invisible signs say nothing about the name.
    """
    text = unicodedata.normalize("NFKC", text)
    return " ".join("".join(sign for sign in text if unicodedata.category(sign) != "Cf").split())


def tagged_languages(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as document:
        return [
            str(one.Lang)
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Sect"
        ]


def square_of(address: str) -> list[list[bool]]:
    """The points of the QR code of this address."""
    return [
        [bool(point) for point in row] for row in segno.make(address, error="m", boost_error=False).matrix
    ]


def read_square(data: str, scale: int = 4) -> list[list[bool]]:
    """The points of a QR code that is a picture in a data address."""
    image = Image.open(BytesIO(b64decode(data.partition(",")[2]))).convert("L")
    places = range(scale // 2, image.width, scale)
    return [[image.getpixel((x, y)) < 128 for x in places] for y in places]


def tags(pdf: bytes) -> list[str]:
    """The kind of each tag, in the order in which they were made."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [
            str(one.S)
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
        ]


def is_a4(pdf: bytes) -> bool:
    with pikepdf.open(BytesIO(pdf)) as document:
        return all(
            [round(float(side)) for side in page.mediabox] == [0, 0, 595, 842] for page in document.pages
        )
