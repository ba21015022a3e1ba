"""What Edith's browser posts: the form of a lesson, saved or only looked at."""

from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield


def draft(client, page, mode="", **fields):
    """Change these fields in the form, save nothing, look at the preview."""
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    answer = client.post(address, nested_form_data(lesson_form(page, page.body.get_prep_value()) | fields))
    assert answer.json() == {"is_valid": True, "is_available": True}
    return client.get(address, {"mode": mode})


def steps_form(blocks):
    """The StreamField as the browser posts it."""
    form = streamfield([(block["type"], _value_form(block["value"])) for block in blocks])
    for position, block in enumerate(blocks):
        form[str(position)]["id"] = block["id"]
    return form


def _value_form(value):
    fields = {**value, "picture": {**value["picture"], "photo": ""}}
    if "answers" in fields:
        answers = [
            {**item["value"], "correct": "on" if item["value"]["correct"] else ""}
            for item in value["answers"]
        ]
        fields["answers"] = streamfield([("item", answer) for answer in answers])
        for position, item in enumerate(value["answers"]):
            fields["answers"][str(position)]["id"] = item["id"]
    return fields


def mode_of(page, number, screen=""):
    return page.body[number - 1].id + (f".{screen}" if screen else "")


def save(client, page, blocks, *, publish=False, **fields):
    data = lesson_form(page, blocks) | fields
    if publish:
        data["action-publish"] = "action-publish"
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(data))


def lesson_form(page, blocks):
    return {
        "title": page.title, "slug": page.slug, "number": page.number, "summary": page.summary,
        "minutes": page.minutes, "digcomp": page.digcomp, "body": steps_form(blocks),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }  # fmt: skip
