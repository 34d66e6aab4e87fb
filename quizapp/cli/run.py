"""`quizapp run`: everything between an empty folder and a page in the browser."""

import signal
import socket
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import click
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from waitress.server import create_server

from quizapp.actions.accounts import make_link
from quizapp.actions.banks import publish_shipped
from quizapp.actions.demo import PASSWORD, LOGINS, make_demo
from quizapp.app import create_app
from quizapp.cli.database import settings, told_plainly
from quizapp.cli.db import migrate, told
from quizapp.cli.terminal import Failed, data_option, progress, say_note
from quizapp.config import Config
from quizapp.paths import bundled
from quizapp.store.db import db
from quizapp.store.engine import begin_writing, sqlite_warning
from quizapp.store.models import User

THREADS = 8


@click.command("run")
@click.option("--demo", is_flag=True, help="Show a class with six weeks of history, in a data folder of its own.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one.")
@data_option
def command(host: str, port: int, data: str | None, *, demo: bool) -> None:
    """Serve the program.

    Brings the database to its schema after a verified backup, publishes the shipped banks, and prints the address.
    """
    config = _config(data, demo=demo)
    with told_plainly(), _bound(host, port) as listener:
        app = create_app(config)
        with app.app_context():
            lines = _prepare(db.engine, config, demo=demo)
        _greet(listener, config, lines)
        _serve(app, listener, config)
