"""The author's guide is right: its example reads, its error messages are the reader's, no key is left out."""

import re
from pathlib import Path

import pytest

from quizapp.core.knowledge import draft, overlay, source
from quizapp.core.knowledge.limits import DEEPEST, LONGEST_LINE, MOST_FACTS, MOST_LINES
from quizapp.core.knowledge.read import Text, read
from quizapp.core.knowledge.sections import cards, comparisons, groups, questions, taxonomies
from quizapp.core.knowledge.sections.cloze import MOST_GAPS

GUIDE = (Path(__file__).parents[3] / "docs" / "knowledge-files.md").read_text(encoding="utf-8")
EXAMPLE, OVERLAY = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
MESSAGES = re.findall(r"```text\n(.*?)```", GUIDE, re.DOTALL)[0]

SLIPS = [
    ("Which part of the plant is used for {concept}?", "Which part: leaf or seed of {concept}?"),
    ("title: Tea and coffee\n", "title: Drink # 1\n"),
    ("| plant | The leaves", "| plnt  | The leaves"),
    ("70 to 100 °C | 90", "70 | 100 °C | 90"),
    ("| -          | Foam on an espresso |", "|            | Foam on an espresso |"),
    ("source: handbook", "source: handbok"),
    ("language: en", "language: no"),
]


def test_the_example_and_its_overlay_read_without_problems() -> None:
    reading = read(Text("tea.yaml", EXAMPLE), [Text("tea.sv.yaml", OVERLAY)])
    assert reading.problems == ()
    assert set(reading.editions["sv"].facts) - reading.editions["sv"].untranslated == {
        "two-drinks.plant.tea",
        "two-drinks.plant.coffee",
        "cards.steep",
    }


@pytest.mark.parametrize(("right", "wrong"), SLIPS)
def test_each_message_in_the_guide_is_what_an_author_sees(right: str, wrong: str) -> None:
    assert EXAMPLE.count(right) == 1
    (problem,) = read(Text("tea.yaml", EXAMPLE.replace(right, wrong))).problems
    assert f"{problem}\n    {problem.excerpt.strip()}\n    {problem.hint}\n" in MESSAGES


def test_every_fact_id_in_the_guide_is_one_of_the_example() -> None:
    bank = read(Text("tea.yaml", EXAMPLE)).bank
    assert bank is not None
    told = re.findall(r"`((?:two-drinks|teas|origins|cards|questions|statements|cloze)\.[a-z0-9.-]+)`", GUIDE)
    assert told
    assert set(told) <= set(bank.facts)


def test_every_key_is_in_the_guide() -> None:
    known = source.ROOT | overlay.ROOT | draft.WITH_SIBLINGS | comparisons.COMPARISON | comparisons.ATTRIBUTE
    known |= taxonomies.TAXONOMY | taxonomies.TERM | groups.GROUPSET | groups.GROUP | cards.CARD | questions.QUESTION
    known |= questions.STATEMENT | questions.WRONG
    assert {key for key in known if f"`{key}`" not in GUIDE} == set()


def test_the_limits_are_those_of_the_reader() -> None:
    limits = f"{MOST_LINES:,} lines of at most {LONGEST_LINE:,} characters, {MOST_FACTS:,} facts, {DEEPEST} levels"
    assert limits in GUIDE
    assert f"At most {MOST_GAPS} gaps a text" in GUIDE
