"""How tests call the command line."""

from pathlib import Path
from typing import Protocol

from click.testing import CliRunner, Result

from quizapp.cli import main


class Call(Protocol):
    """Runs `quizapp` with arguments."""

    def __call__(self, *arguments: str | Path, stdin: str = "") -> Result:
        """Give what it wrote and its exit status."""


def call_quizapp(*arguments: str | Path, stdin: str = "") -> Result:
    """Run `quizapp` in this process."""
    return CliRunner().invoke(main, [str(each) for each in arguments], input=stdin, catch_exceptions=False)
