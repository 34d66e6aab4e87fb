"""Patches change the place they are for and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.knowledge.keys import is_key
from quizapp.core.knowledge.patch import insert_id, insert_key, propose_key, quote_scalar
from quizapp.core.knowledge.read import Text, read

HEAD = "knowledge: 1\nid: demo\nlanguage: en\ntitle: Demo\n"


@pytest.mark.parametrize("line", ["cards:", "  a:", "  - a: ", ""])
def test_a_line_without_text_cannot_be_quoted(line: str) -> None:
    with pytest.raises(ValueError, match="no text at line 1"):
        quote_scalar(line + "\n", 1, len(line) + 1)


def test_a_line_that_is_not_there_cannot_be_quoted() -> None:
    with pytest.raises(ValueError, match="no line 3"):
        quote_scalar("a: b", 3, 1)


@pytest.mark.parametrize(
    ("line", "place", "quoted"),
    [
        ("front: What is it: a thing", 18, 'front: "What is it: a thing"'),
        ("  front: Learn C # now   ", 17, '  front: "Learn C # now"   '),
        ("title: {concept} does", 8, 'title: "{concept} does"'),
        ("  - a: b: c", 8, '  - a: "b: c"'),
        ("  - Some # text", 10, '  - "Some # text"'),
        ('say: He said "no": why', 18, 'say: "He said \\"no\\": why"'),
        ("say: a\\b: c", 9, 'say: "a\\\\b: c"'),
        ("k: {front: What: is it, back: B}", 16, 'k: {front: "What: is it", back: B}'),
        ("k: {front: F, back: staff, and more, why: W}", 28, 'k: {front: F, back: "staff, and more", why: W}'),
        ("k: {front: F, back: a: b}", 22, 'k: {front: F, back: "a: b"}'),
        ('front: "as it is"', 9, 'front: "as it is"'),
        ("front: 'as it is'", 9, "front: 'as it is'"),
        ("tags: [a: b]", 8, 'tags: ["a: b"]'),
    ],
)
def test_a_text_is_put_in_double_quotes(line: str, place: int, quoted: str) -> None:
    content = f"first: 1\r\n{line}\r\nlast: 2\r\n"
    assert quote_scalar(content, 2, place) == f"first: 1\r\n{quoted}\r\nlast: 2\r\n"


@pytest.mark.parametrize(
    "card",
    [
        "  a:\n    front: What is it: a thing\n    back: B\n",
        "  a:\n    front: C # or not\n    back: B\n",
        "  a:\n    front: '{x}'\n    back: {term} is B\n",
        "  a: {front: What: is it, back: B}\n",
        "  a: {front: F, back: staff, and more, why: W}\n",
        "  a:\n    front: '?'\n    back: @home\n",
    ],
)
def test_quoting_at_the_place_of_a_problem_mends_it(card: str) -> None:
    content = HEAD + "cards:\n" + card
    (problem,) = read(Text("a", content)).problems
    mended = quote_scalar(content, problem.line, problem.column)
    assert read(Text("a", mended)).problems == ()


def test_an_id_goes_below_the_version() -> None:
    assert insert_id("# hi\r\nknowledge: 1 # v\r\ntitle: T\r\n", "my-bank") == (
        "# hi\r\nknowledge: 1 # v\r\nid: my-bank\r\ntitle: T\r\n"
    )
    assert insert_id("title: T\n", "my-bank") == "id: my-bank\ntitle: T\n"
    assert insert_id("knowledge: 1", "my-bank") == "knowledge: 1\nid: my-bank\n"


def test_a_list_entry_gets_a_key() -> None:
    assert insert_key("members:\n  - Knowledge transfer # 1\n", 2, "transfer") == (
        "members:\n  transfer: Knowledge transfer # 1\n"
    )
    assert insert_key("cards:\n  - {front: F}\n", 2, "f") == "cards:\n  f: {front: F}\n"
    assert insert_key("cards:\n  - front: F\n    back: B\n", 2, "f") == "cards:\n  f:\n    front: F\n    back: B\n"
    with pytest.raises(ValueError, match="no list entry"):
        insert_key("cards:\n", 1, "f")


@pytest.mark.parametrize(
    ("text", "taken", "key"),
    [
        ("Knowledge transfer", (), "knowledge-transfer"),
        ("Ärger & Größe", (), "arger-and-grosse"),
        ("Smörgåsbord på Østerbro", (), "smorgasbord-pa-osterbro"),
        ("a", ("a", "a-2"), "a-3"),
        ("???", (), "entry"),
        ("Ελλάδα", (), "entry"),
        ("One very long text that would make a very long key indeed", (), "one-very-long-text-that-would-make-a"),
    ],
)
def test_a_key_is_proposed_from_a_text(text: str, taken: tuple[str, ...], key: str) -> None:
    assert propose_key(text, taken) == key


@given(st.text(), st.sets(st.sampled_from(["a", "b", "entry", "entry-2"])))
def test_a_proposed_key_is_a_key_that_is_free(text: str, taken: set[str]) -> None:
    key = propose_key(text, taken)
    assert is_key(key)
    assert key not in taken
