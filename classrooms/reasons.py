"""The reasons to call somebody, and what each says: `told` to who calls, `said` to her, in the language of the moment.

All have `since`. A call settles what happened before it, once and for all; what lasts (`is_lasting`) comes back when
nothing has changed some time after the call.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classrooms.board import STUCK_MISTAKES, Spot
from classrooms.enums import Reason
from reminders.clock import BRUSSELS
from reminders.enums import NoLetter


class Why(Protocol):
    reason: ClassVar[Reason]
    is_lasting: ClassVar[bool]

    @property
    def since(self) -> datetime: ...

    def told(self) -> str: ...

    def said(self) -> str: ...


def _day(moment: datetime) -> str:
    """Never the end of a sentence: in some languages a date ends with a full stop of its own."""
    return date_format(timezone.localdate(moment, BRUSSELS))


@dataclass(frozen=True, slots=True)
class Asked:
    """`since` she asked."""

    reason: ClassVar = Reason.HELP
    is_lasting: ClassVar = False
    since: datetime

    def told(self) -> str:
        return _("Asked for help in class on %(day)s, and nobody came.") % {"day": _day(self.since)}

    def said(self) -> str:
        return _("You asked for help on %(day)s, and nobody came. I am sorry.") % {"day": _day(self.since)}


@dataclass(frozen=True, slots=True)
class Absent:
    """From `before` and, without an excuse, also from the next class, which was `since`."""

    reason: ClassVar = Reason.ABSENT
    is_lasting: ClassVar = False
    before: datetime
    since: datetime

    def told(self) -> str:
        return _("Absent on %(before)s and on %(day)s: twice in a row.") % self._days()

    def said(self) -> str:
        return _("On %(before)s and on %(day)s you were not in class.") % self._days()

    def _days(self) -> dict[str, str]:
        return {"before": _day(self.before), "day": _day(self.since)}


@dataclass(frozen=True, slots=True)
class Stuck:
    """`since` the first try at this step; `seconds` is the time of all tries there."""

    reason: ClassVar = Reason.STUCK
    is_lasting: ClassVar = True
    since: datetime
    spot: Spot
    mistakes: int
    seconds: int

    def told(self) -> str:
        where = {"lesson": self.spot.lesson, "step": self.spot.number, "day": _day(self.since)}
        if self.mistakes >= STUCK_MISTAKES:
            return ngettext(
                "Stuck at lesson %(lesson)s, step %(step)d since %(day)s: %(n)d mistake there.",
                "Stuck at lesson %(lesson)s, step %(step)d since %(day)s: %(n)d mistakes there.",
                self.mistakes,
            ) % {**where, "n": self.mistakes}
        return ngettext(
            "Stuck at lesson %(lesson)s, step %(step)d since %(day)s: %(n)d minute there.",
            "Stuck at lesson %(lesson)s, step %(step)d since %(day)s: %(n)d minutes there.",
            self.seconds // 60,
        ) % {**where, "n": self.seconds // 60}

    def said(self) -> str:
        return _("One step of lesson %(lesson)s is difficult. We can do it together.") % {
            "lesson": self.spot.lesson
        }


@dataclass(frozen=True, slots=True)
class Stopped:
    """`since` her last step, or the last class she came to. Who can be written to has had all our letters about it."""

    reason: ClassVar = Reason.STOPPED
    is_lasting: ClassVar = True
    since: datetime
    module: str
    has_letters: bool

    def told(self) -> str:
        what = {"day": _day(self.since), "module": self.module}
        if self.has_letters:
            return (
                _("Stopped: nothing since %(day)s, and our letters did not help. Not finished: %(module)s.")
                % what
            )
        return _("Stopped: nothing since %(day)s, and not finished: %(module)s.") % what

    def said(self) -> str:
        return _("Since %(day)s we have not seen you. You can go on where you stopped.") % {
            "day": _day(self.since)
        }


@dataclass(frozen=True, slots=True)
class NoLetterReaches:
    """`since` the last sign of her; of who gave none (`has_begun`), since she was written down here.

    It makes every other reason graver. Alone it is one when nothing was heard of her for long (`is_silent`).
    """

    reason: ClassVar = Reason.NO_LETTER
    is_lasting: ClassVar = True
    since: datetime
    why: NoLetter
    is_silent: bool
    has_begun: bool

    def told(self) -> str:
        told = _("No letter reaches her: %(why)s.") % {"why": self.why.label}
        if not self.is_silent:
            return told
        silence = (
            _("Since %(day)s nothing was heard of her.") if self.has_begun else _("She has not begun yet.")
        )
        return f"{told} {silence % {'day': _day(self.since)}}"

    def said(self) -> str:
        """Who wants no letters is not asked for an address."""
        if self.why == NoLetter.STOPPED:
            return ""
        return _("Do you have an e-mail address? Then we can write to you.")
