from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

EDITORS = ("Editors", "Moderators")


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        from courses import packs, receivers, recordings  # noqa: F401

        packs.offer_files(recordings.pack_files)
        post_migrate.connect(give_editors_the_glossary, sender=self)


def give_editors_the_glossary(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Whoever writes lessons keeps the glossary too. Groups come from Wagtail, permissions after its migrations."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(sender, verbosity=0, using=using)
    permissions = Permission.objects.using(using).filter(
        content_type__app_label="courses", codename__in=["add_term", "change_term", "delete_term"]
    )
    for group in Group.objects.using(using).filter(name__in=EDITORS):
        group.permissions.add(*permissions)
