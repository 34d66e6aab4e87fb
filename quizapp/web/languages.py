"""The language and time zone of a page: the account's, else the browser's, else the default."""

from flask import Flask, request
from flask_babel import Babel
from flask_login import current_user

INTERFACE = ("en",)


def init_app(app: Flask) -> None:
    """Choose language and zone for each request."""
    Babel(app, locale_selector=locale, timezone_selector=zone)
    app.jinja_env.globals["locale"] = locale


def locale() -> str:
    """Give the language of the interface."""
    if current_user.is_authenticated and current_user.language in INTERFACE:
        return str(current_user.language)
    return request.accept_languages.best_match(INTERFACE) or INTERFACE[0]


def zone() -> str | None:
    """Give the learner's time zone, None for the default."""
    return str(current_user.zone) if current_user.is_authenticated else None
