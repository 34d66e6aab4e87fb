"""`quizapp bank`: what it says of translations, of tags in another language, and of facts that are never asked."""

import json
from pathlib import Path
from typing import Any

from support.command_line import Call


def checked(call: Call, *arguments: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call("bank", "check", *arguments, "--json").stdout)
    return found


def overlay(folder: Path, *lines: str) -> None:
    path = folder / "sourcing-test.sv.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_check_says_at_the_overlay_what_it_leaves_out_and_how_many(call: Call, folder: Path) -> None:
    result = call("bank", "check", folder)
    assert result.exit_code == 0
    (said,) = [line for line in result.stdout.splitlines() if "not translated yet" in line]
    assert "sourcing-test.sv.yaml:1:1: warning:" in said
    assert "the texts of 16 facts" in said
    assert "3 titles" in said
    assert "2 tags" in said


def test_the_figures_are_in_the_json_for_each_language(call: Call, folder: Path) -> None:
    found = {bank["language"]: bank for bank in checked(call, folder)["banks"]}
    assert set(found["en"]["left_out"].values()) == {0}
    assert found["sv"]["left_out"]["texts"] == 16
    assert found["sv"]["left_out"]["tags"] == 2
    assert found["sv"]["left_out"]["descriptions"] == 0
    assert found["sv"]["untranslated"] == 16


def test_an_overlay_that_says_more_leaves_out_less(call: Call, folder: Path) -> None:
    overlay(folder, "tags: {sourcing: inköp}", "sources: {lecture: Föreläsning}")
    left = {bank["language"]: bank["left_out"] for bank in checked(call, folder)["banks"]}["sv"]
    assert (left["tags"], left["sources"]) == (1, 0)


def test_a_tag_that_the_source_has_not_is_an_error(call: Call, folder: Path) -> None:
    overlay(folder, "tags: {sourcin: inköp}")
    result = call("bank", "check", folder)
    assert result.exit_code == 1
    assert 'the source has no tag "sourcin"' in result.stdout
    assert 'did you mean "sourcing"?' in result.stdout


def test_a_fact_that_is_asked_in_no_form_is_a_warning_with_the_reason(call: Call, folder: Path) -> None:
    found = checked(call, folder)
    assert next(bank for bank in found["banks"] if bank["language"] == "en")["without_form"] == [
        "questions.forgotten-cost"
    ]
    (said,) = [problem for problem in found["problems"] if problem["rule"] == "F2"]
    assert said["severity"] == "warning"
    assert "repeats words of its question" in said["message"]


def test_facts_have_the_names_of_their_tags_beside_the_tags(call: Call, folder: Path) -> None:
    overlay(folder, "tags: {contract: avtal}")
    rows = [
        json.loads(line) for line in call("bank", "facts", folder, "--language", "sv", "--json").stdout.splitlines()
    ]
    fact = next(row for row in rows if row["id"] == "cards.sla")
    assert (fact["tags"], fact["tag_names"]) == (["contract"], ["avtal"])
