"""Which learner of a cohort has which card, and how it stands with it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from learners.models import Cohort
from people.models import SignInCard, User


@dataclass(frozen=True, slots=True)
class CardRow:
    """`card` is her newest; None when she never had one."""

    learner: User
    card: SignInCard | None
    rests: bool
    may_have_card: bool
    is_chosen: bool = False

    @property
    def is_active(self) -> bool:
        return self.card is not None and self.card.cancelled_at is None

    @property
    def kind(self) -> str:
        return str(self.card.kind.label) if self.card else ""


def card_rows(cohort: Cohort, *, now: datetime, chosen: Collection[str] = ()) -> list[CardRow]:
    """By name; three questions to the database, however many learn here."""
    newest = {
        card.person_id: card for card in SignInCard.objects.filter(person__cohorts=cohort).order_by("pk")
    }
    allowed = set(cohort.learners.who_may_have_card().values_list("pk", flat=True))
    return [
        CardRow(
            learner=learner,
            card=newest.get(learner.pk),
            rests=learner.pk in newest and newest[learner.pk].rests(now),
            may_have_card=learner.pk in allowed,
            is_chosen=str(learner.pk) in chosen,
        )
        for learner in cohort.learners.order_by("name", "username", "pk")
    ]
