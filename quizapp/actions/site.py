"""The settings of a site that its admins change while it runs: a row outranks what the environment says."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quizapp.actions import audit
from quizapp.actions.account_fields import checked_language, checked_zone
from quizapp.actions.accounts import MINUTES, RETENTION
from quizapp.actions.errors import Refused
from quizapp.config import Config
from quizapp.messages import Message, msg
from quizapp.store import models
from quizapp.store.site import setting_rows

NAME = "quizapp"
LONGEST_NAME, LONGEST_NOTICE = 60, 500
ON, OFF = "on", "off"


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What is in force; `own` names the settings that admins made, all others stand as the program was started."""

    name: str
    notice: str
    sign_up: bool
    language: str
    zone: str
    minutes_a_day: int
    retention: float
    own: frozenset[str] = field(default=frozenset())


def installed(config: Config) -> SiteSettings:
    """Give what holds as long as no admin says otherwise."""
    given = config
    return SiteSettings(NAME, "", given.sign_up, given.language, given.zone, given.minutes_a_day, given.retention)


def in_force(config: Config, rows: Mapping[str, str]) -> SiteSettings:
    """Lay the settings that admins made over those of the environment; a row that cannot be read counts as none."""
    values: dict[str, Any] = {}
    for name, text in rows.items():
        if name in _READERS:
            with suppress(Refused):
                values[name] = _READERS[name](text)
    return SiteSettings(**{**asdict(installed(config)), **values, "own": frozenset(values)})


def change_site(session: Session, by: models.User, values: Mapping[str, str], *, now: datetime) -> None:
    """Change settings, given as text by name; an empty one goes back to what the environment says.

    Refused names the field at fault; then nothing changes.
    """
    wanted = {name: " ".join(text.split()) for name, text in values.items() if name in _READERS}
    for name, text in wanted.items():
        if text:
            _READERS[name](text)
    before = setting_rows(session)
    changed = {name: text for name, text in wanted.items() if text != before.get(name, "")}
    for name, text in changed.items():
        session.execute(delete(models.SiteSetting).where(models.SiteSetting.name == name))
        if text:
            session.add(models.SiteSetting(name=name, value=text, changed_at=now))
        detail = {"before": before.get(name, ""), "after": text}
        audit.enter(session, by, "setting.change", name, now=now, detail=detail)
    session.flush()


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME or not text.isprintable():
        raise Refused("The name of the site has at most 60 characters.", "name")
    return text


def _notice(text: str) -> str:
    if len(text) > LONGEST_NOTICE:
        raise Refused("A notice has at most 500 characters.", "notice")
    return text


def _sign_up(text: str) -> bool:
    if text not in {ON, OFF}:
        raise Refused("Sign-up is on or off.", "sign_up")
    return text == ON


def _minutes(text: str) -> int:
    return int(_number(text, MINUTES, msg("Choose 1 to 600 minutes a day."), "minutes_a_day"))


def _retention(text: str) -> float:
    return _number(text, RETENTION, msg("Choose a recall of 70 to 97 percent."), "retention")


def _number(text: str, limits: tuple[float, float], reason: Message, name: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise Refused(reason, name) from None
    if not limits[0] <= value <= limits[1] or (isinstance(limits[0], int) and value != int(value)):
        raise Refused(reason, name)
    return value


_READERS: Mapping[str, Callable[[str], object]] = {
    "name": _name,
    "notice": _notice,
    "sign_up": _sign_up,
    "language": checked_language,
    "zone": checked_zone,
    "minutes_a_day": _minutes,
    "retention": _retention,
}
