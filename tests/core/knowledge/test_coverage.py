"""What an overlay leaves out of its source is counted, text by text, and its tags and gaps speak its language."""

import pytest

from quizapp.core.knowledge.coverage import Part, counted, tags_of
from quizapp.core.knowledge.model import Bank, Gap
from quizapp.core.knowledge.read import Text, read

SOURCE = """knowledge: 1
id: demo
language: en
title: Demo
description: About
tags: [trade]
sources: {l: Lecture}
comparisons:
  c:
    tags: [Long words]
    concepts: {in: Insourcing, out: Outsourcing}
    attributes: {staff: "Who works in {concept}?", cost: {name: Cost, ask-value: "Which has {value}?"}}
    facts: |
      |       | in | out |
      | staff | we | they |
      | cost  | -  | fee  |
    cells: {staff: {in: {why: Ours.}}}
taxonomies:
  t: {ask-term: "What is {definition}?", terms: {a: {name: A, definition: {text: The first, why: Alphabet.}}}}
groups:
  g: {groups: {x: {name: X, members: {m: M}}, y: {name: Y, members: {n: N}}}}
cards:
  k: {front: F, back: B, image: k.png, alt: A cell, why: Cells.}
questions:
  q: {ask: Ask?, right: Right, wrong: {w: {text: Wrong, because: Why}, v: Other}}
statements:
  s: {say: So, is: true, why: Thus}
cloze:
  z: {text: One ==a== two ==b==., why: Letters., accept: {1: [aa, aaa], 2: bb}}
"""
HEAD = "knowledge: 1\nid: demo\ntranslates: en\nlanguage: sv\n"
WHOLE = """title: Demon
description: Om
tags: {trade: handel, Long words: långa ord}
sources: {l: Föreläsning}
comparisons:
  c:
    title: Modeller
    concepts: {in: Egen regi, out: {name: Utläggning}}
    attributes:
      staff: {name: Personal, ask: "Vem arbetar i {concept}?"}
      cost: {name: Kostnad, ask-value: "Vilken har {value}?"}
    facts: |
      |       | in | out |
      | staff | vi | de  |
      | cost  |    | avgift |
    cells: {staff: {in: {why: Vår.}}}
taxonomies:
  t: {title: Ord, ask-term: "Vad är {definition}?", terms: {a: {name: AA, definition: {text: Den, why: Alfabet.}}}}
groups:
  g: {title: G, groups: {x: {name: XX, members: {m: MM}}, y: {name: YY, members: {n: NN}}}}
cards: {k: {front: FF, back: BB, alt: En cell, why: Celler.}}
questions: {q: {ask: Fråga?, right: Rätt, wrong: {w: {text: Fel, because: Ty}, v: Annat}}}
statements: {s: {say: Så, why: Alltså}}
cloze: {z: {text: Ett ==c== två ==d==., why: Bokstäver., accept: {2: [dd]}}}
"""


def edition(body: str) -> Bank:
    reading = read(Text("demo.yaml", SOURCE), [Text("demo.sv.yaml", HEAD + body)])
    assert reading.problems == ()
    return reading.editions["sv"]


def test_a_whole_overlay_leaves_nothing_out() -> None:
    bank = edition(WHOLE)
    assert bank.left_out == {}
    assert bank.untranslated == frozenset()
    assert counted(bank.left_out) == ()


def test_the_source_itself_leaves_nothing_out() -> None:
    bank = read(Text("demo.yaml", SOURCE)).bank
    assert bank is not None
    assert bank.left_out == {}


def test_an_empty_overlay_leaves_everything_out() -> None:
    bank = edition("")
    assert bank.left_out[Part.TEXT] == tuple(bank.facts)
    assert bank.left_out[Part.TAG] == ("tags.Long words", "tags.trade")
    assert bank.left_out[Part.WHY] == (
        "comparisons.c.cells.staff.in.why",
        "taxonomies.t.terms.a.definition.why",
        "cards.k.why",
        "statements.s.why",
        "cloze.z.why",
    )
    assert set(bank.left_out) == set(Part)


@pytest.mark.parametrize(
    ("told", "untold", "part", "place"),
    [
        ("title: Demon\n", "", Part.TITLE, "title"),
        ("    title: Modeller\n", "", Part.TITLE, "comparisons.c.title"),
        ("description: Om\n", "", Part.DESCRIPTION, "description"),
        ("trade: handel, ", "", Part.TAG, "tags.trade"),
        ("sources: {l: Föreläsning}\n", "", Part.SOURCE, "sources.l"),
        ("in: Egen regi, ", "", Part.NAME, "comparisons.c.concepts.in.name"),
        ("{name: Utläggning}", "{also: Ute}", Part.NAME, "comparisons.c.concepts.out.name"),
        ("name: Personal, ", "", Part.NAME, "comparisons.c.attributes.staff.name"),
        ("name: AA, ", "", Part.NAME, "taxonomies.t.terms.a.name"),
        ("name: XX, ", "", Part.NAME, "groups.g.groups.x.name"),
        (', ask: "Vem arbetar i {concept}?"', "", Part.ASK, "comparisons.c.attributes.staff.ask"),
        (', ask-value: "Vilken har {value}?"', "", Part.ASK, "comparisons.c.attributes.cost.ask-value"),
        ('ask-term: "Vad är {definition}?", ', "", Part.ASK, "taxonomies.t.ask-term"),
        ("| vi |", "|    |", Part.TEXT, "c.staff.in"),
        ("back: BB, ", "", Part.TEXT, "cards.k"),
        ("{why: Vår.}", "{accept: vår}", Part.WHY, "comparisons.c.cells.staff.in.why"),
        (", why: Alltså", "", Part.WHY, "statements.s.why"),
        (", why: Bokstäver.", "", Part.WHY, "cloze.z.why"),
        (", because: Ty", "", Part.BECAUSE, "questions.q.wrong.w.because"),
        ("alt: En cell, ", "", Part.ALT, "cards.k.alt"),
    ],
)
def test_one_text_left_out_is_told_by_its_place(told: str, untold: str, part: Part, place: str) -> None:
    assert WHOLE.count(told) == 1
    assert edition(WHOLE.replace(told, untold)).left_out == {part: (place,)}


def test_a_missing_stem_leaves_the_fact_untranslated_though_its_own_text_is_there() -> None:
    bank = edition(WHOLE.replace('ask-term: "Vad är {definition}?", ', ""))
    assert bank.untranslated == {"t.a.definition"}
    assert Part.TEXT not in bank.left_out


def test_what_is_left_out_is_said_in_numbers() -> None:
    said = counted({Part.WHY: ("a", "b"), Part.TITLE: ("title",), Part.TAG: ()})
    assert said == ("one title", "2 explanations")
    assert said[1].template == "one explanation"


def test_a_tag_has_a_name_in_the_overlay_s_language_and_stays_what_it_is() -> None:
    bank = edition("tags: {Long words: långa ord}\n")
    assert bank.tag_names == {"Long words": "långa ord"}
    assert bank.tags == ("trade",)
    assert bank.facts["c.staff.in"].extras.tags == ("Long words",)
    assert tags_of(bank) == ("Long words", "trade")


def accepted(bank: Bank) -> list[tuple[str, ...]]:
    return [fact.extras.accept for fact in bank if isinstance(fact, Gap)]


def test_each_gap_has_its_own_right_answers() -> None:
    source = read(Text("demo.yaml", SOURCE)).bank
    assert source is not None
    assert accepted(source) == [("aa", "aaa"), ("bb",)]
    assert accepted(edition(WHOLE)) == [(), ("dd",)]


def test_the_only_gap_takes_a_list_as_well_as_a_number() -> None:
    head = SOURCE.partition("cloze:")[0]
    for accept in ("b", "[b]", "{1: b}"):
        bank = read(Text("demo.yaml", f"{head}cloze: {{z: {{text: ==a==, accept: {accept}}}}}")).bank
        assert bank is not None
        assert accepted(bank) == [("b",)]
