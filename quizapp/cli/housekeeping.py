"""What the running program does by itself: close attempts whose time is up, and write down the day's forecasts."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread
from time import monotonic

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from quizapp.actions.attempts import close_overdue
from quizapp.actions.forecasting import forecasts_due, keep_forecasts
from quizapp.store.engine import begin_writing

EVERY = 30.0
"""Seconds between two rounds."""

FORECASTS_EVERY = 3600.0
"""Seconds between two looks for forecasts: they are made once a day; a class too small for one is looked at anew."""

AT_ONCE = 5
"""Attempts closed in one transaction, so that nobody's answer waits long for the write lock."""

_log = logging.getLogger(__name__)


@contextmanager
def housekeeping(engine: Engine, every: float = EVERY) -> Iterator[None]:
    """Keep house in a thread of its own for as long as the caller holds on; it ends between two transactions."""
    stop = Event()
    thread = Thread(target=_keep_house, args=(engine, every, stop), name="housekeeping", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def close_all(engine: Engine, stop: Event | None = None) -> int:
    """Close every attempt whose time is up, a few in a transaction, and count them."""
    closed = 0
    while stop is None or not stop.is_set():
        with Session(engine) as session:
            begin_writing(session)
            done = close_overdue(session, now=datetime.now(UTC), limit=AT_ONCE)
            session.commit()
        closed += done
        if not done:
            break
    return closed


def write_forecasts(engine: Engine) -> int:
    """Write down today's forecasts that are not written yet, and count them; worked out before anything is locked."""
    with Session(engine) as session:
        made = forecasts_due(session, now=datetime.now(UTC))
    if made:
        with Session(engine) as session:
            begin_writing(session)
            keep_forecasts(session, made)
            session.commit()
    return len(made)


def _keep_house(engine: Engine, every: float, stop: Event) -> None:
    """Go round until told to stop; what fails is logged and tried again in the next round."""
    forecasts_at = monotonic()
    while True:
        _tried("Attempts closed", "Attempts could not be closed", every, lambda: close_all(engine, stop))
        if not stop.is_set() and monotonic() >= forecasts_at:
            done = _tried("Forecasts written", "Forecasts could not be written", every, lambda: write_forecasts(engine))
            forecasts_at += FORECASTS_EVERY if done else 0.0
        if stop.wait(every):
            return


def _tried(success: str, failure: str, every: float, deed: Callable[[], int]) -> bool:
    """Do something, and say whether it went well; a round that fails must not end the rounds."""
    try:
        done = deed()
    except SQLAlchemyError as error:
        _log.warning("%s, tried again in %g s: %s", failure, every, type(error).__name__)
        return False
    except Exception:  # noqa: BLE001 -- as said
        _log.exception("%s, tried again in %g s", failure, every)
        return False
    if done:
        _log.info("%s: %d", success, done)
    return True
