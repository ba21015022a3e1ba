"""axe on a page, in light and dark. Injected past the page's own script policy, which allows no foreign script."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

ALL = {"resultTypes": ["violations"]}
COLOURS = {**ALL, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
STRONG_COLOURS = {**ALL, "runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
# A letter stands inside a mail program: that is where its landmarks are, and its colours come from there.
OF_LETTERS = {
    **ALL,
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}


def check_accessibility(page: Page, within: str = "html", colours: bool = True) -> None:
    """Every rule axe has, best practice too; then `colours` once more, in the other ones (dark, or light)."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = _violations(page, ALL, within)
    if colours:
        found += _in_other_colours(page, within)
    assert not found, f"{page.url}\n" + "\n".join(found)


def _in_other_colours(page: Page, within: str) -> list[str]:
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    usual, other = ("dark", "light") if is_dark else ("light", "dark")
    page.emulate_media(color_scheme=other)
    found = _violations(page, COLOURS, within)
    page.emulate_media(color_scheme=usual)
    return found


def check_strong_contrast(page: Page) -> None:
    """What who asked for more contrast gets: 7 to 1 (WCAG AAA), in light and in dark."""
    page.evaluate(AXE_SCRIPT)
    found = []
    for colours in ("dark", "light"):
        page.emulate_media(color_scheme=colours)
        found += [f"{colours}: {fault}" for fault in _violations(page, STRONG_COLOURS)]
    assert not found, f"{page.url}\n" + "\n".join(found)


def check_letter(page: Page) -> None:
    page.evaluate(AXE_SCRIPT)
    found = _violations(page, OF_LETTERS)
    assert not found, "\n".join(found)


def _violations(page: Page, options: dict, within: str = "html") -> list[str]:
    found = page.evaluate("([within, options]) => axe.run(within, options)", [within, options])["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:300]}\n    {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
