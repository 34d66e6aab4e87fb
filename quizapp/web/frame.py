"""The frame of every page: the main ways through the site and whose account it is."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from quizapp.web.security import settings


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
    home_url = url_for("home.home")
    if not current_user.is_authenticated:
        sign_up = url_for("entry.sign_up") if settings().sign_up else ""
        return {
            "nav": [],
            "account": None,
            "home_url": home_url,
            "login_url": url_for("entry.log_in"),
            "signup_url": sign_up,
        }
    account = Account(current_user.name, url_for("accounts.change_settings"), url_for("entry.log_out"))
    return {"nav": _entries(home_url), "account": account, "home_url": home_url}


def _entries(home_url: str) -> list[Entry]:
    here = request.blueprint
    return [
        Entry(_("Today"), home_url, "house", here == "home"),
        Entry(_("Practice"), url_for("practice.start"), "brain", here in {"practice", "match", "flashcards"}),
        Entry(_("Quiz"), url_for("quiz.make"), "list-checks", here == "quiz"),
        Entry(_("Progress"), url_for("progress.overall"), "chart-line", here == "progress"),
        Entry(_("Banks"), url_for("banks.index"), "library", here == "banks"),
    ]
