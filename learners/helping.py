"""What this room offers on the help page: the trainers of her cohorts, and the switch for who sits beside her."""

from learners.models import Cohort
from people import helping
from people.models import User


def my_trainers(person: User) -> helping.Part | None:
    cohorts = Cohort.objects.running().filter(learners=person).order_by("name")
    mine = list(cohorts.select_related("organisation").prefetch_related("trainers"))
    if not mine:
        return None
    trainers = {
        trainer.pk: trainer for cohort in mine for trainer in cohort.trainers.all() if trainer.is_active
    }
    return helping.Part(
        "learners/help/my_trainers.html",
        {"trainers": [trainer.name for trainer in trainers.values() if trainer.name]},
        [cohort.organisation for cohort in mine],
    )


def who_sits_beside_me(person: User) -> helping.Part:
    return helping.Part("learners/helped_switch.html")


helping.offer(my_trainers)
helping.offer(who_sits_beside_me)
