"""What nobody writes by hand is refused before it costs anything."""

import json
import os
from pathlib import Path
from time import process_time

import pytest

from quizapp.core.knowledge.limits import LONGEST_LINE, MOST_BYTES
from quizapp.core.knowledge.read import Text, read
from quizapp.core.knowledge.reading import Problem

HOSTILE = Path(os.environ.get("QUIZAPP_HOSTILE") or "no-samples")
NO_SAMPLES = "QUIZAPP_HOSTILE names no folder of hostile samples; those below cover the same kinds"
HEAD = "knowledge: 1\nid: demo\nlanguage: en\ntitle: Demo\n"

SAMPLES = {
    "an alias bomb": "a0: &a0 lol\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 65)),
    "many aliases of one long text": "s: &s " + "A" * 19_000 + "\nxs:\n" + "  - *s\n" * 20_000,
    "deep braces": "cards: " + "{a: " * 4_000,
    "deep brackets": "cards: " + "[" * 19_000,
    "deep brackets over many lines": "cards:\n  " + "[[[[[[[[[[\n  " * 40_000,
    "deep indentation": "".join("  " * depth + "a:\n" for depth in range(200)),
    "deep lists": "- " * 9_000 + "a\n",
    "a python object": "cards: !!python/object/apply:os.system ['touch pwned']\n",
    "a python name": "cards: !!python/name:os.system ''\n",
    "a binary": "cards: !!binary aGVsbG8=\n",
    "many documents": "---\ncards: {}\n" * 10_000,
    "duplicate keys": HEAD + "cards:\n  a: {front: F, front: G, back: B}\n",
    "a merge key": HEAD + "cards:\n  <<: {front: F}\n",
    "a list": "- 1\n",
    "a text": "just text\n",
    "a comment": "# nothing\n",
    "nothing": "",
    "white space": " \n \n",
    "a tab": "cards:\n\ta: b\n",
    "an escaped NUL": HEAD + 'cards:\n  a: {front: "a\\0b", back: B}\n',
    "an escaped half character": HEAD + 'cards:\n  a: {front: "a\\ud800b", back: B}\n',
    "a NUL": HEAD + "cards:\n  a: {front: a\x00b, back: B}\n",
    "a half character": HEAD + "cards:\n  a: {front: a\ud800b, back: B}\n",
    "a control character": HEAD + "cards:\n  a: {front: a\x1bb, back: B}\n",
    "a line separator": HEAD + "cards:\n  a: {front: a\u2028b, back: B}\n",
    "a noncharacter": HEAD + "cards:\n  a: {front: a\ufffeb, back: B}\n",
    "a directive": "%YAML 9.9\n---\nknowledge: 1\n",
    "a long line": HEAD + "cards:\n  a: {front: " + "F" * LONGEST_LINE + ", back: B}\n",
    "many unknown keys": HEAD + "".join(f"k{number}: x\n" for number in range(100_000)),
    "many misspelt columns": HEAD
    + "comparisons:\n  c:\n    concepts:\n"
    + "".join(f"      concept-{number}: C\n" for number in range(3_000))
    + "    attributes: {a: '{concept}?'}\n    facts: |\n      |"
    + "|".join(f" concpt-{number} " for number in range(800))
    + "|\n",
    "many gap marks": HEAD + "cloze:\n  c: " + "==a" * 6_000 + "\n",
    "many open gaps": HEAD + "cloze:\n  c: " + "==a " * 4_900 + "\n",
    "many bars": HEAD
    + "comparisons:\n  c:\n    concepts: {a: A, b: B}\n    attributes: {x: '{concept}?'}\n    facts: |\n"
    + ("      " + "|" * 19_000 + "\n") * 50,
}


def refused(content: str | bytes) -> tuple[Problem, ...]:
    """Read content that must be refused, within the time that a request may take."""
    begin = process_time()
    reading = read(Text("upload.yaml", content))
    assert process_time() - begin < 2.0
    assert reading.bank is None
    assert reading.problems
    return reading.problems


@pytest.mark.parametrize("name", SAMPLES)
def test_a_hostile_file_is_a_list_of_problems_in_time(name: str) -> None:
    for problem in refused(SAMPLES[name]):
        assert problem.line >= 1
        assert problem.column >= 1
        assert "\n" not in problem.message


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
        begin = process_time()
        reading = read(Text(sample["path"], (HOSTILE / sample["path"]).read_bytes()))
        assert process_time() - begin < sample["max_seconds"], sample["path"]
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
