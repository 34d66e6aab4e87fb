"""What an account's fields take; Refused names the field."""

import unicodedata
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from quizapp.actions.errors import Refused
from quizapp.languages import INTERFACE
from quizapp.store.models import User

ROLES = ("student", "instructor", "admin")


def normal(email: str) -> str:
    """Write an address as it is kept."""
    return unicodedata.normalize("NFKC", email).strip().lower()


def checked_email(email: str) -> str:
    """Give an address as it is kept, or refuse what is none."""
    address = normal(email)
    name, at, host = address.rpartition("@")
    if not (name and at and host) or "@" in name or " " in address or not address.isprintable():
        raise Refused("This is not an e-mail address: it looks like name@example.org.", "email")
    if len(address) > User.email.type.length:
        raise Refused("An e-mail address has at most 254 characters.", "email")
    return address


def checked_name(name: str) -> str:
    """Give a name without needless spaces, or refuse an empty or endless one."""
    plain = " ".join(name.split())
    if not plain:
        raise Refused("Fill in a name; any will do.", "name")
    if len(plain) > User.name.type.length:
        raise Refused("A name has at most 120 characters.", "name")
    return plain


def checked_role(role: str) -> str:
    """Refuse a role that does not exist."""
    if role not in ROLES:
        raise Refused("The roles are student, instructor and admin.", "role")
    return role


def checked_language(language: str) -> str:
    """Refuse a language that pages do not have."""
    if language not in INTERFACE:
        raise Refused("Choose one of the languages of the pages.", "language")
    return language


def checked_zone(zone: str) -> str:
    """Refuse a time zone that does not exist."""
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused("Choose a time zone such as Europe/Stockholm.", "zone") from None


def checked_weekdays(days: str) -> str:
    """Give days without study as sorted digits (Monday 0); a week needs one day of study."""
    chosen = "".join(sorted(set(days)))
    if not set(chosen) <= set("0123456") or len(chosen) == 7:  # noqa: PLR2004 -- days of a week
        raise Refused("Leave at least one day of the week for learning.", "quiet_weekdays")
    return chosen
