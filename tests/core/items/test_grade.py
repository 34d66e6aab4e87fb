"""Grading of choice, judgement, typed and flashcard answers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.items.grade import confusions, effective_guess_rate, grade
from quizapp.core.items.model import (
    Answer,
    ChoiceAnswer,
    ChoiceItem,
    FlashcardAnswer,
    FlashcardItem,
    Form,
    Graded,
    Head,
    Item,
    Mark,
    MatchingAnswer,
    Option,
    TrueFalseAnswer,
    TrueFalseItem,
    TypedAnswer,
    TypedItem,
    Ungradable,
)

HEAD = Head("bank", "en", ("staff.in",), "value", "Whose staff?", "Models")
CHOICE = ChoiceItem(
    HEAD,
    (
        Option("a", "Our own staff", correct=True, fact="staff.in"),
        Option("b", "The supplier's staff", correct=False, fact="staff.out", because="That is outsourcing."),
        Option("c", "Nobody's", correct=False),
    ),
)
FALSE_CLAIM = TrueFalseItem(HEAD, is_true=False, correction="Our own staff", value_of="staff.out")
TYPED = TypedItem(HEAD, Form.TYPED, "Our own staff", ("own staff",), {"Supplier staff": "staff.out"})
CARD = FlashcardItem(HEAD, "Our own staff")


def mark_of(item: Item, answer: Answer, guess_rate: float | None = None) -> Mark:
    graded = grade(item, answer, guess_rate)
    assert isinstance(graded, Graded)
    (mark,) = graded.marks
    assert graded.score == float(mark.right)
    return mark


@pytest.mark.parametrize("item", [CHOICE, FALSE_CLAIM, TYPED, CARD])
def test_the_answer_of_another_form_is_ungradable(item: Item) -> None:
    assert grade(item, MatchingAnswer(())) == Ungradable("wrong-form")
    other: Answer = TypedAnswer("own staff") if item is not TYPED else ChoiceAnswer("a")
    assert grade(item, other) == Ungradable("wrong-form")


@pytest.mark.parametrize("token", ["d", "A", "a ", "\x00", "\ud800", "a" * 100_000])
def test_an_unknown_option_is_ungradable(token: str) -> None:
    assert grade(CHOICE, ChoiceAnswer(token)) == Ungradable("malformed")
    assert grade(CHOICE, ChoiceAnswer(token, unsure=True)) == Ungradable("malformed")


def test_nothing_chosen_is_ungradable_unless_the_learner_gives_up() -> None:
    assert grade(CHOICE, ChoiceAnswer("")) == Ungradable("blank")
    mark = mark_of(CHOICE, ChoiceAnswer("", unsure=True))
    assert (mark.right, mark.unsure, mark.confused_with, mark.given) == (False, True, None, "")


def test_nothing_typed_is_ungradable_unless_the_learner_gives_up() -> None:
    assert grade(TYPED, TypedAnswer(" \x00 ")) == Ungradable("blank")
    mark = mark_of(TYPED, TypedAnswer("", unsure=True))
    assert (mark.right, mark.unsure, mark.given) == (False, True, "")


@pytest.mark.parametrize("own", [0, 5, -1, True])
def test_a_grade_out_of_range_is_ungradable(own: int) -> None:
    assert grade(CARD, FlashcardAnswer(own)) == Ungradable("malformed")


def test_a_right_choice_could_have_been_guessed_once_in_as_many_options() -> None:
    mark = mark_of(CHOICE, ChoiceAnswer("a", unsure=True))
    assert (mark.fact, mark.right, mark.form, mark.unsure) == ("staff.in", True, Form.CHOICE, True)
    assert mark.guess_rate == pytest.approx(1 / 3)
    assert (mark.given, mark.expected, mark.because) == ("Our own staff", "Our own staff", "")


def test_a_wrong_choice_says_whose_value_it_was() -> None:
    mark = mark_of(CHOICE, ChoiceAnswer("b"))
    assert (mark.right, mark.confused_with, mark.because) == (False, "staff.out", "That is outsourcing.")
    assert mark_of(CHOICE, ChoiceAnswer("c")).confused_with is None


def test_a_measured_guess_rate_replaces_that_of_a_choice_alone() -> None:
    assert mark_of(CHOICE, ChoiceAnswer("a"), guess_rate=0.5).guess_rate == 0.5
    assert mark_of(TYPED, TypedAnswer("own staff"), guess_rate=0.5).guess_rate == 0.0
    assert mark_of(FALSE_CLAIM, TrueFalseAnswer(says_true=False), guess_rate=0.1).guess_rate == 0.5


def test_a_judgement_is_guessed_half_of_the_time() -> None:
    right = mark_of(FALSE_CLAIM, TrueFalseAnswer(says_true=False))
    assert (right.right, right.guess_rate, right.given, right.expected) == (True, 0.5, "false", "false")
    wrong = mark_of(FALSE_CLAIM, TrueFalseAnswer(says_true=True))
    assert (wrong.right, wrong.confused_with, wrong.given) == (False, "staff.out", "true")


def test_a_typed_answer_cannot_be_guessed() -> None:
    mark = mark_of(TYPED, TypedAnswer("OUR OWN STAFF", unsure=True))
    assert (mark.right, mark.guess_rate, mark.form, mark.unsure) == (True, 0.0, Form.TYPED, True)
    cloze = TypedItem(HEAD, Form.CLOZE, "staff", (), {})
    assert mark_of(cloze, TypedAnswer("stuff")).form is Form.CLOZE


def test_another_fact_s_answer_typed_is_a_confusion() -> None:
    assert mark_of(TYPED, TypedAnswer("supplier staff")).confused_with == "staff.out"


def test_a_typed_answer_is_kept_short_and_clean() -> None:
    assert mark_of(TYPED, TypedAnswer("x\x00\ud800" * 1000)).given == "x" * 167


@pytest.mark.parametrize(("own", "right"), [(1, False), (2, True), (3, True), (4, True)])
def test_a_flashcard_takes_the_learner_s_own_grade(own: int, right: bool) -> None:
    mark = mark_of(CARD, FlashcardAnswer(own))
    assert (mark.right, mark.grade, mark.guess_rate, mark.expected) == (right, own, 0.0, "Our own staff")


def test_too_few_first_answers_give_no_measured_guess_rate() -> None:
    assert effective_guess_rate([10, 9]) is None
    assert effective_guess_rate([4, 1], first_answers=19) is None
    assert effective_guess_rate([0, 0, 0], first_answers=500) is None
    assert effective_guess_rate([]) is None


def test_equal_distractors_give_the_plain_guess_rate_and_a_lone_one_a_half() -> None:
    assert effective_guess_rate([10, 10, 10]) == pytest.approx(1 / 4)
    assert effective_guess_rate([20, 0, 0]) == pytest.approx(1 / 2)
    assert effective_guess_rate([3, 3], first_answers=20) == pytest.approx(1 / 3)


def test_a_known_mixture_of_shares_gives_its_entropy() -> None:
    expected = 1 / (1 + math.exp(-(0.5 * math.log(0.5) + 2 * 0.25 * math.log(0.25))))
    assert effective_guess_rate([20, 10, 10]) == pytest.approx(expected)


@given(st.lists(st.integers(min_value=0, max_value=1000), min_size=1, max_size=6))
def test_a_measured_guess_rate_lies_between_the_plain_one_and_a_half(shares: list[int]) -> None:
    rate = effective_guess_rate(shares, first_answers=1000)
    if rate is not None:
        assert 1 / (len(shares) + 1) - 1e-9 <= rate <= 0.5 + 1e-9
        assert rate == pytest.approx(effective_guess_rate(shares[::-1], first_answers=1000))


def test_a_confusion_needs_another_fact() -> None:
    own = Mark("a", right=False, form=Form.TYPED, guess_rate=0.0, confused_with="a")
    none = Mark("a", right=False, form=Form.TYPED, guess_rate=0.0)
    assert confusions([own, none]) == frozenset()


@given(st.text(max_size=30), st.booleans())
def test_any_text_is_graded_or_refused(text: str, unsure: bool) -> None:
    for item, answer in ((CHOICE, ChoiceAnswer(text, unsure)), (TYPED, TypedAnswer(text, unsure))):
        assert isinstance(grade(item, answer), Graded | Ungradable)
