"""What a process keeps of each database, by version: used last, kept longest."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """A least-recently-used store for each database; threads may share it."""

    __slots__ = ("_databases", "_lock", "_size")

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._databases: WeakKeyDictionary[Engine, OrderedDict[int, Kept]] = WeakKeyDictionary()

    def get(self, session: Session, number: int) -> Kept | None:
        """Give what is kept under a number for the session's database."""
        with self._lock:
            kept = self._databases.get(_engine(session))
            if kept is None or number not in kept:
                return None
            kept.move_to_end(number)
            return kept[number]

    def put(self, session: Session, number: int, value: Kept) -> Kept:
        """Keep a value, drop what was not used for longest, and give the value back."""
        with self._lock:
            kept = self._databases.setdefault(_engine(session), OrderedDict())
            kept[number] = value
            kept.move_to_end(number)
            while len(kept) > self._size:
                kept.popitem(last=False)
        return value


def _engine(session: Session) -> Engine:
    bind = session.get_bind()
    return bind.engine if isinstance(bind, Connection) else bind
