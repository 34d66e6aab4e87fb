"""Every sentence that reading knowledge files tells an author is a message, so that pages say it in their language."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.banks import SOURCING, SOURCING_SV
from support.hostile import FILES, HEAD
from support.translatable import all_translatable, bare_texts

import quizapp.core.knowledge
import quizapp.interop
from quizapp.core.knowledge.files import group
from quizapp.core.knowledge.limits import MOST_BYTES, MOST_LINES
from quizapp.core.knowledge.lint import lint
from quizapp.core.knowledge.outcomes import Impossible
from quizapp.core.knowledge.plan import describe, plan
from quizapp.core.knowledge.problems import QUOTE_IT, did_you_mean
from quizapp.core.knowledge.read import Text, read
from quizapp.core.knowledge.reading import Problem
from quizapp.messages import Message, Number

CARD = "cards:\n  a: {front: F, back: B}\n"
SAMPLES = Path(os.environ.get("QUIZAPP_HOSTILE") or "no-samples")
NO_SAMPLES = "QUIZAPP_HOSTILE names no folder of hostile samples; those above cover the same kinds"
MODULES = sorted(
    path
    for package in (quizapp.core.knowledge, quizapp.interop)
    for path in Path(str(package.__file__)).parent.rglob("*.py")
)


def problems_of(content: str | bytes, *overlays: str) -> tuple[Problem, ...]:
    texts = [Text(f"a.{number}.yaml", overlay) for number, overlay in enumerate(overlays)]
    reading = read(Text("a.yaml", content), texts)
    return (*reading.problems, *lint(reading, "a.yaml"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_bare_text_is_told_to_an_author(path: Path) -> None:
    assert list(bare_texts(path)) == []


@pytest.mark.parametrize("call", ['problems.at(node, "no such fact")', 'Problem(path, 1, 1, f"no {key}")', "msg(text)"])
def test_a_bare_text_would_be_found(tmp_path: Path, call: str) -> None:
    module = tmp_path / "module.py"
    module.write_text(call + "\n", encoding="utf-8")
    assert len(list(bare_texts(module))) == 1


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_told_in_messages(name: str) -> None:
    found = problems_of(FILES[name])
    assert found
    assert all_translatable(found)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=NO_SAMPLES)
def test_a_hostile_sample_is_told_in_messages() -> None:
    manifest = json.loads((SAMPLES / "manifest.json").read_text(encoding="utf-8"))
    assert manifest
    for path in sorted((SAMPLES / "yaml").rglob("*")):
        if path.is_file():
            assert all_translatable(problems_of(path.read_bytes())), path.name


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_broken_bank_or_translation_is_told_in_messages(data: st.DataObject) -> None:
    texts = [SOURCING, SOURCING_SV]
    broken = data.draw(st.sampled_from((0, 1)))
    lines = texts[broken].split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    line = lines[number]
    at = data.draw(st.integers(0, len(line)))
    put = data.draw(st.sampled_from(["", ": ", " #", "{", "}", '"', "x", "==", "|", "&a ", "*a", "\t", "\x07", "- "]))
    lines[number] = line[:at] + put + line[at + data.draw(st.integers(0, 3)) :]
    if data.draw(st.booleans()):
        del lines[data.draw(st.integers(0, len(lines) - 1))]
    texts[broken] = "\n".join(lines)
    assert all_translatable(problems_of(*texts))


def test_what_files_hold_beyond_the_most_is_told_with_numbers_that_a_page_writes_its_own_way() -> None:
    (bytes_,), (lines,) = problems_of("#" * (MOST_BYTES + 1)), problems_of("\n" * (MOST_LINES + 1))
    for problem in (bytes_, lines):
        assert isinstance(problem.message, Message)
        assert isinstance(problem.message.values["most"], Number)
        assert f"the most is {problem.message.values['most']}" in problem.message
    assert "5,000,000" in bytes_.message


def test_what_a_problem_is_about_is_a_message_in_its_message() -> None:
    (problem,) = problems_of(f"{HEAD}cards:\n  a: {{front: F}}\n")
    assert isinstance(problem.message, Message)
    assert problem.message == 'the card "a" has no back'
    what = problem.message.values["what"]
    assert isinstance(what, Message)
    assert what.template == "the card %(key)s"


def test_one_problem_too_many_is_one_more_problem() -> None:
    found = problems_of(HEAD + "".join(f"k{number}: x\n" for number in range(101)))
    assert found[-1].message == "and one more problem"
    assert all_translatable(found)


def test_files_without_a_place_are_told_in_messages() -> None:
    overlay = "knowledge: 1\nid: other\ntranslates: en\nlanguage: sv\n"
    nameless = overlay.replace("id: other\n", "")
    found = group([Text("a.yaml", HEAD + CARD), Text("b.yaml", HEAD + CARD), Text("c", overlay), Text("d", nameless)])
    assert len(found.problems) == 3
    assert all_translatable(found.problems)


def test_an_edit_that_cannot_be_is_told_in_messages() -> None:
    old = read(Text("a.yaml", HEAD + CARD)).editions
    others = [
        HEAD.replace("demo", "other") + CARD,
        HEAD.replace("language: en", "language: fi") + CARD,
        HEAD + CARD + "  b: {front: F, back: B, was: cards.a}\n",
    ]
    errors: list[Impossible] = list(plan(old, {}).errors)
    for content in others:
        planned = plan(old, read(Text("a.yaml", content)).editions)
        errors += planned.errors
        assert all(isinstance(line, Message) for line in describe(planned, {}))
    assert len(errors) == 4
    assert all_translatable(errors)


def test_hints_that_are_made_of_words_are_messages() -> None:
    assert isinstance(QUOTE_IT, Message)
    near = did_you_mean("bak", ["back", "front"])
    assert isinstance(near, Message)
    assert near.values["word"] == "back"
    assert did_you_mean("", ["back"]) == ""


def test_lines_of_a_plan_count_memories_and_facts_each_by_their_own_number() -> None:
    cards = "".join(f"  c{number}: {{front: F{number}, back: B}}\n" for number in range(3))
    old = read(Text("a.yaml", f"{HEAD}cards:\n{cards}")).editions
    new = read(Text("a.yaml", f"{HEAD}cards:\n{cards.splitlines(keepends=True)[0]}")).editions
    kept, removed = describe(plan(old, new), {"cards.c1": 1})
    assert (kept, removed) == ("1 unchanged: kept", "2 facts removed: 1 memory frozen")
    assert (removed.number, removed.values["memories"].number) == (2, 1)
