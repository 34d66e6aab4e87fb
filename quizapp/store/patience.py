"""A PostgreSQL connection that gives up on a server that is there and says nothing.

The server's own time limits end long statements, but a frozen server keeps none, and its machine acknowledges every
packet, so that no option of TCP notices either. Only the client can count the seconds.
"""

from collections.abc import Generator
from time import monotonic
from typing import Any

import psycopg
from psycopg.rows import TupleRow

ANSWER_SECONDS = 3.5
"""A little more than the server's limit for a statement, which speaks first while the server is alive."""

PING_SECONDS = 1.0
"""For what travels outside a transaction: the ping of a connection that was idle, before a new one is tried."""


class PatientConnection(psycopg.Connection[TupleRow]):
    """Waits for each answer so long and no longer; then it is closed and OperationalError is raised."""

    hurried = True

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 -- psycopg's own
        """Carry a conversation with the server to its end."""
        if self.hurried:
            gen = self._bounded(gen, PING_SECONDS if self.autocommit else ANSWER_SECONDS)
        return super().wait(gen, *args, **kwargs)

    def commit(self) -> None:
        """Commit; the next transaction hurries again."""
        try:
            super().commit()
        finally:
            self.hurried = True

    def rollback(self) -> None:
        """Roll back; the next transaction hurries again."""
        try:
            super().rollback()
        finally:
            self.hurried = True

    def _bounded(self, gen: Generator[Any, Any, Any], seconds: float) -> Generator[Any, Any, Any]:
        """Pass everything through; psycopg asks again at short intervals while nothing comes."""
        end = monotonic() + seconds
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and monotonic() > end:
                    self.close()
                    raise psycopg.OperationalError(f"the server has not answered for {seconds} s")
                wanted = gen.send(ready)
        except StopIteration as done:
            return done.value
