"""`quizapp bank sync`: a folder followed from a hook or a timer."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import URL, select
from sqlalchemy.orm import Session
from support.command_line import Call

from quizapp.store import models
from quizapp.store.engine import make_engine

pytestmark = pytest.mark.usefixtures("database")


def edit(folder: Path, old: str, new: str, name: str = "sourcing-test.yaml") -> None:
    path = folder / name
    content = path.read_text(encoding="utf-8")
    assert content.count(old) == 1
    path.write_text(content.replace(old, new), encoding="utf-8")


def versions(database: URL) -> list[int]:
    engine = make_engine(database)
    with Session(engine) as session:
        numbers = list(session.scalars(select(models.BankVersion.number).order_by(models.BankVersion.id)))
    engine.dispose()
    return numbers


def test_a_folder_that_is_not_there_is_a_wrong_use(call: Call, tmp_path: Path) -> None:
    assert call("bank", "sync", tmp_path / "nothing").exit_code == 2


def test_a_file_is_no_folder(call: Call, folder: Path) -> None:
    assert call("bank", "sync", folder / "sourcing-test.yaml").exit_code == 2


def test_a_folder_without_banks_is_a_wrong_use(call: Call, tmp_path: Path) -> None:
    result = call("bank", "sync", tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: no knowledge file in")


def test_every_problem_is_told_with_its_place_and_nothing_is_published(call: Call, folder: Path, database: URL) -> None:
    (folder / "other.yaml").write_text("knowledge: 1\nid: other\nlanguage: en\ntitel: Other\n", encoding="utf-8")
    edit(folder, "What does TCO stand for?", "What: does TCO stand for?")
    result = call("bank", "sync", folder)
    assert result.exit_code == 1
    assert f"{folder / 'other.yaml'}:4:1: " in result.stdout
    assert f"{folder / 'sourcing-test.yaml'}:48:" in result.stdout
    assert "hint: did you mean" in result.stdout
    assert result.stderr.startswith("error: nothing was published: ")
    assert result.stderr.count("\n") == 1
    assert versions(database) == []


def test_an_overlay_without_its_source_stops_it(call: Call, folder: Path, database: URL) -> None:
    (folder / "sourcing-test.yaml").unlink()
    result = call("bank", "sync", folder)
    assert result.exit_code == 1
    assert "sourcing-test.sv.yaml:1:1: no source file" in result.stdout
    assert versions(database) == []


def test_problems_are_told_to_programs_too(call: Call, folder: Path) -> None:
    edit(folder, "What does TCO stand for?", "What: does TCO stand for?")
    result = call("bank", "sync", folder, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["banks"] == []
    assert told["published"] is False
    assert {problem["severity"] for problem in told["problems"]} == {"error"}


def test_a_dry_run_tells_the_plan_and_changes_nothing(call: Call, folder: Path, database: URL) -> None:
    result = call("bank", "sync", folder, "--dry-run")
    assert result.exit_code == 0
    assert result.stdout == "sourcing-test: new, version 1\n  17 facts added\n1 to publish, 0 unchanged\n"
    assert versions(database) == []


def test_a_folder_is_published_and_then_unchanged(call: Call, folder: Path, database: URL) -> None:
    assert (
        call("bank", "sync", folder).stdout
        == "sourcing-test: new, version 1\n  17 facts added\n1 published, 0 unchanged\n"
    )
    assert call("bank", "sync", folder).stdout == "0 published, 1 unchanged\n"
    assert versions(database) == [1]


def test_what_changed_is_published_with_its_plan(call: Call, folder: Path, database: URL) -> None:
    call("bank", "sync", folder)
    edit(folder, "What does TCO stand for?", "What is TCO short for?")
    result = call("bank", "sync", folder)
    assert "sourcing-test: changed, version 2\n" in result.stdout
    assert "  1 reworded: kept\n" in result.stdout
    assert versions(database) == [1, 2]


def test_programs_read_what_was_done(call: Call, folder: Path) -> None:
    told = json.loads(call("bank", "sync", folder, "--json").stdout)
    assert told == {
        "banks": [
            {
                "bank": "sourcing-test",
                "path": str(folder / "sourcing-test.yaml"),
                "status": "new",
                "version": 1,
                "summary": ["17 facts added"],
                "keeps_every_memory": True,
            }
        ],
        "problems": [],
        "published": True,
    }


def test_an_edit_in_the_browser_stops_it_until_forced(call: Call, folder: Path, database: URL) -> None:
    call("bank", "sync", folder)
    call("user", "add", "ada@example.org", "--role", "instructor", "--name", "Ada")
    engine = make_engine(database)
    with Session(engine) as session:
        version = session.scalars(select(models.BankVersion)).one()
        version.published_by = session.scalars(select(models.User.id)).one()
        version.digest = "0" * 64
        session.commit()
    engine.dispose()
    edit(folder, "What does TCO stand for?", "What is TCO short for?")
    result = call("bank", "sync", folder)
    assert result.exit_code == 1
    assert "was edited in the browser: version 1" in result.stdout
    assert "by Ada" in result.stdout
    assert "--force" in result.stdout
    assert call("bank", "sync", folder, "--force").exit_code == 0
    assert versions(database) == [1, 2]


def test_a_hook_and_a_timer_at_once_publish_once(call: Call, folder: Path, database: URL) -> None:
    call("user", "list")
    command = [sys.executable, "-m", "quizapp", "bank", "sync", str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]  # noqa: S603 -- this program
    said = sorted(process.communicate(timeout=60)[0].splitlines()[-1] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said == ["0 published, 1 unchanged", "1 published, 0 unchanged"]
    assert versions(database) == [1]
