import os
import time

import pytest

from operations import broker_folder
from operations.tasks import clear_old_messages


@pytest.fixture
def box(settings, tmp_path):
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(tmp_path),
        "control_folder": str(tmp_path),
    }
    return tmp_path


def message(box, name, *, hours_old):
    path = box / name
    path.write_text("{}")
    moment = time.time() - hours_old * 3600
    os.utime(path, (moment, moment))


def test_messages_older_than_a_day_go_and_younger_ones_stay(box):
    message(box, "1_old.celery.msg", hours_old=25)
    message(box, "2_young.celery.msg", hours_old=23)

    clear_old_messages()
    clear_old_messages()

    assert [path.name for path in box.iterdir()] == ["2_young.celery.msg"]


def test_a_broker_that_is_a_server_is_left_alone(box, settings):
    message(box, "1_old.celery.msg", hours_old=25)
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:6379/0"

    assert broker_folder.clear_old_messages() == 0
    assert len(list(box.iterdir())) == 1


def test_an_exchange_file_cut_short_goes_and_a_whole_one_stays(box):
    (box / "celery.exchange").write_text('[["celery", "", "cel')
    (box / "other.exchange").write_text("[]")

    broker_folder.drop_damaged_exchanges()

    assert [path.name for path in box.iterdir()] == ["other.exchange"]
