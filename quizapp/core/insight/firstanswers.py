"""First answers as columns: what a learner knew of a fact before any feedback on it."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FEWEST_OTHERS = 5
"""A learner's share right over the rest says nothing before so many other first answers."""

Numbers: TypeAlias = NDArray[np.int64]
Reals: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

_BY_ANSWER = ("key", "learner", "fact", "form", "right", "guess", "chosen")


@dataclass(frozen=True, slots=True)
class Answers:
    """First answers as columns of one length, in order of time.

    `key` tells answers apart. `fact`, `form` and `chosen` are codes; `chosen` is the value given instead of the right
    one, 0 where none is known. `guess` is the chance in [0, 1] that a guess came out right. The values that stood
    beside the right one are listed in `shown`, each with the row of its answer in `shown_at`.
    """

    key: Numbers
    learner: Numbers
    fact: Numbers
    form: Numbers
    right: Flags
    guess: Reals
    chosen: Numbers
    shown_at: Numbers
    shown: Numbers


NOTHING = Answers(*(np.array([], dtype=kind) for kind in (*[np.int64] * 4, np.bool_, np.float64, *[np.int64] * 3)))


def earliest(answers: Answers) -> Flags:
    """Mark each learner's earliest answer to each fact, whatever its form."""
    pair = answers.learner * (int(answers.fact.max(initial=0)) + 1) + answers.fact
    _, first = np.unique(pair, return_index=True)
    keep = np.zeros(len(answers.learner), dtype=np.bool_)
    keep[first] = True
    return keep


def picked(answers: Answers, keep: Flags) -> Answers:
    """Keep the rows of a mask, with what was shown in them."""
    row = np.cumsum(keep) - 1
    seen = keep[answers.shown_at]
    columns = {name: getattr(answers, name)[keep] for name in _BY_ANSWER}
    return Answers(**columns, shown_at=row[answers.shown_at[seen]], shown=answers.shown[seen])


def rest_scores(answers: Answers) -> Reals:
    """Give for each answer the learner's share right over their other ones, NaN below FEWEST_OTHERS of them."""
    _, at = np.unique(answers.learner, return_inverse=True)
    others = np.bincount(at)[at] - 1
    right = np.bincount(at, weights=answers.right)[at] - answers.right
    enough = others >= FEWEST_OTHERS
    return np.where(enough, right / np.maximum(others, 1), np.nan)
