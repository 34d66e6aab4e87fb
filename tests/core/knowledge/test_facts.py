"""What others ask of a bank about one fact."""

import pytest

from quizapp.core.knowledge.facts import (
    answer_of,
    cites,
    name_of,
    prompt_of,
    siblings,
    text_of,
    topic_of,
)
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.read import Text, read

SOURCE = """knowledge: 1
id: demo
language: en
title: Demo
sources: {l: Lecture}
comparisons:
  c:
    title: Models
    source: l
    concepts: {in: Insourcing, out: Outsourcing, mid: Joint venture}
    attributes:
      staff: Who works in {concept}?
      yearly-cost: {}
    facts: |
      |             | in  | out  | mid  |
      | staff       | we  | they | both |
      | yearly-cost | low | -    | high |
    cells:
      staff: {in: {also-true: [mid]}}
taxonomies:
  t:
    title: Terms
    ask-definition: What is {term}?
    ask-example: What is {example} a case of?
    terms:
      a: {name: A, definition: The first, examples: {e: One, f: Two}}
      b: {name: B, definition: The second}
      c: {name: C, examples: {e: Three}}
  u: {terms: {a: {name: A, definition: First, examples: {e: Case}}}}
groups:
  g:
    ask: Where is {member}?
    groups:
      x: {name: X, members: {m: M, o: O}}
      y: {name: Y, members: {n: N}}
  h: {groups: {x: {name: X, members: {m: M}}, y: {name: Y, members: {n: N}}}}
cards:
  k: {front: F, back: B, tags: [one, two]}
  l: {front: G, back: C, tags: [one]}
  m: {front: H, back: D, tags: [two, one]}
  n: {front: I, back: E}
  o: {front: J, back: F}
questions:
  q: {ask: Ask?, right: Right, wrong: {w: Wrong}}
statements:
  s: {say: So, is: true}
  f: {say: Not so, is: false}
cloze:
  z: One ==a== two ==b==.
"""


@pytest.fixture(scope="module")
def bank() -> Bank:
    bank = read(Text("demo.yaml", SOURCE)).bank
    assert bank is not None
    return bank


@pytest.mark.parametrize(
    ("fact", "prompt", "answer", "topic"),
    [
        ("c.staff.in", "Who works in Insourcing?", "we", "Models"),
        ("c.yearly-cost.mid", "Models · Yearly cost · Joint venture", "high", "Models"),
        ("t.a.definition", "What is A?", "The first", "Terms"),
        ("u.a.definition", "U · A", "First", "U"),
        ("t.a.examples.e", "What is One a case of?", "A", "Terms"),
        ("u.a.examples.e", "U · Case", "A", "U"),
        ("g.x.m", "Where is M?", "X", "G"),
        ("h.y.n", "H · N", "Y", "H"),
        ("cards.k", "F", "B", "Demo"),
        ("questions.q", "Ask?", "Right", "Demo"),
        ("statements.s", "So", "true", "Demo"),
        ("statements.f", "Not so", "false", "Demo"),
        ("cloze.z.2", "One a two ___.", "b", "Demo"),
    ],
)
def test_every_fact_has_a_prompt_an_answer_and_a_topic(
    bank: Bank, fact: str, prompt: str, answer: str, topic: str
) -> None:
    assert prompt_of(bank, bank.facts[fact]) == prompt
    assert answer_of(bank, bank.facts[fact]) == answer
    assert topic_of(bank, bank.facts[fact]) == topic


@pytest.mark.parametrize(
    ("fact", "others"),
    [
        ("c.staff.out", ("c.staff.in", "c.staff.mid")),
        ("c.yearly-cost.in", ("c.yearly-cost.mid",)),
        ("t.a.definition", ("t.b.definition",)),
        ("t.c.examples.e", ("t.a.examples.e", "t.a.examples.f")),
        ("g.y.n", ("g.x.m", "g.x.o")),
        ("cards.k", ("cards.l", "cards.m")),
        ("cards.n", ("cards.o",)),
        ("cloze.z.1", ("cloze.z.2",)),
        ("questions.q", ()),
        ("statements.s", ()),
    ],
)
def test_siblings_are_the_others_of_the_same_kind(bank: Bank, fact: str, others: tuple[str, ...]) -> None:
    assert siblings(bank, bank.facts[fact]) == others


def test_names_keys_and_citations(bank: Bank) -> None:
    names = {fact.id: name_of(bank, fact) for fact in bank}
    assert {fact: name.text for fact, name in names.items() if name is not None} == {
        "c.staff.in": "Insourcing",
        "c.staff.out": "Outsourcing",
        "c.staff.mid": "Joint venture",
        "c.yearly-cost.in": "Insourcing",
        "c.yearly-cost.mid": "Joint venture",
        "t.a.definition": "A",
        "t.a.examples.e": "A",
        "t.a.examples.f": "A",
        "t.b.definition": "B",
        "t.c.examples.e": "C",
        "u.a.definition": "A",
        "u.a.examples.e": "A",
        "g.x.m": "X",
        "g.x.o": "X",
        "g.y.n": "Y",
        "h.x.m": "X",
        "h.y.n": "Y",
    }
    assert [text_of(bank.facts[fact]) for fact in ("g.y.n", "cards.k", "questions.q", "statements.f")] == [
        "N",
        "B",
        "Right",
        "Not so",
    ]
    assert cites(bank, bank.facts["c.staff.in"].extras) == ("Lecture",)
