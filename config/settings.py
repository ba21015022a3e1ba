"""All settings, read from the environment; README.md lists the variables."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from config import environment
from courses.simulators import static_folders

BASE_DIR = Path(__file__).resolve().parent.parent

# What an operator decides
DATA_DIR = environment.data_dir()
SECRET_KEY = environment.secret_key(DATA_DIR)
BASE_URL = environment.base_url()
ALLOWED_HOSTS = environment.env.list("ALLOWED_HOSTS", default=None) or [
    urlsplit(BASE_URL).hostname,
    "localhost",
    "127.0.0.1",
    "[::1]",
]
DATABASES = {"default": environment.database(DATA_DIR)}
CACHES = {"default": environment.cache(DATA_DIR)}
IS_EMBEDDED = not os.environ.get("DATABASE_URL")
DEMO = environment.flag("DEMO", default=IS_EMBEDDED)
if DEMO and not IS_EMBEDDED:
    environment.refuse("DEMO", "is only for a new embedded database; with DATABASE_URL leave it out.")
DEBUG = False
globals().update(environment.email(DATA_DIR))
SMS_URL = environment.sms()
# Links in lessons are visited once a week, from here.
CHECK_LINKS = environment.flag("CHECK_LINKS", default=True)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = (
    os.environ.get("FROM_EMAIL") or f"StepIn <noreply@{urlsplit(BASE_URL).hostname}>"
)

INSTALLED_APPS = [
    # The rooms, top floor first, so that their templates win.
    "operations",
    "reports",
    "certificates",
    "classrooms",
    "funding",
    "learners",
    "reminders",
    "papers",
    "people",
    "courses",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "operations.middleware.EmptyAnswerMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "operations.middleware.ContentPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "people.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "people.context_processors.reader",
            ],
        },
    },
]

# People and signing in
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
PHONE_REGION = "BE"  # of numbers written without their country
if SMS_URL:
    ACCOUNT_LOGIN_METHODS.add("phone")
    ACCOUNT_SIGNUP_FIELDS.append("phone")
ACCOUNT_SIGNUP_FORM_CLASS = "people.forms.SignupNameForm"
ACCOUNT_FORMS = {
    "login": "people.account_forms.LoginForm",
    "signup": "people.account_forms.SignupForm",
    "add_email": "people.account_forms.AddEmailForm",
    "change_password": "people.account_forms.ChangePasswordForm",
    "set_password": "people.account_forms.SetPasswordForm",
    "reset_password": "people.account_forms.ResetPasswordForm",
    "reset_password_from_key": "people.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "people.account_forms.ReauthenticateForm",
    "request_login_code": "people.account_forms.RequestLoginCodeForm",
    "confirm_login_code": "people.account_forms.ConfirmLoginCodeForm",
    "change_phone": "people.account_forms.ChangePhoneForm",
    "verify_phone": "people.account_forms.VerifyPhoneForm",
}
ACCOUNT_CHANGE_EMAIL = True  # one address a person
# Who mistook her address learns it; who guesses learns nothing, not even by the time it takes.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PHONE_VERIFICATION_TIMEOUT = int(
    timedelta(minutes=15).total_seconds()
)
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
# Digits stand on every keyboard. Three tries a code and 20 codes a day: who tries all year has one chance in 45.
ACCOUNT_LOGIN_BY_CODE_FORMAT = ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = {
    "numeric": True,
    "length": 6,
    "dashed": False,
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(timedelta(minutes=15).total_seconds())
# SQLite compares capitals of Latin letters only: Олена and олена would be two people.
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
# A class of forty behind one address must be able to sign in: the limits per address are wide,
# those per account stay narrow.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "200/m/ip,8/5m/key",
    "signup": "200/m/ip",
    "request_login_code": "200/m/ip,3/m/key,20/d/key",
    "reset_password": "100/m/ip,5/m/key",
    "reset_password_from_key": "100/m/ip",
    "change_phone": "10/m/user",
    "verify_phone": "100/m/ip,1/30s/key,20/d/key",
    # Messages to numbers that nobody here has cost money all the same.
    "unknown_phone": "20/h/key",
}
MFA_ADAPTER = "people.mfa_adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "StepIn"
MFA_TOTP_TOLERANCE = 1  # half a minute early or late: clocks differ, and reading takes time
# An address somebody never confirmed must not keep a trainer from what her work demands of her.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "people.second_factor_forms.AuthenticateForm",
    "reauthenticate": "people.second_factor_forms.ReauthenticateForm",
    "activate_totp": "people.second_factor_forms.ActivateAppForm",
    "add_webauthn": "people.second_factor_forms.AddPasskeyForm",
    "edit_webauthn": "people.second_factor_forms.RenamePasskeyForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "200/m/ip"}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = int(timedelta(days=60).total_seconds())
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "people.views.form_too_old"
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# Safety of the connection
IS_HTTPS = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = int(timedelta(days=30).total_seconds()) if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
# Wagtail's editor writes inline scripts and styles without a nonce.
ADMIN_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **CONTENT_SECURITY_POLICY["DIRECTIVES"],
        "img-src": [SELF, "data:", "blob:"],
        "script-src": [SELF, "'unsafe-inline'", "'unsafe-eval'"],
        "style-src": [SELF, "'unsafe-inline'"],
    }
}

# Languages, each named in its own script. Lessons exist in all of them; what is not translated yet is read in
# English, visibly marked. Trainers, coordinators and editors work in STAFF languages.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("fa", "دری / فارسی"),
    ("fr", "Français"),
    ("nl", "Nederlands"),
    ("ps", "پښتو"),
    ("ti", "ትግርኛ"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
]
SCREEN_LANGUAGES = [("fr", "Français"), ("nl", "Nederlands"), ("de", "Deutsch")]
STAFF_LANGUAGES = [("en", "English"), *SCREEN_LANGUAGES]
WAGTAIL_CONTENT_LANGUAGES = [
    ("en", "English"),
    *(language for language in LANGUAGES if language[0] != "en"),
]
WAGTAILADMIN_PERMITTED_LANGUAGES = STAFF_LANGUAGES
LANGUAGES_BIDI = ["ar", "fa", "he", "ps", "ur"]
LANG_INFO.setdefault("ps", {"bidi": True, "code": "ps", "name": "Pashto", "name_local": "پښتو"})
LANG_INFO.setdefault("ti", {"bidi": False, "code": "ti", "name": "Tigrinya", "name_local": "ትግርኛ"})
# Few telephones have a voice for these: whoever records begins with them.
LANGUAGES_SELDOM_SPOKEN = ["ti", "ps", "so", "ku"]
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = IS_HTTPS
# The second holds what Django says and has not in Tigrinya and Pashto: months, weekdays, form errors.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "borrowed"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", *static_folders()]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "courses.static_storage.StaticStorage"},
    # Certificates carry names: they lie apart from the media that anyone may fetch.
    "certificates": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "certificates", "base_url": None},
    },
    # What trainers print, for a day.
    "papers": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "papers",
            "base_url": None,
            # Cards say what opens them.
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
WHITENOISE_MAX_AGE = int(timedelta(days=7).total_seconds())
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Wagtail
WAGTAIL_SITE_NAME = "StepIn"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

# Later: the database row is the queue, the message only hurries (docs/decisions/).
CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = environment.broker(DATA_DIR)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "operations.tasks.beat_heart", "schedule": 20.0},
    "issue credentials": {"task": "certificates.tasks.issue_missing", "schedule": 60.0},
    "render certificates": {"task": "certificates.tasks.render_waiting", "schedule": 60.0},
    "make papers": {"task": "papers.tasks.make_waiting", "schedule": 60.0},
    "clear old papers": {"task": "papers.tasks.clear_old", "schedule": 3600.0},
    "settle lessons": {"task": "learners.tasks.settle_waiting", "schedule": 60.0},
    "write reminders": {"task": "learners.tasks.write_reminders", "schedule": 600.0},
    "write class letters": {"task": "classrooms.tasks.write_class_letters", "schedule": 600.0},
    "forget names at the door": {"task": "classrooms.tasks.forget_names_at_the_door", "schedule": 3600.0},
    "write scheduled reports": {"task": "reports.tasks.write_scheduled", "schedule": 600.0},
    "send letters": {"task": "reminders.tasks.send_due", "schedule": 60.0},
    "recount reports": {"task": "reports.tasks.recount_changed", "schedule": 300.0},
    "note links": {"task": "courses.tasks.note_links", "schedule": 3600.0},
    "visit links": {"task": "courses.tasks.visit_links", "schedule": 300.0},
    "close projects of funders": {"task": "reports.tasks.close_projects", "schedule": 3600.0},
    "clear old messages": {"task": "operations.tasks.clear_old_messages", "schedule": 3600.0},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"stepin": {"level": "INFO"}},
}

# Learning
REMINDER_AFTER_DAYS = (14, 30)
LETTER_HOURS = (9, 19)  # Brussels time
SITE_LABEL = _("StepIn")
