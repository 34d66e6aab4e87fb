"""What an edit does to memories: the table of the guide, row by row."""

from collections.abc import Mapping

import pytest

from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.plan import (
    Added,
    Kept,
    Minor,
    Moved,
    Outcome,
    Plan,
    Relearn,
    Retired,
    Returned,
    Value,
    describe,
    plan,
)
from quizapp.core.knowledge.read import Text, read

HEAD = "knowledge: 1\nid: demo\nlanguage: en\ntitle: Demo\n"
SWEDISH = "knowledge: 1\nid: demo\ntranslates: en\nlanguage: sv\n"

COMPARISON = """comparisons:
  c:
    concepts: {in: Insourcing, out: Outsourcing}
    attributes: {staff: "Who works in {concept}?"}
    facts: |
      |       | in  | out  |
      | staff | our staff | their staff |
"""
GROUPS = """groups:
  g:
    groups:
      fruit: {name: Fruit, members: {tomato: Tomato, apple: Apple}}
      root: {name: Root, members: {carrot: Carrot}}
"""
TERMS = """taxonomies:
  t:
    terms:
      a: {name: Alpha, definition: The first letter, examples: {x: Adam starts with it}}
      b: {name: Beta, definition: The second letter, examples: {y: Bob starts with it}}
"""
CARD = "cards:\n  k: {front: Front, back: The back}\n"


def editions(body: str, *overlays: str, head: str = HEAD) -> Mapping[str, Bank]:
    reading = read(Text("demo.yaml", head + body), [Text("demo.sv.yaml", SWEDISH + overlay) for overlay in overlays])
    assert reading.problems == ()
    return reading.editions


def edit(old: str, new: str, retired: frozenset[str] = frozenset()) -> Plan:
    return plan(editions(old), editions(new), retired)


def outcomes(old: str, new: str) -> list[Outcome]:
    """What becomes of the facts that do not simply stay."""
    edited = edit(old, new)
    assert edited.errors == ()
    return [outcome for outcome in edited.outcomes.values() if outcome != Kept(outcome.fact, reworded=False)]


def test_a_bank_without_source_edition_cannot_be_published() -> None:
    assert plan({}, {}).errors[0].message == "the new version has no source edition"


def test_another_bank_cannot_take_the_place_of_one() -> None:
    other = editions(CARD, head=HEAD.replace("demo", "other"))
    (error,) = plan(editions(CARD), other).errors
    assert "demo cannot become other" in error.message
    assert error.hint.startswith("write id: demo")


def test_another_source_language_needs_an_overlay_in_the_old_one() -> None:
    swedish = editions(CARD, head=HEAD.replace("en", "sv"))
    (error,) = plan(editions(CARD), swedish).errors
    assert error.hint == "add an overlay in en"
    turned = dict(editions(CARD, "cards: {k: {front: Fram, back: Bak}}\n"))
    english = "knowledge: 1\nid: demo\ntranslates: sv\nlanguage: en\n"
    source = HEAD.replace("en", "sv") + "cards:\n  k: {front: Fram, back: Bak}\n"
    back = read(Text("demo.yaml", source), [Text("demo.en.yaml", english + CARD)]).editions
    assert plan(turned, back).outcomes == {"cards.k": Kept("cards.k", reworded=False)}


def test_a_was_that_names_a_fact_which_is_still_there_is_refused() -> None:
    edited = edit(CARD, CARD + "  l: {front: F, back: B, was: cards.k}\n")
    (error,) = edited.errors
    assert error.fact == "cards.l"
    assert error.message == "cards.l was cards.k, but cards.k is still there"
    assert "give both was: [cards.k]" in error.hint
    assert not edited.keeps_every_memory


def test_the_first_version_adds_every_fact() -> None:
    assert plan({}, editions(CARD)).outcomes == {"cards.k": Added("cards.k")}
    assert plan({}, editions(CARD), frozenset({"cards.k"})).outcomes == {"cards.k": Returned("cards.k")}


def test_nothing_edited_keeps_everything() -> None:
    edited = edit(COMPARISON + GROUPS + TERMS + CARD, COMPARISON + GROUPS + TERMS + CARD)
    assert set(edited.outcomes.values()) == {Kept(fact, reworded=False) for fact in edited.outcomes}
    assert edited.keeps_every_memory


@pytest.mark.parametrize(
    ("body", "before", "after", "fact"),
    [
        (COMPARISON, "Who works in", "Whose people work in", "c.staff.in"),
        (COMPARISON, "Insourcing", "In-house work", "c.staff.in"),
        (COMPARISON, "our staff", "Our  staff.", "c.staff.in"),
        (COMPARISON, "    concepts:", "    tags: new\n    concepts:", "c.staff.in"),
        (GROUPS, "Tomato", "tomato", "g.fruit.tomato"),
        (GROUPS, "name: Root", "name: Root vegetable", "g.root.carrot"),
        (TERMS, "Adam starts with it", "The name Adam starts so", "t.a.examples.x"),
        (TERMS, "The first letter", "the first letter.", "t.a.definition"),
        (TERMS, "name: Alpha", "name: Alef", "t.a.definition"),
        (CARD, "Front", "What is behind?", "cards.k"),
        (CARD, "The back", "the “back”", "cards.k"),
        (CARD, "The back}", "The back, why: Because, accept: Rear, difficulty: 2}", "cards.k"),
        ("questions:\n  q: {ask: A, right: R, wrong: {w: W}}\n", "w: W", "w: X", "questions.q"),
        ("questions:\n  q: {ask: A, right: R, wrong: {w: W}}\n", "ask: A", "ask: B", "questions.q"),
        ("statements:\n  s: {say: It is so, is: true}\n", "It is so", "it is so!", "statements.s"),
        ("cloze:\n  z: Water boils at ==100== degrees.\n", "Water boils", "All water boils", "cloze.z.1"),
    ],
)
def test_another_wording_keeps_the_memory(body: str, before: str, after: str, fact: str) -> None:
    assert Kept(fact, reworded=True) in outcomes(body, body.replace(before, after))
    assert edit(body, body.replace(before, after)).keeps_every_memory


CHANGED = [
    (COMPARISON, "our staff", "rented staff", "c.staff.in"),
    (GROUPS, "Tomato", "Pear", "g.fruit.tomato"),
    (TERMS, "The first letter", "The letter aleph", "t.a.definition"),
    (CARD, "The back", "A spine", "cards.k"),
    ("questions:\n  q: {ask: A, right: R, wrong: {w: W}}\n", "right: R", "right: S", "questions.q"),
    ("statements:\n  s: {say: So, is: true}\n", "true", "false", "statements.s"),
    ("statements:\n  s: {say: It is so, is: true}\n", "It is so", "It is otherwise", "statements.s"),
    ("cloze:\n  z: Water boils at ==100== degrees.\n", "100", "99", "cloze.z.1"),
]


@pytest.mark.parametrize(("body", "before", "after", "fact"), CHANGED)
def test_another_value_is_learnt_again(body: str, before: str, after: str, fact: str) -> None:
    assert outcomes(body, body.replace(before, after)) == [Relearn(fact)]
    assert not edit(body, body.replace(before, after)).keeps_every_memory


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.5", "15"),
        ("-5", "5"),
        ("C++", "C"),
        ("C#", "C"),
        ("5 %", "5"),
        ("a < b", "a > b"),
        ("$N$", "$n$"),
        ("é", "e"),
    ],
)
def test_signs_that_mean_something_make_another_value(before: str, after: str) -> None:
    old = f"cards:\n  k: {{front: F, back: '{before}'}}\n"
    assert outcomes(old, old.replace(f"'{before}'", f"'{after}'")) == [Relearn("cards.k")]


def test_a_minor_change_keeps_the_memory_and_brings_it_forward() -> None:
    edited = edit(CARD, CARD.replace("The back}", "The reverse side, minor: true}"))
    assert edited.outcomes == {"cards.k": Minor("cards.k")}
    assert edited.keeps_every_memory


def test_minor_says_nothing_when_the_value_is_the_same() -> None:
    marked = CARD.replace("back}", "back, minor: true}")
    assert outcomes(CARD, marked) == []


def test_a_removed_fact_retires_and_may_return() -> None:
    more = CARD + "  l: {front: F, back: B}\n"
    assert outcomes(more, CARD) == [Retired("cards.l")]
    assert not edit(more, CARD).keeps_every_memory
    assert edit(CARD, more, frozenset({"cards.l"})).outcomes["cards.l"] == Returned("cards.l")
    assert edit(CARD, more).outcomes["cards.l"] == Added("cards.l")


def test_a_renamed_fact_takes_its_memory_along() -> None:
    renamed = CARD.replace("  k:", "  l:").replace("The back}", "The back, was: cards.k}")
    assert outcomes(CARD, renamed) == [Moved("cards.l", ("cards.k",))]
    assert edit(CARD, renamed).keeps_every_memory


def test_a_renamed_fact_with_another_value_is_learnt_again() -> None:
    renamed = CARD.replace("  k:", "  l:").replace("The back}", "A spine, was: cards.k}")
    assert outcomes(CARD, renamed) == [Moved("cards.l", ("cards.k",), value=Value.CHANGED)]
    assert not edit(CARD, renamed).keeps_every_memory


def test_old_renames_stay_in_a_file_and_mean_nothing_later() -> None:
    renamed = CARD.replace("  k:", "  l:").replace("The back}", "The back, was: [cards.k, cards.j]}")
    assert outcomes(renamed, renamed) == []


def test_a_chain_of_renames_reaches_over_skipped_versions() -> None:
    third = CARD.replace("  k:", "  m:").replace("The back}", "The back, was: [cards.l, cards.k]}")
    assert outcomes(CARD, third) == [Moved("cards.m", ("cards.k",))]


def test_a_renamed_concept_moves_every_fact_below() -> None:
    renamed = COMPARISON.replace("in: Insourcing", "own: {name: Insourcing, was: in}").replace("| in  |", "| own |")
    assert outcomes(COMPARISON, renamed) == [Moved("c.staff.own", ("c.staff.in",))]


def test_a_renamed_group_keeps_its_members_even_under_another_name() -> None:
    renamed = GROUPS.replace("root: {name: Root,", "tuber: {name: Tuber, was: root,")
    assert outcomes(GROUPS, renamed) == [Moved("g.tuber.carrot", ("g.root.carrot",))]


def test_a_member_that_moves_to_another_group_is_learnt_again() -> None:
    moved = GROUPS.replace("tomato: Tomato, ", "").replace(
        "carrot: Carrot", "carrot: Carrot, tomato: {text: Tomato, was: g.fruit.tomato}"
    )
    assert outcomes(GROUPS, moved) == [Moved("g.root.tomato", ("g.fruit.tomato",), value=Value.CHANGED)]


def test_an_example_that_moves_to_another_term_is_learnt_again() -> None:
    moved = TERMS.replace(", examples: {x: Adam starts with it}", "").replace(
        "y: Bob starts with it", "y: Bob starts with it, x: {text: Adam starts with it, was: t.a.examples.x}"
    )
    assert outcomes(TERMS, moved) == [Moved("t.b.examples.x", ("t.a.examples.x",), value=Value.CHANGED)]


def test_a_split_fact_gives_each_part_its_memory() -> None:
    split = "cards:\n  l: {front: F, back: The, was: cards.k}\n  m: {front: G, back: back, was: cards.k}\n"
    assert outcomes(CARD, split) == [
        Moved("cards.l", ("cards.k",), split=True),
        Moved("cards.m", ("cards.k",), split=True),
    ]
    assert edit(CARD, split).keeps_every_memory


def test_a_split_fact_may_keep_its_id_when_it_says_so() -> None:
    split = "cards:\n  k: {front: F, back: The, was: cards.k}\n  m: {front: G, back: back, was: cards.k}\n"
    assert outcomes(CARD, split) == [
        Moved("cards.k", ("cards.k",), split=True),
        Moved("cards.m", ("cards.k",), split=True),
    ]


def test_merged_facts_become_one_and_cost_a_memory() -> None:
    two = CARD + "  l: {front: F, back: B}\n"
    into_new = "cards:\n  m: {front: F, back: B, was: [cards.k, cards.l]}\n"
    assert outcomes(two, into_new) == [Moved("cards.m", ("cards.k", "cards.l"))]
    into_old = CARD.replace("back}", "back, was: cards.l}")
    assert outcomes(two, into_old) == [Moved("cards.k", ("cards.k", "cards.l"))]
    assert not edit(two, into_old).keeps_every_memory


def test_ids_may_be_handed_on_in_one_edit() -> None:
    two = CARD + "  l: {front: F, back: B}\n"
    shifted = "cards:\n  l: {front: Front, back: The back, was: cards.k}\n  m: {front: F, back: B, was: cards.l}\n"
    assert outcomes(two, shifted) == [Moved("cards.l", ("cards.k",)), Moved("cards.m", ("cards.l",))]


def test_the_memory_of_a_retired_fact_may_come_back_under_another_id() -> None:
    returned = CARD + "  m: {front: F, back: B, was: cards.l}\n"
    assert edit(CARD, returned, frozenset({"cards.l"})).outcomes["cards.m"] == Moved("cards.m", ("cards.l",))


def test_a_translation_keeps_the_memory() -> None:
    old = editions(CARD, "cards: {k: {front: Fram, back: Bak}}\n")
    new = editions(CARD, "cards: {k: {front: Fram, back: Rygg}}\n")
    assert plan(old, new).outcomes == {"cards.k": Kept("cards.k", reworded=True)}
    assert plan(editions(CARD), new).outcomes == {"cards.k": Kept("cards.k", reworded=False)}


def test_a_plan_is_told_in_numbers_and_lines() -> None:
    old = CARD + "".join(f"  c{number}: {{front: F{number}, back: B{number}}}\n" for number in range(6))
    new = (
        CARD.replace("Front", "Other front")
        + "  c0: {front: F0, back: changed}\n"
        + "  c1: {front: F1, back: nearly, minor: true}\n"
        + "  d2: {front: F2, back: B2, was: cards.c2}\n"
        + "  d3: {front: F3, back: B3, was: [cards.c3, cards.c4]}\n"
        + "  new: {front: N, back: N}\n"
    )
    edited = edit(old, new)
    assert edited.summary() == {
        "unchanged": 0,
        "reworded": 1,
        "minor": 1,
        "relearn": 1,
        "retired": 1,
        "returned": 0,
        "added": 1,
        "renamed": 1,
        "split": 0,
        "merged": 1,
    }
    learners = {"cards.c0": 41, "cards.c1": 1, "cards.c2": 3, "cards.c3": 2, "cards.c4": 5, "cards.c5": 7}
    assert describe(edited, learners) == [
        "1 reworded: kept",
        "1 value changed a little: 1 memory due within 7 days",
        "1 value changed: 41 learners relearn it",
        "1 fact removed: 7 memories frozen",
        "1 fact added",
        "1 fact renamed: 3 memories moved along",
        "1 fact merged from several: the weaker memory counts",
    ]


def test_an_impossible_plan_is_described_by_its_errors() -> None:
    lines = describe(edit(CARD, CARD + "  l: {front: F, back: B, was: cards.k}\n"), {})
    assert lines[0].startswith("cards.l was cards.k, but cards.k is still there (")
