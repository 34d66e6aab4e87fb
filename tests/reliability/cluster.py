"""A PostgreSQL server that can be frozen, killed and started again."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, create_engine, text
from support.postgres import server


@dataclass(frozen=True)
class Cluster:
    """A server of one's own; what it acknowledges survives its death."""

    programs: Path
    url: URL

    @property
    def folder(self) -> Path:
        """Give the folder of its socket and its data."""
        return Path(str(self.url.query["host"]))

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Stop every process of it where it stands; connections stay open and nothing is said."""
        processes = self._processes()
        _tell(processes, signal.SIGSTOP)
        try:
            yield
        finally:
            _tell(processes, signal.SIGCONT)

    @contextmanager
    def dead(self) -> Iterator[None]:
        """End it without warning, and start it again, which makes it recover from its log."""
        self._run("-m", "immediate", "-w", "stop")
        try:
            yield
        finally:
            options = f"-k {self.folder} -c listen_addresses= -c fsync=off"
            self._run("-o", options, "-l", str(self.folder / "log"), "-w", "-t", "120", "start")

    def database(self, name: str) -> URL:
        """Make a database."""
        admin = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
            connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = on"))
        admin.dispose()
        return self.url.set(database=name)

    def _processes(self) -> list[int]:
        """Name the postmaster, which goes first, and its children."""
        first = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text()
        return [first, *map(int, children.split())]

    def _run(self, *arguments: str) -> None:
        user = "postgres" if os.geteuid() == 0 else None
        command = [str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, user=user, check=True, cwd=self.folder, stdout=subprocess.DEVNULL)  # noqa: S603 -- PostgreSQL's own programs


@contextmanager
def own_cluster(programs: Path) -> Iterator[Cluster]:
    """Run a server for as long as the caller holds on."""
    with server(programs) as url:
        yield Cluster(programs, url)


def _tell(processes: list[int], sign: signal.Signals) -> None:
    for each in processes:
        with suppress(ProcessLookupError):  # a connection that ended meanwhile took its process along
            os.kill(each, sign)
