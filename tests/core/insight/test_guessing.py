"""What blind guessing earns."""

import pytest

from quizapp.core.insight.guessing import chance_points
from quizapp.core.items.model import (
    ChoiceItem,
    Form,
    Head,
    MatchingItem,
    Option,
    Premise,
    Response,
    TrueFalseItem,
    TypedItem,
)

HEAD = Head("bank", "en", ("a",), "s", "stem", "topic")


def test_blind_guessing_earns_what_the_forms_allow() -> None:
    choice = ChoiceItem(HEAD, tuple(Option(str(number), "x", number == 0) for number in range(4)))
    judged = TrueFalseItem(HEAD, is_true=True, correction="")
    typed = TypedItem(HEAD, Form.TYPED, "x", (), {})
    premises = tuple(Premise(str(number), "p", "f") for number in range(4))
    responses = tuple(Response(str(number), "r") for number in range(8))
    matching = MatchingItem(HEAD, premises, responses, {}, reusable=False)
    assert chance_points([choice, judged, typed, matching]) == pytest.approx(0.25 + 0.5 + 0.0 + 0.125)
