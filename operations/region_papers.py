"""Certificates of the made-up region: rows only. Their paper counts as printed, and is made when somebody opens it."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from certificates.enums import Kind
from certificates.issuing import day_of, issuer_of
from certificates.models import CODE_LENGTH, Credential, paper_path
from classrooms.models import Supervision
from operations.region_classes import Class
from operations.region_content import Content
from operations.region_learning import Finished
from operations.region_people import Learner
from operations.region_writing import Table, Writer
from people.codes import ALPHABET
from people.models import Organisation

CREDENTIALS = Table(
    Credential, "code", "person_id", "completion_id", "kind", "module_id", "cohort_id", "name", "texts",
    "help_language", "screen_language", "digcomp", "minutes_planned", "minutes_attended", "sessions_attended",
    "is_supervised", "started_on", "completed_on", "issued_at", "issuer_name", "issuer_number", "issuer_place", "pdf",
    "rendered_at", "render_due_at",
)  # fmt: skip
SUPERVISIONS = Table(Supervision, "person_id", "module_id", "session_id", "by_id", "at")
IS_WATCHED = 0.4  # of those who finished in a cohort
IS_ATTESTED = 0.6  # of the cohorts that are over


class Papers:
    def __init__(
        self, writer: Writer, rng: Random, content: Content, organisation: Organisation, end: datetime
    ) -> None:
        self._writer, self._rng, self._content, self._end = writer, rng, content, end
        self._issuer = self._spread(issuer_of(organisation))
        self._site = self._spread(issuer_of(None))

    @staticmethod
    def _spread(issuer: dict[str, str]) -> tuple[str, str, str]:
        return issuer["issuer_name"], issuer.get("issuer_number", ""), issuer.get("issuer_place", "")

    def of_learning(self, learner: Learner, finished: Finished, cohort: Class | None) -> None:
        """Of everybody who has a name, as the site does it."""
        is_watched = cohort is not None and self._rng.random() < IS_WATCHED
        if is_watched and cohort:
            self._writer.add(
                SUPERVISIONS, learner.id, finished.module, None, cohort.trainer, finished.received_at
            )
        contents = self._content.by_id[finished.module].contents
        completed_on = day_of(finished.happened_at)
        if learner.name:
            self._issue(
                learner, finished.completion, Kind.ACHIEVEMENT, finished.module, None,
                self._texts(learner, finished.module), contents["digcomp"], contents["minutes"], None, None,
                is_watched, min(day_of(finished.started_at), completed_on), completed_on,
                issued_at=finished.received_at, issuer=self._issuer if cohort else self._site,
            )  # fmt: skip

    def of_attendance(self, cohort: Class) -> None:
        ended_at = cohort.ended_at(self._end)
        if ended_at is None or self._rng.random() > IS_ATTESTED:
            return
        for learner in cohort.learners:
            hers = cohort.attended.get(learner.id)
            if learner.name and hers:
                texts = self._texts(learner, cohort.module)
                self._issue(
                    learner, None, Kind.ATTENDANCE, None, cohort.id,
                    {language: {**text, "can_do": []} for language, text in texts.items()}, [],
                    cohort.offered, hers.minutes, hers.sessions, False, hers.first_day, hers.last_day,
                    issued_at=min(ended_at + timedelta(minutes=20), self._end), issuer=self._issuer,
                )  # fmt: skip

    def _texts(self, learner: Learner, module: int) -> dict[str, Any]:
        return self._content.texts(module, frozenset({learner.help_language, learner.screen_language}))

    def _issue(
        self, learner: Learner, completion: int | None, kind: Kind, module: int | None, cohort: int | None,
        *copied: Any, issued_at: datetime, issuer: tuple[str, str, str],
    ) -> None:  # fmt: skip
        code = "".join(self._rng.choices(ALPHABET, k=CODE_LENGTH))
        texts, *facts = copied
        self._writer.add(
            CREDENTIALS, code, learner.id, completion, kind.value, module, cohort, learner.name, texts,
            learner.help_language, learner.screen_language, *facts, issued_at, *issuer,
            paper_path(Credential(code=code)), issued_at, issued_at,
        )  # fmt: skip
