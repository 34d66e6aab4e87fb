"""Where somebody sits in a course, and the ways that lead on from there."""

from typing import Any

from flask import current_app, url_for
from flask_babel import lazy_gettext

from quizapp.actions import access
from quizapp.actions.access import Seat
from quizapp.store.db import db
from quizapp.web.identity import learner

TABS = (
    ("overview", lazy_gettext("Overview"), "", "student"),
    ("people", lazy_gettext("People"), "/people", "assistant"),
    ("banks", lazy_gettext("Banks"), "/banks", "assistant"),
    ("grades", lazy_gettext("Grades"), "/grades", "assistant"),
    ("map", lazy_gettext("Class map"), "/map", "assistant"),
    ("students", lazy_gettext("Students"), "/students", "assistant"),
    ("forecast", lazy_gettext("Forecast"), "/forecast", "assistant"),
    ("items", lazy_gettext("Questions"), "/items", "assistant"),
    ("confusions", lazy_gettext("Mix-ups"), "/confusions", "assistant"),
    ("activity", lazy_gettext("Activity"), "/activity", "assistant"),
    ("settings", lazy_gettext("Settings"), "/settings", "instructor"),
)
"""Each tab of a course: its name, its label, where it lies below the course, and the least role that has it."""

Tab = tuple[str, str, bool, None]


def place(course_id: int, least: str = "student") -> Seat:
    """Give the place of whoever is logged in, if their role has at least these rights; else there is no such page."""
    return access.seat(db.session(), learner(), course_id, least)


def tabs_of(seat: Seat, tab: str) -> list[Tab]:
    """Give label, address and state of each tab that somebody has in a course, as `ui.tabs` takes them."""
    ends = _endpoints()
    return [
        (str(label), url_for(ends[path], course_id=seat.course.id), name == tab, None)
        for name, label, path, least in TABS
        if path in ends and seat.at_least(least)
    ]


def course_link(path: str, course_id: int, **values: Any) -> str:  # noqa: ANN401 -- whatever the address takes
    """Give the address of a page below a course by its rule, such as `/people/<int:user_id>`, or nothing."""
    end = _endpoints().get(path)
    return url_for(end, course_id=course_id, **values) if end else ""


def _endpoints() -> dict[str, str]:
    """Find the pages below a course by where they lie; each module names its own endpoints."""
    known: dict[str, str] | None = current_app.extensions.get("quizapp.course_tabs")
    if known is None:
        root = "/courses/<int:course_id>"
        known = {
            rule.rule.removeprefix(root): rule.endpoint
            for rule in current_app.url_map.iter_rules()
            if rule.rule.startswith(root) and "GET" in (rule.methods or ())
        }
        current_app.extensions["quizapp.course_tabs"] = known
    return known
