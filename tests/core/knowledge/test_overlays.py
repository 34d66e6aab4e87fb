"""An overlay lays the texts of another language over a bank; what is missing falls back and is counted."""

from dataclasses import replace

import pytest
from support.translatable import all_translatable

from quizapp.core.knowledge.model import (
    Bank,
    Card,
    Cell,
    Definition,
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
from quizapp.core.knowledge.reading import Problem

SOURCE = """knowledge: 1
id: demo
language: en
title: Demo
description: About
sources: {l: Lecture}
comparisons:
  c:
    title: Models
    source: l
    concepts: {in: Insourcing, out: {name: Outsourcing, also: [contracting]}}
    attributes:
      staff: Who works in {concept}?
      cost: {name: Cost, ask-value: "Which has {value}?"}
    facts: |
      |       | in | out |
      | staff | we | they |
      | cost  | -  | fee  |
    cells:
      staff: {in: {accept: [us], why: Ours.}}
taxonomies:
  t:
    ask-term: What is {definition}?
    terms:
      a: {name: A, definition: The first, examples: {e: One}}
groups:
  g:
    groups:
      x: {name: X, members: {m: M}}
      y: {name: Y, members: {n: {text: N, accept: [nn]}}}
cards:
  k: {front: F, back: B, accept: [bb], tags: [deck], image: k.png, alt: A cell}
questions:
  q: {ask: Ask?, right: Right, accept: [rr], wrong: {w: {text: Wrong, because: Why}, v: Other}}
statements:
  s: {say: So, is: true, why: Thus}
cloze:
  z: One ==a== two ==b==^[hint].
"""
HEAD = "knowledge: 1\nid: demo\ntranslates: en\nlanguage: sv\n"


def edition(body: str) -> Bank:
    reading = read(Text("demo.yaml", SOURCE), [Text("demo.sv.yaml", HEAD + body)])
    assert reading.problems == ()
    assert set(reading.editions) == {"en", "sv"}
    assert reading.bank is reading.editions["en"]
    return reading.editions["sv"]


def problems_of(overlay: str, source: str = SOURCE) -> tuple[Problem, ...]:
    reading = read(Text("demo.yaml", source), [Text("demo.sv.yaml", overlay)])
    assert (reading.bank is None) == bool(reading.problems)
    assert all_translatable(reading.problems)
    return reading.problems


def test_an_empty_overlay_is_the_source_and_counts_every_fact() -> None:
    source = read(Text("demo.yaml", SOURCE)).bank
    assert source is not None
    bank = edition("")
    assert bank.untranslated == frozenset(source.facts)
    assert replace(bank, language="en", translates=None, untranslated=frozenset(), left_out={}) == source


def test_a_whole_overlay_leaves_nothing_untranslated() -> None:
    bank = edition("""title: Demon
description: Om
sources: {l: Föreläsning}
comparisons:
  c:
    title: Modeller
    concepts: {in: {name: Egen regi, also: [inhouse]}, out: Utläggning}
    attributes:
      staff: Vem arbetar i {concept}?
      cost: {name: Kostnad, ask-value: "Vilken har {value}?"}
    facts: |
      |       | in | out |
      | staff | vi | de  |
      | cost  |    | avgift |
    cells:
      staff: {in: {accept: [oss]}}
taxonomies:
  t:
    title: Ord
    ask-term: Vad är {definition}?
    terms: {a: {name: AA, definition: Den första, examples: {e: Ett}}}
groups:
  g: {groups: {x: {name: XX, members: {m: MM}}, y: {name: YY, members: {n: {text: NN, accept: [nnn]}}}}}
cards: {k: {front: FF, back: BB, accept: [bbb], why: Därför, alt: En cell}}
questions: {q: {ask: Fråga?, right: Rätt, wrong: {w: {text: Fel, because: Ty}, v: Annat}}}
statements: {s: {say: Så, why: Alltså}}
cloze: {z: "Ett ==c== två ==d==^[led]."}
""")
    assert bank.untranslated == frozenset()
    assert (bank.title, bank.description, bank.language, bank.translates) == ("Demon", "Om", "sv", "en")
    assert bank.sources == {"l": "Föreläsning"}
    assert bank.comparisons["c"].title == "Modeller"
    assert bank.comparisons["c"].concepts["in"] == Name("Egen regi", ("inhouse",))
    assert bank.comparisons["c"].concepts["out"] == Name("Utläggning")
    assert bank.facts["c.staff.in"] == Cell(
        "c.staff.in", "c", "in", "staff", "vi", Extras(accept=("oss",), why="Ours.", source=("l",))
    )
    assert bank.facts["t.a.definition"] == Definition("t.a.definition", "t", "a", "Den första", Extras())
    assert bank.facts["g.y.n"] == Member("g.y.n", "g", "y", "NN", Extras(accept=("nnn",)))
    assert bank.facts["cards.k"] == Card(
        "cards.k",
        "FF",
        "BB",
        both_ways=False,
        extras=Extras(accept=("bbb",), why="Därför", tags=("deck",), image=Image("k.png", "En cell")),
    )
    assert bank.facts["questions.q"] == Question(
        "questions.q", "Fråga?", "Rätt", (Wrong("w", "Fel", "Ty"), Wrong("v", "Annat")), Extras()
    )
    assert bank.facts["statements.s"] == Statement("statements.s", "Så", is_true=True, extras=Extras(why="Alltså"))
    gap = bank.facts["cloze.z.2"]
    assert isinstance(gap, Gap)
    assert (gap.before, gap.text, gap.after, gap.hint) == ("Ett c två ", "d", ".", "led")


def test_a_fact_keeps_the_order_of_the_source() -> None:
    bank = edition("cards: {k: {front: FF, back: BB}}\ntaxonomies: {t: {terms: {a: {definition: Den}}}}\n")
    assert list(bank.facts) == list(read(Text("demo.yaml", SOURCE)).editions["en"].facts)


def test_what_else_is_right_in_one_language_does_not_leak_into_another() -> None:
    bank = edition("cards: {k: {front: FF, back: BB}}\ngroups: {g: {groups: {y: {members: {n: NN}}}}}\n")
    assert bank.facts["cards.k"].extras.accept == ()
    assert bank.facts["g.y.n"].extras.accept == ()
    assert bank.facts["questions.q"].extras.accept == ("rr",), "its text fell back, and so does what else is right"


def test_synonyms_do_not_leak_either() -> None:
    bank = edition("comparisons: {c: {concepts: {out: Ute}}}\n")
    assert bank.comparisons["c"].concepts == {"in": Name("Insourcing"), "out": Name("Ute")}


@pytest.mark.parametrize(
    ("body", "translated"),
    [
        ("cards: {k: {front: FF}}\n", set()),
        ("cards: {k: {front: FF, back: BB}}\n", {"cards.k"}),
        ("questions: {q: {ask: Fråga?, right: Rätt, wrong: {w: Fel}}}\n", set()),
        ("questions: {q: {ask: Fråga?, right: Rätt, wrong: {w: {because: Ty}, v: Fel}}}\n", set()),
        ("statements: {s: {why: Ty}}\n", set()),
        ("cloze: {z: Ett ==c== två ==d==.}\n", {"cloze.z.1", "cloze.z.2"}),
        ("comparisons: {c: {cells: {staff: {in: vi}}}}\n", set()),
        ("comparisons: {c: {attributes: {staff: 'Vem i {concept}?'}, cells: {staff: {in: vi}}}}\n", {"c.staff.in"}),
        ("taxonomies: {t: {terms: {a: {definition: Den, examples: {e: Ett}}}}}\n", {"t.a.examples.e"}),
        ("groups: {g: {groups: {x: {members: {m: MM}}}}}\n", {"g.x.m"}),
    ],
)
def test_a_fact_is_translated_when_its_texts_and_its_stem_are(body: str, translated: set[str]) -> None:
    bank = edition(body)
    assert set(bank.facts) - bank.untranslated == translated


@pytest.mark.parametrize(
    ("body", "place", "message", "hint"),
    [
        ("card: {}\n", "5:1", 'no key "card"', 'did you mean "cards"?'),
        ("licence: MIT\n", "5:1", 'no key "licence"', ""),
        ("cards: {kk: {front: FF}}\n", "5:9", 'no card "kk"', 'did you mean "k"?'),
        ("comparisons: {d: {title: D}}\n", "5:15", 'no comparison "d"', "there are c"),
        ("comparisons: {c: {concepts: {on: Ute}}}\n", "5:30", 'no concept "on"', "there are in, out"),
        ("comparisons: {c: {attributes: {staff: Vem?}}}\n", "5:39", "ask has no {concept}", "{concept}"),
        ("comparisons: {c: {cells: {cost: {in: x}}}}\n", "5:34", "the source has no such fact", "leave it out"),
        (
            "comparisons:\n  c:\n    facts: |\n      | | out |\n      | staff | - |\n",
            "9:17",
            "has a fact here",
            "empty",
        ),
        ("taxonomies: {t: {terms: {a: {examples: {f: F}}}}}\n", "5:41", 'no example "f"', "there are e"),
        ("groups: {g: {groups: {x: {members: {n: N}}}}}\n", "5:37", 'no member "n"', ""),
        ("statements: {s: {say: Så, is: false}}\n", "5:27", "may not say what is true", "delete is"),
        ("cloze: {z: Ett ==c==.}\n", "5:12", "one gap and the source's 2", "same gaps"),
        ("cards: {k: {front: F, was: cards.x}}\n", "5:23", 'no key "was"', ""),
        ("cards: {k: {front: F, alt: }}\n", "5:28", "alt is empty", ""),
        ("groups: {g: {groups: {x: {members: {m: {text: M, alt: A}}}}}}\n", "5:37", "alt without an image", "delete"),
        ("questions: {q: {wrong: {u: U}}}\n", "5:25", 'no wrong answer "u"', ""),
        ("sources: {k: K}\n", "5:11", 'no source "k"', ""),
        ("tags: {dek: lek}\n", "5:8", 'no tag "dek"', 'did you mean "deck"?'),
        ("tags: [lek]\n", "5:1", "each with its translation", "one to a line"),
        ("tags: {deck: }\n", "5:14", "is empty", "write a text"),
        ("cloze: {z: {text: ==c== ==d==, accept: [e]}}\n", "5:32", "which of the gaps", "{1: [one"),
        ("cloze: {z: {text: ==c== ==d==, accept: {0: e}}}\n", "5:41", 'no key "0"', ""),
        ("cards:\n  k: {front: a # b\n  }\n", "6:16", "begins a comment", "double quotes"),
    ],
)
def test_a_slip_in_an_overlay_is_told_with_the_overlay_s_path(body: str, place: str, message: str, hint: str) -> None:
    (problem,) = problems_of(HEAD + body)
    assert str(problem).startswith(f"demo.sv.yaml:{place}: ")
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("head", "place", "hint"),
    [
        (HEAD.replace("id: demo", "id: other"), "2:5", "write demo"),
        (HEAD.replace("translates: en", "translates: fi"), "3:13", "write en"),
        (HEAD.replace("language: sv", "language: en"), "4:11", "the language of this file"),
        (HEAD.replace("language: sv", "language: no"), "4:11", "nb (Bokmål) or nn (Nynorsk)"),
        (HEAD.replace("translates: en\n", ""), "1:1", "such as en"),
    ],
)
def test_the_head_must_fit_the_source(head: str, place: str, hint: str) -> None:
    (problem,) = problems_of(head)
    assert str(problem).startswith(f"demo.sv.yaml:{place}: ")
    assert hint in problem.hint


def test_two_overlays_of_one_language_are_a_problem() -> None:
    reading = read(Text("demo.yaml", SOURCE), [Text("a.yaml", HEAD), Text("b.yaml", HEAD)])
    assert [str(problem) for problem in reading.problems] == ["b.yaml:4:11: another overlay is in sv too"]


def test_errors_of_source_and_overlays_are_told_in_one_pass() -> None:
    source = SOURCE.replace("front: F, ", "")
    problems = problems_of(HEAD + "cards: {k: {front: FF}}\nstatements: {s: {sya: S}}\n", source)
    assert [problem.path for problem in problems] == ["demo.yaml", "demo.sv.yaml"]
    assert 'no key "sya"' in problems[1].message


def test_a_broken_source_still_has_its_overlays_read_for_syntax() -> None:
    problems = problems_of(HEAD + "cards: {\n", "cards: [\n")
    assert [problem.path for problem in problems] == ["demo.yaml", "demo.sv.yaml"]
