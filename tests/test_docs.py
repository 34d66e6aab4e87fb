"""What is written about the program agrees with it, and the repository speaks of the product alone."""

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from quizapp.cli import main
from quizapp.config import Config

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

TEXTS = {".py", ".md", ".toml", ".yaml", ".html", ".css", ".js", ".txt", ".json", ".mako", ".svg", ".webmanifest", ""}
LOCKS = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "pylock.toml", "package-lock.json", "yarn.lock"}
OUTSIDE = [
    re.compile(r"(?<![\w.])/(work|tmp|root|home/\w+)/"),
    re.compile(r"\b(pypi\.org|pythonhosted|registry\.npmjs|index-url)", re.IGNORECASE),
    re.compile(r"\b(chat-?gpt|claude|copilot|language model|ai[- ]generated)\b", re.IGNORECASE),
]
"""What says where or with what the repository was written, instead of what it is."""


def commands(group: click.Group, path: str = "quizapp") -> Iterator[tuple[str, click.Command]]:
    """Walk through every command that does something, with its path."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        elif command is not None:
            yield f"{path} {name}", command


def files() -> list[Path]:
    """Give every file that git keeps or would keep; in a copy without git, every file that is not of a cache."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],  # noqa: S607 -- whatever git is there
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode == 0:
        paths = [ROOT / line for line in listed.stdout.splitlines()]
    else:
        paths = [path for path in ROOT.rglob("*") if not any(part.startswith((".", "__")) for part in path.parts)]
    return [path for path in paths if path.is_file()]


def test_readme_lists_every_setting_with_its_default_and_meaning() -> None:
    rows = dict(re.findall(r"^\| `(QUIZAPP_\w+)` \| (.+) \|$", README, re.MULTILINE))
    assert set(rows) == {f"QUIZAPP_{each.name.upper()}" for each in fields(Config)}
    for each in fields(Config):
        default = f"`{str(each.default).lower() if isinstance(each.default, bool) else each.default}`"
        shown = default if each.default != "" else "none"
        assert rows[f"QUIZAPP_{each.name.upper()}"] == f"{shown} | {each.metadata['meaning']}"


def test_readme_lists_every_command_and_no_other() -> None:
    assert sorted(path for path, _ in command_rows()) == sorted(path for path, _ in commands(main))


def test_readme_lists_every_option() -> None:
    rows = dict(command_rows())
    for path, command in commands(main):
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.opts[0] != "--data":
                assert parameter.opts[0] in rows[path], f"{path} {parameter.opts[0]}"


def command_rows() -> list[tuple[str, str]]:
    """Give each row of the commands' table with the path of its command."""
    return re.findall(r"^\| `(quizapp [a-z ]+?)((?: [\[A-Z-].*)?)` \|", README, re.MULTILINE)


@pytest.mark.parametrize(
    "document", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=lambda path: path.name
)
def test_every_link_inside_the_documents_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?://)([^)#]+)(?:#[^)]*)?\)", text):
        assert (document.parent / target).exists(), target


def test_contributing_names_the_commands_that_ci_runs() -> None:
    block = re.search(r"<!-- commands of \.ci/run -->\n+```\n(.*?)```", CONTRIBUTING, re.DOTALL)
    assert block
    wanted = [line for line in block[1].splitlines() if line]
    assert wanted
    for line in wanted:
        assert line in CI, line


def test_ci_runs_the_test_command_of_readme() -> None:
    (line,) = [line for line in README.splitlines() if "pytest" in line and line.startswith("python3 -m venv")]
    assert line in CI


def test_every_decision_has_a_date_and_its_four_parts() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert re.search(r"^Date: \d{4}-\d\d-\d\d$", text, re.MULTILINE), path.name
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Context", "Decision", "Status", "Consequences"], path.name


def test_constraints_hold_exact_versions_and_no_address() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9.]+", line) for line in lines)


def test_no_lock_file_is_kept() -> None:
    assert not [path for path in files() if path.name in LOCKS]


def test_the_repository_speaks_of_the_product_alone() -> None:
    for path in files():
        if path.suffix in TEXTS and "vendor" not in path.parts and path != Path(__file__).resolve():
            text = path.read_text(encoding="utf-8", errors="replace")
            for pattern in OUTSIDE:
                found = pattern.search(text)
                assert not found, f"{path.relative_to(ROOT)}: {found[0]}"


def test_every_lint_that_is_off_has_its_reason_beside_it() -> None:
    bare = re.compile(r"#\s*noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?\s*(?:$|#(?!\s*type:))", re.MULTILINE)
    for path in files():
        if path.suffix == ".py":
            found = bare.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path.relative_to(ROOT)}: {found[0]}"


def test_every_type_that_is_not_checked_has_its_reason_beside_it() -> None:
    bare = re.compile(r"#\s*type:\s*ignore(?:\[[\w,-]+\])?\s*$", re.MULTILINE)
    for path in files():
        if path.suffix == ".py":
            found = bare.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path.relative_to(ROOT)}: {found[0]}"


def test_every_module_says_in_its_first_line_what_it_is() -> None:
    for path in files():
        if path.suffix == ".py" and path.parent.name != "versions":
            said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
            assert said, path.relative_to(ROOT)
            assert said.split("\n\n")[0].endswith((".", "`")), path.relative_to(ROOT)
