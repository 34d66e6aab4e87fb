"""A right answer proves as much as it could not have been guessed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.items.model import PRODUCTION, RECOGNITION, Form, Mark
from quizapp.core.memory.evidence import weigh

RIGHT = Mark("bank/fact", right=True, form=Form.CHOICE, guess_rate=0.25)

recalls = st.floats(0, 1)
guesses = st.floats(0, 0.99)


def weight(mark: Mark, recall: float) -> float:
    evidence = weigh(mark, recall)
    assert evidence is not None
    return evidence.weight


@pytest.mark.parametrize("guess", [-0.1, 1.1, float("nan")])
def test_a_guess_rate_that_is_no_chance_is_refused(guess: float) -> None:
    with pytest.raises(ValueError, match="guess rate"):
        weigh(replace(RIGHT, guess_rate=guess), 0.5)


@pytest.mark.parametrize("grade", [0, 5, -1])
def test_a_grade_outside_the_four_buttons_is_refused(grade: int) -> None:
    with pytest.raises(ValueError, match="grade"):
        weigh(replace(RIGHT, form=Form.FLASHCARD, grade=grade), 0.5)


def test_a_forced_right_pair_proves_nothing() -> None:
    assert weigh(replace(RIGHT, form=Form.MATCHING, guess_rate=1.0), 0.5) is None


def test_a_forced_wrong_pair_is_wrong() -> None:
    assert weight(replace(RIGHT, form=Form.MATCHING, guess_rate=1.0, right=False), 0.5) == 0.0


def test_a_new_fact_right_among_four_was_known_with_63_percent() -> None:
    assert weight(RIGHT, 0.3) == pytest.approx(0.3 / (0.3 + 0.7 * 0.25))


def test_not_sure_weighs_what_is_said_when_known_against_when_unknown() -> None:
    assert weight(replace(RIGHT, unsure=True), 0.3) == pytest.approx(0.06 / (0.06 + 0.9 * 0.7 * 0.25))


@pytest.mark.parametrize("form", sorted(PRODUCTION))
def test_a_right_answer_that_was_not_shown_is_production(form: Form) -> None:
    evidence = weigh(replace(RIGHT, form=form, guess_rate=0.0), 0.3)
    assert evidence is not None
    assert evidence.production


@pytest.mark.parametrize("form", sorted(RECOGNITION))
def test_recognition_is_not_production(form: Form) -> None:
    evidence = weigh(replace(RIGHT, form=form), 0.3)
    assert evidence is not None
    assert not evidence.production


@pytest.mark.parametrize("grade", [2, 3, 4])
def test_a_flashcard_counts_as_the_learner_graded_it(grade: int) -> None:
    evidence = weigh(replace(RIGHT, form=Form.FLASHCARD, grade=grade, guess_rate=0.0), 0.3)
    assert evidence is not None
    assert (evidence.weight, evidence.grade, evidence.right, evidence.production) == (1.0, grade, True, True)


def test_again_on_a_flashcard_is_wrong() -> None:
    evidence = weigh(replace(RIGHT, form=Form.FLASHCARD, grade=1, guess_rate=0.0), 0.3)
    assert evidence is not None
    assert (evidence.weight, evidence.right, evidence.production) == (0.0, False, False)


@given(recalls, st.booleans())
def test_typed_and_right_was_known(recall: float, unsure: bool) -> None:
    assert weight(replace(RIGHT, form=Form.TYPED, guess_rate=0.0, unsure=unsure), recall) == 1.0


@given(recalls, guesses)
def test_a_wrong_answer_weighs_nothing(recall: float, guess: float) -> None:
    assert weight(replace(RIGHT, guess_rate=guess, right=False), recall) == 0.0


@given(recalls, guesses, st.booleans())
def test_weights_are_probabilities(recall: float, guess: float, unsure: bool) -> None:
    assert 0.0 <= weight(replace(RIGHT, guess_rate=guess, unsure=unsure), recall) <= 1.0


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.98))
def test_not_sure_and_easier_guesses_and_weaker_memories_lower_the_weight(recall: float, guess: float) -> None:
    plain = weight(replace(RIGHT, guess_rate=guess), recall)
    assert weight(replace(RIGHT, guess_rate=guess, unsure=True), recall) < plain
    assert weight(replace(RIGHT, guess_rate=min(guess + 0.01, 0.99)), recall) < plain
    assert weight(replace(RIGHT, guess_rate=guess), recall - 0.01) < plain
