"""The funnel of a lesson and the times of its steps, as bars."""

from django.utils.translation import gettext as _

from reports.charts import Chart, Named, drawn
from reports.questions import cell_of
from reports.stuck import wording
from reports.stuck.efforts import BARS, Effort, middle
from reports.stuck.questions import Finding, StepLine
from reports.stuck.spreads import Part


def funnel_chart(finding: Finding) -> Chart:
    funnel = finding.funnel
    entries = [Named(cell_of(funnel.came(0)), _("Began"), _("Began"))]
    for step in range(1, funnel.steps + 1):
        label = _("Through step %(n)d") % {"n": step}
        entries.append(Named(cell_of(funnel.came(step)), label, str(step)))
    return drawn(_("How many people came through each step"), _("Step"), entries, _funnel_says(finding))


def _funnel_says(finding: Finding) -> str:
    funnel = finding.funnel
    began, finished = funnel.came(0), funnel.came(funnel.steps)
    if began is None:
        return _("How many began is hidden. How many finished is hidden.")
    if not began:
        return _("Nobody has begun this lesson yet.")
    if finished is None:
        sentence = _("%(began)d people began. How many finished is hidden.") % {"began": began}
    else:
        sentence = _("%(began)d people began, %(finished)d finished.") % {
            "began": began,
            "finished": finished,
        }
    most = wording.most_stop(funnel)
    return f"{sentence} {most[2]}" if most else sentence


def time_chart(step: StepLine, effort: Effort) -> Chart | None:
    """None while nobody did the step, or everything is hidden."""
    if not effort.took.all:
        return None
    title = _("Step %(n)d: %(title)s") % {"n": step.number, "title": step.title}
    entries = [
        Named(cell_of(part.people), wording.time_name(part), *_short(part)) for part in effort.took.parts
    ]
    return drawn(title, _("Time"), entries, _time_says(effort))


def _short(part: Part) -> tuple[str, str]:
    if part.start == 0 and part.end == BARS:
        return "…", ""
    if part.start == 0:
        return f"< {_short_time(part.end)}", ""
    if part.end == BARS:
        return f"≥ {_short_time(part.start)}", ""
    return _short_time(part.start), f"– {_short_time(part.end)}"


def _short_time(bound: int) -> str:
    seconds = wording.BOUNDS[bound]
    if seconds < 60:
        return _("%(n)d s") % {"n": seconds}
    return _("%(n)d min") % {"n": seconds // 60}


def _time_says(effort: Effort) -> str:
    """Of those who did it, how many needed longer than the others."""
    people, end = effort.took.all, middle(effort.took)
    if end is None:
        return _("%(people)d people did it. How long it took them is one bar only.") % {"people": people}
    return _("%(n)d of %(people)d people needed %(time)s or longer.") % {
        "n": effort.took.since(end),
        "people": people,
        "time": wording.duration(wording.BOUNDS[end]),
    }
