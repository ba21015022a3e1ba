from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import transaction
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends_with_name
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from courses.models import HomePage, LessonPage, ModulePage
from courses.starter.pages import Report, load_source
from courses.starter.source import StarterLesson, modules
from courses.starter.terms import load_terms
from courses.starter.translating import translate


def load() -> Report:
    """Load everything in one transaction: a load that is stopped halfway leaves nothing behind."""
    report = Report()
    module_of = {lesson.slug: module for module in modules() for lesson in module.lessons}
    with ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        # The index of what refers to what is of no use for pages without links, and costs a third of the time.
        stack.enter_context(disable_reference_index_auto_update())
        stack.enter_context(_search_index_written_once(report))
        load_terms(report)
        for starter, page in load_source(report):
            module = module_of[starter.slug] if isinstance(starter, StarterLesson) else starter
            translate(starter, page, module, report)
    return report


@contextmanager
def _search_index_written_once(report: Report) -> Iterator[None]:
    """A page is saved five times on its way; the editors' search needs to hear of the last only."""
    kinds: tuple[type[Page], ...] = (HomePage, ModulePage, LessonPage)
    for kind in kinds:
        post_save.disconnect(post_save_signal_handler, sender=kind)
    try:
        yield
    finally:
        for kind in kinds:
            post_save.connect(post_save_signal_handler, sender=kind)
    if report.written:
        for _name, backend in get_search_backends_with_name(with_auto_update=True):
            for kind in kinds:
                backend.get_index_for_model(kind).add_items(kind, list(kind.objects.all()))


__all__ = ["Report", "load"]
