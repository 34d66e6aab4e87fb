"""A knowledge file that is right becomes a bank, to the letter."""

from dataclasses import replace

import pytest

from quizapp.core.knowledge.model import (
    Bank,
    Card,
    Cell,
    Definition,
    Example,
    Extras,
    Gap,
    Image,
    Member,
    Name,
    Question,
    Statement,
    Wrong,
)
from quizapp.core.knowledge.read import Text, read

HEAD = "knowledge: 1\nid: demo\nlanguage: en\ntitle: Demo\n"

EVERYTHING = """\
# yaml-language-server: $schema=../quizapp/core/knowledge/knowledge-1.schema.json
knowledge: 1
id: sourcing-demo            # never change: learners' progress hangs on it
language: en
title: Sourcing models
description: A short example that uses every section.
tags: [sourcing]
licence: CC-BY-4.0
sources:
  lecture: Lecture 4, sourcing models

comparisons:                 # concept x attribute: one cell is one fact
  insource-outsource:
    title: Insourcing and outsourcing
    source: lecture
    concepts:
      in:  Insourcing
      out: {name: Outsourcing, also: [contracting out]}
    attributes:
      staff:   Whose staff does the work in {concept}?
      control: {ask: "How direct is control in {concept}?", ask-value: "Which model gives {value}?"}
    facts: |
      |         | in               | out                      |
      | staff   | Our own staff    | The supplier's staff     |
      | control | Direct control   | Control through contract |
    cells:                   # a cell that needs more than a text
      staff:
        out: {text: The supplier's staff, accept: [Supplier staff], why: The supplier employs them., difficulty: 2}

taxonomies:                  # terms with definitions and examples
  ownership:
    title: Who owns the service centre
    terms:
      captive:
        name: Captive centre
        also: [in-house centre]
        definition: A service centre abroad that the client itself owns.
        examples: {bank: A bank opens its own centre in Gdansk}

groups:                      # membership: what belongs where
  cost-kinds:
    ask: Which kind of cost is {member}?
    groups:
      one-off: {name: One-off cost, members: {transition: Knowledge transfer, severance: Severance pay}}
      running: {name: Running cost, members: {fees: Monthly fees, governance: Contract management}}

cards:
  tco: {front: What does TCO stand for?, back: Total cost of ownership, both-ways: true}
questions:                   # handwritten multiple choice
  forgotten-cost:
    ask: Which cost is most easily forgotten when an offer is compared with in-house work?
    right: The cost of transition
    wrong:
      hourly: {text: The supplier's hourly rate, because: It is stated in the offer.}
      volume: The number of hours
    why: Rates and hours are in the offer; transition cost falls on the client.
statements:
  captive-owned: {say: A captive centre belongs to the supplier., is: false, why: It belongs to the client.}
cloze:
  arbitrage: Offshoring often relies on ==labour arbitrage==^[a wage gap].
"""


def bank_of(body: str) -> Bank:
    reading = read(Text("demo.yaml", HEAD + body))
    assert reading.problems == ()
    assert reading.bank is not None
    assert reading.editions == {"en": reading.bank}
    return reading.bank


def extras_of(written: str) -> Extras:
    bank = bank_of(
        f"sources: {{a: A, b: B}}\ncards:\n  x: {{front: F, back: B, {written}}}\n  y: {{front: G, back: C}}\n"
    )
    return bank.facts["cards.x"].extras


@pytest.fixture(scope="module")
def everything() -> Bank:
    bank = read(Text("sourcing-demo.yaml", EVERYTHING)).bank
    assert bank is not None
    return bank


def test_the_example_of_the_format_reads_without_problems(everything: Bank) -> None:
    assert (everything.id, everything.language, everything.title) == ("sourcing-demo", "en", "Sourcing models")
    assert everything.description == "A short example that uses every section."
    assert (everything.tags, everything.licence) == (("sourcing",), "CC-BY-4.0")
    assert everything.sources == {"lecture": "Lecture 4, sourcing models"}
    assert everything.translates is None
    assert everything.untranslated == frozenset()


def test_facts_are_in_file_order_under_their_paths(everything: Bank) -> None:
    assert list(everything.facts) == [
        "insource-outsource.staff.in",
        "insource-outsource.staff.out",
        "insource-outsource.control.in",
        "insource-outsource.control.out",
        "ownership.captive.definition",
        "ownership.captive.examples.bank",
        "cost-kinds.one-off.transition",
        "cost-kinds.one-off.severance",
        "cost-kinds.running.fees",
        "cost-kinds.running.governance",
        "cards.tco",
        "questions.forgotten-cost",
        "statements.captive-owned",
        "cloze.arbitrage.1",
    ]
    assert [fact.id for fact in everything] == list(everything.facts)


def test_sections_come_in_the_order_of_the_file() -> None:
    bank = bank_of("statements:\n  s: {say: S, is: true}\ncards:\n  c: {front: F, back: B}\n")
    assert list(bank.facts) == ["statements.s", "cards.c"]


def test_every_fact_knows_its_place() -> None:
    reading = read(Text("sourcing-demo.yaml", EVERYTHING))
    lines = EVERYTHING.splitlines()
    for fact_id, begins in {
        "insource-outsource.control.out": "Control through",
        "ownership.captive.definition": "A service centre",
        "cost-kinds.one-off.severance": "Severance",
        "cards.tco": "tco:",
        "cloze.arbitrage.1": "Offshoring",
    }.items():
        line, column = reading.places[fact_id]
        assert lines[line - 1][column - 1 :].startswith(begins)


def test_a_cell_has_its_text_from_the_table_and_its_extras_from_cells(everything: Bank) -> None:
    assert everything.facts["insource-outsource.staff.out"] == Cell(
        "insource-outsource.staff.out",
        "insource-outsource",
        "out",
        "staff",
        "The supplier's staff",
        Extras(("Supplier staff",), "The supplier employs them.", ("lecture",), 2),
    )


def test_a_comparison_has_names_and_stems(everything: Bank) -> None:
    comparison = everything.comparisons["insource-outsource"]
    assert comparison.concepts["out"] == Name("Outsourcing", ("contracting out",))
    assert comparison.attributes["staff"].name == "Staff"
    assert comparison.attributes["staff"].ask == "Whose staff does the work in {concept}?"
    assert comparison.attributes["control"].ask_value == "Which model gives {value}?"
    assert comparison.cells["control", "in"] == "insource-outsource.control.in"


def test_a_taxonomy_has_definitions_and_examples(everything: Bank) -> None:
    term = everything.taxonomies["ownership"].terms["captive"]
    assert term.name == Name("Captive centre", ("in-house centre",))
    text = "A service centre abroad that the client itself owns."
    assert everything.facts[term.definition or ""] == Definition(
        "ownership.captive.definition", "ownership", "captive", text, Extras()
    )
    assert everything.facts[term.examples[0]] == Example(
        "ownership.captive.examples.bank", "ownership", "captive", "A bank opens its own centre in Gdansk", Extras()
    )


def test_a_group_set_without_a_title_is_named_by_its_key(everything: Bank) -> None:
    groupset = everything.groupsets["cost-kinds"]
    assert groupset.title == "Cost kinds"
    assert groupset.ask == "Which kind of cost is {member}?"
    assert everything.facts[groupset.groups["running"].members[0]] == Member(
        "cost-kinds.running.fees", "cost-kinds", "running", "Monthly fees", Extras()
    )


def test_cards_questions_and_statements_are_as_written(everything: Bank) -> None:
    assert everything.facts["cards.tco"] == Card(
        "cards.tco", "What does TCO stand for?", "Total cost of ownership", both_ways=True, extras=Extras()
    )
    question = everything.facts["questions.forgotten-cost"]
    assert isinstance(question, Question)
    assert question.wrong == (
        Wrong("hourly", "The supplier's hourly rate", "It is stated in the offer."),
        Wrong("volume", "The number of hours"),
    )
    statement = everything.facts["statements.captive-owned"]
    assert isinstance(statement, Statement)
    assert not statement.is_true


def test_a_gap_has_the_text_around_it_and_a_hint(everything: Bank) -> None:
    assert everything.facts["cloze.arbitrage.1"] == Gap(
        "cloze.arbitrage.1",
        "arbitrage",
        1,
        "Offshoring often relies on ",
        "labour arbitrage",
        ".",
        "a wage gap",
        Extras(),
    )


def test_each_gap_is_a_fact_with_the_others_filled_in() -> None:
    bank = bank_of("cloze:\n  water: It boils at ==100==^[number] degrees, ==freezes== at ==0==.\n")
    second = bank.facts["cloze.water.2"]
    assert isinstance(second, Gap)
    assert (second.before, second.text, second.after) == ("It boils at 100 degrees, ", "freezes", " at 0.")
    assert bank.clozes["water"].gaps == ("cloze.water.1", "cloze.water.2", "cloze.water.3")


@pytest.mark.parametrize(
    "word", ["no", "1.10", "2024-01-01", "yes", "null", "~", "0x1F", "1_000", "12:30", "off", "=", "Ja"]
)
def test_plain_words_stay_as_typed(word: str) -> None:
    card = bank_of(f"cards:\n  x: {{front: F, back: {word}}}\n").facts["cards.x"]
    assert isinstance(card, Card)
    assert card.back == word


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"a: b # c"', "a: b # c"),
        ("'it''s \"so\"'", 'it\'s "so"'),
        ("C# and F#", "C# and F#"),
        ("http://example.org/#a", "http://example.org/#a"),
        ('"\\u00e9 \\\\alpha \\" end"', 'é \\alpha " end'),
        ("two\n    lines", "two lines"),
        (">\n    folded\n    text\n", "folded text"),
        ("|\n    two\n    lines\n", "two\nlines"),
        ("|\n    $x < y$\n", "$x < y$"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("🧪 Ärger", "🧪 Ärger"),
        ('" spaced "', " spaced "),
    ],
)
def test_texts_are_kept_to_the_letter(written: str, text: str) -> None:
    statement = bank_of(f"statements:\n  x:\n   is: true\n   say: {written}\n").facts["statements.x"]
    assert isinstance(statement, Statement)
    assert statement.say == text


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    windows = EVERYTHING.replace("\n", "\r\n").encode("utf-8-sig")
    assert read(Text("a", windows)) == read(Text("a", EVERYTHING))
    assert read(Text("a", EVERYTHING.replace("\n", "\r"))) == read(Text("a", EVERYTHING))


def test_a_cell_may_hold_a_bar_and_a_dash_says_that_there_is_no_fact() -> None:
    bank = bank_of(r"""comparisons:
  sets:
    concepts: {a: A, b: B}
    attributes: {size: "How large is {concept}?"}
    facts: |
      |      | a       | b |
      |------|---------|---|
      | size | $\|A\|$ | - |
""")
    assert bank.comparisons["sets"].cells == {("size", "a"): "sets.size.a"}
    cell = bank.facts["sets.size.a"]
    assert isinstance(cell, Cell)
    assert cell.text == "$|A|$"


def test_a_comparison_may_be_written_as_cells_alone() -> None:
    bank = bank_of("""comparisons:
  c:
    concepts: {a: A, b: B}
    attributes: {x: "What of {concept}?"}
    cells:
      x: {a: one, b: {text: two, also-true: [a]}}
""")
    assert [fact.id for fact in bank] == ["c.x.a", "c.x.b"]
    assert bank.facts["c.x.b"].extras.also_true == ("a",)


def test_a_long_value_may_stand_under_cells_and_its_table_cell_be_empty() -> None:
    bank = bank_of("""comparisons:
  c:
    concepts: {a: A, b: B}
    attributes: {x: "What of {concept}?"}
    facts: |
      |   | a   | b |
      | x | one |   |
    cells:
      x: {b: A long value}
""")
    cell = bank.facts["c.x.b"]
    assert isinstance(cell, Cell)
    assert cell.text == "A long value"


@pytest.mark.parametrize(
    ("written", "extras"),
    [
        ("accept: one", Extras(accept=("one",))),
        ("accept: [one, two]", Extras(accept=("one", "two"))),
        ("why: Because", Extras(why="Because")),
        ("source: [a, b]", Extras(source=("a", "b"))),
        ("difficulty: 5", Extras(difficulty=5)),
        ("tags: [t]", Extras(tags=("t",))),
        ("image: pictures/x.png, alt: A cell", Extras(image=Image("pictures/x.png", "A cell"))),
        ("also-true: y", Extras(also_true=("y",))),
        ("minor: true", Extras(minor=True)),
        ("was: cards.old", Extras(was=("cards.old",))),
    ],
)
def test_a_fact_may_carry_extras(written: str, extras: Extras) -> None:
    assert extras_of(written) == extras


def test_facts_inherit_source_and_tags_of_their_containers() -> None:
    bank = bank_of("""sources: {a: A, b: B}
taxonomies:
  t:
    source: a
    tags: [outer]
    terms:
      x: {name: X, tags: [inner], definition: Def}
      y: {name: Y, source: b, examples: {e: {text: Ex, source: a, tags: [own, outer]}}}
""")
    assert bank.facts["t.x.definition"].extras == Extras(source=("a",), tags=("outer", "inner"))
    assert bank.facts["t.y.examples.e"].extras == Extras(source=("a",), tags=("outer", "own"))


def test_a_renamed_container_moves_every_fact_below() -> None:
    bank = bank_of("""comparisons:
  new:
    was: old
    concepts: {a: {name: A, was: [z]}, b: B}
    attributes: {x: {was: y}}
    facts: |
      |   | a | b |
      | x | 1 | 2 |
""")
    assert bank.facts["new.x.b"].extras.was == ("new.y.b", "old.x.b", "old.y.b")
    assert "old.y.z" in bank.facts["new.x.a"].extras.was
    assert "new.x.a" not in bank.facts["new.x.a"].extras.was


def test_a_renamed_cloze_moves_its_gaps() -> None:
    bank = bank_of("cloze:\n  c: {text: ==a== and ==b==, was: old}\n  d: {text: ==a==, was: cloze.x.3}\n")
    assert bank.facts["cloze.c.2"].extras.was == ("cloze.old.2",)
    assert bank.facts["cloze.d.1"].extras.was == ("cloze.x.3",)


def test_cards_are_indexed_by_tag() -> None:
    bank = bank_of(
        "cards:\n  a: {front: F, back: B, tags: [x, y]}\n  b: {front: G, back: C, tags: x}\n  c: {front: H, back: D}\n"
    )
    assert bank.cards == {"x": ("cards.a", "cards.b"), "y": ("cards.a",), "": ("cards.c",)}


def test_reading_the_same_text_twice_gives_the_same_bank(everything: Bank) -> None:
    again = read(Text("other-name.yaml", EVERYTHING)).bank
    assert again == everything
    assert replace(everything, title="Other") != everything
