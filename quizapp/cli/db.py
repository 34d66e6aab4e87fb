"""`quizapp db`: the schema of the database."""

from datetime import UTC, datetime

import click
from sqlalchemy import Engine

from quizapp.cli.database import opened, settings
from quizapp.cli.terminal import data_option
from quizapp.config import Config
from quizapp.store.backup import backup_name
from quizapp.store.schema import Upgraded, upgrade


@click.group("db")
def command() -> None:
    """Bring the database to the schema of this program."""


@command.command("upgrade")
@data_option
def upgrade_(data: str | None) -> None:
    """Migrate the database, after a verified backup.

    `quizapp run` does the same at its start.
    """
    config = settings(data)
    with opened(config) as engine:
        click.echo(told(migrate(engine, config, now=datetime.now(UTC))))


def migrate(engine: Engine, config: Config, *, now: datetime) -> Upgraded:
    """Bring the database to the newest schema; a backup lies in the data folder's `backups` if anything changed."""
    return upgrade(engine, backup_to=config.folder / "backups" / f"before-upgrade-{backup_name(config.url, now)}")


def told(done: Upgraded) -> str:
    """Say what a migration did."""
    if done.before == done.after:
        return f"database: schema {done.after}, nothing to do"
    if done.before is None:
        return f"database: made with schema {done.after}"
    kept = f"; backup: {done.backup}" if done.backup else ""
    return f"database: schema {done.before} became {done.after}{kept}"
