"""gunicorn's threaded worker, but that nobody who says nothing keeps a thread waiting."""

from typing import Any

from gunicorn.workers import gthread


class PromptWorker(gthread.ThreadWorker):
    """Browsers open connections before they need them. gunicorn lets a thread wait five seconds on each: a class of
    phones, or anybody with twenty sockets, would stop the site. Here a connection waits without a thread until it
    says something."""

    def handle(self, conn: Any) -> Any:
        if not conn.initialized and not conn.wait_for_data(0):
            return gthread._DEFER
        return super().handle(conn)
