"""A server that can be killed and started again on the same port."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("serve.py")
SECRET = "k" * 40


@dataclass
class Server:
    """The site over a data folder and a database, in a process of its own; what it logs goes to `log`."""

    folder: Path
    url: URL
    port: int = 0
    starts: int = 0
    process: "subprocess.Popen[str] | None" = field(default=None, repr=False)

    @property
    def log(self) -> Path:
        """Give the file of what the server wrote to its standard error."""
        return self.folder / "server.log"

    @property
    def pid(self) -> int:
        """Give the number of the process that runs."""
        assert self.process is not None
        return self.process.pid

    def start(self) -> None:
        """Start, on the port of the first time, and wait until it listens."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(  # noqa: S603 - this Python, this folder's script
                [sys.executable, str(SCRIPT), str(self.port)],
                cwd=ROOT,
                env=environment(self.folder, self.url),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.log.read_text()
        self.port, self.starts = int(line), self.starts + 1

    def kill(self) -> None:
        """Kill it as `kill -9` does: it has no time for anything."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None


@contextmanager
def running(folder: Path, url: URL) -> Iterator[Server]:
    """Run a server for as long as the caller holds on."""
    server = Server(folder, url)
    try:
        server.start()
        yield server
    finally:
        server.kill()


def environment(folder: Path, url: URL) -> dict[str, str]:
    """Give the environment in which `quizapp` and the server find this site."""
    ours = {
        "QUIZAPP_DATA": str(folder),
        "QUIZAPP_DATABASE_URL": url.render_as_string(hide_password=False),
        "QUIZAPP_SECRET_KEY": SECRET,
    }
    return {**os.environ, **ours}
