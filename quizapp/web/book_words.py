"""The books in words: kinds of entries, the names of what changed, and what it was and became.

Names and values that are in none of these lists, such as an author's words, stand as they were entered.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from flask_babel import format_decimal, lazy_gettext, lazy_pgettext
from flask_babel import gettext as _

from quizapp.store.site import Entry
from quizapp.web.dates import moment

ACTIONS = {
    "account.disable": lazy_gettext("Account disabled"),
    "account.enable": lazy_gettext("Account enabled"),
    "account.reset-link": lazy_gettext("Link for a new password made"),
    "account.role": lazy_gettext("Role on the site changed"),
    "accommodation.change": lazy_gettext("Accommodations changed"),
    "assignment.archive": lazy_gettext("Assignment archived"),
    "assignment.change": lazy_gettext("Assignment changed"),
    "assignment.publish": lazy_gettext("Assignment published"),
    "bank.archive": lazy_gettext("Bank archived"),
    "bank.publish": lazy_gettext("Bank published"),
    "bank.restore": lazy_gettext("Bank restored"),
    "bank.share": lazy_gettext("Bank shared"),
    "course.archive": lazy_gettext("Course archived"),
    "course.change": lazy_gettext("Course changed"),
    "course.create": lazy_gettext("Course opened"),
    "enrolment.add": lazy_gettext("Added to a course"),
    "enrolment.remove": lazy_gettext("Removed from a course"),
    "grade.regrade": lazy_gettext("Regraded"),
    "grade.set": lazy_gettext("Grade set by hand"),
    "role.change": lazy_gettext("Role in a course changed"),
    "roster.import": lazy_gettext("Roster imported"),
    "setting.change": lazy_gettext("Setting of the site changed"),
}

_FIELDS = {
    "was": lazy_pgettext("log", "before"),
    "is": lazy_pgettext("log", "now"),
    "before": lazy_pgettext("log", "before"),
    "after": lazy_pgettext("log", "now"),
    "from": lazy_pgettext("log", "before"),
    "to": lazy_pgettext("log", "now"),
    "ahead": lazy_pgettext("log", "asked although not due"),
    "archived": lazy_pgettext("log", "archived"),
    "attempt": lazy_pgettext("log", "attempt"),
    "attempts": lazy_pgettext("log", "attempts"),
    "bank": lazy_pgettext("log", "bank"),
    "banks": lazy_pgettext("log", "banks"),
    "blueprint": lazy_pgettext("log", "blueprint"),
    "by": lazy_pgettext("log", "by"),
    "closes_at": lazy_pgettext("log", "closes"),
    "code": lazy_pgettext("log", "code of the course"),
    "courses": lazy_pgettext("log", "courses"),
    "digest": lazy_pgettext("log", "digest"),
    "due": lazy_pgettext("log", "due"),
    "due_at": lazy_pgettext("log", "due"),
    "editable": lazy_pgettext("log", "editable by instructors"),
    "enrol": lazy_pgettext("log", "enrolled"),
    "extra_attempts": lazy_pgettext("log", "extra attempts"),
    "extra_time": lazy_pgettext("log", "extra time in per cent"),
    "facts": lazy_pgettext("log", "facts"),
    "feedback": lazy_pgettext("log", "answers explained"),
    "form": lazy_pgettext("log", "form"),
    "forms": lazy_pgettext("log", "forms"),
    "how": lazy_pgettext("log", "how"),
    "invite": lazy_pgettext("log", "invited"),
    "invited": lazy_pgettext("log", "invited"),
    "language": lazy_pgettext("log", "language"),
    "late_percent": lazy_pgettext("log", "lost for each late day, in per cent"),
    "late_rule": lazy_pgettext("log", "after the due date"),
    "left": lazy_pgettext("log", "left by themselves"),
    "minutes": lazy_pgettext("log", "time limit in minutes"),
    "minutes_a_day": lazy_pgettext("log", "minutes a day"),
    "n": lazy_pgettext("log", "number"),
    "name": lazy_pgettext("log", "name"),
    "never_lower": lazy_pgettext("log", "no grade is lowered"),
    "no_time_limit": lazy_pgettext("log", "no time limit"),
    "note": lazy_pgettext("log", "description"),
    "notice": lazy_pgettext("log", "notice"),
    "offer": lazy_pgettext("log", "newer version"),
    "open": lazy_pgettext("log", "takes in new people"),
    "opens_at": lazy_pgettext("log", "opens"),
    "policy": lazy_pgettext("log", "rule"),
    "popular": lazy_pgettext("log", "wrong answers from what the class mixes up"),
    "questions": lazy_pgettext("log", "questions"),
    "reason": lazy_pgettext("log", "reason"),
    "restore": lazy_pgettext("log", "brought back"),
    "retention": lazy_pgettext("log", "wanted recall"),
    "role": lazy_pgettext("log", "role"),
    "scope": lazy_pgettext("log", "what is asked"),
    "shuffled": lazy_pgettext("log", "different questions for each"),
    "sign_up": lazy_pgettext("log", "sign-up"),
    "student": lazy_pgettext("log", "student"),
    "summary": lazy_pgettext("log", "what changed"),
    "tags": lazy_pgettext("log", "tags"),
    "title": lazy_pgettext("log", "title"),
    "topic": lazy_pgettext("log", "topic"),
    "user": lazy_pgettext("log", "account"),
    "version": lazy_pgettext("log", "version"),
    "visibility": lazy_pgettext("log", "seen by"),
    "void": lazy_pgettext("log", "questions that cannot be judged"),
    "zone": lazy_pgettext("log", "time zone"),
}
_TIMES = frozenset({"closes_at", "due", "due_at", "opens_at"})
_ROLES = {
    "student": lazy_pgettext("log", "student"),
    "assistant": lazy_pgettext("log", "assistant"),
    "instructor": lazy_pgettext("log", "instructor"),
    "admin": lazy_pgettext("log", "admin"),
}
_VISIBLE = {
    "private": lazy_pgettext("log", "its owner"),
    "course": lazy_pgettext("log", "courses"),
    "site": lazy_pgettext("log", "whole site"),
}
_VALUES = {
    "by": {"sync": lazy_pgettext("log", "a folder that is followed"), "program": lazy_pgettext("log", "the program")},
    "code": {"new": lazy_pgettext("log", "a new one")},
    "courses": {"edits": lazy_pgettext("log", "may edit"), "learns": lazy_pgettext("log", "learns from it")},
    "bank": {"added": lazy_pgettext("log", "added"), "removed": lazy_pgettext("log", "removed")},
    "feedback": {
        "due": lazy_pgettext("log", "after the due date"),
        "end": lazy_pgettext("log", "at the end"),
        "now": lazy_pgettext("log", "after each question"),
        "never": lazy_pgettext("log", "never"),
    },
    "how": {"added": lazy_pgettext("log", "added"), "restored": lazy_pgettext("log", "brought back")},
    "late_rule": {
        "refuse": lazy_pgettext("log", "nothing is taken"),
        "accept": lazy_pgettext("log", "counts in full"),
        "penalty": lazy_pgettext("log", "loses points"),
    },
    "offer": {"shipped": lazy_pgettext("log", "came with the program")},
    "role": _ROLES,
    "sign_up": {"on": lazy_pgettext("log", "on"), "off": lazy_pgettext("log", "off")},
    "visibility": _VISIBLE,
    "void": {"full": lazy_pgettext("log", "full points"), "leave-out": lazy_pgettext("log", "left out of the total")},
}
_OF_ACTION = {"account.role": "role", "role.change": "role", "bank.share": "visibility"}
"""What an entry of a kind is about where it says only what was before and is now."""


def action_name(action: str) -> str:
    """Name a kind of entry."""
    return str(ACTIONS.get(action, action))


def about(entry: Entry) -> str:
    """Name what an entry is about: a setting by its word, all else as it was entered."""
    return _name(entry.about) if entry.action == "setting.change" else entry.about


def details(entry: Entry) -> list[tuple[str, str]]:
    """Give the details of an entry as names and values; two values of one name are before and now."""
    field = entry.about if entry.action == "setting.change" else _OF_ACTION.get(entry.action, "")
    pairs = entry.action == "assignment.change"
    return [
        (_name(name), _change(value, name) if pairs else _value(value, field if name in _SIDES else name))
        for name, value in entry.detail.items()
    ]


_SIDES = frozenset({"was", "is", "before", "after"})


def _name(name: str) -> str:
    return str(_FIELDS.get(name, name))


def _change(value: object, name: str) -> str:
    return " → ".join(_value(each, name) for each in value) if isinstance(value, list) else _value(value, name)


def _value(value: object, name: str) -> str:
    if value is None or value in ("", [], {}):
        return "–"
    match value:
        case Mapping():
            parts = [(_name(key), _value(each, name if key.isdigit() else key)) for key, each in value.items()]
            return "; ".join(f"{part}: {words}" for part, words in parts)
        case list():
            return "; ".join(_value(each, name) for each in value)
    return _word(value, name)


def _word(value: object, name: str) -> str:
    match value:
        case bool():
            return str(_("yes") if value else _("no"))
        case float():
            return str(format_decimal(value))
        case str() if name in _TIMES:
            with suppress(ValueError):
                return moment(datetime.fromisoformat(value))
    return str(_VALUES.get(name, {}).get(str(value), value))
