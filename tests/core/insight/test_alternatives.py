"""What stood beside the right answer, and what was given instead of it."""

import numpy as np

from quizapp.core.insight.alternatives import Alternatives, Value, alternatives, given_instead, retold
from quizapp.core.insight.firstanswers import NOTHING, Answers
from quizapp.core.items.grade import grade
from quizapp.core.items.model import (
    Answer,
    ChoiceAnswer,
    ChoiceItem,
    Form,
    Graded,
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
)

HEAD = Head("bank", "en", ("a",), "s", "Stem?", "Topic")
CHOICE = ChoiceItem(
    HEAD,
    (Option("1", "Alpha", correct=True, fact="a"), Option("2", "Beta", correct=False, fact="b"),
     Option("3", "By hand", correct=False)),
)  # fmt: skip
TYPED = TypedItem(HEAD, Form.TYPED, "Alpha", (), {"Beta": "b"})
MATCHING = MatchingItem(
    HEAD,
    (Premise("p", "Asks a", "a"), Premise("q", "Asks b", "b")),
    (Response("1", "Alpha", "a"), Response("2", "Beta", "b"), Response("3", "Extra", None)),
    {"p": "1", "q": "2"},
    reusable=False,
)
BETA, BY_HAND = Value("b", "Beta"), Value(None, "By hand")


def of(item: Item, answer: Answer, fact: str = "a") -> Alternatives:
    graded = grade(item, answer)
    assert isinstance(graded, Graded)
    return alternatives(item, graded, fact)


def test_a_choice_shows_all_but_the_right_option() -> None:
    assert of(CHOICE, ChoiceAnswer("1")) == Alternatives((BETA, BY_HAND), None)
    assert of(CHOICE, ChoiceAnswer("2")).given == BETA
    assert of(CHOICE, ChoiceAnswer("3")).given == BY_HAND
    assert of(CHOICE, ChoiceAnswer("", unsure=True)).given is None


def test_a_typed_answer_is_beside_nothing() -> None:
    assert of(TYPED, TypedAnswer("beta")) == Alternatives((), Value("b", "beta"))
    assert of(TYPED, TypedAnswer("gamma")) == Alternatives((), Value(None, "gamma"))
    assert of(TYPED, TypedAnswer("", unsure=True)).given is None


def test_words_that_differ_in_case_and_spaces_are_one_value() -> None:
    assert Value(None, " Some  Words").name == Value(None, "some words").name != Value("some words", "").name


def test_a_false_sentence_shows_the_value_it_was_made_with() -> None:
    false = TrueFalseItem(HEAD, is_true=False, correction="Alpha", value_of="b")
    assert of(false, TrueFalseAnswer(says_true=False)) == Alternatives((Value("b", ""),), None)
    assert of(false, TrueFalseAnswer(says_true=True)).given == Value("b", "")
    true = TrueFalseItem(HEAD, is_true=True, correction="")
    assert of(true, TrueFalseAnswer(says_true=False)) == Alternatives((), None)


def test_a_matching_shows_the_other_responses_of_each_premise() -> None:
    swapped = MatchingAnswer((("p", "2"), ("q", "3")))
    assert of(MATCHING, swapped) == Alternatives((BETA, Value(None, "Extra")), BETA)
    assert of(MATCHING, swapped, "b") == Alternatives((Value("a", "Alpha"), Value(None, "Extra")), Value(None, "Extra"))


def test_rows_are_told_anew_by_the_questions_and_all_others_show_nothing() -> None:
    count = 3
    answers = Answers(
        key=np.arange(count),
        learner=np.arange(count),
        fact=np.array([1, 1, 2]),
        form=np.array([0, 4, 0]),
        right=np.array([False, False, False]),
        guess=np.zeros(count),
        chosen=np.array([77, 78, 79]),
        shown_at=np.array([0, 2]),
        shown=np.array([77, 79]),
    )
    told = [of(CHOICE, ChoiceAnswer("3")), of(TYPED, TypedAnswer("Beta"))]
    again, values = retold(answers, [0, 1], told)
    assert values == [BY_HAND, BETA]
    assert again.chosen.tolist() == [1, 2, 0]
    assert (again.shown_at.tolist(), again.shown.tolist()) == ([0, 0], [2, 1])
    assert given_instead(again, 1, 4, ()) == [(2, 1)]
    assert given_instead(again, 1, 4, {1}) == []
    assert retold(answers, [0], [None])[0].chosen.tolist() == [0, 0, 0]
    assert retold(NOTHING, [], [])[1] == []
