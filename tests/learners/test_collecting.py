"""A learner without network hands her steps to her trainer."""

import json
import zlib
from base64 import urlsafe_b64encode
from collections import Counter
from datetime import timedelta
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from learners.collecting import LARGEST_BUNDLE, CannotTake, read_bundle
from learners.devices import TICKET_MAX_AGE, _signer, ticket_of
from learners.models import Attempt, StepCompletion
from people.actions import forget, merge_guest
from people.enums import Role
from people.guests import create_guest
from tests.factories.learners import CohortFactory, event, raw
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/teach/collect/"


@pytest.fixture
def steps(lesson):
    return list(lesson.steps.all())


@pytest.fixture
def els(organisation):
    """Trains in the same house, another cohort."""
    els = MembershipFactory(
        user=UserFactory(username="els", name="Els"), organisation=organisation, role=Role.TRAINER
    ).user
    CohortFactory(organisation=organisation, trainers=[els])
    return els


@pytest.fixture
def trainer(client, bram, cohort):
    client.force_login(bram)
    return client


def bundle(*events, ticket="") -> str:
    return json.dumps({"stepin": "steps", "ticket": ticket, "events": [raw(one) for one in events]})


def upload(client, *texts, **fields):
    files = [SimpleUploadedFile(f"steps-{n}.json", text.encode()) for n, text in enumerate(texts)]
    return client.post(URL, {"upload": files, **fields})


def taken(response):
    return [(one.learner.name, one.new, one.known, len(one.refused)) for one in response.context["taken"]]


def errors(response) -> list[str]:
    return [str(error) for found in response.context["form"].errors.values() for error in found]


def completed(person) -> int:
    return StepCompletion.objects.filter(enrolment__person=person).count()


def test_a_file_is_counted_for_whom_its_ticket_names(trainer, amina, steps):
    response = upload(trainer, bundle(*map(event, steps), ticket=ticket_of(amina)))

    assert (response.status_code, taken(response)) == (200, [("Amina", 3, 0, 0)])
    assert completed(amina) == 3


def test_the_same_file_twice_changes_nothing(trainer, amina, steps):
    text = bundle(*map(event, steps), ticket=ticket_of(amina))
    upload(trainer, text)

    assert taken(upload(trainer, text)) == [("Amina", 0, 3, 0)]
    assert Attempt.objects.count() == 3


def test_what_the_phone_sends_later_by_itself_is_known(trainer, amina, steps):
    from django.test import Client

    one = event(steps[0])
    upload(trainer, bundle(one, ticket=ticket_of(amina)))
    phone = Client()
    phone.force_login(amina)

    answer = phone.post("/progress/", json.dumps({"events": [raw(one)]}), content_type="application/json")

    assert answer.json()["known"] == [str(one.key)]


def test_several_files_at_once_each_for_its_own(trainer, cohort, amina, steps):
    zahra = UserFactory(name="Zahra")
    cohort.learners.add(zahra)

    response = upload(
        trainer,
        bundle(event(steps[0]), ticket=ticket_of(amina)),
        "{damaged",
        bundle(event(steps[0]), event(steps[1]), ticket=ticket_of(zahra)),
    )

    assert taken(response) == [("Amina", 1, 0, 0), ("Zahra", 2, 0, 0)]
    assert [error.split(":")[0] for error in errors(response)] == ["steps-1.json"]
    assert response.status_code == 422


def test_the_text_of_a_code_is_the_same(trainer, amina, steps):
    packer = zlib.compressobj(wbits=-15)
    text = bundle(event(steps[0]), ticket=ticket_of(amina)).encode()
    code = urlsafe_b64encode(packer.compress(text) + packer.flush()).decode().rstrip("=")

    assert taken(trainer.post(URL, {"text": code})) == [("Amina", 1, 0, 0)]


def test_without_a_ticket_the_trainer_says_whose_it_is(trainer, amina, steps):
    text = bundle(event(steps[0]))

    asked = upload(trainer, text)
    told = upload(trainer, text, learner=amina.pk)

    assert (asked.status_code, taken(asked)) == (422, [])
    assert taken(told) == [("Amina", 1, 0, 0)]


def test_a_ticket_counts_more_than_what_the_trainer_chose(trainer, cohort, amina, steps):
    zahra = UserFactory(name="Zahra")
    cohort.learners.add(zahra)

    response = upload(trainer, bundle(event(steps[0]), ticket=ticket_of(zahra)), learner=amina.pk)

    assert taken(response) == [("Zahra", 1, 0, 0)]


@pytest.mark.parametrize("who", ["dilan", "celia"])
def test_a_trainer_can_choose_only_whom_she_teaches(trainer, request, steps, who):
    response = upload(trainer, bundle(event(steps[0])), learner=request.getfixturevalue(who).pk)

    assert response.status_code == 422
    assert not Attempt.objects.exists()


def test_learners_of_others_are_refused_as_if_there_were_none(client, els, amina, cohort, steps):
    client.force_login(els)
    gone = UserFactory()
    ticket = ticket_of(gone)
    forget(gone)

    hers = upload(client, bundle(event(steps[0]), ticket=ticket_of(amina)))
    nobodys = upload(client, bundle(event(steps[0]), ticket=ticket))

    assert errors(hers) == errors(nobodys)
    assert "Amina" not in hers.content.decode()
    assert not Attempt.objects.exists()


def test_a_cohort_that_has_ended_is_no_longer_hers(trainer, cohort, amina, bram, steps):
    CohortFactory(organisation=cohort.organisation, trainers=[bram])
    cohort.ended_at = timezone.now()
    cohort.save()

    assert taken(upload(trainer, bundle(event(steps[0]), ticket=ticket_of(amina)))) == []


def test_a_guest_in_no_group_is_helped_by_any_trainer(client, els, steps):
    guest = create_guest()
    client.force_login(els)

    upload(client, bundle(event(steps[0]), ticket=ticket_of(guest)))

    assert completed(guest) == 1


def test_a_guest_in_a_group_is_helped_by_its_trainer_only(client, els, bram, cohort, steps):
    guest = create_guest()
    cohort.learners.add(guest)
    text = bundle(event(steps[0]), ticket=ticket_of(guest))

    client.force_login(els)
    upload(client, text)
    assert completed(guest) == 0
    client.force_login(bram)
    upload(client, text)
    assert completed(guest) == 1


def test_an_account_in_no_group_is_out_of_reach(trainer, dilan, steps):
    upload(trainer, bundle(event(steps[0]), ticket=ticket_of(dilan)))

    assert completed(dilan) == 0


def test_a_guest_who_has_signed_up_since_gets_them_as_herself(trainer, amina, steps):
    guest = create_guest()
    text = bundle(event(steps[0]), ticket=ticket_of(guest))
    merge_guest(guest, into=amina)

    assert taken(upload(trainer, text)) == [("Amina", 1, 0, 0)]


def forged(amina, dilan):
    theirs, hers = ticket_of(dilan).split(":"), ticket_of(amina).split(":")
    return [hers[0], *theirs[1:]], [hers[0], "a", "b"], [hers[0]], [amina.username]


@pytest.mark.parametrize("which", range(4))
def test_a_forged_ticket_is_refused(trainer, amina, dilan, steps, which):
    ticket = ":".join(forged(amina, dilan)[which])

    response = upload(trainer, bundle(event(steps[0]), ticket=ticket))

    assert errors(response) == ["steps-0.json: This file was changed, or it is too old. Nothing was taken."]
    assert not Attempt.objects.exists()


def test_a_guest_cookie_is_no_ticket(trainer, amina, steps):
    from people import guests

    response = upload(trainer, bundle(event(steps[0]), ticket=guests._signer.sign(amina.key.hex)))

    assert response.status_code == 422


def test_a_ticket_is_good_for_as_long_as_an_outbox_may_be_old(trainer, amina, steps, monkeypatch):
    ticket = ticket_of(amina)
    monkeypatch.setattr("learners.devices.TICKET_MAX_AGE", -1)

    assert upload(trainer, bundle(event(steps[0]), ticket=ticket)).status_code == 422
    assert timedelta(days=366).total_seconds() < TICKET_MAX_AGE
    assert _signer.salt != "people.guest"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "7", "{}", '{"stepin": "steps"}', '{"stepin": "other", "events": []}',
     '{"stepin": "steps", "events": {}}', '{"stepin": "steps", "events": [], "ticket": 5}', "not base64!", "AAAA",
     "é", "[" * 100_000, '{"a":' * 100_000],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_what_is_no_bundle_says_so(text):
    with pytest.raises(CannotTake):
        read_bundle(text)


def test_a_code_that_swells_is_cut(trainer):
    packer = zlib.compressobj(wbits=-15)
    bomb = urlsafe_b64encode(packer.compress(b"x" * (LARGEST_BUNDLE * 20)) + packer.flush()).decode()

    with pytest.raises(CannotTake):
        read_bundle(bomb)


def test_an_empty_form_asks_for_a_file(trainer):
    assert errors(trainer.post(URL)) == ["Choose a file first."]


def test_steps_that_cannot_be_counted_are_told_in_words(trainer, amina, steps):
    text = json.dumps({
        "stepin": "steps", "ticket": ticket_of(amina),
        "events": [raw(event(steps[0])), raw(event(steps[1])) | {"step": "nothing"}, "damaged"],
    })  # fmt: skip

    response = upload(trainer, text)

    assert taken(response) == [("Amina", 1, 0, 2)]
    assert "This step does not exist." in response.content.decode()


def test_more_than_a_call_holds_is_taken_in_parts(trainer, amina, steps):
    assert taken(
        upload(trainer, bundle(*(event(steps[0]) for _ in range(450)), ticket=ticket_of(amina)))
    ) == [("Amina", 450, 0, 0)]


def test_each_part_came_in_when_its_turn_came(trainer, amina, steps, monkeypatch):
    """Each is a transaction that may wait its turn; who reads by this moment waits only so long for what is late."""
    begun, minutes = timezone.now(), count()
    monkeypatch.setattr(timezone, "now", lambda: begun + timedelta(minutes=next(minutes)))

    upload(
        trainer, bundle(*(event(steps[0], happened_at=begun) for _ in range(450)), ticket=ticket_of(amina))
    )

    moments = Attempt.objects.values_list("received_at", flat=True)
    assert sorted(Counter(moments).values()) == [50, 200, 200]
