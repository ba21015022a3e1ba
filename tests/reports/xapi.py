"""What the specification of xAPI 1.0.3 (and 2.0) requires of the statements that we write, written down by hand."""

import re
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
DURATION = re.compile(r"PT\d+S")


def check_statement(statement: dict) -> None:
    assert set(statement) - {"context"} == {"id", "actor", "verb", "object", "result", "timestamp", "stored"}
    assert UUID(statement["id"]).version in range(1, 6)
    check_actor(statement["actor"])
    check_iri(statement["verb"]["id"])
    check_language_map(statement["verb"]["display"])
    check_activity(statement["object"])
    check_result(statement["result"])
    if "context" in statement:
        assert set(statement["context"]) == {"contextActivities"}
        wholes = statement["context"]["contextActivities"]
        assert set(wholes) <= {"parent", "grouping"}
        for activities in wholes.values():
            assert isinstance(activities, list)
            for activity in activities:
                check_activity(activity)
    for name in ("timestamp", "stored"):
        assert MOMENT.fullmatch(statement[name])
    assert datetime.fromisoformat(statement["timestamp"]) <= datetime.fromisoformat(statement["stored"])


def check_actor(actor: dict) -> None:
    """One way to tell her from others, and nothing more."""
    assert set(actor) == {"objectType", "account"}
    assert actor["objectType"] == "Agent"
    assert set(actor["account"]) == {"homePage", "name"}
    check_iri(actor["account"]["homePage"])
    assert re.fullmatch("[0-9a-f]{32}", actor["account"]["name"])


def check_activity(activity: dict) -> None:
    assert set(activity) == {"objectType", "id", "definition"}
    assert activity["objectType"] == "Activity"
    check_iri(activity["id"])
    assert set(activity["definition"]) == {"type", "name"}
    check_iri(activity["definition"]["type"])
    check_language_map(activity["definition"]["name"])


def check_result(result: dict) -> None:
    assert set(result) <= {"score", "success", "completion", "duration"}
    if "score" in result:
        assert set(result["score"]) == {"scaled"}
        assert 0 <= result["score"]["scaled"] <= 1
        assert result["success"] is (result["score"]["scaled"] >= 1)
    for name in ("success", "completion"):
        assert result.get(name) in (None, True, False)
    if "duration" in result:
        assert DURATION.fullmatch(result["duration"])


def check_language_map(words: dict) -> None:
    assert words
    assert all(re.fullmatch("[a-z]{2}", language) and text for language, text in words.items())


def check_iri(text: str) -> None:
    assert urlsplit(text).scheme in ("http", "https")
    assert " " not in text
