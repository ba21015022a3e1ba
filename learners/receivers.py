from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db.models import Exists, OuterRef, Q
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import ngettext

from courses.signals import languages_read, lesson_changed, page_in_use
from learners import merging, tasks
from learners.models import Attempt, Cohort, Enrolment, StepCompletion
from people import guests, reviews
from people.access import works_with_learners
from people.actions import merge_guest
from people.enums import ReviewStatus
from people.models import User
from people.signals import people_merged, person_leaving


@receiver(user_logged_in)
def bring_work_along(sender: Any, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """What she did before she signed in or up is hers; the cookie has done its work.

    A trainer who signs in on a learner's phone takes nothing along: the guest goes on when she has signed out.
    """
    if request is None or works_with_learners(user):
        return
    if guest := guests.guest_of(request):
        merge_guest(guest, into=user)
    request.guest_is_gone = guests.COOKIE in request.COOKIES  # type: ignore[attr-defined]


@receiver(people_merged)
def take_over(sender: Any, guest: User, person: User, **kwargs: Any) -> None:
    merging.take_over(guest, person)


@receiver(person_leaving)
def forget_progress(sender: Any, person: User, **kwargs: Any) -> None:
    hers = Enrolment.objects.filter(person=person)
    # Who counts them for the reports in this moment is waited for, or waits and finds them gone.
    list(hers.select_for_update().values_list("pk"))
    hers.delete()


@receiver(m2m_changed, sender=Cohort.learners.through)
def take_into_the_cohort(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """What somebody began alone and has not finished goes on in the cohort she comes into, and counts there. What she
    finished before is not the cohort's doing."""
    if action != "post_add" or not pk_set:
        return
    cohorts = Cohort.objects.running().filter(pk__in=pk_set if reverse else [instance.pk])
    if cohort := cohorts.order_by("-pk").first():
        people = [instance.pk] if reverse else pk_set
        alone = Enrolment.objects.filter(person__in=people, cohort=None, completion=None)
        alone.update(cohort=cohort)


@receiver(lesson_changed)
def settle_waiting_learners(sender: Any, lesson: Any, **kwargs: Any) -> None:
    """A step or lesson went away: some people have finished without knowing."""
    tasks.settle_lesson.delay_on_commit(lesson.pk)


@receiver(page_in_use)
def say_who_learned_here(sender: Any, keys: set[UUID], **kwargs: Any) -> str:
    """Their progress would stay without the page, but nobody could read what they have learned."""
    in_these = {"enrolment": OuterRef("pk"), "step__lesson__key__in": keys}
    enrolments = Enrolment.objects.filter(
        Q(module__key__in=keys)
        | Exists(Attempt.objects.filter(**in_these))
        | Exists(StepCompletion.objects.filter(**in_these))
    )
    people = enrolments.order_by().values("person").distinct().count()
    if not people:
        return ""
    return ngettext(
        "%(n)d person has learned here. Unpublish it instead: nobody loses anything, and it can come back.",
        "%(n)d people have learned here. Unpublish it instead: nobody loses anything, and it can come back.",
        people,
    ) % {"n": people}


@receiver(languages_read)
def say_what_was_read(sender: Any, **kwargs: Any) -> set[str]:
    codes = {code for code, _name in settings.LANGUAGES}
    return {code for code in codes if reviews.status_of(code) == ReviewStatus.REVIEWED}
