"""Command groups that import a command's module only when it is called, so that `--help` answers at once."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, NoReturn

import click

from quizapp.cli.terminal import say_error


@dataclass(frozen=True, slots=True)
class Later:
    """Where a command is written (the module's `command`) and the line that lists it."""

    module: str
    line: str


class LazyGroup(click.Group):
    """A group that knows the names and lines of its commands, and their modules only by name."""

    def __init__(self, name: str, later: Mapping[str, Later], **settings: Any) -> None:  # noqa: ANN401 -- click's own
        super().__init__(name, no_args_is_help=True, **settings)
        self.later = later

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Name the commands in the order in which they are wanted."""
        return list(self.later)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's signature
        """Import a command."""
        known = self.later.get(cmd_name)
        if known is None:
            return None
        command: click.Command = import_module(known.module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's signature
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, later.line) for name, later in self.later.items()])


class Program(LazyGroup):
    """The outermost group: every error is one line on stderr, and the exit status is 0, 1 or 2."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:  # type: ignore[override]  # noqa: ANN401 -- overloads of click that differ in what they return
        """Run the command line; in stand-alone mode leave with its exit status."""
        if not extra.pop("standalone_mode", True):
            return super().main(args, prog_name, standalone_mode=False, **extra)
        return _run(partial(super().main, args, prog_name, standalone_mode=False, **extra))


def _run(run: Callable[[], Any]) -> NoReturn:
    try:
        status = run()
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "quizapp"
        say_error(error.format_message(), getattr(error, "hint", "") or f"see {path} --help")
        sys.exit(error.exit_code)
    except click.ClickException as error:
        say_error(error.format_message(), getattr(error, "hint", ""))
        sys.exit(error.exit_code)
    except click.Abort:
        say_error("stopped", "")
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)
