"""A certificate as somebody holds it: its words, the link a screen reader speaks, and the square a phone scans."""

from io import BytesIO

import pikepdf
import segno
from playwright.sync_api import Page
from pypdf import PdfReader


class Paper:
    def __init__(self, content: bytes) -> None:
        assert content.startswith(b"%PDF-")
        self.content = content
        self.pages = PdfReader(BytesIO(content)).pages
        self.text = "\n".join(page.extract_text() for page in self.pages)

    @classmethod
    def fetched_by(cls, page: Page) -> "Paper":
        """Behind the link that opens it, with her cookies."""
        answer = page.request.get(page.locator("a[href$='.pdf']").first.get_attribute("href"))
        assert answer.headers["content-type"] == "application/pdf"
        return cls(answer.body())

    @property
    def link(self) -> str:
        """The address of the check, as said for people who cannot see the square."""
        with pikepdf.open(BytesIO(self.content)) as pdf:
            spoken = [
                str(tag.Alt) for tag in pdf.objects if isinstance(tag, pikepdf.Dictionary) and "/Alt" in tag
            ]
        (link,) = [alt for alt in spoken if "/verify/" in alt]
        return link

    def has_square_of(self, link: str) -> bool:
        """Whether a picture on the paper is, point for point, the QR code of this address."""
        points = [list(row) for row in segno.make(link, error="m", boost_error=False).matrix]
        return any(points == _points(image.image, len(points)) for image in self.pages[0].images)


def _points(image, size: int) -> list[list[int]]:
    """A picture of size × size points: 1 where it is dark in the middle of the point."""
    grey = image.convert("L")
    return [
        [
            int(grey.getpixel((_middle(x, grey.width, size), _middle(y, grey.height, size))) < 128)
            for x in range(size)
        ]
        for y in range(size)
    ]


def _middle(place: int, length: int, size: int) -> int:
    return int((place + 0.5) * length / size)
