"""The reports at the size of a region: how long each screen takes, and how that grows with the data."""

import time
from itertools import pairwise
from typing import Any

from bench.site import Site

SIZES = {"sqlite": [1_000, 5_000], "postgresql": [1_000, 10_000, 100_000]}
SEED = 1


def measure(site: Site, learners: int) -> dict[str, float]:
    """Fills the site's empty database with a region, counts its rollups, and asks all screens as coordinators do."""
    site.manage("prepare")
    began = time.monotonic()
    site.manage("demo_data", "--learners", str(learners), "--seed", str(SEED), "--beside")
    filled = time.monotonic()
    site.manage("recount_reports")
    counted = time.monotonic()
    return {
        "fill_s": round(filled - began, 1),
        "recount_s": round(counted - filled, 1),
        **site.inside("reports", "12"),
    }


def growth(found: dict[str, Any], sizes: list[int]) -> dict[str, float]:
    """How many times longer a screen takes with more data, beside how many times more attempts there are."""
    factors: dict[str, float] = {}
    for small, large in pairwise(sizes):
        for what in ("attempts", "one_organisation_ms", "ten_organisations_ms", "whole_site_ms"):
            before, after = (found.get(f"region {size}.{what}", 0) for size in (small, large))
            if before:
                factors[f"growth {small} to {large}.{what}"] = round(after / before, 1)
    return factors
