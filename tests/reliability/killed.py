"""Deeds on databases that are killed on the way: `python killed.py upgrade|publish`.

Addresses come on standard input, one a line. On the first the deed is done in full and its statements are counted;
on each other one a process of its own is killed, at points spread evenly, on the last right before the commit.
"""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from quizapp.actions.banks import publish_shipped
from quizapp.paths import bundled
from quizapp.store import schema
from quizapp.store.engine import begin_writing, make_engine


def main() -> None:
    """Do the deed on every database and write how many statements it has."""
    deed, (whole, *others) = DEEDS[sys.argv[1]], sys.stdin.read().split()
    engine = make_engine(whole)
    statements = count()
    event.listen(engine, "before_cursor_execute", lambda *_: next(statements))
    deed(engine)
    engine.dispose()
    total = next(statements)
    for number, url in enumerate(others, 1):
        point = total * number // len(others) if number < len(others) else None
        child = os.fork()
        if not child:
            _do_until(url, deed, point)
        if not os.WIFSIGNALED(os.waitpid(child, 0)[1]):
            sys.exit(f"{url} was not killed at statement {point} of {total}")
    sys.stdout.write(f"{total}\n")


def upgrade(engine: Engine) -> None:
    """Bring a database to its schema."""
    schema.upgrade(engine, backup_to=None)


def publish(engine: Engine) -> None:
    """Publish the shipped banks as the start of the program does."""
    with Session(engine) as session:
        begin_writing(session)
        publish_shipped(session, bundled("questions"), now=datetime.now(UTC))
        session.commit()


DEEDS: Mapping[str, Callable[[Engine], None]] = {"upgrade": upgrade, "publish": publish}


def _do_until(url: str, deed: Callable[[Engine], None], point: int | None) -> None:
    """Do the deed and die before the statement of that number, None: before the commit."""
    engine = make_engine(url)
    statements = count(1)

    def die(*_: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if point is None:
        event.listen(engine, "commit", die)
    else:
        event.listen(engine, "before_cursor_execute", lambda *_: die() if next(statements) == point else None)
    deed(engine)
    os._exit(0)


if __name__ == "__main__":
    main()
