from celery import shared_task

from operations import actions, broker_folder


@shared_task
def beat_heart() -> None:
    """Beat sends it, the worker runs it: so it proves both (see `operations.receivers` for beat)."""
    actions.beat("worker")


@shared_task
def clear_old_messages() -> None:
    broker_folder.clear_old_messages()
