"""Sign-in cards on paper: eight a sheet, each in the language of the person who gets it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learners.access import cohorts_of
from learners.models import Cohort
from papers import kinds, rendering
from papers.kinds import Kind, NothingToPrint
from papers.models import PrintJob
from papers.rendering import Paper, direction_of, direction_of_name
from papers.squares import qr
from people import codes
from people.cards import NewCard, issue
from people.enums import PinKind
from people.models import User
from people.templatetags.signs import drawing, picture_word

STYLESHEET = rendering.TEMPLATES / "learners" / "print" / "cards.css"
CARDS_ON_A_SHEET = 8


def leads_cohort(person: User, params: dict[str, Any]) -> bool:
    return cohorts_of(person).filter(pk=params["cohort"]).exists()


@dataclass(frozen=True)
class Sign:
    """Of a PIN: a picture with its word in the language of the card, or a digit."""

    name: str
    word: str = ""
    drawing: SafeString | None = None


@dataclass(frozen=True)
class PrintedCard:
    """What stands on one card; `pin` is read in the direction of `language`."""

    name: str
    name_direction: str
    language: str
    direction: str
    works_at_home: bool
    pin: list[Sign]
    url: str
    qr: str
    address: str
    code: str


def compose_cards(job: PrintJob) -> Paper:
    """The seed makes the same cards however often this runs; it is forgotten once the paper is made."""
    cohort = Cohort.objects.select_related("organisation").get(pk=job.params["cohort"])
    made = issue(
        learners=cohort.learners.who_may_have_card().filter(pk__in=job.params["learners"]),
        by=job.owner,
        kind=PinKind(job.params["kind"]),
        works_at_home=job.params["works_at_home"],
        seed=job.params["seed"],
        now=timezone.now(),
    )
    if not made:
        raise NothingToPrint(_("There is no card to print. Newer cards were made meanwhile, or cancelled."))
    cards = [printed(new) for new in made]
    sheets = [cards[i : i + CARDS_ON_A_SHEET] for i in range(0, len(cards), CARDS_ON_A_SHEET)]
    return Paper(
        template="learners/print/cards.html",
        context={"title": _("Sign-in cards"), "organisation": cohort.organisation.name, "sheets": sheets},
        stylesheet=STYLESHEET,
        language=job.language,
        filename=f"cards-{slugify(cohort.name) or cohort.pk}.pdf",
        pages=len(sheets),
    )


def printed(new: NewCard) -> PrintedCard:
    person = new.card.person
    url = settings.BASE_URL + reverse("people:card", args=[new.card.token])
    spoken = person.help_language
    language = spoken if spoken in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(language):
        pin = [_sign(sign, new.card.kind) for sign in new.pin]
    return PrintedCard(
        name=str(person),
        name_direction=direction_of_name(str(person)),
        language=language,
        direction=direction_of(language),
        works_at_home=new.card.works_at_home,
        pin=pin,
        url=url,
        qr=qr(url),
        address=urlsplit(settings.BASE_URL).netloc + reverse("people:find_card"),
        code=codes.in_groups(new.card.token),
    )


def _sign(sign: str, kind: PinKind) -> Sign:
    if kind != PinKind.PICTURES:
        return Sign(sign)
    word = picture_word(sign)
    # A picture in a PDF has words instead; WeasyPrint takes them from its title.
    titled = drawing(sign).replace("><", f">{format_html('<title>{}</title>', word)}<", 1)
    return Sign(sign, word, mark_safe(titled))  # our own drawing, and an escaped word


CARDS = Kind("cards", gettext_lazy("Sign-in cards"), leads_cohort, compose_cards, secrets=("seed",))
kinds.register(CARDS)
