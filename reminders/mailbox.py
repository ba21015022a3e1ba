"""The embedded default: letters become files that a mail program opens with a double click."""

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """One .eml file a message in EMAIL_FILE_PATH, named by time and Message-ID.

    A message handed over twice is one file: here a worker that dies before it could note the handover
    does not even double a letter.
    """

    def __init__(self, fail_silently: bool = False, file_path: str | None = None, **kwargs: object) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        # Letters carry addresses, and some a link to choose a new password: not for other users to read.
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            self._write(message.message())
        return len(email_messages)

    def _write(self, message: Message) -> None:
        name = re.sub(r"[^\w-]+", "-", message["Message-ID"].split("@")[0]).strip("-")
        if any(self.folder.glob(f"*-{name}.eml")):
            return
        draft = self.folder / f".{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_bytes(message.as_bytes())
        # Whoever reads the folder sees whole letters only.
        draft.rename(self.folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{name}.eml")


def forget_letters_to(address: str) -> None:
    """Throw away the files of what was sent to this address; with a real mail server there are none."""
    if not settings.EMAIL_BACKEND.endswith("FolderBackend"):
        return
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.eml"):
        with path.open("rb") as file:
            to = BytesHeaderParser().parse(file).get_all("To", [])
        if address.lower() in (found.lower() for _, found in getaddresses(to)):
            path.unlink(missing_ok=True)
