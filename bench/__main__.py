"""`make bench`: measures the running product and holds it against its budgets.

    python -m bench [--seconds 10] [--only sqlite|postgresql] [--region | --no-region]
        [--largest 10000]

PostgreSQL is measured in a database of its own on BENCH_DATABASE_URL (else the local server, as postgres).
"""

import argparse
import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from bench import classroom, load, region, weight
from bench.site import ROOT, Site

PEOPLE = 100
SERVER = os.environ.get("BENCH_DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
AT_MOST, AT_LEAST = "≤", "≥"
# name of a figure → how it is read, its budget, its unit.
BUDGETS: dict[str, tuple[str, float, str]] = {
    "start.second_s": (AT_MOST, 5, "s"),
    "memory.at_rest_mib": (AT_MOST, 300, "MiB"),
    "weight.cold_bytes": (AT_MOST, 25_000, "bytes"),
    "weight.cold_requests": (AT_MOST, 7, ""),
    "weight.cold_script_bytes": (AT_MOST, 12_000, "bytes"),
    "weight.picture_bytes": (AT_MOST, 30_000, "bytes"),
    "weight.next_bytes": (AT_MOST, 8_000, "bytes"),
    "weight.next_requests": (AT_MOST, 3, ""),
    "weight.slow_visible_ms": (AT_MOST, 1800, "ms"),
    "practice.slow_usable_ms": (AT_MOST, 1800, "ms"),
    "sql.step page": (AT_MOST, 8, "statements"),
    "sql.POST /progress/": (AT_MOST, 6, "statements"),
    "step.cpu_ms": (AT_MOST, 14, "ms"),
    "step.per_second": (AT_LEAST, 130, "a second"),
    "one class.board_longest_s": (AT_MOST, 2, "s"),
    "twenty classes.board_longest_s": (AT_MOST, 2, "s"),
    "twenty classes.errors": (AT_MOST, 0, "polls"),
    "twenty classes.follow_missed": (AT_MOST, 0, "phones"),
    "events singly.cpu_ms": (AT_MOST, 5, "ms"),
    "events singly.events_per_second": (AT_LEAST, 300, "a second"),
    "events singly.p99_ms": (AT_MOST, 300, "ms"),
    "events singly.lost": (AT_MOST, 0, "events"),
    "events in hundreds.events_per_second": (AT_LEAST, 2000, "a second"),
    "events in hundreds.lost": (AT_MOST, 0, "events"),
    "kill -9.lost": (AT_MOST, 0, "events"),
    "kill -9.wrong_rollups": (AT_MOST, 0, "enrolments"),
    "certificates.thirty_s": (AT_MOST, 1.3, "s of one core"),
    **{
        f"region {size}.{who}_ms": (AT_MOST, 300, "ms (p95)")
        for size in (1_000, 5_000, 10_000, 100_000)
        for who in ("one_organisation", "ten_organisations", "whole_site")
    },
    "region 10000.overview_ms": (AT_MOST, 100, "ms (p95)"),
    "region 10000.file_ms": (AT_MOST, 700, "ms (p95)"),
    "region 100000.sequential_scans": (AT_MOST, 0, "over attempts"),
    "growth 10000 to 100000.one_organisation_ms": (AT_MOST, 10, "times"),
    "growth 10000 to 100000.ten_organisations_ms": (AT_MOST, 10, "times"),
    "growth 10000 to 100000.whole_site_ms": (AT_MOST, 10, "times"),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=10, help="of each load")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument(
        "--region", action=argparse.BooleanOptionalAction, help="only the reports at size, or all but them"
    )
    parser.add_argument(
        "--largest", type=int, default=max(region.SIZES["postgresql"]), help="region, in learners"
    )
    options = parser.parse_args()
    if not shutil.which("wrk"):
        print("wrk is not installed: our own slower client sends the load, so throughput reads low.")
    figures: dict[str, dict[str, Any]] = {}
    notes: list[str] = []
    if options.only != "postgresql":
        figures["sqlite"] = measure_all("sqlite", nullcontext, options)
    if options.only != "sqlite":
        try:
            figures["postgresql"] = measure_all("postgresql", database_of_our_own, options)
        except psycopg.OperationalError as error:
            notes.append(f"PostgreSQL was NOT measured, it does not answer: {str(error).splitlines()[0]}")
    table(figures, notes)
    report = ROOT / "var" / "bench.json"
    report.parent.mkdir(exist_ok=True)
    report.write_text(
        json.dumps({"at": datetime.now(UTC).isoformat(), "machine": machine(), "notes": notes, **figures})
    )
    print(f"\nAlso in {report.relative_to(ROOT)}")
    if notes and os.environ.get("CI") == "true":
        sys.exit("Something was not measured.")


def measure_all(
    name: str, database: Callable[[], AbstractContextManager[str | None]], options: argparse.Namespace
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if options.region is not True:
        with database() as url:
            found |= measure(Site(name, url), options.seconds)
    if options.region is not False:
        sizes = [size for size in region.SIZES[name] if size <= options.largest]
        for size in sizes:
            with database() as url:
                found |= measure_region(Site(name, url), size)
        found |= region.growth(found, sizes)
    return found


def measure_region(site: Site, learners: int) -> dict[str, Any]:
    print(f"{site.name}: region of {learners:,} … ", end="", flush=True)
    try:
        figures = region.measure(site, learners)
    finally:
        site.remove()
    print(", ".join(f"{key} {figure:,}" for key, figure in figures.items()), flush=True)
    return {f"region {learners}.{key}": figure for key, figure in figures.items()}


def measure(site: Site, seconds: int) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def note(name: str, run: Callable[[], dict[str, Any]]) -> None:
        print(f"{site.name}: {name} … ", end="", flush=True)
        figures = run()
        print(", ".join(f"{key} {figure:,}" for key, figure in figures.items()), flush=True)
        found.update({f"{name}.{key}": figure for key, figure in figures.items()})

    try:
        note("start", lambda: starts(site))
        people = site.inside("people", str(PEOPLE))
        note("memory", lambda: {"at_rest_mib": site.memory_mib()})
        step, following = people["steps"][0]["path"], people["steps"][1]["path"]
        practices = [one["path"] for one in people["steps"] if one["kind"] == "practice"]
        if site.name == "sqlite":  # the same bytes whatever the database
            if weight.chromium():
                note("weight", lambda: weight.weigh(site, step, following))
                note("practice", lambda: weight.weigh_practices(site, practices))
            else:
                print("No Chromium: the weight of pages was NOT measured.")
        note("sql", lambda: statements(site, people["cookies"][0], following))
        note("step", lambda: load.read(site, people, seconds))
        note("one class", lambda: classroom.measure(site, 1))
        note("twenty classes", lambda: classroom.measure(site, 20))
        note("events singly", lambda: load.write(site, people, seconds, batch=1))
        note("events in hundreds", lambda: load.write(site, people, seconds, batch=100))
        note("kill -9", lambda: killed(site, people))
        if site.name == "sqlite":
            note("certificates", lambda: site.inside("certificates"))
    finally:
        site.remove()
    return found


def starts(site: Site) -> dict[str, float]:
    first = site.start()
    site.stop()
    return {"first_s": round(first, 1), "second_s": round(site.start(), 1)}


def statements(site: Site, cookie: str, step: str) -> dict[str, int]:
    counted = site.inside("sql", cookie, step, "/me/")
    return {
        {step: "step page", "/me/": "my page"}.get(name, name): number for name, number in counted.items()
    }


def killed(site: Site, people: dict[str, Any]) -> dict[str, float]:
    found = load.kill_under_load(site, people)
    return found | {"lost": found["acknowledged"] - found["kept"]}


@contextmanager
def database_of_our_own() -> Iterator[str]:
    name = f"stepin_bench_{os.getpid()}"
    with psycopg.connect(SERVER, autocommit=True, connect_timeout=3) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{SERVER.rpartition('/')[0]}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def table(figures: dict[str, dict[str, Any]], notes: list[str]) -> None:
    names = list(dict.fromkeys(name for found in figures.values() for name in found))
    print(f"\n{'':<38}" + "".join(f"{database:>14}" for database in figures) + "   budget")
    for name in names:
        sign, limit, unit = BUDGETS.get(name, ("", 0, ""))
        cells = "".join(f"{value(found, name):>14}" for found in figures.values())
        over = [
            database for database, found in figures.items() if name in found and not keeps(name, found[name])
        ]
        verdict = f"   {sign} {limit:g} {unit}" if sign else ""
        print(f"{name:<38}{cells}{verdict}" + (f"   OVER: {', '.join(over)}" if over else ""))
    for line in notes:
        print(line)


def value(found: dict[str, Any], name: str) -> str:
    return f"{found[name]:,}" if name in found else "-"


def keeps(name: str, figure: float) -> bool:
    if name not in BUDGETS:
        return True
    sign, limit, _unit = BUDGETS[name]
    return figure <= limit if sign == AT_MOST else figure >= limit


def machine() -> dict[str, Any]:
    cpu = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return {
        "processors": os.cpu_count(),
        "model": cpu[0].partition(":")[2].strip() if cpu else platform.machine(),
        "python": platform.python_version(),
        "load_before": os.getloadavg()[0],
    }


if __name__ == "__main__":
    main()
