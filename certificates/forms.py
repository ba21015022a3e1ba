from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from papers.signs import unprintable
from people.forms import NameField


class CertificateNameForm(forms.Form):
    name = NameField(
        label=_("Your name"),
        help_text=_("As you want it on the paper. It may be another name than on your card."),
        error_messages={"required": _("Please write your name.")},
    )

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if signs := unprintable(name):
            raise ValidationError(
                _("We cannot print this sign yet: %(signs)s Please write your name in another way."),
                code="unprintable",
                params={"signs": " ".join(signs)},
            )
        return name


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=200,
        help_text=_("The 10 signs on the paper. Big or small letters: both are good."),
        error_messages={"required": _("Please type the code.")},
    )
    code.widget.attrs.update(
        {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
    )
