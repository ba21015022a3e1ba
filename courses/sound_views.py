"""Recorded voices, as telephones ask for them: with the right type, in pieces (Safari plays nothing else), kept long."""

import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from courses.recordings import FOLDER
from courses.sound_files import TYPES

ONE_PIECE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def recording(request: HttpRequest, name: str) -> HttpResponse:
    """`name` changes whenever the content does, so a browser need never ask again."""
    try:
        with default_storage.open(f"{FOLDER}/{name}") as file:
            content = file.read()
    except (OSError, ValueError) as error:  # ValueError: a name that leads out of the folder
        raise Http404 from error
    response = _piece(request.headers.get("Range", ""), content)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    # It is compressed already, and half of a compressed piece is no piece.
    response["Content-Encoding"] = "identity"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Type"] = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    return response


def _piece(wanted: str, content: bytes) -> HttpResponse:
    """The whole, or one piece of it: 206; 416 when it lies beyond the end."""
    total = len(content)
    asked = ONE_PIECE.fullmatch(wanted)
    if not asked or not any(asked.groups()):
        return HttpResponse(content)
    first, last = asked.groups()
    if not first:
        start, end = max(0, total - int(last)), total - 1
    else:
        start, end = int(first), min(int(last or total), total - 1)
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{total}"})
    return HttpResponse(
        content[start : end + 1], status=206, headers={"Content-Range": f"bytes {start}-{end}/{total}"}
    )
