"""`quizapp run`: everything between an empty folder and a page in the browser."""

import errno
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from types import FrameType
from typing import NoReturn

import click
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from waitress.server import create_server

from quizapp.actions.accounts import make_link
from quizapp.actions.banks import ShippedOutcome, publish_shipped
from quizapp.actions.demo_people import LOGINS, PASSWORD
from quizapp.app import create_app
from quizapp.cli.database import settings, told_plainly
from quizapp.cli.db import migrate, told
from quizapp.cli.demo import demo_settings
from quizapp.cli.housekeeping import housekeeping
from quizapp.cli.terminal import Failed, data_option, say_note
from quizapp.config import Config
from quizapp.paths import bundled
from quizapp.store.db import db
from quizapp.store.engine import begin_writing, sqlite_warning
from quizapp.store.models import User

THREADS = 8
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- only so that the printed address can be opened


@click.command("run")
@click.option("--demo", is_flag=True, help="Show a class with six weeks of history, in a data folder of its own.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@data_option
def command(host: str, port: int, data: str | None, *, demo: bool) -> None:
    """Serve the program.

    Brings the database to its schema after a verified backup, publishes the shipped banks, prints the address.
    """
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)  # a shell's background job is started with it ignored
    config, now = settings(data), datetime.now(UTC)
    with told_plainly(), _bound(host, port) as listener:
        address = _address(host, listener)
        if demo:
            config = demo_settings(config, now=now)
        app = create_app(config)
        with app.app_context():
            engine = db.engine
        _say("database", told(migrate(engine, config, now=now)))
        _publish(engine, now=now)
        welcome = _log_ins() if demo else _set_up(engine, address, now=now)
        shared = engine.dialect.name == "sqlite" and sqlite_warning()
        if shared:
            say_note(shared)
        _say("data", str(config.folder))
        for line in welcome:
            _say("log in", line)
        with housekeeping(engine):
            _serve(app, listener, config, address)


@contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    """Take the port before any work is done; nobody is served until the program listens."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise Failed(f"no such host: {host}", "--host takes an address of this machine") from error
    with socket.socket(family, kind, protocol) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with _port_told(host, port):
            listener.bind(address)
        yield listener


@contextmanager
def _port_told(host: str, port: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Failed(
                f"port {port} of {host} is in use", "stop what uses it, or choose another with --port"
            ) from error
        raise Failed(
            f"cannot listen on port {port} of {host}: {error.strerror}", "choose with --host and --port"
        ) from error


def _address(host: str, listener: socket.socket) -> str:
    shown = EVERYWHERE.get(host, host)
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{listener.getsockname()[1]}/"


def _publish(engine: Engine, *, now: datetime) -> None:
    with Session(engine) as session:
        begin_writing(session)
        outcomes = publish_shipped(session, bundled("questions"), now=now)
        session.commit()
    _say("banks", ", ".join(_counts(outcomes)) or "none are shipped")
    for outcome in outcomes:
        if outcome.status in {"published", "offered"}:
            _say("", f"{outcome.status}: {outcome.key}: {'; '.join(outcome.summary)}")


def _counts(outcomes: tuple[ShippedOutcome, ...]) -> Iterator[str]:
    said = {"new": "new", "published": "brought up to date", "offered": "offered to an admin", "unchanged": "unchanged"}
    for status, words in said.items():
        count = sum(outcome.status == status for outcome in outcomes)
        if count:
            yield f"{count} {words}"


def _log_ins() -> list[str]:
    return [f"{email} ({role}), password: {PASSWORD}" for email, role in LOGINS.items()]


def _set_up(engine: Engine, address: str, *, now: datetime) -> list[str]:
    """Make the set-up link while there is nobody who could make other people admins."""
    with Session(engine) as session:
        begin_writing(session)
        if session.scalar(select(User.id).where(User.role == "admin").limit(1)) is not None:
            return []
        token = make_link(session, purpose="setup", user=None, now=now)
        session.commit()
    return [f"{address}setup/{token} makes the first admin; it works once, for 24 hours"]


def _say(topic: str, message: str) -> None:
    click.echo(f"{topic:10}{message}")


def _serve(app: Flask, listener: socket.socket, config: Config, address: str) -> None:
    with _port_told(*listener.getsockname()[:2]):
        server = create_server(
            app,
            sockets=[listener],
            threads=THREADS,
            ident="",
            clear_untrusted_proxy_headers=not config.proxies,
        )
    with suppress(KeyboardInterrupt, SystemExit):
        _say("address", f"{address} (stop with Ctrl-C)")
        server.run()
    click.echo("stopped")


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
