from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from courses import library
from courses.models import Lesson, Module, Step
from reports.stuck.counts import Scope
from reports.stuck.questions import Question

MODULE, LESSON = "module", "lesson"


class StuckForm(forms.Form):
    """Sent by GET, so that an answer has an address; at first it is about the first module."""

    organisation = forms.MultipleChoiceField(
        label=gettext_lazy("Organisation"), widget=forms.CheckboxSelectMultiple
    )
    about = forms.ChoiceField(label=gettext_lazy("Module or lesson"))

    def __init__(self, asked: Any, scopes: list[Scope]) -> None:
        self._scopes = scopes
        self._modules = list(Module.objects.live())
        taught = Step.objects.live().values("lesson")
        self._lessons = list(Lesson.objects.live().filter(module__in=self._modules, pk__in=taught))
        ids = [str(scope.id) for scope in scopes]
        sent: dict[str, Any] = {
            "organisation": asked.getlist("organisation") or ids,
            "about": asked.get("about") or next((f"{MODULE}-{one.pk}" for one in self._modules), ""),
        }
        super().__init__(sent)
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = self._choices()
        if scopes == [Scope()]:
            del self.fields["organisation"]
            return
        chosen = self.fields["organisation"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(str(scope.id), str(scope)) for scope in scopes]
        if len(scopes) == 1:
            chosen.widget = forms.MultipleHiddenInput()

    def _choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        language = get_language() or ""
        modules = {entry.row.pk: entry.title for entry in library.modules(language)}
        entries = library.lessons([one.pk for one in self._modules], language)
        lessons = {entry.row.pk: entry.title for entry in entries}
        return [
            (
                f"{module.number} {modules.get(module.pk, module.title)}".strip(),
                [
                    (f"{MODULE}-{module.pk}", _("All lessons of module %(n)s") % {"n": module.number}),
                    *(
                        (
                            f"{LESSON}-{lesson.pk}",
                            f"{lesson.number} {lessons.get(lesson.pk, lesson.title)}".strip(),
                        )
                        for lesson in self._lessons
                        if lesson.module_id == module.pk
                    ),
                ],
            )
            for module in self._modules
        ]

    @property
    def is_empty(self) -> bool:
        """Nothing is taught yet, so that nothing can be asked."""
        return not self._modules

    def question(self) -> Question:
        kind, _dash, pk = self.cleaned_data["about"].partition("-")
        chosen = self.cleaned_data.get("organisation")
        scopes = [scope for scope in self._scopes if chosen is None or str(scope.id) in chosen]
        lesson = next((one for one in self._lessons if kind == LESSON and one.pk == int(pk)), None)
        module_id = lesson.module_id if lesson else int(pk)
        return Question(scopes, next(one for one in self._modules if one.pk == module_id), lesson)
