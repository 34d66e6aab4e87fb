"""What all commands share: how they fail, show progress, and write for people and for programs."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class Failed(click.ClickException):
    """The command could not do what was asked; `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Misused(Failed):
    """The command was told something that it cannot use."""

    exit_code = 2


def say_error(message: str, hint: str) -> None:
    """Write an error as one line on stderr, the hint behind it."""
    line = " ".join(message.split()).rstrip(".")
    click.echo(f"error: {line}" + (f" ({hint})" if hint else ""), err=True)


def say_note(message: str) -> None:
    """Write what is worth knowing to stderr, so that what a program reads stays clean."""
    click.echo(f"note: {message}", err=True)


def data_option(command: Command) -> Command:
    """Let a command be told where the data lies."""
    return click.option(
        "--data", metavar="DIR", help="Data folder; default: QUIZAPP_DATA, else ~/.local/share/quizapp."
    )(command)


def json_option(meaning: str) -> Callable[[Command], Command]:
    """Let a command write for programs."""
    return click.option("--json", "as_json", is_flag=True, help=meaning)


def write_json(value: object) -> None:
    """Write one JSON value on one line."""
    click.echo(json.dumps(value, ensure_ascii=False))


def write_table(head: Sequence[str], rows: Iterable[Sequence[str]], widest: int = 60) -> None:
    """Write rows under a head, columns lined up, long texts cut."""
    lines = [tuple(head), *(tuple(_cut(text, widest) for text in row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    for line in lines:
        click.echo("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function to tell what is done of how much; a bar shows it where somebody looks on."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield tell


def _cut(text: str, widest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= widest else line[: widest - 1] + "…"
