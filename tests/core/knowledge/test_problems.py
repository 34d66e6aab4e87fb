"""What an author gets wrong is told with its place and what to do, all of it at once."""

import pytest
from support.translatable import all_translatable

from quizapp.core.knowledge.problems import MOST_SHOWN
from quizapp.core.knowledge.read import Text, read
from quizapp.core.knowledge.reading import Problem

HEAD = "knowledge: 1\nid: demo\nlanguage: en\ntitle: Demo\n"
CARD = "cards:\n  a: {front: F, back: B}\n"
TAXONOMY = "taxonomies:\n  t: {terms: {a: {name: A, definition: D}}}\n"


def problems_of(content: str) -> tuple[Problem, ...]:
    reading = read(Text("demo.yaml", content))
    if reading.problems:
        assert reading.bank is None
        assert reading.editions == {}
    assert all_translatable(reading.problems)
    return reading.problems


def only(content: str) -> Problem:
    problems = problems_of(content)
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def comparison(*lines: str) -> str:
    head = "comparisons:\n  c:\n    concepts: {in: Insourcing, out: Outsourcing}\n    attributes:\n"
    return (
        head
        + "      staff: Who works in {concept}?\n      control: How is {concept} led?\n"
        + "".join(f"    {line}\n" for line in lines)
    )


BODIES = [
    # the text of YAML itself
    ("cards:\n  a:\n    front: What is it: a thing\n    back: B\n", "7:22", "colon inside a text", "double quotes"),
    ("cards:\n  a: {front: What: is it, back: B}\n", "6:18", "colon inside a text", "double quotes"),
    ("cards:\n  a:\n    front: {term} is what?\n    back: B\n", "7:12", "cannot begin with {", "double quotes"),
    ("cards:\n  a:\n    front: F # 1\n    back: B\n", "7:14", "begins a comment, which cuts front", "its own line"),
    ("cards:\n  a:\n    front: F\n    back: one # 1\n      two\n", "8:15", "begins a comment", "double quotes"),
    ("cards:\n\ta: {front: F, back: B}\n", "6:1", "a tab indents the line", "spaces"),
    ("cards:\n  a: {front: F,\tback: B}\n", "6:16", "a tab in the line", "spaces"),
    ('cards:\n  a:\n    front: "F\n    back: B\n', "7:12", "a quote is opened here", "close it"),
    ('cards:\n  a:\n    front: "F" or so\n    back: B\n', "7:16", "after its closing quote", "double quotes"),
    ("cards:\n  a: {front: F, back: B\n", "6:6", "{ is opened here and not closed", "close every brace"),
    ("cards:\n  a:\n    front: F\n   back: B\n", "8:4", "does not fit its neighbours", "column"),
    ("cards:\n  a:\n    front: F\n      back: B\n", "8:11", "indented deeper", "neighbours"),
    ("cards:\n  a:\n    front:F\n    back: B\n", "7:10", "a space is missing", "key: text"),
    ("cards:\n  a:\n    front: *x\n    back: B\n", "7:12", "an alias (*x)", "double quotes"),
    ("cards:\n  a:\n    front: &x F\n    back: B\n", "7:12", "an anchor (&x)", "double quotes"),
    ("cards:\n  a:\n    front: !x F\n    back: B\n", "7:12", "a tag (!x)", "double quotes"),
    ("cards:\n  a:\n    front: %x\n    back: B\n", "7:12", "cannot begin with %", "double quotes"),
    ("cards:\n  a:\n    front: F\n    back: > 5 %\n", "8:11", "cannot begin with >", "double quotes"),
    ('cards:\n  a:\n    front: F\n    back: "$\\alpha$"\n', "8:11", "an escape makes a control", r"write \\"),
    ('cards:\n  a:\n    front: F\n    back: "$a \\times b$"\n', "8:11", "an escape makes a tab", r"write \\"),
    ('cards:\n  a:\n    front: F\n    back: "$\\nu$"\n', "8:11", "a line break inside a formula", r"write \\"),
    ('cards:\n  a:\n    front: F\n    back: "\\pi"\n', "8:12", "there is none like this", r"write \\"),
    ("cards:\n  a: {front: F, back: staff, and more, why: W}\n", "6:30", "a comma inside braces", "double quotes"),
    ("cards:\n  a: {front: F, back: B}\n  a: {front: G, back: C}\n", "7:3", "there twice, first on line 6", "rename"),
    ("cards:\n  <<: {front: F, back: B}\n  a: {front: G, back: C}\n", "6:3", "a merge key", "write the keys out"),
    ("cards:\n  ? [a]\n  : {front: F, back: B}\n  b: {front: G, back: C}\n", "6:5", "a key must be a word", "quotes"),
    (f"{CARD}---\n{CARD}", "7:1", "a second document", "one bank"),
    # keys and words
    ("card:\n  a: {front: F, back: B}\n", "5:1", 'no key "card"', 'did you mean "cards"?'),
    ("cards:\n  a: {front: F, back: B, wy: W}\n", "6:26", 'no key "wy"', 'did you mean "why"?'),
    ("cards:\n  A b: {front: F, back: B}\n", "6:3", '"A b" is not an id', "write a-b"),
    ("cards:\n  - front: F\n    back: B\n", "5:1", "cards must be ids with values", "in place of each -"),
    ("cards:\n  a: F\n", "6:3", "must have keys of its own", "front"),
    ("cards:\n  a: {front: F}\n", "6:3", "has no back", "add back:"),
    ("cards:\n  a: {front: F, back: }\n", "6:23", "back is empty", "write a text"),
    ('cards:\n  a: {front: F, back: " "}\n', "6:23", "back is empty", "write a text"),
    ("cards:\n  a: {front: F, back: [x]}\n", "6:23", "back must be a text", "one text"),
    ("cards:\n  a: {front: F, back: B, both-ways: yes}\n", "6:37", "both-ways is true or false", "write true or false"),
    ("cards:\n  a: {front: F, back: B, difficulty: 6}\n", "6:38", "whole number from 1 to 5", "1 to 5"),
    ("cards:\n  a: {front: F, back: B, tags: [x, x]}\n", "6:36", '"x" is in tags twice', "delete one"),
    ("cards:\n  a: {front: F, back: B, image: a.png}\n", "6:3", "has no alt", "picture shows"),
    ("cards:\n  a: {front: F, back: B, alt: x}\n", "6:3", "alt without an image", "add image"),
    ("cards:\n  a: {front: F, back: B, image: ../a.png, alt: x}\n", "6:33", "not a picture of this bank", "no .."),
    ("cards:\n  a: {front: F, back: B, image: 'http://x/a.png', alt: x}\n", "6:33", "not a picture", "no address"),
    ("cards:\n  a: {front: F, back: B, was: old}\n", "6:31", "not a whole fact id", "cards.old-key"),
    ("cards:\n  a: {front: F, back: B, also-true: a}\n", "6:37", 'names "a" itself', "others"),
    (f"sources: {{lecture: L}}\n{CARD[:-2]}, source: lectur}}\n", "7:34", "not under sources", 'mean "lecture"?'),
    # comparisons
    (comparison("facts: a | b"), "11:12", "must be a table in a block text", "facts: |"),
    (comparison("facts: |", "  x"), "12:7", "begins and ends with |", "write |"),
    (
        comparison("facts: |", "  | x | in | out |", "  | staff | a | b |", "  | control | c | d |"),
        "12:9",
        "first cell",
        "",
    ),
    (
        comparison("facts: |", "  |         | in | out |", "  | staff   | a  |", "  | control | c  | d |"),
        "13:19",
        "has 1 of 2 values",
        "write - in a cell",
    ),
    (
        comparison("facts: |", "  |         | in | out |", "  | staff   | a  | b | e |", "  | control | c  | d |"),
        "13:28",
        "has 3 values for 2 concepts",
        r"write \| for a bar",
    ),
    (
        comparison("facts: |", "  |         | in | out |", "  | staf    | a  | b |", "  | control | c  | d |"),
        "13:9",
        'the row "staf" is not an attribute',
        'did you mean "staff"?',
    ),
    (
        comparison("facts: |", "  |         | in | Outsourcing |", "  | staff   | a  | b |", "  | control | c  | d |"),
        "12:24",
        'the column "Outsourcing" is not a concept',
        "write its id: out",
    ),
    (
        comparison(
            "facts: |", "  |         | in | in | out |", "  | staff | a  | b | c |", "  | control | c  | d | e |"
        ),
        "12:24",
        'the column "in" is there twice',
        "rename",
    ),
    (
        comparison("facts: |", "  |         | in | out |", "  | staff   | a  |    |", "  | control | c  | d |"),
        "13:24",
        "no value for staff of out",
        "write the value, or -",
    ),
    (
        comparison("facts: |", "  |         | in | out |", "  | staff   | a  | b |"),
        "11:5",
        'no row for the attribute "control"',
        "add the row",
    ),
    (
        comparison("facts: |", "  |         | in |", "  | staff   | a  |", "  | control | b  |"),
        "11:5",
        'no column for the concept "out"',
        "add the column",
    ),
    (comparison("cells:", "  staff: {in: a, out: b}", "  control: {in: a}"), "6:3", "no value for control of out", ""),
    (
        comparison(
            "facts: |",
            "  | | in | out |",
            "  | staff | a  | b |",
            "  | control | c  | d |",
            "cells:",
            "  staff: {in: e}",
        ),
        "16:19",
        "the table has another text for this cell",
        "one of the two places",
    ),
    (
        comparison(
            "facts: |",
            "  | | in | out |",
            "  | staff | a  | b |",
            "  | control | c  | - |",
            "cells:",
            "  control: {out: {why: x}}",
        ),
        "16:17",
        "no such fact",
        "delete this cell",
    ),
    (
        comparison(
            "facts: |",
            "  | | in | out |",
            "  | staff | a  | b |",
            "  | control | c  | d |",
            "cells:",
            "  staff: {ot: e}",
        ),
        "16:15",
        'there is no concept "ot"',
        'did you mean "out"?',
    ),
    (
        "comparisons:\n  c:\n    concepts: {a: A}\n    attributes: {x: '{concept}?'}\n    cells: {x: {a: b}}\n",
        "7:5",
        "at least 2 concepts",
        "",
    ),
    (
        "comparisons:\n  c: {concepts: {a: A, b: B}, attributes: {x: 'Of {concpt}?'}, cells: {x: {a: 1, b: 2}}}\n",
        "6:47",
        "ask has no {concept}",
        "replace {concpt} by {concept}",
    ),
    # the other sections
    ("taxonomies:\n  t:\n    terms:\n      a: {name: A}\n", "8:7", "has no definition", "add definition:"),
    ("taxonomies:\n  t:\n    terms:\n      a: {definition: D}\n", "8:7", "has no name", "add name:"),
    (
        "taxonomies:\n  t: {terms: {a: {name: A, definition: D}}, ask-term: What?}\n",
        "6:55",
        "has no {definition}",
        "belongs",
    ),
    ("taxonomies:\n  cards: {terms: {a: {name: A, definition: D}}}\n", "6:3", "name of a section", "another id"),
    ("groups:\n  g: {groups: {a: {name: A, members: {x: X}}}}\n", "6:7", "at least 2 groups", "add"),
    (
        "groups:\n  g: {groups: {a: {name: A, members: [x]}, b: {name: B, members: {y: Y}}}}\n",
        "6:29",
        "members must be ids",
        "-",
    ),
    (
        "groups:\n  t: {groups: {a: {name: A, members: {x: X}}, b: {name: B, members: {y: Y}}}}\n" + TAXONOMY,
        "8:3",
        'the id "t" is taken on line 6',
        "another id",
    ),
    ("questions:\n  q: {ask: A, right: R}\n", "6:3", "has no wrong", "add wrong:"),
    ("questions:\n  q: {ask: A, right: R, wrong: {}}\n", "6:25", "at least 1 wrong", "add"),
    (
        "questions:\n  q: {ask: A, right: R, wrong: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7}}\n",
        "6:69",
        "more than 6 wrong",
        "",
    ),
    ("questions:\n  q: {ask: A, right: R, wrong: {a: 1}, also-true: [a]}\n", "6:40", 'no key "also-true"', ""),
    ("statements:\n  s: {say: S}\n", "6:3", "has no is", "is: true"),
    ("statements:\n  s: {say: S, is: True}\n", "6:19", "is is true or false", "write true or false"),
    ("cloze:\n  c: no gap\n", "6:6", "the text has no gap", "==answer=="),
    ("cloze:\n  c: one ==gap== and ==more\n", "6:6", "opens or closes no gap", "==answer=="),
    ("cloze:\n  c: {text: ==a== and ==b==, accept: x}\n", "6:30", "which of the gaps", "accept: {1: [one"),
    ("cloze:\n  c: {text: ==a== and ==b==, accept: {3: x}}\n", "6:39", 'accept has no key "3"', "1, 2"),
    ("cloze:\n  c: {text: ==a== and ==b==, accept: {1: [x, x]}}\n", "6:46", '"x" is in 1 twice', "delete one"),
]


@pytest.mark.parametrize(("body", "place", "message", "hint"), BODIES)
def test_a_slip_is_one_problem_with_its_place_and_what_to_do(body: str, place: str, message: str, hint: str) -> None:
    problem = only(HEAD + body)
    assert str(problem).startswith(f"demo.yaml:{place}: ")
    assert message in problem.message
    assert hint in problem.hint
    assert problem.excerpt == (HEAD + body).split("\n")[problem.line - 1]
    assert not problem.warning


@pytest.mark.parametrize(
    ("content", "place", "message", "hint"),
    [
        ("", "1:1", "the file is empty", "knowledge: 1"),
        ("# nothing\n", "1:1", "the file is empty", "knowledge: 1"),
        ("- a\n", "1:1", "keys with values", "knowledge: 1"),
        ("text\n", "1:1", "keys with values", "knowledge: 1"),
        (HEAD, "1:1", "the file has no facts", "cards"),
        (HEAD.replace("1", "2") + CARD, "1:12", '"2" is not a version', "knowledge: 1"),
        (HEAD.replace("knowledge: 1\n", "") + CARD, "1:1", "has no knowledge", "knowledge: 1"),
        (HEAD.replace("id: demo\n", "") + CARD, "1:1", "has no id", "add id:"),
        (HEAD.replace("demo", "My Bank") + CARD, "2:5", '"My Bank" is not an id', "write my-bank"),
        (HEAD.replace("title: Demo\n", "") + CARD, "1:1", "has no title", "add title:"),
        (HEAD.replace("en\n", "no\n") + CARD, "3:11", '"no" is not a language code', "nb (Bokmål) or nn (Nynorsk)"),
        (HEAD.replace("en\n", "pt-br\n") + CARD, "3:11", '"pt-br" is not a language code', "write pt-BR"),
        (HEAD.replace("en\n", "English\n") + CARD, "3:11", '"English" is not a language', "such as en"),
        (HEAD + "translates: en\n" + CARD, "5:1", "is an overlay", "source file"),
        (HEAD.replace("Demo", "Demo # one") + CARD, "4:13", "a # after a space", "double quotes"),
    ],
)
def test_a_slip_in_the_head_is_one_problem(content: str, place: str, message: str, hint: str) -> None:
    problem = only(content)
    assert str(problem).startswith(f"demo.yaml:{place}: ")
    assert message in problem.message
    assert hint in problem.hint


def test_a_comment_after_a_word_that_is_not_a_text_cuts_nothing() -> None:
    assert problems_of("knowledge: 1 # v\nid: demo # never change\nlanguage: en # yes\ntitle: 'D' # d\n" + CARD) == ()


def test_the_errors_of_one_section_do_not_hide_those_of_another() -> None:
    content = HEAD + (
        "sources: {l: L}\n"
        + comparison("facts: |", "  | | in | out |", "  | staf | a | b |", "  | control | a | - |")
        + "taxonomies:\n  t:\n    terms: {a: {nme: A, definition: D}}\n"
        + "cards:\n  a: {front: F # x\n    , back: B}\n  b: {front: F, back: B, source: k}\n"
        + "statements:\n  s: {say: S, is: maybe}\n"
        + "cloze:\n  c: none\n"
    )
    problems = problems_of(content)
    found = [problem.message for problem in problems]
    for part in ('row "staf"', "has no name", 'no key "nme"', "a comment", 'source "k"', "true or false", "no gap"):
        assert any(part in message for message in found), part
    places = [(problem.line, problem.column) for problem in problems]
    assert places == sorted(places)


def test_beyond_a_hundred_problems_the_rest_is_counted() -> None:
    cards = "".join(f"  c{number}: {{front: F}}\n" for number in range(150))
    problems = problems_of(f"{HEAD}cards:\n{cards}")
    assert len(problems) == MOST_SHOWN + 1
    assert problems[-1].message == "and 50 more problems"


def test_a_long_line_is_shown_in_part() -> None:
    problem = only(f"{HEAD}cards:\n  a: {{front: {'x' * 900}, bak: B, back: C}}\n")
    assert problem.excerpt.endswith("…")
    assert len(problem.excerpt) < 400
