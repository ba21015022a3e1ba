"""One template draws every form field."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string


class EveryField(forms.Form):
    name = forms.CharField(label="Your name", help_text="As you want it.")
    email = forms.EmailField(label="E-mail", required=False)
    sure = forms.BooleanField(label="Yes", error_messages={"required": "Tick the box."})
    maybe = forms.BooleanField(label="Perhaps", required=False)
    place = forms.ChoiceField(
        label="Where?", choices=[("a", "Home"), ("b", "Class")], widget=forms.RadioSelect, help_text="One."
    )
    secret = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(label="Words", widget=forms.Textarea, required=False)


def attribute(html: str, tag_with: str, name: str) -> str | None:
    tag = re.search(rf"<[^>]*{tag_with}[^>]*>", html)[0]
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found and found[1]


def test_label_and_hint_belong_to_the_input():
    html = str(EveryField())

    assert '<label for="id_name">Your name</label>' in html
    assert '<div class="hint" id="id_name_helptext">As you want it.</div>' in html
    assert attribute(html, 'name="name"', "aria-describedby") == "id_name_helptext"
    assert attribute(html, 'name="name"', "aria-invalid") is None


def test_an_error_belongs_to_the_input_and_what_was_written_is_kept():
    html = str(EveryField({"email": "amina at home", "name": "<b>"}))

    assert attribute(html, 'name="email"', "aria-describedby") == "id_email_error"
    assert attribute(html, 'name="email"', "aria-invalid") == "true"
    assert attribute(html, 'name="email"', "value") == "amina at home"
    assert attribute(html, 'name="name"', "value") == "&lt;b&gt;"
    assert re.search(r'<p class="error" id="id_email_error">[^<]+</p>', html)
    assert html.count('id="id_email_error"') == 1


def test_a_wrong_form_says_so_first_and_leads_to_each_field():
    html = str(EveryField({"name": "Amina", "secret": "s"}))
    summary = html[: html.index("</div>")]

    assert 'role="alert"' in summary
    assert re.findall(r'href="#(\w+)"', summary) == ["id_sure", "id_place_0"]
    assert 'id="id_place_0"' in html


def test_a_right_or_empty_form_has_no_alarm():
    assert "alert" not in str(EveryField())
    assert "alert" not in str(EveryField({"name": "A", "sure": "on", "place": "a", "secret": "s"}))


def test_what_is_not_needed_says_so():
    html = str(EveryField())

    labels = re.findall(r"<label[^>]*>(.*?)</label>", html)
    assert [label for label in labels if "leave this empty" in label] == [
        'E-mail <span class="small">(you may leave this empty)</span>',
        'Words <span class="small">(you may leave this empty)</span>',
    ]


def test_a_tick_box_stands_before_its_words():
    html = str(EveryField())

    assert html.index('name="sure"') < html.index('for="id_sure"')
    assert html.count("field--check") == 2


def test_choices_are_a_group_with_a_legend():
    html = str(EveryField({"place": "c"}))

    assert re.search(
        r'<fieldset class="field field--invalid" aria-describedby="id_place_helptext id_place_error">', html
    )
    assert "<legend>Where?</legend>" in html


def test_a_hidden_field_is_only_an_input():
    html = str(EveryField())

    assert '<input type="hidden" name="secret" id="id_secret">' in html
    assert 'for="id_secret"' not in html


def test_an_error_of_the_whole_form_is_said_and_escaped():
    form = EveryField({"name": "A", "sure": "on", "place": "a", "secret": "s"})
    form.is_valid()
    form.add_error(None, "<b>No</b>")

    assert "<p>&lt;b&gt;No&lt;/b&gt;</p>" in str(form)


@pytest.mark.parametrize("input_type", ["radio", "checkbox", "email", "textarea"])
def test_inputs_of_django_allauth_look_the_same(input_type):
    attrs = {"id": "x", "type": input_type, "name": "x", "value": "a", "errors": ["No."]}
    slots = {"label": ["Label"], "help_text": ["Hint"]}
    html = render_to_string("allauth/elements/field.html", {"attrs": attrs, "slots": slots})

    assert '<label for="x">Label</label>' in html
    assert '<p class="error" id="x_error">No.</p>' in html
    assert "field--invalid" in html
