"""The server and the command line write one SQLite file at once without disturbing each other."""

import subprocess
import sys
from pathlib import Path

from reliability.crowd import PASSWORD, audit, crowd
from reliability.pages import Visit
from reliability.server import ROOT, Server, environment

COMMANDS = 2


def quizapp(server: Server, *arguments: str | Path, stdin: str = "") -> str:
    """Run a command as an operator does; an exit status other than 0 fails."""
    done = subprocess.run(  # noqa: S603 - this Python, this program
        [sys.executable, "-m", "quizapp", *map(str, arguments)],
        cwd=ROOT,
        env=environment(server.folder, server.url),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_commands_work_while_answers_are_written(server: Server, tmp_path: Path) -> None:
    people = crowd(server.port, 4, seed=21)
    newcomers = [f"newcomer-{number}@example.org" for number in range(COMMANDS)]
    with people.at_work():
        people.until(lambda: all(each.receipts for each in people.learners))
        before = len(people.receipts)
        for email in newcomers:
            quizapp(server, "user", "add", email, "--password-stdin", stdin=f"{PASSWORD}\n")
            quizapp(server, "data", "backup", tmp_path / f"{email}.sqlite3")
        assert quizapp(server, "data", "verify") == "0 differences\n"
        people.until(lambda: len(people.receipts) > before)
    assert audit(server.url, people.receipts) == []
    for email in newcomers:
        Visit(server.port).log_in(email, PASSWORD)
