"""The JSON Schema that editors use agrees with the reader, which is the law."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
import yaml

from quizapp.core.knowledge import draft, overlay, source, translate
from quizapp.core.knowledge.edition import NAMED, TEXT
from quizapp.core.knowledge.read import Text, read
from quizapp.core.knowledge.sections import cards, cloze, comparisons, groups, questions, taxonomies

SCHEMA = json.loads(files("quizapp.core.knowledge").joinpath("knowledge-1.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
HEAD = "knowledge: 1\nid: demo\nlanguage: en\ntitle: Demo\n"
OVERLAY = "knowledge: 1\nid: demo\ntranslates: en\nlanguage: sv\n"
CARD = "cards:\n  a: {front: F, back: B}\n"
COMPARISON = """comparisons:
  c:
    concepts: {a: A, b: {name: B, also: [C], was: [d]}}
    attributes: {x: "Of {concept}?", y: {name: Y, ask: "{concept}", ask-value: "{value}", was: z, tags: [t]}}
    facts: |
      |   | a | b |
      | x | 1 | - |
      | y | 3 | 4 |
    cells: {x: {a: {accept: [one], minor: true, also-true: [b], was: [c.x.e]}}}
"""
TAXONOMY = """taxonomies:
  t:
    title: T
    source: l
    tags: [t]
    was: [s]
    ask-definition: What is {term}?
    ask-term: What is {definition}?
    ask-example: What is {example}?
    terms:
      a: {name: A, also: [AA], was: [b], source: [l], tags: t, definition: {text: D, why: W, difficulty: 3}}
      c: {name: C, examples: {e: E, f: {text: F, image: f.png, alt: F}}}
sources: {l: Lecture}
"""
GROUPS = """groups:
  g:
    ask: Where is {member}?
    ask-member: What is in {group}?
    groups:
      x: {name: X, members: {m: M, n: {text: N, also-true: y}}}
      y: {name: Y, also: Z, members: {o: O}}
"""
OTHERS = """cards:
  a: {front: F, back: B, both-ways: true, accept: [C], why: W, tags: [t], also-true: [b]}
  b: {front: 2024-01-01, back: 1.10}
questions:
  q: {ask: A, right: R, wrong: {w: W, v: {text: V, because: B}}, why: Y}
statements:
  s: {say: S, is: false, difficulty: 1}
cloze:
  c: One ==gap==^[hint] here.
  d: {text: ==a== and ==b==, was: e, why: W}
  e: {text: ==a==, was: cloze.x.1, accept: b}
  f: {text: ==a== and ==b==, accept: {1: [c, d], 2: e}}
  g: {text: ==a== and ==b==, accept: {"2": e}}
"""

GOOD = [HEAD + COMPARISON + TAXONOMY + GROUPS + OTHERS, HEAD + CARD, HEAD + COMPARISON, HEAD + TAXONOMY, HEAD + GROUPS]

BAD = [
    "- a\n",
    "knowledge: 1\n",
    HEAD,
    HEAD.replace("1", "2") + CARD,
    HEAD.replace("demo", "My Demo") + CARD,
    HEAD.replace("en", "no") + CARD,
    HEAD.replace("en", "EN") + CARD,
    HEAD.replace("title: Demo\n", "") + CARD,
    HEAD + "card: {}\n" + CARD,
    HEAD + "tags: {a: b}\n" + CARD,
    HEAD + "tags: [a, a]\n" + CARD,
    HEAD + "sources: [a]\n" + CARD,
    HEAD + "sources: {A B: c}\n" + CARD,
    HEAD + "description: ' '\n" + CARD,
    HEAD + "cards: [a]\n",
    HEAD + "cards: {A: {front: F, back: B}}\n",
    HEAD + "cards: {a: F}\n",
    HEAD + "cards: {a: {front: F}}\n",
    HEAD + "cards: {a: {front: F, back: ''}}\n",
    HEAD + "cards: {a: {front: F, back: [B]}}\n",
    HEAD + "cards: {a: {front: F, back: B, both-ways: maybe}}\n",
    HEAD + "cards: {a: {front: F, back: B, difficulty: 7}}\n",
    HEAD + "cards: {a: {front: F, back: B, image: a.png}}\n",
    HEAD + "cards: {a: {front: F, back: B, alt: A}}\n",
    HEAD + "cards: {a: {front: F, back: B, image: /etc/a.png, alt: A}}\n",
    HEAD + "cards: {a: {front: F, back: B, image: a/../b.png, alt: A}}\n",
    HEAD + "cards: {a: {front: F, back: B, was: b}}\n",
    HEAD + "cards: {a: {front: F, back: B, say: S}}\n",
    HEAD + COMPARISON.replace("{a: A, b: {name: B, also: [C], was: [d]}}", "{a: A}"),
    HEAD + COMPARISON.replace("name: B, ", ""),
    HEAD + COMPARISON.replace("was: [d]", "was: [d.e]"),
    HEAD + COMPARISON.replace("Of {concept}?", "Of it?"),
    HEAD + COMPARISON.replace('ask: "{concept}"', 'ask: "{value}"'),
    HEAD + COMPARISON.replace('"{value}"', '"{concept}"'),
    HEAD + COMPARISON.replace("minor: true", "minor: very"),
    HEAD + COMPARISON.replace("    concepts", "    concept"),
    HEAD + "comparisons: {cards: {concepts: {a: A, b: B}, attributes: {x: '{concept}'}, cells: {x: {a: 1, b: 2}}}}\n",
    HEAD + "comparisons: {c: {concepts: {a: A, b: B}, attributes: {}, cells: {}}}\n",
    HEAD + "comparisons: {c: {concepts: {a: A, b: B}, attributes: {x: '{concept}'}, facts: 'a b'}}\n",
    HEAD + TAXONOMY.replace("{term}", "{definition}"),
    HEAD + TAXONOMY.replace("name: A,", ""),
    HEAD + TAXONOMY.replace("examples: {e: E, f: {text: F, image: f.png, alt: F}}", "also: [D]"),
    HEAD + TAXONOMY.replace("text: D, ", ""),
    HEAD + "taxonomies: {t: {terms: {}}}\n",
    HEAD + GROUPS.replace("      y: {name: Y, also: Z, members: {o: O}}\n", ""),
    HEAD + GROUPS.replace("members: {o: O}", "members: {}"),
    HEAD + GROUPS.replace("members: {o: O}", "members: [O]"),
    HEAD + GROUPS.replace("{member}", "it"),
    HEAD + "questions: {q: {ask: A, right: R}}\n",
    HEAD + "questions: {q: {ask: A, right: R, wrong: {}}}\n",
    HEAD + "questions: {q: {ask: A, right: R, wrong: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7}}}\n",
    HEAD + "questions: {q: {ask: A, right: R, wrong: {a: {because: B}}}}\n",
    HEAD + "questions: {q: {ask: A, right: R, wrong: {a: 1}, also-true: [a]}}\n",
    HEAD + "statements: {s: {say: S}}\n",
    HEAD + "statements: {s: {say: S, is: so}}\n",
    HEAD + "cloze: {c: no gap}\n",
    HEAD + "cloze: {c: {text: no gap}}\n",
    HEAD + "cloze: {c: {why: W}}\n",
    HEAD + "cloze: {c: {text: ==a== ==b==, accept: {21: c}}}\n",
    HEAD + "cloze: {c: {text: ==a== ==b==, accept: {one: c}}}\n",
    HEAD + "cards: {a: {front: F, back: B, accept: {1: c}}}\n",
]

GOOD_OVERLAYS = [
    OVERLAY,
    OVERLAY
    + """title: T
description: D
sources: {l: L}
comparisons:
  c:
    title: C
    concepts: {a: AA, b: {name: BB, also: [CC]}}
    attributes: {x: "Om {concept}?", y: {name: Y, ask: "{concept}", ask-value: "{value}"}}
    facts: |
      |   | b |
      | y | 4 |
    cells: {x: {a: {text: ett, accept: [en], why: V}}}
taxonomies:
  t:
    title: T
    ask-term: "{definition}"
    terms: {a: {name: A, also: B, definition: D}, c: {examples: {f: {text: F, alt: A}}}}
groups:
  g: {ask: "{member}", ask-member: "{group}", groups: {x: {name: X, members: {m: M, n: {text: N}}}}}
cards: {a: {front: F, back: B, accept: C, why: W}}
questions: {q: {ask: A, right: R, wrong: {w: W, v: {because: B}}, why: Y}}
statements: {s: {say: S, why: W}}
cloze: {c: ==Ett== hål., d: {text: ==a== och ==b==, why: W, accept: {2: [c]}}, e: {text: ==b==, accept: [c]}}
tags: {t: märke}
""",
]

BAD_OVERLAYS = [
    OVERLAY.replace("translates: en", "translates: no"),
    OVERLAY.replace("knowledge: 1\n", ""),
    OVERLAY + "licence: MIT\n",
    OVERLAY + "tags: [t]\n",
    OVERLAY + "tags: {t: [märke]}\n",
    OVERLAY + "cloze: {d: {text: ==a== ==b==, accept: {no: c}}}\n",
    OVERLAY + "cards: {a: {front: F, both-ways: true}}\n",
    OVERLAY + "cards: {a: {front: F, was: cards.b}}\n",
    OVERLAY + "statements: {s: {say: S, is: true}}\n",
    OVERLAY + "cloze: {c: no gap}\n",
    OVERLAY + "comparisons: {c: {concepts: {a: {name: A, was: b}}}}\n",
    OVERLAY + "comparisons: {c: {attributes: {x: no place}}}\n",
    OVERLAY + "comparisons: {c: {source: l}}\n",
    OVERLAY + "taxonomies: {t: {terms: {a: {definition: {text: D, minor: true}}}}}\n",
    OVERLAY + "groups: {g: {groups: {x: {members: [M]}}}}\n",
]


def schema_accepts(content: str) -> bool:
    return bool(VALIDATOR.is_valid(yaml.load(content, Loader=yaml.CBaseLoader)))  # noqa: S506 - it makes texts of everything


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("content", BAD)
def test_what_the_reader_refuses_for_its_shape_the_schema_refuses_too(content: str) -> None:
    assert read(Text("demo.yaml", content)).problems
    assert not schema_accepts(content)


@pytest.mark.parametrize("content", GOOD)
def test_what_the_reader_takes_the_schema_takes_too(content: str) -> None:
    assert read(Text("demo.yaml", content)).problems == ()
    assert schema_accepts(content)


@pytest.mark.parametrize("content", GOOD)
def test_editors_that_resolve_types_are_content_too(content: str) -> None:
    typed = yaml.load(content.replace("2024-01-01", "today"), Loader=yaml.CSafeLoader)
    assert list(VALIDATOR.iter_errors(typed)) == []


@pytest.mark.parametrize("content", BAD_OVERLAYS)
def test_a_bad_overlay_is_refused_by_both(content: str) -> None:
    assert read(Text("demo.yaml", GOOD[0]), [Text("demo.sv.yaml", content)]).problems
    assert not schema_accepts(content)


@pytest.mark.parametrize("content", GOOD_OVERLAYS)
def test_a_good_overlay_is_taken_by_both(content: str) -> None:
    assert read(Text("demo.yaml", GOOD[0]), [Text("demo.sv.yaml", content)]).problems == ()
    assert schema_accepts(content)


def properties(name: str) -> set[str]:
    """The keys that a definition of the schema allows, with those it takes over."""
    return set(_properties(SCHEMA["$defs"][name]))


def _properties(node: dict[str, Any]) -> Iterator[str]:
    yield from node.get("properties", {})
    if "$ref" in node:
        yield from properties(node["$ref"].removeprefix("#/$defs/"))


def below(*path: str) -> dict[str, Any]:
    """The definition at the end of a path of properties, `*` for any key; of alternatives, the mapping."""
    node: dict[str, Any] = SCHEMA["$defs"][path[0]]
    for step in path[1:]:
        node = node["additionalProperties"] if step == "*" else node["properties"][step]
        while "anyOf" in node and "properties" not in node:
            node = next(one for one in node["anyOf"] if one.get("type") == "object" or "wrong" in one.get("$ref", ""))
    return node


def test_reader_and_schema_know_the_same_keys() -> None:
    assert properties("source-file") == source.ROOT
    assert properties("comparison") == comparisons.COMPARISON
    assert properties("taxonomy") == taxonomies.TAXONOMY
    assert properties("group-set") == groups.GROUPSET
    assert properties("card") == cards.CARD
    assert properties("question") == questions.QUESTION
    assert properties("statement") == questions.STATEMENT
    assert properties("wrong") == questions.WRONG == overlay.WRONG
    assert properties("sibling-extras") == draft.WITH_SIBLINGS
    assert properties("lone-extras") == draft.EXTRAS
    for path, keys in [
        (("comparison", "concepts", "*"), comparisons.CONCEPT),
        (("comparison", "attributes", "*"), comparisons.ATTRIBUTE),
        (("comparison", "cells", "*", "*"), comparisons.CELL),
        (("taxonomy", "terms", "*"), taxonomies.TERM),
        (("group-set", "groups", "*"), groups.GROUP),
        (("source-file", "cloze"), frozenset()),
        (("overlay", "comparisons", "*"), translate.COMPARISON),
        (("overlay", "comparisons", "*", "concepts", "*"), NAMED),
        (("overlay", "comparisons", "*", "attributes", "*"), translate.ATTRIBUTE),
        (("overlay", "taxonomies", "*"), translate.TAXONOMY),
        (("overlay", "taxonomies", "*", "terms", "*"), translate.TERM),
        (("overlay", "groups", "*"), translate.GROUPSET),
        (("overlay", "groups", "*", "groups", "*"), translate.GROUP),
        (("overlay", "cards", "*"), overlay.CARD),
        (("overlay", "questions", "*"), overlay.QUESTION),
        (("overlay", "statements", "*"), overlay.STATEMENT),
        (("overlay", "cloze", "*"), TEXT),
    ]:
        assert set(_properties(below(*path))) == keys, path
    assert properties("overlay") == overlay.ROOT
    assert set(_properties(SCHEMA["$defs"]["cloze"]["anyOf"][1])) == cloze.CLOZE
    assert set(_properties(SCHEMA["$defs"]["told-text"]["anyOf"][1])) == TEXT


def test_every_reference_leads_somewhere_and_every_definition_is_used() -> None:
    used = set(re.findall(r'"#/\$defs/([a-z-]+)"', json.dumps(SCHEMA)))
    assert used == set(SCHEMA["$defs"])
