"""How far a paper is: WeasyPrint logs each page that it begins to lay out."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[int], None]


class _Watcher(logging.Handler):
    def __init__(self, tell: Tell) -> None:
        super().__init__(logging.INFO)
        self.tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        # "Step 5 - Creating layout - Page %d"; other steps have other words.
        if "layout - Page" in record.msg and isinstance(record.args, tuple):
            self.tell(int(str(record.args[0])))


@contextmanager
def watched(tell: Tell) -> Iterator[None]:
    """For one paper at a time: the logger belongs to the process. What `tell` raises stops the paper."""
    logger = logging.getLogger("weasyprint.progress")
    watcher = _Watcher(tell)
    level, propagates = logger.level, logger.propagate
    logger.addHandler(watcher)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(watcher)
        logger.setLevel(level)
        logger.propagate = propagates
