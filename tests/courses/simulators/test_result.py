"""What may be recorded of a practice: names of ours and numbers. Whatever else a browser sends is dropped."""

import pytest

from courses.simulators import clean_result

GOAL = "0b6f0e4a-0000-4000-8000-000000000001"


def sent(**change):
    goal = {"goal": "order-switch-on", "met": True, "mistakes": {"not-this-card": 2}, "hints": 1, "shown": 0}
    return {"simulator": "cards", "goals": {GOAL: {**goal, **change}}}


def test_goals_met_mistakes_and_help_are_kept():
    assert clean_result(sent()) == sent()


@pytest.mark.parametrize(
    "typed",
    [
        sent(typed="my name"),
        sent(mistakes={"not-this-card": 2, "my name": 1}),
        {**sent(), "note": "my name"},
        {"simulator": "cards", "goals": {**sent()["goals"], "my name": sent()["goals"][GOAL]}},
    ],
)
def test_what_somebody_typed_is_dropped(typed):
    assert clean_result(typed) == sent()


@pytest.mark.parametrize(
    "damaged",
    [
        None, "text", [], {}, {"simulator": "cards"}, {"simulator": ["cards"], "goals": {}},
        {"simulator": "no-such", "goals": sent()["goals"]}, {"simulator": "cards", "goals": {}},
        {"simulator": "cards", "goals": {GOAL: "text"}}, sent(goal="no-such"), sent(goal=None), sent(goal=["order-switch-on"]), sent(goal={}),
        {"simulator": "cards", "goals": dict.fromkeys(map(str, range(31)), sent()["goals"][GOAL])},
    ],
)  # fmt: skip
def test_what_is_not_of_ours_is_nothing(damaged):
    assert clean_result(damaged) is None


@pytest.mark.parametrize(("said", "kept"), [(-1, 0), (10**9, 999), (True, 0), ("7", 0), (2.5, 0), (7, 7)])
def test_numbers_stay_within_bounds(said, kept):
    assert clean_result(sent(hints=said))["goals"][GOAL]["hints"] == kept
