"""Messages are English texts that can be said in another language."""

import copy
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.messages import LONGEST_TEMPLATE, LONGEST_VALUE, Message, Number, as_plain, from_plain, msg, msg_n


def test_a_message_is_its_english_text() -> None:
    said = msg("at most %(most)d files, not %(count)d", most=60, count=61)
    assert said == "at most 60 files, not 61"
    assert (said.template, dict(said.values)) == ("at most %(most)d files, not %(count)d", {"most": 60, "count": 61})


def test_a_message_without_values_keeps_its_percent_signs() -> None:
    assert msg("100 % of %s") == "100 % of %s"


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 lines in a.yaml"), (1, "one line in a.yaml"), (2, "2 lines in a.yaml")]
)
def test_a_count_chooses_its_words(number: int, text: str) -> None:
    said = msg_n("one line in %(file)s", "%(num)d lines in %(file)s", number, file="a.yaml")
    assert said == text
    assert said.number == number


def test_a_message_within_a_message_stays_one() -> None:
    inner = msg("no cell says anything")
    outer = msg("%(place)s: %(what)s", place="line 3", what=inner)
    assert outer == "line 3: no cell says anything"
    assert isinstance(outer.values["what"], Message)


def test_a_template_with_a_missing_value_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        msg("%(this)s and %(that)s", this="one")


def test_copies_are_whole() -> None:
    said = msg_n("one line", "%(num)d lines", 2, file=msg("a file"))
    for copied in (copy.copy(said), copy.deepcopy(said), pickle.loads(pickle.dumps(said))):  # noqa: S301 -- its own bytes
        assert (copied, copied.template, copied.plural, copied.number) == (said, "one line", "%(num)d lines", 2)


def test_a_template_kept_as_a_constant_is_filled_later() -> None:
    card = msg("the card %(key)s")
    assert card.filled(key='"a"') == 'the card "a"'
    assert card.filled(key='"a"').template == card.template


def test_a_number_sets_its_thousands_apart() -> None:
    assert msg("more than %(most)s facts", most=Number(40_000)) == "more than 40,000 facts"
    assert Number(40_000) == 40_000


def test_a_message_comes_whole_through_plain_values() -> None:
    inner = msg_n("one memory", "%(num)d memories", 2)
    said = msg_n("%(num)d fact of %(most)s: %(what)s, %(name)s", "facts", 1, most=Number(5000), what=inner, name="x")
    came = from_plain(json.loads(json.dumps(as_plain(said))))
    assert isinstance(came, Message)
    assert (came, came.template, came.plural, came.number) == (said, said.template, said.plural, said.number)
    assert isinstance(came.values["what"], Message)
    assert isinstance(came.values["most"], Number)
    assert not isinstance(from_plain(as_plain("x")), Message)


BARE = {"template": "a", "values": {}, "plural": "", "number": 1}


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        1.5,
        {},
        {"template": "a"},
        BARE | {"template": 1},
        BARE | {"values": []},
        BARE | {"number": "1"},
        BARE | {"template": "%(x)s"} | {"values": {"y": 1}},
        BARE | {"template": "%(x)99999999d", "values": {"x": 1}},
        BARE | {"template": "%s", "values": {"x": 1}},
        BARE | {"template": "%(x)s", "values": {"x": []}},
        BARE | {"template": "a" * (LONGEST_TEMPLATE + 1)},
        BARE | {"values": {"x": "a" * (LONGEST_VALUE + 1)}},
        BARE | {"values": {"x": BARE | {"values": {"x": BARE | {"values": {"x": BARE}}}}}},
    ],
)
def test_what_no_message_was_taken_apart_into_is_refused(value: object) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_plain(value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["template", "values", "plural", "x"]), inner),
    )
)
def test_hostile_values_are_a_text_a_number_or_refused(value: object) -> None:
    try:
        came = from_plain(value)
    except (ValueError, KeyError, TypeError):
        return
    assert isinstance(came, str | int)
