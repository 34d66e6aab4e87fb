"""What judging a recorded answer anew comes to, as values."""

from dataclasses import dataclass
from enum import StrEnum

from quizapp.core.items.editions import Editions
from quizapp.core.items.grade import grade
from quizapp.core.items.model import Answer, Graded, Item, Mark
from quizapp.core.knowledge.facts import prompt_of


class Kind(StrEnum):
    """What became of the key of one fact; all but the first leave nothing to judge by."""

    CHANGED = "changed"
    RETIRED = "retired"
    NONE_RIGHT = "none-right"
    SEVERAL_RIGHT = "several-right"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a question is worth something else now: the fact, what asks for it, and (CHANGED) the right answer now.

    `answer` to a sentence that was judged is `true` or `false`.
    """

    fact: str
    kind: Kind
    prompt: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Regraded:
    """An answer judged by the facts of now: `asked` marks at most, those of facts in `void` left out.

    Without an answer that can be graded there are no marks. No `causes`: the key is the one that was shown.
    """

    asked: int
    marks: tuple[Mark, ...]
    causes: tuple[Cause, ...] = ()

    @property
    def void(self) -> int:
        """Count what nobody can be judged by any more."""
        return sum(cause.kind is not Kind.CHANGED for cause in self.causes)

    def score(self, *, full: bool) -> float | None:
        """Give the share of right marks in [0, 1]; what is void counts as right if `full`, else it is left out.

        None: all of it is void and left out.
        """
        right = sum(mark.right for mark in self.marks)
        if full:
            return (right + self.void) / self.asked
        return right / (self.asked - self.void) if self.asked > self.void else None


def marks_of(item: Item, answer: Answer | None) -> tuple[Mark, ...]:
    """Grade an answer against an item whose key is that of now; no marks without an answer that can be graded."""
    graded = grade(item, answer) if answer is not None else None
    return graded.marks if isinstance(graded, Graded) else ()


def cause_of(editions: Editions, key: str, kind: Kind, answer: str = "") -> Cause:
    """Say what became of the key of a fact, in the words of now where it is still there."""
    today, before = editions.fact(key), editions.then.facts.get(key)
    if today is not None:
        return Cause(key, kind, prompt_of(editions.now, today), answer)
    return Cause(key, kind, prompt_of(editions.then, before) if before is not None else key, answer)
