from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.forms import ChoicesField
from people.models import Organisation, User
from reports.access import coordinators_of
from reports.enums import Rhythm


class PeopleField(ChoicesField):
    def label_from_instance(self, person: Any) -> str:
        return str(person) if person.email else _("%(name)s (no e-mail address)") % {"name": person}


class ScheduleForm(forms.Form):
    """How often, and to whom: only who may see these numbers can be chosen."""

    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), choices=Rhythm, widget=forms.RadioSelect)
    people = PeopleField(
        User.objects.none(),
        label=gettext_lazy("To whom"),
        help_text=gettext_lazy("Everyone who coordinates all of these organisations can be chosen."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one person.")},
    )

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        assert isinstance(field, PeopleField)
        field.queryset = coordinators_of(organisations)
