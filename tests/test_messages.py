"""Messages are English texts that can be said in another language."""

import copy
import pickle

import pytest

from quizapp.messages import Message, msg, msg_n


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
