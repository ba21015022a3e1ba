import json

import pytest

from operations import demo, preparing


@pytest.fixture
def done(settings, tmp_path, monkeypatch):
    """What preparing did, in order."""
    settings.DATA_DIR = tmp_path
    done: list[str] = []
    monkeypatch.setattr(preparing, "_migrate", lambda: done.append("migrate"))
    monkeypatch.setattr(preparing, "_starter_content", lambda: done.append("content"))
    monkeypatch.setattr(demo, "people", lambda folder: done.append("demo"))
    return done


def notes(folder):
    return json.loads((folder / "prepared-database.json").read_text())


def prepare():
    preparing._prepare_database(lambda line: None)


def test_a_second_start_does_nothing(done, db):
    prepare()
    assert done == ["migrate", "content"]

    prepare()

    assert done == ["migrate", "content"]


def test_a_new_migration_is_applied_and_lessons_are_left_alone(done, db, tmp_path):
    prepare()
    file = tmp_path / "prepared-database.json"
    file.write_text(json.dumps(notes(tmp_path) | {"migrations": "of the version before"}))

    prepare()

    assert done == ["migrate", "content", "migrate"]


def test_another_database_is_prepared_from_the_start(done, db, settings, tmp_path, monkeypatch):
    prepare()
    monkeypatch.setattr(preparing.database, "address", lambda: "another")

    prepare()

    assert done == ["migrate", "content", "migrate", "content"]


def test_demo_people_come_with_a_new_embedded_database_and_once(done, db, settings, monkeypatch):
    settings.IS_EMBEDDED = settings.DEMO = True
    monkeypatch.setattr(preparing, "_applied_migrations", lambda: 0)
    prepare()

    assert done == ["migrate", "content", "demo"]


def test_demo_people_never_come_to_a_database_that_existed_or_a_server(done, db, settings, monkeypatch):
    settings.IS_EMBEDDED, settings.DEMO = True, True
    prepare()
    settings.IS_EMBEDDED = False
    monkeypatch.setattr(preparing, "_applied_migrations", lambda: 0)
    prepare()

    assert "demo" not in done


def test_a_start_that_died_before_the_demo_people_makes_them_the_next_time(done, db, settings, monkeypatch):
    settings.IS_EMBEDDED = settings.DEMO = True

    def dies():
        raise KeyboardInterrupt

    with monkeypatch.context() as first:
        first.setattr(preparing, "_applied_migrations", lambda: 0)
        first.setattr(preparing, "_starter_content", dies)
        with pytest.raises(KeyboardInterrupt):
            prepare()
    prepare()
    prepare()

    assert done.count("demo") == 1


def test_what_was_prepared_leaves_a_trace_and_doing_nothing_leaves_none(done, db):
    before = preparing.traces()
    prepare()
    after = preparing.traces()
    prepare()

    assert before != after == preparing.traces()
