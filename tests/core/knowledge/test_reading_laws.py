"""Laws of reading: it never raises, its places lie in the text, and what was written comes back."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from support.translatable import all_translatable

from quizapp.core.knowledge.keys import is_key
from quizapp.core.knowledge.model import Card, Cell, Example, Gap, Question, Statement
from quizapp.core.knowledge.plan import Kept, plan
from quizapp.core.knowledge.read import Text, read
from quizapp.core.knowledge.reading import Problem, Reading

HEAD = "knowledge: 1\nid: demo\nlanguage: en\ntitle: Demo\n"
SEED = (
    HEAD
    + """sources: {l: L}
comparisons:
  c:
    concepts: {a: A, b: {name: B, also: [C]}}
    attributes: {x: "Of {concept}?"}
    facts: |
      |   | a | b |
      | x | 1 | 2 |
    cells: {x: {a: {why: W}}}
taxonomies: {t: {terms: {a: {name: A, definition: D, examples: {e: E}}}}}
groups: {g: {groups: {x: {name: X, members: {m: M}}, y: {name: Y, members: {n: N}}}}}
cards: {k: {front: F, back: B, tags: [t], source: l}}
questions: {q: {ask: A, right: R, wrong: {w: {text: W, because: B}}}}
statements: {s: {say: S, is: true}}
cloze: {z: "One ==a== two ==b==^[h]."}
"""
)
YAML_BITS = st.sampled_from(
    [
        *[
            "a",
            ": ",
            "- ",
            "\n",
            "  ",
            "{",
            "}",
            "[",
            "]",
            ",",
            "|",
            "\t",
            "#",
            " #",
            '"',
            "'",
            "&",
            "*",
            "!",
            "==",
            "-",
        ],
        *["cards:", "facts: |\n", "cells:", "comparisons:", "{concept}", "was: ", "---\n", "\r\n", "\\"],
        *["é", "🧪", "\x00", "\ud800"],
    ]
)
WRITABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029"), min_size=1
).filter(lambda text: bool(text.strip()))
KEYS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,7}", fullmatch=True)


def lies_in(problem: Problem, content: str) -> bool:
    lines = content.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    inside = 1 <= problem.line <= len(lines) and 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    return inside and problem.excerpt.rstrip("…") in lines[problem.line - 1]


def checked(content: str | bytes) -> Reading:
    reading = read(Text("a.yaml", content))
    assert (reading.bank is None) == bool(reading.problems)
    assert list(reading.problems) == sorted(reading.problems, key=lambda problem: (problem.line, problem.column))
    if isinstance(content, str):
        assert all(lies_in(problem, content) for problem in reading.problems), reading.problems
    assert all_translatable(reading.problems)
    for problem in reading.problems:
        assert problem.path == "a.yaml"
    return reading


@settings(deadline=None)
@given(st.one_of(st.text(), st.binary(), st.lists(YAML_BITS, max_size=40).map("".join)))
def test_any_content_is_a_bank_or_a_list_of_problems_with_places_in_the_text(content: str | bytes) -> None:
    checked(content)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_file_with_something_cut_out_or_put_in_is_told_or_still_right(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SEED)))
    end = data.draw(st.integers(start, min(len(SEED), start + 12)))
    checked(SEED[:start] + data.draw(st.lists(YAML_BITS, max_size=3).map("".join)) + SEED[end:])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_an_overlay_with_something_cut_out_or_put_in_is_told_or_still_right(data: st.DataObject) -> None:
    overlay = SEED.replace("language: en", "translates: en\nlanguage: sv").replace(", is: true", "")
    overlay = overlay.replace(", tags: [t], source: l", "")
    start = data.draw(st.integers(0, len(overlay)))
    end = data.draw(st.integers(start, min(len(overlay), start + 12)))
    changed = overlay[:start] + data.draw(st.lists(YAML_BITS, max_size=3).map("".join)) + overlay[end:]
    reading = read(Text("a.yaml", SEED), [Text("b.yaml", changed)])
    assert (reading.bank is None) == bool(reading.problems)
    assert all(problem.path == "b.yaml" and lies_in(problem, changed) for problem in reading.problems)
    if reading.bank is not None:
        _source, edition = reading.editions.values()  # what was put in may have changed the language
        assert list(edition.facts) == list(reading.bank.facts)
        assert edition.untranslated <= set(edition.facts)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@settings(deadline=None)
@given(
    st.dictionaries(KEYS, st.tuples(WRITABLE, WRITABLE, st.booleans()), min_size=1, max_size=5),
    st.dictionaries(KEYS, WRITABLE, min_size=1, max_size=5),
    WRITABLE,
)
def test_texts_in_double_quotes_come_back_to_the_letter(
    cards: dict[str, tuple[str, str, bool]], examples: dict[str, str], right: str
) -> None:
    content = HEAD + "cards:\n"
    content += "".join(
        f"  {quoted(key)}: {{front: {quoted(front)}, back: {quoted(back)}, both-ways: {str(both).lower()}}}\n"
        for key, (front, back, both) in cards.items()
    )
    content += "taxonomies:\n  t:\n    terms:\n      a:\n        name: A\n        examples:\n"
    content += "".join(f"          {quoted(key)}: {quoted(text)}\n" for key, text in examples.items())
    content += f"questions:\n  q:\n    ask: Ask\n    right: {quoted(right)}\n    wrong: {{w: {quoted(right + '!')}}}\n"
    bank = checked(content).bank
    assert bank is not None
    for key, (front, back, both) in cards.items():
        fact = bank.facts[f"cards.{key}"]
        assert isinstance(fact, Card)
        assert (fact.front, fact.back, fact.both_ways) == (front, back, both)
    for key, text in examples.items():
        example = bank.facts[f"t.a.examples.{key}"]
        assert isinstance(example, Example)
        assert example.text == text
    question = bank.facts["questions.q"]
    assert isinstance(question, Question)
    assert question.right == right


TABLE_TEXT = WRITABLE.map(str.strip).filter(lambda text: text != "-" and not text.endswith("\\") and "\\|" not in text)


@settings(deadline=None)
@given(
    st.lists(KEYS, min_size=2, max_size=4, unique=True), st.lists(KEYS, min_size=1, max_size=4, unique=True), st.data()
)
def test_cells_of_a_table_come_back_to_the_letter(
    concepts: list[str], attributes: list[str], data: st.DataObject
) -> None:
    texts = {(row, column): data.draw(TABLE_TEXT) for row in attributes for column in concepts}
    content = HEAD + "comparisons:\n  c:\n    concepts:\n"
    content += "".join(f"      {quoted(key)}: {quoted(key)}\n" for key in concepts)
    content += "    attributes:\n" + "".join(f"      {quoted(key)}: 'Of {{concept}}?'\n" for key in attributes)
    content += "    facts: |\n      | | " + " | ".join(concepts) + " |\n"
    for row in attributes:
        cells = (texts[row, column].replace("|", r"\|") for column in concepts)
        content += f"      | {row} | " + " | ".join(cells) + " |\n"
    bank = checked(content).bank
    assert bank is not None
    for (row, column), text in texts.items():
        cell = bank.facts[f"c.{row}.{column}"]
        assert isinstance(cell, Cell)
        assert cell.text == text


@settings(deadline=None)
@given(st.lists(WRITABLE, max_size=5))
def test_gaps_and_the_text_around_them_make_the_whole_text(words: list[str]) -> None:
    plain = [word.replace("=", "").replace("^", "").strip() or "x" for word in words]
    text = "Begin " + " and ".join(f"=={word}==" for word in plain) + " end"
    reading = checked(f"{HEAD}cloze:\n  z: {quoted(text)}\n")
    if not plain:
        assert reading.bank is None
        return
    assert reading.bank is not None
    gaps = [fact for fact in reading.bank if isinstance(fact, Gap)]
    assert [gap.text for gap in gaps] == plain
    assert {gap.before + gap.text + gap.after for gap in gaps} == {"Begin " + " and ".join(plain) + " end"}


@settings(deadline=None)
@given(WRITABLE)
def test_a_plain_text_is_never_cut_in_silence(text: str) -> None:
    reading = checked(f"{HEAD}statements:\n  s:\n    is: true\n    say: {text}\n")
    if reading.bank is not None:
        statement = reading.bank.facts["statements.s"]
        assert isinstance(statement, Statement)
        assert statement.say in {text.strip(" "), text.strip(" ").strip("'\"")} or text.strip(" ")[0] in "'\"|>"


def test_the_seed_of_these_laws_is_right_and_its_keys_are_keys() -> None:
    bank = checked(SEED).bank
    assert bank is not None
    assert all(is_key(part) for fact in bank for part in fact.id.split("."))
    assert set(plan({"en": bank}, {"en": bank}).outcomes.values()) == {Kept(fact.id, reworded=False) for fact in bank}
