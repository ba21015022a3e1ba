"""Facts a simulator asks for by name in its `simulator.yaml` (`needs: [holidays]`)."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.utils import timezone


def public_holidays() -> list[str]:
    """Belgian public holidays of this year and the next, as YYYY-MM-DD."""
    return _public_holidays(timezone.localdate().year)


@lru_cache(maxsize=2)
def _public_holidays(year: int) -> list[str]:
    import holidays  # a quarter of a second, and only who practises the request needs it

    return [day.isoformat() for day in sorted(holidays.country_holidays("BE", years=[year, year + 1]))]


FACTS: dict[str, Callable[[], Any]] = {"holidays": public_holidays}
