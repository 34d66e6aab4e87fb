"""A PostgreSQL server of one's own in a temporary folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

NO_BINARIES = "no PostgreSQL: apt-get install postgresql, or name a server in QUIZAPP_TEST_POSTGRES_URL"


def binaries() -> Path | None:
    """Find the folder of PostgreSQL's newest programs."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    return folders[-1] if folders else Path(on_path).parent if on_path else None


@contextmanager
def server(programs: Path) -> Iterator[URL]:
    """Run a server that keeps nothing safe and is fast; root runs it as the user postgres, since it refuses root."""
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="quizapp-pg-"))
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, user=user, check=True, cwd=folder, stdout=subprocess.DEVNULL)  # noqa: S603 -- PostgreSQL's own programs

    settings = f"-k {folder} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run("pg_ctl", "-o", settings, "-l", str(folder / "log"), "-w", "-t", "120", "start")
        try:
            yield URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(folder)})
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
