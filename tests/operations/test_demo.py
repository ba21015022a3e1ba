import stat

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from certificates.models import Credential
from classrooms.models import Attendance, Session
from learners.models import Cohort, ModuleCompletion
from operations import demo
from people.enums import Role
from people.models import Membership, User
from tests.factories.courses import lesson_with_steps, module_page


@pytest.fixture
def lessons(db):
    """Two modules of two lessons."""
    for _ in range(2):
        module = module_page()
        for _ in range(2):
            lesson_with_steps(module)


@pytest.fixture
def folder(lessons, tmp_path, capsys):
    demo.people(tmp_path)
    return tmp_path


def lines(folder):
    return [line.split() for line in (folder / demo.FILE).read_text().splitlines()]


def test_six_people_are_printed_once_and_kept_for_the_operator_only(folder, capsys):
    roles = [(name, role) for name, _, role in lines(folder)]
    assert roles == [
        ("amina", "learner"), ("bram", "trainer"), ("celia", "coordinator"), ("edith", "editor"),
        ("olav", "operator"), ("dilan", "stranger"),
    ]  # fmt: skip
    assert stat.S_IMODE((folder / demo.FILE).stat().st_mode) == 0o600


def test_their_passwords_are_random_and_work(folder):
    passwords = [password for _, password, _ in lines(folder)]

    assert len(set(passwords)) == 6
    assert all(authenticate(username=name, password=password) for name, password, _ in lines(folder))


def test_making_them_twice_changes_nothing_and_prints_nothing(folder, capsys):
    before = (folder / demo.FILE).read_text(), User.objects.count(), ModuleCompletion.objects.count()
    capsys.readouterr()

    demo.people(folder)

    assert (
        (folder / demo.FILE).read_text(),
        User.objects.count(),
        ModuleCompletion.objects.count(),
    ) == before
    assert capsys.readouterr().out == ""


def test_amina_holds_a_certificate_and_is_in_the_middle_of_another_module(folder):
    amina = User.objects.get(username="amina")
    first, second = amina.enrolments.order_by("module__position", "module")

    assert [credential.name for credential in Credential.objects.filter(person=amina)] == ["Amina"]
    assert ModuleCompletion.objects.filter(enrolment=first).exists()
    assert not ModuleCompletion.objects.filter(enrolment=second).exists()
    assert second.steps_completed > 0


def test_bram_trains_a_cohort_of_twelve(folder):
    cohort = Cohort.objects.get()

    assert [trainer.username for trainer in cohort.trainers.all()] == ["bram"]
    assert cohort.learners.count() == 12


def test_each_may_what_her_role_says_and_dilan_nothing(folder):
    memberships = set(Membership.objects.values_list("user__username", "role"))
    assert memberships == {("bram", Role.TRAINER), ("celia", Role.COORDINATOR)}
    assert [user.username for user in User.objects.filter(is_superuser=True)] == ["olav"]
    assert sorted(User.objects.filter(is_staff=True).values_list("username", flat=True)) == ["edith", "olav"]
    assert sorted(User.objects.get(username="edith").groups.values_list("name", flat=True)) == [
        "Editors",
        "Moderators",
    ]


def test_classes_were_held_and_are_planned(folder):
    held = Session.objects.held()

    assert held.count() == 2
    assert not any(session.is_open(timezone.now()) for session in held)
    assert Session.objects.on_agenda(since=timezone.now()).count() == 6
    assert Attendance.objects.exclude(status="").count() == 24
