"""Before and after a class: Bram plans and prints, whoever looks for a class finds one, and nobody's name is in it."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.learning import follow
from tests.journeys.looks import layout_faults, small_targets
from tests.journeys.test_amina_alone import sign_in
from tests.papers.looking import text_of

COHORT = "/teach/1/"


def paper(page: Page) -> bytes:
    """Wait for the worker, then fetch what it made."""
    link = page.locator("a[href$='.pdf']").first
    expect(link).to_be_visible()
    answer = page.request.get(link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def test_a_series_is_planned_and_found_and_printed(site, desk, phone, axe):
    bram = desk()
    sign_in(bram, "bram", site.demo_people()["bram"])
    bram.goto(f"{COHORT}plan/")
    axe(bram)
    day = date.today() + timedelta(days=3)
    bram.locator("[name=day]").fill(day.isoformat())
    bram.locator("[name=begins]").fill("18:00")
    bram.locator("[name=ends]").fill("20:00")
    bram.locator("[name=every]").select_option("1")
    bram.locator("[name=until]").fill((day + timedelta(weeks=2)).isoformat())
    bram.locator("details:has([name=place-name]) > summary").click()
    bram.locator("[name=place-name]").fill("De Windroos")
    bram.locator("[name=place-town]").fill("Aalst")
    bram.locator("[name=spoken_languages][value=ti]").check()
    bram.locator("[name=is_women_only]").check()
    bram.locator("[name=is_public]").check()
    follow(bram, "form.plan > button")
    expect(bram.locator("[name=days]")).to_have_count(3)
    axe(bram)
    for number in range(3):
        bram.locator("[name=days]").nth(number).check()
    follow(bram, "#days button")
    expect(bram.locator(".messages")).to_contain_text("3")

    # On a phone, in Arabic, without an account.
    somebody = phone(language="ar")
    somebody.goto("/ar/agenda/")
    axe(somebody)
    assert layout_faults(somebody) + small_targets(somebody) == []
    somebody.goto("/ar/agenda/?town=Aalst")
    found = somebody.locator("main")
    expect(found).to_contain_text("De Windroos")
    expect(found).to_contain_text("18:00")
    for name in ("Bram", "Amina", "eerste groep"):
        expect(found).not_to_contain_text(name)
    calendar = somebody.request.get("/agenda.ics?town=Aalst").text()
    assert calendar.count("BEGIN:VEVENT") == 3
    assert "TZID=Europe/Brussels" in calendar

    bram.goto(COHORT)
    follow(bram, "form[action$='/sheet/'] button")
    axe(bram)
    assert "Amina" in text_of(paper(bram))
    bram.goto(COHORT)
    follow(bram, "section a.lesson[href^='/teach/sessions/']")
    axe(bram)
    follow(bram, "form[action$='/poster/'] button")
    assert re.search(r"/join/", text_of(paper(bram)))
