import uuid
from datetime import datetime
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

from people.enums import WORKS_WITH_LEARNERS, CardEnd, PinKind, ReviewStatus, Role
from people.telephone import PhoneLine, check_phone_lines, phone_line


class UserQuerySet(models.QuerySet["User"]):
    def guests(self) -> Self:
        return self.filter(is_guest=True)

    def who_may_have_card(self) -> Self:
        """The same as people.cards.may_have_card, for many at once."""
        people = self.filter(is_active=True, merged_into=None, is_staff=False, cohorts_led=None)
        return people.exclude(memberships__role__in=WORKS_WITH_LEARNERS)

    def with_role(self, *roles: Role) -> Self:
        return self.filter(memberships__role__in=roles).distinct()

    def signing_in_by_phone(self, phone: str) -> Self:
        return self.filter(phone=phone, proven_phone=phone, is_active=True)


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
    # The number she once proved with a code. Whoever writes another `phone` does not make it a way to sign in.
    proven_phone = models.CharField(max_length=32, blank=True, editable=False)
    help_language = models.CharField(_("my language"), max_length=8, blank=True)
    screen_language = models.CharField(
        _("language of the forms"), max_length=8, blank=True, choices=settings.SCREEN_LANGUAGES
    )
    reads_both = models.BooleanField(_("shows both languages"), default=False)
    comfort = models.CharField(_("how pages look"), max_length=40, blank=True, editable=False)
    is_guest = models.BooleanField(default=False, editable=False)
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, editable=False, related_name="merged_guests"
    )
    is_staff = models.BooleanField(_("may open the editor"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    # One more each time a card of hers is lost: what was signed in before is signed out everywhere.
    session_round = models.PositiveIntegerField(default=0, editable=False)

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

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}{self.session_round or ''}"

    @property
    def signs_in_by_phone(self) -> bool:
        return bool(self.phone) and self.phone == self.proven_phone

    # Wagtail's own pages read these two.
    @property
    def first_name(self) -> str:
        return self.name

    @property
    def last_name(self) -> str:
        return ""


class LanguageReview(models.Model):
    """Whether a native speaker has read a language of the site; an administrator says so. Without a row: nobody has."""

    language = models.CharField(_("language"), max_length=8, unique=True, choices=settings.LANGUAGES)
    status = models.CharField(_("review"), max_length=10, choices=ReviewStatus, default=ReviewStatus.MACHINE)
    reviewed_by = models.CharField(
        _("read by"), max_length=200, blank=True, help_text=_("A person or an organisation, as she wants it.")
    )
    reviewed_on = models.DateField(_("read on"), null=True, blank=True)

    class Meta:
        verbose_name = _("review of a language")
        verbose_name_plural = _("reviews of languages")

    def __str__(self) -> str:
        return f"{self.get_language_display()}: {self.get_status_display()}"


class Organisation(models.Model):
    """A CSO: issues credentials, holds cohorts."""

    name = models.CharField(_("name"), max_length=200)
    enterprise_number = models.CharField(_("enterprise number"), max_length=20, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    is_default_issuer = models.BooleanField(
        _("issues the certificates of people who learn alone"), default=False
    )
    # The contact card, as it stands on the help page of its learners: plain text, line by line.
    contact_phone = models.TextField(
        _("phone numbers"),
        max_length=300,
        blank=True,
        validators=[check_phone_lines],
        help_text=_("One number a line. You may put words before it."),
    )
    contact_hours = models.TextField(
        _("opening hours"), max_length=500, blank=True, help_text=_("When somebody answers. One line a day.")
    )
    contact_place = models.TextField(
        _("where to find you"), max_length=500, blank=True, help_text=_("Street, number, town, floor.")
    )
    contact_email = models.EmailField(_("e-mail address"), blank=True)

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

    @property
    def has_contact_card(self) -> bool:
        return any((self.contact_phone, self.contact_hours, self.contact_place, self.contact_email))

    @property
    def phone_lines(self) -> list[PhoneLine]:
        return [line for line in map(phone_line, self.contact_phone.splitlines()) if line]


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


class ResumeCode(models.Model):
    """Four words on paper with which she goes on from another device. Only a keyed hash of them is kept."""

    person = models.OneToOneField(User, models.CASCADE, related_name="resume_code")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person} – {self.made_at:%Y-%m-%d}"


class SignInCardQuerySet(models.QuerySet["SignInCard"]):
    def active(self) -> Self:
        return self.filter(cancelled_at=None)


class SignInCard(models.Model):
    """A printed card: its code opens the page that asks for her pictures or digits, and these open her work.

    The code begins with the letter of its kind of PIN, so that the page need not look the card up, and answers
    nothing about it before the PIN. Of the PIN only a keyed hash is kept.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="cards")
    token = models.CharField(max_length=16, unique=True)
    pin_digest = models.CharField(max_length=64)
    works_at_home = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="cards_issued")
    last_used_at = models.DateTimeField(null=True)
    # Since the last right one.
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=8, choices=CardEnd, blank=True)

    objects = SignInCardQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "person", condition=Q(cancelled_at=None), name="one_active_card_a_person"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_because="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_because="")),
                name="a_cancelled_card_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.issued_at:%Y-%m-%d}"

    @property
    def kind(self) -> PinKind:
        return PinKind(self.token[0])

    def rests(self, now: datetime) -> bool:
        return self.rests_until is not None and now < self.rests_until
