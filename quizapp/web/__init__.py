"""HTTP in and out, one blueprint a module."""

from flask import Flask

from quizapp.config import Config
from quizapp.web import (
    accounts,
    assets,
    banks,
    entry,
    errors,
    flashcards,
    home,
    identity,
    languages,
    match,
    practice,
    progress,
    quiz,
    security,
    styleguide,
)

_PAGES = (home, entry, accounts, practice, quiz, match, flashcards, progress, banks)


def init_app(app: Flask, config: Config) -> None:
    """Put guards, assets, languages, error pages and every blueprint in place."""
    security.init_app(app)
    identity.init_app(app)
    languages.init_app(app)
    assets.init_app(app)
    errors.init_app(app)
    for module in _PAGES:
        app.register_blueprint(module.bp)
    if config.debug:
        app.register_blueprint(styleguide.bp)
