"""The frame of every page: the main ways through the site and whose account it is."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from quizapp.web.site import site

COURSE_PAGES = frozenset(
    {
        "courses",
        "joining",
        "course_banks",
        "people",
        "roster",
        "assignments",
        "grades",
        "graded",
        "regrades",
        "classroom",
        "analysis",
    }
)
"""Blueprints whose pages lie below a course."""

BANK_PAGES = frozenset(
    {
        "banks",
        "versions",
        "sharing",
        "drafts",
        "draft_editor",
        "draft_pictures",
        "draft_preview",
        "draft_plan",
        "draft_table",
    }
)
"""Blueprints whose pages are about banks, their writing and their versions."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One way of the main navigation; `current` says that the page lies below it."""

    label: str
    url: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class Account:
    """Who is logged in, for the corner of the page."""

    name: str
    url: str
    logout_url: str


def frame() -> dict[str, Any]:
    """Give templates the navigation and the account, or the ways in for strangers."""
    home_url, own = url_for("home.home"), site()
    named = {"home_url": home_url, "site_name": own.name, "site_notice": own.notice}
    if not current_user.is_authenticated:
        sign_up = url_for("entry.sign_up") if own.sign_up else ""
        return {
            **named,
            "nav": [],
            "account": None,
            "login_url": url_for("entry.log_in"),
            "signup_url": sign_up,
        }
    account = Account(current_user.name, url_for("accounts.change_settings"), url_for("entry.log_out"))
    admin_url = url_for("admin.overview") if current_user.role == "admin" else ""
    return {**named, "nav": _entries(home_url), "account": account, "admin_url": admin_url}


def _entries(home_url: str) -> list[Entry]:
    here = request.blueprint
    return [
        Entry(_("Today"), home_url, "house", here == "home"),
        Entry(_("Practice"), url_for("practice.start"), "brain", here in {"practice", "match", "flashcards", "quiz"}),
        Entry(_("Courses"), url_for("courses.index"), "graduation-cap", here in COURSE_PAGES),
        Entry(_("Progress"), url_for("progress.overall"), "chart-line", here == "progress"),
        Entry(_("Banks"), url_for("banks.index"), "library", here in BANK_PAGES),
    ]
