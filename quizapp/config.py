"""Every setting: its name, its default and one line of meaning."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zoneinfo import available_timezones

from quizapp.languages import INTERFACE


class BadSettingError(ValueError):
    """A setting that cannot be used; the message names it and says what it takes."""


def _setting(default: object, meaning: str) -> Any:  # noqa: ANN401 -- as dataclasses.field, it stands for any type
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one installation; each is read from `QUIZAPP_<NAME>` in the environment."""

    data: str = _setting("", "Folder for the database, backups and the secret key; default: ~/.local/share/quizapp.")
    database_url: str = _setting(
        "", "Database address; default: a SQLite file in the data folder. DATABASE_URL works too."
    )
    secret_key: str = _setting(
        "", "Key that signs log-ins, 32 characters or more; default: made once and kept in the data folder, mode 0600."
    )
    sign_up: bool = _setting(default=True, meaning="Whether anybody may make an account on the sign-up page.")
    language: str = _setting("en", "Language of pages for browsers that ask for none of ours: en, sv, de, fi or nb.")
    zone: str = _setting("UTC", "Time zone of new accounts until the browser or the learner says another.")
    minutes_a_day: int = _setting(20, "Study minutes a day of new accounts (1 to 600).")
    retention: float = _setting(0.9, "Recall wanted when a fact falls due, for new accounts (0.7 to 0.97).")
    recognition_cap: float = _setting(
        21.0, "Longest interval in days until a fact was once produced, not only recognised, for new accounts."
    )
    rate_limit_storage: str = _setting(
        "memory://", "Where log-in limits are counted; a redis:// address for several processes."
    )
    proxies: int = _setting(0, "Number of trusted reverse proxies in front (their X-Forwarded headers are believed).")
    secure_cookies: bool = _setting(
        default=False, meaning="Send the log-in cookie over HTTPS only; turn on behind TLS."
    )
    hosts: str = _setting("", "Host names that are answered, comma-separated; default: any.")
    debug: bool = _setting(default=False, meaning="Show the style guide and tracebacks; never on a public address.")

    @property
    def folder(self) -> Path:
        """Give the data folder."""
        if self.data:
            return Path(self.data).expanduser().resolve()
        base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
        return (Path(base) / "quizapp").expanduser().resolve()

    @property
    def url(self) -> str:
        """Give the database address as SQLAlchemy reads it."""
        url = self.database_url or f"sqlite:///{self.folder / 'quizapp.sqlite3'}"
        for scheme in ("postgres://", "postgresql://"):
            if url.startswith(scheme):
                return "postgresql+psycopg://" + url.removeprefix(scheme)
        return url


def load_config(environ: Mapping[str, str], **overrides: object) -> Config:
    """Read the settings from the environment, refuse what cannot be used, and let `overrides` win."""
    values: dict[str, Any] = {}
    for known in fields(Config):
        text = environ.get(f"QUIZAPP_{known.name.upper()}")
        if text is None and known.name == "database_url":
            text = environ.get("DATABASE_URL")
        if text is not None:
            values[known.name] = _typed(known.name, text, known.default)
    values.update({name: value for name, value in overrides.items() if value is not None})
    return _checked(Config(**values))


def secret_key(config: Config) -> str:
    """Give the signing key: the setting, else the one kept in the data folder, made on first use."""
    if config.secret_key:
        return config.secret_key
    path = config.folder / "secret_key"
    if not path.exists():
        config.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _put_whole(path, secrets.token_urlsafe(48) + "\n")
    return path.read_text(encoding="ascii").strip()


def _put_whole(path: Path, text: str) -> None:
    """Write a file that nobody else may read, all at once; one that another process put there meanwhile stays."""
    with NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as file:
        file.write(text)
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)


def _typed(name: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        known = {
            "1": True,
            "true": True,
            "yes": True,
            "on": True,
            "0": False,
            "false": False,
            "no": False,
            "off": False,
        }
        if text.lower() not in known:
            raise BadSettingError(f"QUIZAPP_{name.upper()} takes true or false, not {text!r}")
        return known[text.lower()]
    if isinstance(default, int | float):
        try:
            return type(default)(text)
        except ValueError:
            raise BadSettingError(f"QUIZAPP_{name.upper()} takes a number, not {text!r}") from None
    return text


def _checked(config: Config) -> Config:
    limits = {"minutes_a_day": (1, 600), "retention": (0.7, 0.97), "recognition_cap": (1, 3650), "proxies": (0, 10)}
    for name, (low, high) in limits.items():
        if not low <= getattr(config, name) <= high:
            raise BadSettingError(f"QUIZAPP_{name.upper()} takes {low} to {high}, not {getattr(config, name)}")
    if config.zone not in available_timezones():
        raise BadSettingError(f"QUIZAPP_ZONE takes a time zone such as Europe/Stockholm, not {config.zone!r}")
    if config.language not in INTERFACE:
        raise BadSettingError(f"QUIZAPP_LANGUAGE takes {', '.join(INTERFACE)}, not {config.language!r}")
    if config.secret_key and len(config.secret_key) < 32:  # noqa: PLR2004 -- the length that HMAC-SHA256 asks for
        raise BadSettingError("QUIZAPP_SECRET_KEY takes at least 32 characters")
    return config
