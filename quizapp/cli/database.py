"""How a command opens the database: settings from the environment, a schema that fits, one writing transaction."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session

from quizapp.actions.errors import BankProblems, NotFound, Refused
from quizapp.cli.terminal import Failed, Misused
from quizapp.config import BadSettingError, Config, load_config
from quizapp.store.backup import BackupError
from quizapp.store.engine import begin_writing, make_engine
from quizapp.store.schema import SchemaError, current, head, upgrade


def settings(data: str | None, **overrides: object) -> Config:
    """Read the settings; a data folder given on the command line wins."""
    try:
        return load_config(os.environ, data=data, **overrides)
    except BadSettingError as error:
        raise Misused(str(error), "README lists every setting") from error


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what may go wrong with a database or a deed into one line."""
    try:
        yield
    except Refused as error:
        raise Failed(error.reason) from error
    except NotFound as error:
        raise Failed("there is no such thing") from error
    except BankProblems as error:
        raise Failed(str(error).splitlines()[0], "quizapp bank check tells all") from error
    except SchemaError as error:
        raise Failed(str(error)) from error
    except BackupError as error:
        raise Failed(str(error)) from error
    except OperationalError as error:
        raise Failed(
            f"the database cannot be used: {error.orig}", "see QUIZAPP_DATA and QUIZAPP_DATABASE_URL"
        ) from error
    except (ArgumentError, ValueError) as error:
        raise Failed(f"the database cannot be opened: {error}", "see QUIZAPP_DATABASE_URL") from error


@contextmanager
def opened(config: Config) -> Iterator[Engine]:
    """Open the database whatever its schema."""
    with told_plainly():
        config.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        engine = make_engine(config.url)
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def ready(config: Config) -> Iterator[Engine]:
    """Open a database that has this program's schema; an empty one is given it."""
    with opened(config) as engine:
        revision = current(engine)
        if revision is None:
            upgrade(engine, backup_to=None)
        elif revision != head():
            raise Failed("the database has another schema than this quizapp", "run quizapp db upgrade")
        yield engine


@contextmanager
def writing(config: Config) -> Iterator[Session]:
    """Give a session in a writing transaction, committed at the end unless something fails."""
    with ready(config) as engine, Session(engine, expire_on_commit=False) as session:
        begin_writing(session)
        yield session
        session.commit()


@contextmanager
def reading(config: Config) -> Iterator[Session]:
    """Give a session that only reads."""
    with ready(config) as engine, Session(engine) as session:
        yield session
