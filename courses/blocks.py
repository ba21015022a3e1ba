"""What a step is made of. One step is one screen; its block id is its identity in every language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from courses import simulators
from courses.widgets import (
    DrawingChoice,
    GoalChoice,
    SimulatorChoice,
    drawing_choices,
    goal_choices,
    simulator_choices,
)


class CanDoBlock(blocks.CharBlock):
    class Meta:
        icon = "tick"
        label = _("I can …")
        max_length = 120


class NameChoiceBlock(blocks.ChoiceBlock):
    """A choice among names: they are text already, so a value is not looked up in the list each time it is read."""

    def normalize_choice(self, value: Any) -> Any:
        return value


class PictureBlock(blocks.StructBlock):
    """One of our drawings, or an own photo; always with words instead."""

    drawing = NameChoiceBlock(
        choices=drawing_choices,
        required=False,
        widget=DrawingChoice(),
        label=_("our drawing"),
        help_text=_("Words in our drawings follow the language of the forms."),
    )
    photo = ImageChooserBlock(required=False, label=_("own picture"))
    alt = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("text instead of the picture"),
        help_text=_("What a person who does not see it must know. It is read aloud."),
    )

    class Meta:
        icon = "image"
        label = _("picture")
        form_classname = "struct-block picture-block"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if value["drawing"] and value["photo"]:
            raise StructBlockValidationError(
                {"photo": ValidationError(_("Choose one: our drawing or an own picture."))}
            )
        # A draft may wait for its words; what is published may not.
        if (value["drawing"] or value["photo"]) and not value["alt"] and not self.is_deferred_validation:
            missing = ValidationError(_("Say in words what the picture shows."))
            raise StructBlockValidationError({"alt": missing})
        return value


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        max_length=120, label=_("title"), help_text=_("One action or one question, at most nine words.")
    )
    text = blocks.TextBlock(
        required=False,
        rows=3,
        label=_("text"),
        help_text=_("One to three short sentences, each on its own line."),
    )
    picture = PictureBlock()

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from courses import previewing

        return {**(parent_context or {}), **previewing.block_context(self.name, value)}


class InstructionBlock(StepBlock):
    word = blocks.CharBlock(
        required=False,
        max_length=60,
        label=_("word on the screen"),
        help_text=_("The button or label exactly as a Belgian screen shows it, if the step is about one."),
    )

    class Meta:
        icon = "arrow-right"
        label = _("instruction")
        description = _("One action: a short text and a picture.")
        preview_template = "courses/steps/preview.html"
        preview_value = {
            "title": "Click “Send”.",
            "text": "Your e-mail goes away.",
            "word": "Send",
            "picture": {"drawing": "welcome", "photo": None, "alt": "A hand on a button."},
        }


class AnswerBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120, label=_("answer"))
    correct = blocks.BooleanBlock(required=False, label=_("this one is right"))
    explain = blocks.TextBlock(
        rows=2,
        label=_("explanation"),
        help_text=_("For a wrong answer: kindly, and invite to try again. For the right one: why."),
    )

    class Meta:
        icon = "help"
        label = _("answer")


class QuestionBlock(StepBlock):
    answers = blocks.ListBlock(AnswerBlock(), min_num=2, max_num=4, label=_("answers"))

    class Meta:
        icon = "help"
        label = _("question")
        description = _("A question with two to four answers. Unlimited tries; a wrong answer explains.")
        preview_template = "courses/steps/preview.html"
        preview_value = {
            "title": "Which subject is best?",
            "text": "",
            "picture": {"drawing": "question", "photo": None, "alt": "A question mark."},
            "answers": [
                {
                    "text": "Hello",
                    "correct": False,
                    "explain": "They do not see what it is about. Try again.",
                },
                {
                    "text": "Question about file 2026-014",
                    "correct": True,
                    "explain": "Yes. They see it at once.",
                },
            ],
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        right = sum(bool(answer["correct"]) for answer in value["answers"])
        if right != 1 and not self.is_deferred_validation:
            raise StructBlockValidationError(
                {"answers": ErrorList([ValidationError(_("Mark exactly one answer as the right one."))])}
            )
        return value


class RealBlock(StepBlock):
    check = blocks.CharBlock(
        max_length=120, label=_("sentence to tick"), help_text=_("Like: I wrote a real e-mail.")
    )

    class Meta:
        icon = "check"
        label = _("do it for real")
        description = _("A thing to do outside StepIn; the learner ticks that she did it.")
        preview_template = "courses/steps/preview.html"
        preview_value = {
            "title": "Now write a real e-mail.",
            "text": "Write to a friend.",
            "picture": {"drawing": "do-it-for-real", "photo": None, "alt": "A hand and a check mark."},
            "check": "I wrote a real e-mail.",
        }


class GoalBlock(blocks.StructBlock):
    """One goal of a practice; an editor chooses it by what it says."""

    goal = NameChoiceBlock(choices=goal_choices, widget=GoalChoice(), label=_("what must be done"))
    value = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("text to type or find"),
        help_text=_("Only for a goal that lacks a text (“…”). Never a real name, number or address."),
    )
    words = blocks.CharBlock(
        required=False,
        max_length=160,
        label=_("in your own words"),
        help_text=_("Empty: the learner reads the sentence of the list, in her language."),
    )
    hint = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("own hint"),
        help_text=_("Empty: our hint. It comes after two mistakes."),
    )

    class Meta:
        icon = "crosshairs"
        label = _("goal")
        form_classname = "struct-block goal-block"


class PracticeBlock(StepBlock):
    simulator = NameChoiceBlock(choices=simulator_choices, widget=SimulatorChoice(), label=_("simulator"))
    goals = blocks.ListBlock(GoalBlock(), min_num=1, max_num=simulators.MOST_GOALS, label=_("goals"))

    class Meta:
        icon = "crosshairs"
        label = _("practice")
        description = _("A task in a simulator. Nobody fails; nothing that is typed is kept.")
        preview_template = "courses/steps/preview.html"
        preview_value = {
            "title": "Practise: put the pictures in order.",
            "text": "Nothing can go wrong.",
            "picture": {"drawing": "", "photo": None, "alt": ""},
            "simulator": "cards",
            "goals": [{"goal": "order-switch-on", "value": "", "words": "", "hint": ""}],
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        simulator = simulators.simulators().get(value["simulator"])
        errors: dict[int, Any] = {}
        for position, chosen in enumerate(value["goals"]):
            if wrong := _wrong_with(chosen, simulator):
                errors[position] = StructBlockValidationError({wrong[0]: ValidationError(wrong[1])})
        if errors and not self.is_deferred_validation:
            raise StructBlockValidationError({"goals": ListBlockValidationError(block_errors=errors)})
        return value


def _wrong_with(chosen: Any, simulator: simulators.Simulator | None) -> tuple[str, Any] | None:
    """(field, why) when the goal is not of this simulator, or its text is missing or one too many."""
    goal = simulator.goals.get(_goal_name(chosen["goal"], simulator)) if simulator else None
    if goal is None:
        return "goal", _("This goal belongs to another simulator. Choose one of the list.")
    if goal.value and not chosen["value"].strip():
        return "value", _("This goal needs your text.")
    return None


def _goal_name(chosen: str, simulator: simulators.Simulator) -> str:
    """Goals are chosen as “simulator.goal”, because two simulators may call a goal the same."""
    name, _dot, goal = chosen.partition(".")
    return goal if name == simulator.name else ""


class StepsBlock(blocks.StreamBlock):
    instruction = InstructionBlock()
    question = QuestionBlock()
    practice = PracticeBlock()
    real = RealBlock()

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        seen: set[str] = set()
        for position, child in enumerate(value):
            # A copied page fragment may carry an id twice; progress would then count one step for two.
            if child.id in seen:
                raise StreamBlockValidationError(
                    block_errors={
                        position: ValidationError(_("This step is a copy. Delete it and add a new one."))
                    }
                )
            if child.id:
                seen.add(child.id)
        return value


class InformationBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(icon="title", label=_("heading"))
    text = blocks.RichTextBlock(features=["bold", "link", "ul", "ol"], label=_("text"))
