"""Evidence: what a mark proves about whether the learner knew."""

from typing import Protocol

from quizapp.core.items.model import PRODUCTION, Form
from quizapp.core.memory.fsrs import AGAIN, EASY, GOOD
from quizapp.core.memory.model import Evidence

UNSURE_WHEN_KNOWN = 0.2
UNSURE_WHEN_UNKNOWN = 0.9
"""How often "not sure" is said by one who knew and by one who did not."""


_WRONG = Evidence(0.0, GOOD, right=False, production=False)
_PRODUCED = Evidence(1.0, GOOD, right=True, production=True)


class Marked(Protocol):
    """What `Mark` and `Answered` share: the fields that evidence is read from."""

    @property
    def form(self) -> Form:
        """How the fact was asked."""

    @property
    def right(self) -> bool:
        """Whether the answer was right."""

    @property
    def guess_rate(self) -> float:
        """The chance in [0, 1] that one who does not know is marked right."""

    @property
    def unsure(self) -> bool:
        """Whether the learner said "not sure"."""

    @property
    def grade(self) -> int | None:
        """The learner's own grade 1-4, for a flashcard."""


def weigh(mark: Marked, recall: float) -> Evidence | None:
    """Turn a mark into evidence, given predicted recall R in [0, 1]; None where it proves nothing.

    Bayes: a right answer was known with probability w = R / (R + (1 - R) g), g being the guess rate. "Not sure"
    multiplies both cases by how often it is said in them: w = 0.2 R / (0.2 R + 0.9 (1 - R) g). Silence is no evidence:
    counting it (0.8 and 0.1) saves those who use the button one review in twelve, but where nobody presses it the
    program then believes 2 points too much with four options and 5 with true-false (600 facts, 180 days, simulated).
    A wrong answer is weight 0; a forced right pair (g = 1) proves nothing; a flashcard's grade is taken as given. How
    fast an answer came is not asked. A guess rate or grade out of range raises ValueError.
    """
    if mark.grade is not None:
        return _own_grade(mark.form, mark.grade)
    guess = mark.guess_rate
    if not 0.0 <= guess <= 1.0:
        raise ValueError(f"a guess rate lies between 0 and 1, not {guess}")
    if not mark.right:
        return _WRONG
    if guess == 1.0:
        return None
    production = mark.form in PRODUCTION
    if production and guess == 0.0:
        return _PRODUCED
    return Evidence(_knew(recall, guess, unsure=mark.unsure), GOOD, right=True, production=production)


def _own_grade(form: Form, grade: int) -> Evidence:
    if not AGAIN <= grade <= EASY:
        raise ValueError(f"a grade is 1, 2, 3 or 4, not {grade}")
    if grade == AGAIN:
        return _WRONG
    return Evidence(1.0, grade, right=True, production=form in PRODUCTION)


def _knew(recall: float, guess: float, *, unsure: bool) -> float:
    if guess == 0.0:
        return 1.0
    known, guessed = recall, (1.0 - recall) * guess
    if unsure:
        known, guessed = UNSURE_WHEN_KNOWN * known, UNSURE_WHEN_UNKNOWN * guessed
    return known / (known + guessed)
