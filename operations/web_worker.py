"""gunicorn's threaded worker, but that nobody keeps others waiting: neither who says nothing, nor who never hangs up."""

import socket
import time
from concurrent.futures import Future
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers import gthread

A_PIECE = 64 * 1024


class PromptWorker(gthread.ThreadWorker):
    """Browsers open connections before they need them. gunicorn lets a thread wait five seconds on each: a class of
    phones, or anybody with twenty sockets, would stop the site. Here a connection waits without a thread until it
    says something.

    And when gunicorn has hung up, it lets the one thread that hands out all work wait two seconds for the other side to
    hang up too, which a phone without network never does. Here it waits as a connection that says nothing does.
    """

    def handle(self, conn: Any) -> Any:
        if not conn.initialized and not conn.wait_for_data(0):
            return gthread._DEFER
        return super().handle(conn)

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        is_over = not fs.cancelled() and fs.exception() is None and not fs.result()
        if not is_over or not self._hang_up(conn):
            super().finish_request(conn, fs)

    def _hang_up(self, conn: Any) -> bool:
        """Whether the other side is still there. To close at once could cut off the end of what was sent (RFC 9112,
        section 9.6)."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, EVENT_READ, partial(self._listen_on, conn))
        except (OSError, ValueError, KeyError):
            return False
        # Among those that wait, which gunicorn closes when their time is up.
        conn.timeout = time.monotonic() + self.cfg.keepalive
        self.pending_conns.append(conn)
        return True

    def _listen_on(self, conn: Any, client: socket.socket) -> None:
        try:
            if client.recv(A_PIECE):
                return
        except BlockingIOError:
            return
        except OSError:
            pass  # it is gone
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        self.nr_conns -= 1
        conn.close()
