"""What nobody writes by hand is refused before it costs anything."""

import json
import os
from functools import partial
from pathlib import Path

import pytest
from support.effort import calls
from support.hostile import FILES, GROWING, HEAD

from quizapp.core.knowledge.limits import MOST_BYTES
from quizapp.core.knowledge.problems import MOST_SHOWN
from quizapp.core.knowledge.read import Text, read
from quizapp.core.knowledge.reading import Problem

HOSTILE = Path(os.environ.get("QUIZAPP_HOSTILE") or "no-samples")
NO_SAMPLES = "QUIZAPP_HOSTILE names no folder of hostile samples; those below cover the same kinds"


def refused(content: str | bytes) -> tuple[Problem, ...]:
    """Read content that must be refused, by no more problems than anybody reads."""
    reading = read(Text("upload.yaml", content))
    assert reading.bank is None
    assert 1 <= len(reading.problems) <= MOST_SHOWN + 1
    return reading.problems


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_a_short_list_of_problems_at_their_places(name: str) -> None:
    lines = FILES[name].split("\n")
    for problem in refused(FILES[name]):
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert "\n" not in problem.message


@pytest.mark.parametrize("name", GROWING)
def test_the_work_of_refusing_a_hostile_file_grows_with_its_length(name: str) -> None:
    write, most = GROWING[name]
    half, whole = (calls(partial(refused, write(parts))) for parts in (most // 8, most // 4))
    assert whole < 3 * half


def test_past_the_most_shown_a_problem_is_only_counted() -> None:
    few, many = (refused(HEAD + "".join(f"k{n}: x\n" for n in range(count))) for count in (MOST_SHOWN, 2_000))
    assert len(few) == MOST_SHOWN
    assert many[:MOST_SHOWN] == few
    assert many[-1].message == "and 1900 more problems"


def test_a_file_of_five_million_bytes_is_read_and_one_more_is_not() -> None:
    padding = "# " + "x" * 98 + "\n"
    body = HEAD + "cards:\n  a: {front: F, back: B}\n"
    full = body + padding * ((MOST_BYTES - len(body)) // len(padding))
    assert read(Text("a", full.encode())).bank is not None
    (problem,) = refused((full + padding * 2).encode())
    assert "5,000,000" in problem.message


def test_twelve_levels_are_read_and_thirteen_are_told_at_their_place() -> None:
    shallow = refused(HEAD + "cards: " + "[" * 11 + "]" * 11 + "\n")
    assert not any("nests deeper" in problem.message for problem in shallow)
    (problem,) = refused(HEAD + "cards: " + "[" * 12 + "]" * 12 + "\n")
    assert str(problem) == "upload.yaml:5:19: the file nests deeper than 12 levels"


@pytest.mark.parametrize("content", [b"title: \xff\n", b"a: b\ntitle: \xc3\n", "title: ä\n".encode("latin-1")])
def test_bytes_that_are_not_utf_8_are_told_at_their_place(content: bytes) -> None:
    (problem,) = refused(content)
    assert "not UTF-8" in problem.message
    assert problem.hint == "save the file as UTF-8"
    assert (problem.line, problem.column) == (content.count(b"\n", 0, len(content) - 1) + 1, 8)


def test_utf_16_is_refused() -> None:
    assert "not UTF-8" in refused(HEAD.encode("utf-16"))[0].message


def test_a_strange_character_is_told_at_its_place() -> None:
    problems = refused(HEAD + "cards:\n  a: {front: a\x00b, back: c\u2028d}\n")
    assert [str(problem) for problem in problems] == [
        "upload.yaml:6:15: a NUL character in the text",
        "upload.yaml:6:26: an invisible line separator in the text",
    ]


def test_script_in_every_field_is_text() -> None:
    script = '"<script>alert(1)</script>"'
    reading = read(
        Text("a", HEAD.replace("Demo", script) + f"cards:\n  a: {{front: {script}, back: {script}, why: {script}}}\n")
    )
    assert reading.bank is not None
    assert reading.bank.title == "<script>alert(1)</script>"


@pytest.mark.skipif(not HOSTILE.is_dir(), reason=NO_SAMPLES)
def test_the_hostile_collection_is_refused_or_harmless() -> None:
    manifest = json.loads((HOSTILE / "manifest.json").read_text(encoding="utf-8"))
    samples = [sample for sample in manifest if sample["path"].startswith("yaml/")]
    assert samples
    for sample in samples:
        reading = read(Text(sample["path"], (HOSTILE / sample["path"]).read_bytes()))
        assert len(reading.problems) <= MOST_SHOWN + 1, sample["path"]
        if sample["expect"] == "reject":
            assert reading.bank is None, sample["path"]
            assert reading.problems, sample["path"]
        else:
            assert (reading.bank is None) == bool(reading.problems), sample["path"]


@pytest.mark.skipif(not HOSTILE.is_dir(), reason=NO_SAMPLES)
def test_naughty_strings_come_back_to_the_letter_or_are_refused() -> None:
    strings = json.loads((HOSTILE / "lists" / "blns.json").read_text(encoding="utf-8"))
    kept = 0
    for text in strings:
        if not text.strip():
            continue
        quoted = json.dumps(text, ensure_ascii=True)
        reading = read(Text("a", f"{HEAD}statements:\n  s: {{is: true, say: {quoted}}}\n"))
        if reading.bank is None:
            assert any("an escape" in problem.message for problem in reading.problems), (text, reading.problems)
        else:
            assert reading.bank.facts["statements.s"].say == text  # type: ignore[union-attr]  # it is a statement
            kept += 1
    assert kept > 400
