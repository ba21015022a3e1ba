"""Reads the settings an operator may give; a wrong one stops the start with one clear line."""

import contextlib
import logging
import os
import secrets
import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import environ

from people import sms as sms_service

env: environ.Env = environ.Env()

BROKERS = ("filesystem", "redis", "rediss", "amqp", "amqps")


def refuse(name: str, why: str) -> NoReturn:
    sys.exit(f"StepIn cannot start: {name} {why}")


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        refuse(name, f"is {value!r}; write true or false.")
    return default


def data_dir() -> Path:
    folder = Path(os.environ.get("DATA_DIR") or "var").expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        refuse("DATA_DIR", f"{folder} cannot be made: {error.strerror}.")
    if not os.access(folder, os.W_OK):
        refuse("DATA_DIR", f"{folder} cannot be written to.")
    return folder


def database(folder: Path) -> dict[str, Any]:
    """The Django DATABASES entry. SQLite settings were measured: WAL and IMMEDIATE remove the lock errors."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'stepin.sqlite3'}"
    scheme = urlsplit(url).scheme
    if scheme not in ("sqlite", "postgres", "postgresql"):
        refuse(
            "DATABASE_URL",
            f"{without_password(url)!r} is not a database StepIn knows: write "
            "postgres://user:password@host:5432/name or sqlite:////path/to/file.",
        )
    try:
        config = env.db_url_config(url)
    except Exception:
        config = {}
    if not config.get("NAME"):
        refuse(
            "DATABASE_URL",
            f"{without_password(url)!r} cannot be read: write postgres://user:password@host:5432/name.",
        )
    if scheme == "sqlite":
        if not Path(config["NAME"]).parent.is_dir():
            refuse("DATABASE_URL", f"names a folder that does not exist: {Path(config['NAME']).parent}.")
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
        }
        config["CONN_MAX_AGE"] = None
    else:
        config.setdefault("OPTIONS", {})["connect_timeout"] = 5
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


def cache(folder: Path) -> dict[str, Any]:
    """Embedded default: files, shared by all processes and free of SQL."""
    url = os.environ.get("CACHE_URL")
    if not url:
        return {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(folder / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 50_000},
        }
    if urlsplit(url).scheme not in ("redis", "rediss"):
        refuse("CACHE_URL", f"{without_password(url)!r} is not a Redis address: write redis://host:6379/1.")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}


def broker(folder: Path) -> tuple[str, dict[str, Any]]:
    """(broker URL, transport options). The default needs no server: messages are files."""
    url = os.environ.get("BROKER_URL") or "filesystem://localhost"  # kombu warns when it finds no host
    scheme = urlsplit(url).scheme
    if scheme not in BROKERS:
        refuse(
            "BROKER_URL",
            f"{without_password(url)!r} is not a broker StepIn knows: write "
            "redis://host:6379/0 or amqp://user:password@host:5672//.",
        )
    if scheme == "filesystem":
        box = folder / "broker"
        box.mkdir(exist_ok=True)
        return url, {
            "data_folder_in": str(box),
            "data_folder_out": str(box),
            "control_folder": str(folder / "broker-control"),
            "polling_interval": 0.2,
        }
    if scheme.startswith("redis"):
        return url, {"visibility_timeout": 300, "unacked_restore_interval": 1, "socket_connect_timeout": 2}
    return url, {}


def email(folder: Path) -> dict[str, Any]:
    """The EMAIL_* settings. Default: every letter is a file in DATA_DIR/outbox that a mail program opens."""
    url = os.environ.get("EMAIL_URL")
    if not url:
        return {
            "EMAIL_BACKEND": "reminders.mailbox.FolderBackend",
            "EMAIL_FILE_PATH": str(folder / "outbox"),
        }
    if urlsplit(url).scheme not in ("smtp", "smtp+tls", "smtps", "smtp+ssl"):
        refuse(
            "EMAIL_URL",
            f"{without_password(url)!r} is not a mail server: write smtp+tls://user:password@host:587.",
        )
    # django-environ takes smtps:// for STARTTLS; everybody else means TLS from the first byte.
    url = url.replace("smtps://", "smtp+ssl://", 1)
    try:
        return {**env.email_url_config(url), "EMAIL_TIMEOUT": 20}
    except Exception:
        refuse(
            "EMAIL_URL", f"{without_password(url)!r} cannot be read: write smtp+tls://user:password@host:587."
        )


def sms() -> str:
    """The address of a service for short messages, {phone} where the number goes; empty: nobody signs in by phone."""
    url = os.environ.get("SMS_URL", "").strip()
    if not url:
        return ""
    # The one line is ours.
    logging.getLogger("apprise").addHandler(logging.NullHandler())
    if sms_service.PLACE not in url or not sms_service.service(url, "+32470123456"):
        refuse(
            "SMS_URL",
            f"is not a service StepIn knows ({urlsplit(url).scheme or 'no name'}://…): "
            "write twilio://ACCOUNT:TOKEN@+32460123456/{phone}, with {phone} where the number goes.",
        )
    return url


def secret_key(folder: Path) -> str:
    """Given, or made once and kept beside the embedded database (never for a database server)."""
    if given := os.environ.get("SECRET_KEY"):
        if len(given) < 32:
            refuse("SECRET_KEY", "is too short: use at least 32 random characters.")
        return given
    if os.environ.get("DATABASE_URL"):
        refuse(
            "SECRET_KEY",
            "is missing: with DATABASE_URL, give 50 random characters that every process shares.",
        )
    path = folder / "secret-key"
    if not path.exists():
        # Written aside and renamed, so that two first starts at once agree on one key.
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


def base_url() -> str:
    url = (os.environ.get("BASE_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        refuse("BASE_URL", f"{url!r} is not the address of a site: write https://stepin.example.")
    return url


def without_password(url: str) -> str:
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":…@") if parts.password else url
