"""The embedded broker's messages, written whole or not at all.

kombu opens a message under its final name and then fills it: a worker that looks in between reads an empty file and
ends. Here a message gets its name when it is complete, and one that a crash cut short is dropped: the row is the queue.
"""

import logging
from pathlib import Path
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps

logger = logging.getLogger("stepin.operations")

UNFINISHED = ".part"


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        # (kombu's own two classes do not agree on the name of `payload`.)
        # Workers take what comes first by name, and read only names that end in the queue's.
        path = Path(self.data_folder_out) / f"{monotonic_ns():020}_{uuid4()}.{queue}.msg"
        unfinished = path.with_name(path.name + UNFINISHED)
        unfinished.write_text(dumps(payload))
        unfinished.replace(path)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        while True:
            try:
                return super()._get(queue)
            except ValueError:
                logger.warning("A damaged message for %s was dropped; the next sweep does its work.", queue)


class Transport(filesystem.Transport):
    Channel = Channel
