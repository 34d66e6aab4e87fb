"""The command line as a whole: quick, in one line, with an exit status."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from support.command_line import Call

from quizapp.cli import main
from quizapp.cli.lazy import LazyGroup

HEAVY = ("flask", "sqlalchemy", "alembic", "numpy")


def commands(group: click.Group, path: str = "quizapp") -> Iterator[tuple[str, click.Command]]:
    """Walk through every command with its path."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


def test_an_unknown_command_is_refused_in_one_line_with_a_hint(call: Call) -> None:
    result = call("bnak")
    assert result.exit_code == 2
    assert result.stderr == "error: No such command 'bnak' (see quizapp --help)\n"


def test_a_path_that_is_not_there_is_a_wrong_use(call: Call, tmp_path: Path) -> None:
    result = call("bank", "check", tmp_path / "nothing.yaml")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_a_setting_that_cannot_be_used_is_named(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZAPP_RETENTION", "1.5")
    result = call("user", "list")
    assert result.exit_code == 2
    assert "QUIZAPP_RETENTION takes 0.7 to 0.97" in result.stderr


def test_a_database_that_does_not_answer_is_told_in_one_line(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QUIZAPP_DATA", str(tmp_path))
    monkeypatch.setenv("QUIZAPP_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    result = call("user", "list")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: the database cannot be used")
    assert result.stderr.count("\n") == 1


def test_every_command_explains_itself(call: Call) -> None:
    for path, command in commands(main):
        result = call(*path.split()[1:], "--help")
        assert result.exit_code == 0, path
        assert command.help, path


def test_every_option_says_what_it_does() -> None:
    for path, command in commands(main):
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{path} {parameter.opts[0]}"


def test_the_list_of_commands_says_what_each_says_of_itself() -> None:
    for path, command in [("quizapp", main), *commands(main)]:
        if isinstance(command, LazyGroup):
            context = click.Context(command)
            for name, later in command.later.items():
                loaded = command.get_command(context, name)
                assert loaded is not None
                assert loaded.name == name
                first = (loaded.help or "").split("\n\n")[0].replace("\n", " ").strip()
                assert first.split(".")[0] == later.line.split(";")[0].rstrip("."), f"{path} {name}"


@pytest.mark.parametrize("arguments", [["--help"], ["bank", "check", "questions"], ["bank", "facts", "questions"]])
def test_what_needs_no_database_imports_none(arguments: list[str]) -> None:
    program = (
        "import sys\nfrom quizapp.cli import main\n"
        "try:\n    main(sys.argv[1:], 'quizapp')\nexcept SystemExit:\n    pass\n"
        f"sys.exit(','.join(name for name in {HEAVY!r} if name in sys.modules) or 0)"
    )
    done = subprocess.run(  # noqa: S603 -- this very Python
        [sys.executable, "-c", program, *arguments], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_help_loads_nothing_of_the_program_but_its_command_line() -> None:
    program = (
        "import sys\nfrom quizapp.cli import main\n"
        "try:\n    main(['--help'], 'quizapp')\nexcept SystemExit:\n    pass\n"
        "print(*sorted(name for name in sys.modules if name.startswith('quizapp')))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603 -- this very Python
    assert done.stdout.splitlines()[-1].split() == [
        "quizapp",
        "quizapp.cli",
        "quizapp.cli.lazy",
        "quizapp.cli.terminal",
    ]


def test_python_m_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "quizapp", "--version"], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("quizapp, version ")
