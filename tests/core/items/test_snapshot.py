"""Items and answers survive being kept as JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.items.model import (
    Answer,
    ChoiceAnswer,
    ChoiceItem,
    FlashcardAnswer,
    FlashcardItem,
    Form,
    Head,
    Item,
    MatchingAnswer,
    MatchingItem,
    Option,
    Premise,
    Response,
    TrueFalseAnswer,
    TrueFalseItem,
    TypedAnswer,
    TypedItem,
    form_of,
)
from quizapp.core.items.snapshot import dump, dump_answer, load, load_answer

TEXT = st.text(max_size=8)
MAYBE = st.none() | TEXT
FLAG = st.booleans()


def several(part: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(part, max_size=3).map(tuple)


HEADS = st.builds(
    Head,
    bank=TEXT,
    language=TEXT,
    facts=several(TEXT),
    surface=TEXT,
    stem=TEXT,
    topic=TEXT,
    why=TEXT,
    source=several(TEXT),
    image=st.none() | st.tuples(TEXT, TEXT),
    untranslated=FLAG,
)
OPTIONS = st.builds(Option, TEXT, TEXT, FLAG, MAYBE, TEXT)
ITEMS: st.SearchStrategy[Item] = st.one_of(
    st.builds(ChoiceItem, HEADS, several(OPTIONS)),
    st.builds(TrueFalseItem, HEADS, FLAG, TEXT, MAYBE),
    st.builds(
        TypedItem,
        HEADS,
        st.sampled_from([Form.TYPED, Form.CLOZE]),
        TEXT,
        several(TEXT),
        st.dictionaries(TEXT, TEXT, max_size=3),
        TEXT,
    ),
    st.builds(FlashcardItem, HEADS, TEXT),
    st.builds(
        MatchingItem,
        HEADS,
        several(st.builds(Premise, TEXT, TEXT, TEXT, TEXT)),
        several(st.builds(Response, TEXT, TEXT, MAYBE)),
        st.dictionaries(TEXT, TEXT, max_size=3),
        FLAG,
    ),
)
ANSWERS: st.SearchStrategy[Answer] = st.one_of(
    st.builds(ChoiceAnswer, TEXT, FLAG),
    st.builds(TrueFalseAnswer, FLAG, FLAG),
    st.builds(TypedAnswer, TEXT, FLAG),
    st.builds(FlashcardAnswer, st.integers(min_value=1, max_value=4)),
    st.builds(MatchingAnswer, several(st.tuples(TEXT, TEXT)), st.frozensets(TEXT, max_size=3), FLAG),
)
CARD = FlashcardItem(Head("bank", "en", ("fact",), "front", "stem?", "topic"), "back")


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_version_is_refused(version: object) -> None:
    with pytest.raises(ValueError, match="version"):
        load({**dump(CARD), "v": version})
    with pytest.raises(ValueError, match="version"):
        load_answer({**dump_answer(FlashcardAnswer(3)), "v": version})


@pytest.mark.parametrize("form", ["essay", None, ["choice"]])
def test_an_unknown_form_is_refused(form: object) -> None:
    with pytest.raises(ValueError, match="unknown form"):
        load({**dump(CARD), "form": form})


@pytest.mark.parametrize("part", ["head", "back"])
def test_a_missing_part_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match="damaged"):
        load({name: value for name, value in dump(CARD).items() if name != part})


def test_a_head_with_an_unknown_part_is_refused() -> None:
    kept = json.loads(json.dumps(dump(CARD)))
    kept["head"]["colour"] = "red"
    with pytest.raises(ValueError, match="damaged"):
        load(kept)


@given(ITEMS)
def test_an_item_comes_back_as_it_was(item: Item) -> None:
    kept = dump(item)
    assert (kept["v"], kept["form"]) == (1, form_of(item))
    assert json.loads(json.dumps(kept)) == kept
    assert load(json.loads(json.dumps(kept))) == item


@given(ANSWERS)
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    kept = dump_answer(answer)
    assert json.loads(json.dumps(kept)) == kept
    assert load_answer(json.loads(json.dumps(kept))) == answer
