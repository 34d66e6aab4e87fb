"""The factory: one application from one set of settings."""

import os
from datetime import timedelta

from flask import Flask

from quizapp import web
from quizapp.config import Config, load_config, secret_key
from quizapp.paths import bundled
from quizapp.store import db


def create_app(config: Config | None = None) -> Flask:
    """Make the application; settings come from the environment unless given."""
    config = config or load_config(os.environ)
    config.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    app = Flask("quizapp", template_folder=str(bundled("templates")), static_folder=None)
    app.config.from_mapping(
        SECRET_KEY=secret_key(config),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=6 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=6 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        RATELIMIT_STORAGE_URI=config.rate_limit_storage,
        BABEL_DEFAULT_LOCALE="en",
        QUIZAPP=config,
    )
    db.init_app(app, config.url)
    web.init_app(app, config)
    return app
