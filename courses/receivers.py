from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses import actions, glossary, library
from courses.models import LessonPage, ModulePage, Term, TermMeaning


@receiver(page_published)
@receiver(page_unpublished)
def follow_publication(sender: Any, instance: Page, **kwargs: Any) -> None:
    actions.index_page(instance)
    library.forget_readings()


@receiver(post_page_move)
def follow_move(sender: Any, instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    actions.reindex_positions(parent_page_after)
    library.forget_readings()


@receiver([post_save, post_delete], sender=Term)
@receiver([post_save, post_delete], sender=TermMeaning)
def follow_glossary(sender: Any, **kwargs: Any) -> None:
    glossary.forget()


@receiver(post_delete, sender=LessonPage)
@receiver(post_delete, sender=ModulePage)
def follow_deletion(sender: Any, instance: Page, **kwargs: Any) -> None:
    actions.index_page(instance)
    library.forget_readings()
