"""What the numbers say, in sentences and labels."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.models import StepEffort
from reports.stuck.comparing import Remark, Trouble
from reports.stuck.funnels import Funnel
from reports.stuck.spreads import Part

BOUNDS = (0, *StepEffort.TOOK)


def language_name(code: str) -> str:
    """By its own name."""
    return dict(settings.LANGUAGES).get(code) or code or _("not said")


def steps_name(first: int, last: int) -> str:
    if first == last:
        return _("step %(n)d") % {"n": first}
    return _("steps %(first)d to %(last)d") % {"first": first, "last": last}


def numbers_of(first: int, last: int) -> str:
    """As short as a table needs it."""
    return str(first) if first == last else f"{first}–{last}"


def duration(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    return ngettext("%(n)d minute", "%(n)d minutes", seconds // 60) % {"n": seconds // 60}


def time_name(part: Part) -> str:
    """Of some bars of StepEffort.took, taken together."""
    if part.start == 0 and part.end == len(BOUNDS):
        return _("any time")
    if part.start == 0:
        return _("less than %(time)s") % {"time": duration(BOUNDS[part.end])}
    if part.end == len(BOUNDS):
        return _("%(time)s or longer") % {"time": duration(BOUNDS[part.start])}
    return _("%(time)s to %(longer)s") % {
        "time": duration(BOUNDS[part.start]),
        "longer": duration(BOUNDS[part.end]),
    }


def most_stop(funnel: Funnel) -> tuple[int, int, str] | None:
    """(first step, last step, sentence): where the largest part of those who came stop, though elsewhere more people
    may; None where nobody does, or nothing may be shown."""
    found = [
        (part.people, came, part)
        for part in funnel.total.parts
        if part.end <= funnel.steps and part.people and (came := funnel.came(part.start))
    ]
    if not found:
        return None
    people, came, part = max(found, key=lambda one: (one[0] / one[1], -one[2].start))
    sentence = _(
        "Nowhere does a larger part stop than at %(steps)s: %(n)d of the %(people)d who came there."
    ) % {
        "steps": steps_name(part.start + 1, part.end),
        "n": people,
        "people": came,
    }
    return part.start + 1, part.end, sentence


def remark_sentence(remark: Remark) -> str:
    sentences = {
        Trouble.STOPS: _(
            "%(language)s: far more people stop at %(steps)s, %(n)d of %(people)d. Of all languages together %(all_n)d of %(all)d."
        ),
        Trouble.SLOW: _(
            "%(language)s: far more people need %(time)s or longer for %(steps)s, %(n)d of %(people)d. Of all languages together %(all_n)d of %(all)d."
        ),
        Trouble.TRIES: _(
            "%(language)s: far more people need more than one try for %(steps)s, %(n)d of %(people)d. Of all languages together %(all_n)d of %(all)d."
        ),
    }
    return sentences[remark.trouble] % {
        "language": language_name(remark.language),
        "steps": steps_name(remark.first, remark.last),
        "n": remark.number,
        "people": remark.people,
        "all_n": remark.number_of_all,
        "all": remark.people_of_all,
        "time": duration(remark.seconds),
    }


def rule_of_remarks() -> str:
    return _(
        "We say “far more” when it happens to at least twice as large a part of the people of one language as of all "
        "the others, and when chance would hardly ever make so large a difference. Then look at the translation first."
    )


def rule_of_small_numbers() -> str:
    return _(
        "We hide fewer than five people, so that nobody is recognised. Where fewer than five people stop between two "
        "steps, these steps stand together, and so do lengths of time. We also hide other numbers from which a hidden "
        "one could be computed: they may be larger. 0 is always 0."
    )
