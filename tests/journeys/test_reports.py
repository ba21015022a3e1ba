"""What a coordinator asks of more than numbers: a funder's questions, and the step at which people stop."""

from playwright.sync_api import expect

from tests.journeys.learning import follow
from tests.journeys.looks import layout_faults, small_targets
from tests.journeys.test_amina_alone import sign_in
from tests.journeys.test_planning import paper
from tests.papers.looking import text_of


def test_a_funder_gets_numbers_and_no_answer_of_anybody(site, desk, phone, axe):
    people = site.demo_people()
    celia, amina = desk(), phone(language="ar")
    sign_in(celia, "celia", people["celia"])
    celia.goto("/reports/funding/")
    axe(celia)
    follow(celia, "a[href*='/funding/new/']")
    celia.locator("[name=name]").fill("Samen digitaal")
    celia.locator("[name=programme]").fill("ESF+")
    celia.locator("[name=begins_on]").fill("2020-01-01")
    celia.locator("[name=ends_on]").fill("2099-12-31")
    celia.locator("[name=cohorts]").first.check()
    axe(celia)
    follow(celia, ".project-form button")
    expect(celia.locator("h1")).to_have_text("Samen digitaal")

    sign_in(amina, "amina", people["amina"])
    amina.goto("/me/")
    expect(amina.locator("a[href*='/me/funding/']")).to_have_count(0)
    follow(celia, "button[value=on]")
    amina.reload()
    axe(amina)
    follow(amina, ".notice a[href*='/me/funding/']")
    expect(amina.locator("html")).to_have_attribute("dir", "rtl")
    axe(amina)
    assert layout_faults(amina) == []
    assert small_targets(amina) == []
    amina.locator("[name=gender]").first.check()
    follow(amina, "form.fields button")
    expect(amina.locator("a[href*='/me/funding/']")).to_be_visible()

    celia.reload()
    axe(celia)
    # One woman answered: that is no number anybody may read.
    expect(celia.locator("table.numbers").first.locator("tbody")).not_to_contain_text("1")
    expect(celia.locator(".is-hidden").first).to_be_visible()
    follow(celia, "form[action$='report.pdf'] button")
    assert "Samen digitaal" in text_of(paper(celia))

    follow(amina, "a[href*='/me/funding/']")
    follow(amina, "form[action$='/nothing/'] button")
    expect(amina.locator(".messages .notice--good")).to_be_visible()


def test_from_the_step_at_which_people_stop_a_note_reaches_the_editor(site, desk, axe):
    people = site.demo_people()
    celia, edith = desk(), desk()
    sign_in(celia, "celia", people["celia"])
    celia.goto("/reports/stuck/")
    axe(celia)
    assert layout_faults(celia) == []
    lesson = celia.locator("#id_about option[value^='lesson-']").first.get_attribute("value")
    celia.goto(f"/reports/stuck/?about={lesson}")
    axe(celia)
    assert layout_faults(celia) == []
    follow(celia, "a[href*='/notes/']")
    axe(celia)
    celia.locator("main textarea").fill("In class nobody found the button.")
    follow(celia, "main form.fields button")
    expect(celia.locator("main")).to_contain_text("In class nobody found the button.")

    sign_in(edith, "edith", people["edith"])
    edith.goto("/admin/notes/")
    expect(edith.locator("main")).to_contain_text("In class nobody found the button.")
