import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from people.enums import Role


class UserQuerySet(models.QuerySet["User"]):
    def guests(self) -> Self:
        return self.filter(is_guest=True)

    def with_role(self, *roles: Role) -> Self:
        return self.filter(memberships__role__in=roles).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str | None = None, password: str | None = None, **fields) -> "User":
        user = self.model(username=self.model.normalize_username(username) if username else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields) -> "User":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(index.Indexed, AbstractBaseUser, PermissionsMixin):
    """A person. A guest has no way to sign in yet: only the browser that holds her signed cookie."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(
        _("user name"),
        max_length=150,
        unique=True,
        null=True,
        blank=True,
        validators=[UnicodeUsernameValidator()],
    )
    name = models.CharField(_("name"), max_length=100, blank=True, help_text=_("As you want it written."))
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=32, blank=True)
    help_language = models.CharField(_("my language"), max_length=8, blank=True)
    screen_language = models.CharField(
        _("language of the forms"), max_length=8, blank=True, choices=settings.SCREEN_LANGUAGES
    )
    is_guest = models.BooleanField(default=False, editable=False)
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, editable=False, related_name="merged_guests"
    )
    is_staff = models.BooleanField(_("may open the editor"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    search_fields: ClassVar = [index.AutocompleteField("name"), index.AutocompleteField("username")]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="email_is_unique_when_set"),
            models.UniqueConstraint("phone", condition=~Q(phone=""), name="phone_is_unique_when_set"),
        ]

    def __str__(self) -> str:
        return self.name or self.username or str(_("Guest"))

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    # Wagtail's own pages read these two.
    @property
    def first_name(self) -> str:
        return self.name

    @property
    def last_name(self) -> str:
        return ""


class Organisation(models.Model):
    """A CSO: issues credentials, holds cohorts."""

    name = models.CharField(_("name"), max_length=200)
    enterprise_number = models.CharField(_("enterprise number"), max_length=20, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    is_default_issuer = models.BooleanField(
        _("issues the certificates of people who learn alone"), default=False
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "is_default_issuer", condition=Q(is_default_issuer=True), name="one_default_issuer"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint("user", "organisation", "role", name="one_membership_a_role")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()} – {self.organisation}"
