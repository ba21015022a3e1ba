"""All learning records of an organisation over some months as one file: a statement a line, compressed."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers import kinds
from papers.exports import Chunk, Export, gzipped
from papers.kinds import Kind, NothingToPrint
from papers.models import PrintJob
from people.models import User
from reports import xapi_records
from reports.models import RecordStore
from reports.periods import Period, starts_at, write_month
from reports.xapi_access import stores_of
from reports.xapi_statements import Writer

logger = logging.getLogger("stepin.reports")


def params_of(store: RecordStore, period: Period) -> dict[str, Any]:
    return {"organisation": store.organisation_id, "period": [period.first, period.last]}


def may_have(person: User, params: dict[str, Any]) -> bool:
    return stores_of(person).filter(organisation=params["organisation"]).exists()


def compose(job: PrintJob) -> Export:
    organisation, period = job.params["organisation"], Period(*job.params["period"])
    # By when it was asked, so that another worker writes the same.
    since, until = (
        starts_at(period.first),
        min(starts_at(period.last + 1), xapi_records.settled(job.asked_at)),
    )
    total = xapi_records.count(organisation, since=since, until=until)
    if not total:
        raise NothingToPrint(_("Nothing came in during this time."))
    # Who took what away stays known for longer than the file.
    logger.info(
        "learning records of organisation %s (%d) are written for person %s",
        organisation,
        total,
        job.owner_id,
    )
    return Export(
        filename=f"learning-records-{write_month(period.first)}-{write_month(period.last)}.jsonl.gz",
        total=total,
        chunks=gzipped(_lines(organisation, since=since, until=until)),
    )


def _lines(organisation: int, *, since: datetime, until: datetime) -> Iterator[Chunk]:
    writer = Writer(organisation)
    for records in xapi_records.batches(organisation, since=since, until=until):
        yield len(records), "".join(f"{one}\n" for one in writer.statements(records)).encode()


LEARNING_RECORDS = Kind("xapi", gettext_lazy("Learning records"), may_have, compose, is_export=True)
kinds.register(LEARNING_RECORDS)
