"""Answers beside what happens to their project, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.utils import timezone

from funding import actions
from funding.models import Project, Sheet
from people.enums import Role
from people.models import User
from reports import funding_views
from tests.factories.funding import ProjectFactory
from tests.factories.learners import CohortFactory
from tests.factories.people import MembershipFactory, UserFactory
from tests.funding.conftest import ANSWERS
from tests.scratch import at_once

pytestmark = pytest.mark.usefixtures("emptied")


@pytest.fixture(scope="module", autouse=True)
def _sessions(scratch):
    with connection.schema_editor() as editor:
        editor.create_model(Session)


def test_merging_beside_the_closing_leaves_no_answer_in_a_closed_project():
    projects = ProjectFactory.create_batch(3)
    guest, person = UserFactory(guest=True), UserFactory()
    for project in projects:
        actions.save(project, guest, ANSWERS)

    merge = partial(actions.take_over, guest, person)
    closing = [
        partial(actions.close, one.pk, lambda _project: {"kept": 1}, now=timezone.now())
        for one in projects[:2]
    ]
    at_once(merge, *closing, partial(actions.take_over, guest, person))

    assert [sheet.project for sheet in Sheet.objects.all()] == projects[2:]


def test_a_change_beside_the_first_answer_does_not_forget_that_it_is_answered():
    celia = MembershipFactory(role=Role.COORDINATOR)
    cohort = CohortFactory(organisation=celia.organisation)
    projects = ProjectFactory.create_batch(5, organisation=celia.organisation, cohorts=[cohort])
    people = UserFactory.create_batch(5)

    def rename() -> list[int]:
        return [_rename(project, celia.user) for project in projects]

    def answer() -> None:
        for project, person in zip(projects, people, strict=True):
            actions.save(project, person, ANSWERS)

    codes, _ = at_once(rename, answer)

    assert codes == [302] * 5
    assert set(Project.objects.values_list("name", "is_answered")) == {("Another name", True)}


def test_who_opens_the_form_waits_for_nobody_who_writes():
    celia = MembershipFactory(role=Role.COORDINATOR)
    project, person = ProjectFactory(organisation=celia.organisation), UserFactory()
    client = Client()
    client.force_login(celia.user)

    def open_form() -> int:
        try:
            return client.get(f"/reports/funding/{project.pk}/change/").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool, transaction.atomic():
        actions.save(project, person, ANSWERS)
        assert pool.submit(open_form).result(timeout=10) == 200


def _rename(project: Project, by: User) -> int:
    sent = {
        "name": "Another name",
        "programme": project.programme,
        "begins_on": project.begins_on,
        "ends_on": project.ends_on,
        "cohorts": [cohort.pk for cohort in project.cohorts.all()],
    }
    request = RequestFactory().post("/", sent)
    request.user = by
    request._dont_enforce_csrf_checks = True
    return funding_views.change(request, project.pk).status_code
