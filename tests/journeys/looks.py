"""What can be measured of a page's looks: nothing is cut off, nothing too small, the focus is seen."""

from playwright.sync_api import Page

SMALLEST_TARGET = 44

TOO_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const out = [...document.body.querySelectorAll("*")].filter(
    (one) => !one.closest(".table-scroll, .skip") && getComputedStyle(one).position !== "absolute"
      && (one.getBoundingClientRect().right > root.clientWidth + 1 || one.getBoundingClientRect().left < -1),
  );
  return [`${root.scrollWidth} px wide on ${root.clientWidth}: ${out.slice(-1).map((one) => one.outerHTML.slice(0, 200))}`];
}"""

CUT_OFF = """() => [...document.body.querySelectorAll("a, button, summary, label, h1, h2, h3, p, li, td, th, dd")]
  .filter((one) => {
    const style = getComputedStyle(one);
    return one.checkVisibility() && style.overflowX !== "visible" && style.position !== "absolute"
      && one.scrollWidth > one.clientWidth + 1;
  })
  .map((one) => `cut off: ${one.outerHTML.slice(0, 200)}`)"""

TOO_SMALL = """smallest => [...document.querySelectorAll(
    "button, summary, .button, .lesson, .masthead a, .foot a, .onward a, input:not([type=hidden]), select")]
  .map((one) => one.matches("[type=radio], [type=checkbox]") && one.closest("label, .field--check") || one)
  .filter((one) => one.checkVisibility() && !one.matches(".skip"))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < smallest || box.height < smallest)
  .map(([one, box]) => `${Math.round(box.width)} × ${Math.round(box.height)} px: ${one.outerHTML.slice(0, 200)}`)"""

FOCUS = """() => {
  const focused = document.activeElement;
  if (focused === document.body || focused === document.documentElement) return [];
  const marked = focused.matches("[type=radio]") ? focused.closest("label") ?? focused : focused;
  const style = getComputedStyle(marked), box = marked.getBoundingClientRect();
  const bar = document.querySelector(".onward"), faults = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("no ring");
  if (box.bottom <= 0 || box.top >= innerHeight) faults.push("outside of the window");
  if (bar && !bar.contains(focused) && getComputedStyle(bar).position === "sticky"
      && Math.min(box.bottom, innerHeight) > bar.getBoundingClientRect().top + 1) {
    if (box.top >= bar.getBoundingClientRect().top) faults.push("under the bar");
  }
  return faults.map((fault) => `${fault}: ${focused.outerHTML.slice(0, 200)}`);
}"""

NEXT_IS_REACHED = """() => {
  const bar = document.querySelector(".onward");
  if (!bar) return [];
  const next = bar.querySelector("a.button--next, button.button--next, .button--next button");
  if (!next.checkVisibility()) return []; // a practice offers it when its task is done
  next.scrollIntoView({block: "nearest"});
  const box = next.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return next.contains(top) ? [] : [`the big button is covered by ${top?.outerHTML.slice(0, 200)}`];
}"""


def layout_faults(page: Page) -> list[str]:
    found = [*page.evaluate(TOO_WIDE), *page.evaluate(CUT_OFF), *page.evaluate(NEXT_IS_REACHED)]
    return [f"{page.url} {fault}" for fault in found]


def small_targets(page: Page) -> list[str]:
    return [f"{page.url} {fault}" for fault in page.evaluate(TOO_SMALL, SMALLEST_TARGET)]


def focus_faults(page: Page) -> list[str]:
    return [f"{page.url} {fault}" for fault in page.evaluate(FOCUS)]


def large_text(page: Page, is_large: bool) -> None:
    """As a browser does whose owner asked for letters twice as large; the widths in `rem` then follow."""
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32 if is_large else 16}})
    browser.detach()
