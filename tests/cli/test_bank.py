"""`quizapp bank`: checking, planning and listing files without a database, publishing with one."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, select
from sqlalchemy.orm import Session
from support.command_line import Call

from quizapp.store.engine import make_engine
from quizapp.store.models import Bank, Fact

EVERY_FACT = {"bank", "id", "section", "prompt", "answer", "why", "source", "language", "translated"}
EVERY_ITEM = {
    "bank", "form", "facts", "stem", "options", "premises", "responses", "pairs", "guess_rate", "warnings",
}  # fmt: skip


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def edit(folder: Path, old: str, new: str) -> Path:
    """Give a copy of the bank with a text changed."""
    source = (folder / "sourcing-test.yaml").read_text(encoding="utf-8")
    assert old in source
    copy = folder.parent / "edited.yaml"
    copy.write_text(source.replace(old, new), encoding="utf-8")
    return copy


def test_a_folder_without_knowledge_files_is_refused(call: Call, tmp_path: Path) -> None:
    result = call("bank", "check", tmp_path)
    assert result.exit_code == 2
    assert "no knowledge file in" in result.stderr


def test_check_tells_an_error_with_its_place_the_line_and_what_to_do(call: Call, folder: Path) -> None:
    result = call("bank", "check", edit(folder, "back: Total cost", "bock: Total cost"))
    assert result.exit_code == 1
    place, *rest = result.stdout.splitlines()
    assert "edited.yaml:" in place
    assert any("bock" in line for line in rest)
    assert any("hint:" in line for line in rest)
    assert result.stdout.splitlines()[-1].startswith(("1 error,", "2 errors,"))


def test_check_tells_the_problems_of_all_files_at_once(call: Call, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(f"knowledge: 1\nid: {name}\n", encoding="utf-8")
    found = json.loads(call("bank", "check", tmp_path, "--json").stdout)
    assert {Path(problem["path"]).name for problem in found["problems"]} == {"one.yaml", "two.yaml"}
    assert found["errors"] == len(found["problems"])


def test_a_sound_bank_passes_and_its_forms_are_counted(call: Call, folder: Path) -> None:
    result = call("bank", "check", folder, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["errors"] == 0
    assert {bank["language"] for bank in found["banks"]} == {"en", "sv"}
    assert all(bank["facts_by_form"]["choice"] > 0 for bank in found["banks"])


def test_warnings_fail_only_when_asked_to(call: Call, folder: Path) -> None:
    warned = json.loads(call("bank", "check", folder, "--json").stdout)["warnings"]
    assert warned > 0
    assert call("bank", "check", folder, "--strict").exit_code == 1


def test_an_overlay_without_its_source_is_an_error(call: Call, folder: Path) -> None:
    result = call("bank", "check", folder / "sourcing-test.sv.yaml")
    assert result.exit_code == 1
    assert "no source file" in result.stdout


def test_facts_of_a_broken_file_are_refused(call: Call, folder: Path) -> None:
    result = call("bank", "facts", edit(folder, "title: Sourcing models", ""))
    assert result.exit_code == 1
    assert "quizapp bank check tells all" in result.stderr


def test_facts_are_one_json_object_a_line(call: Call, folder: Path) -> None:
    facts = lines(call("bank", "facts", folder, "--json").stdout)
    assert all(set(fact) >= EVERY_FACT for fact in facts)
    cell = next(fact for fact in facts if fact["id"] == "models.staff.out")
    assert cell["prompt"] == "Whose staff does the work in Outsourcing?"
    assert cell["answer"] == "The supplier's staff"
    assert cell["source"] == ["Lecture 4, sourcing models"]
    assert cell["language"] == "en"
    assert cell["translated"] is True


def test_facts_come_in_another_language_and_say_what_is_not_translated(call: Call, folder: Path) -> None:
    english = lines(call("bank", "facts", folder, "--json").stdout)
    swedish = lines(call("bank", "facts", folder, "--language", "sv", "--json").stdout)
    assert [fact["id"] for fact in swedish] == [fact["id"] for fact in english]
    answers = {fact["id"]: fact["answer"] for fact in english}
    for fact in swedish:
        assert fact["language"] == "sv"
        if not fact["translated"]:
            assert fact["answer"] == answers[fact["id"]]
    assert {fact["translated"] for fact in swedish} == {True, False}


def test_a_language_that_a_bank_lacks_gives_its_source_texts_and_a_note(call: Call, folder: Path) -> None:
    result = call("bank", "facts", folder, "--language", "fi", "--json")
    assert result.exit_code == 0
    assert not any(fact["translated"] for fact in lines(result.stdout))
    assert "no edition in fi" in result.stderr


def test_items_are_one_json_object_a_line_and_break_no_rule(call: Call, folder: Path) -> None:
    result = call("bank", "items", folder, "--per-fact", "2", "--json")
    assert result.exit_code == 0
    items = lines(result.stdout)
    assert all(set(item) >= EVERY_ITEM for item in items)
    assert {"choice", "matching", "true-false", "cloze", "typed", "flashcard"} == {item["form"] for item in items}
    for item in items:
        if item["form"] == "choice":
            assert sum(option["correct"] for option in item["options"]) == 1
            assert item["guess_rate"] == 1 / len(item["options"])
        if item["form"] == "matching":
            assert [premise for premise, _ in item["pairs"]] == item["premises"]
            assert {response for _, response in item["pairs"]} <= set(item["responses"])


def test_the_same_seed_gives_the_same_items_and_another_seed_others(call: Call, folder: Path) -> None:
    def items(seed: str) -> str:
        return call("bank", "items", folder, "--form", "choice", "--seed", seed, "--json").stdout

    assert items("1") == items("1")
    assert items("1") != items("2")


def test_a_plan_that_cannot_be_published_fails(call: Call, folder: Path) -> None:
    result = call("bank", "plan", folder / "sourcing-test.yaml", edit(folder, "id: sourcing-test", "id: renamed"))
    assert result.exit_code == 1
    assert "cannot become renamed" in result.stdout


def test_a_plan_says_what_becomes_of_memories(call: Call, folder: Path) -> None:
    changed = edit(folder, "Total cost of ownership", "Target cost of operation")
    result = call("bank", "plan", folder / "sourcing-test.yaml", changed, "--json")
    assert result.exit_code == 0
    (told,) = lines(result.stdout)
    assert told["summary"]["relearn"] == 1
    assert told["keeps_every_memory"] is False
    assert {"outcome": "relearn", "fact": "cards.tco"} in told["outcomes"]


def test_a_broken_file_publishes_nothing_of_what_came_with_it(call: Call, folder: Path, database: URL) -> None:
    broken = edit(folder, "id: sourcing-test\n", "id: another\nrubbish: 1\n")
    result = call("bank", "add", folder, broken)
    assert result.exit_code == 1
    assert banks(database) == {}


def test_added_banks_are_published_with_all_their_facts(call: Call, folder: Path, database: URL) -> None:
    assert call("bank", "add", folder).exit_code == 0
    facts = lines(call("bank", "facts", folder, "--json").stdout)
    assert banks(database) == {"sourcing-test": len(facts)}


def test_adding_the_same_files_again_changes_nothing(call: Call, folder: Path, database: URL) -> None:
    call("bank", "add", folder)
    result = call("bank", "add", folder)
    assert result.stdout == "sourcing-test: unchanged\n"
    assert len(banks(database)) == 1


@pytest.mark.parametrize("form", ["essay", ""])
def test_an_unknown_form_is_a_wrong_use(call: Call, folder: Path, form: str) -> None:
    assert call("bank", "items", folder, "--form", form).exit_code == 2


def banks(url: URL) -> dict[str, int]:
    """Count the facts of each bank in the database."""
    engine = make_engine(url)
    with Session(engine) as session:
        rows = session.execute(select(Bank.key, Fact.id).join(Fact, Fact.bank_id == Bank.id)).all()
    engine.dispose()
    return {key: sum(other == key for other, _ in rows) for key, _ in rows}
