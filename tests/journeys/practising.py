"""A person who does a practice task as the simulator itself would show it: press by press, to its end."""

from collections.abc import Callable
from typing import Any, Literal

from playwright.sync_api import Locator, Page

Way = Literal["mouse", "keyboard", "touch"]

MOST_PRESSES = 250
LONG_PRESS = 800  # milliseconds
STATE = """() => {
  const task = document.querySelector("practice-task");
  return {done: task.isDone, goal: task.current && task.current.goal, next: task.next};
}"""


def play(page: Page, way: Way = "mouse", *, after: Callable[[], None] | None = None) -> list[str]:
    """Meet every goal; what was typed on the way. `after` is called in every new state."""
    page.locator(".practice__screen").wait_for()
    typed: list[str] = []
    for _ in range(MOST_PRESSES):
        state = page.evaluate(STATE)
        if state["done"]:
            return typed
        assert state["next"], f"nothing leads to {state['goal']} on {page.url}"
        if text := state["next"].get("text"):
            typed.append(text)
        do(page, state["next"], way)
        settle(page)
        if after:
            after()
    raise AssertionError(
        f"{state['goal']} is not met after {MOST_PRESSES} presses on {page.url}: {state['next']}"
    )


def settle(page: Page) -> None:
    """Until the engine has drawn: it waits for a microtask only."""
    page.evaluate("() => new Promise((done) => setTimeout(done))")


def do(page: Page, move: dict[str, Any], way: Way) -> None:
    part = page.locator(f'[data-part="{move["part"]}"]')
    if move.get("text") is not None:
        type_into(page, part, move["text"], way)
    elif how := move.get("how"):
        GESTURES[how](page, part, move, way)
    else:
        press(page, part, way)


def press(page: Page, part: Locator, way: Way) -> None:
    if way == "keyboard":
        part.focus()
        page.keyboard.press("Enter")
    elif way == "touch":
        part.tap()
    else:
        part.click()


def type_into(page: Page, part: Locator, text: str, way: Way) -> None:
    part.focus() if way == "keyboard" else press(page, part, way)
    page.keyboard.press("Control+A")
    page.keyboard.type(text) if text else page.keyboard.press("Delete")


def double(page: Page, part: Locator, move: dict[str, Any], way: Way) -> None:
    if way == "mouse":
        part.dblclick()
    else:
        press(page, part, way)
        press(page, part, way)


def right(page: Page, part: Locator, move: dict[str, Any], way: Way) -> None:
    if way == "mouse":
        part.click(button="right")
    elif way == "keyboard":
        part.focus()
        page.keyboard.press("Shift+F10")
    else:
        hold(page, part)


def hold(page: Page, part: Locator) -> None:
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    assert box
    finger = page.context.new_cdp_session(page)
    place = [{"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}]
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": place})
    page.wait_for_timeout(LONG_PRESS)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def scroll(page: Page, part: Locator, move: dict[str, Any], way: Way) -> None:
    part.evaluate("part => part.scrollIntoView({block: 'center'})")


def drag(page: Page, part: Locator, move: dict[str, Any], way: Way) -> None:
    """A mouse drags; every drag has a second way by pressing, for the others."""
    if way == "mouse":
        part.drag_to(page.locator(f'[data-drop="{move["to"]}"]').first)
    else:
        press(page, part, way)


GESTURES = {"double": double, "right": right, "scroll": scroll, "drag": drag}
