"""Compare ways of grading on made-up learners, with the product's own evidence and scheduler; prints a markdown table.

What a learner truly keeps follows FSRS-6: it moves by whether the fact was known, since feedback is always shown. The
program sees only answers: an unknown fact is guessed among the options, and "not sure" is said by 9 of 10 who do not
know and 2 of 10 who do. A policy is honest where what the system believes is what is true.
"""

import argparse
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from quizapp.core.items.model import Form
from quizapp.core.memory import evidence, fsrs
from quizapp.core.memory.fold import apply
from quizapp.core.memory.model import DEFAULT_PARAMETERS, Answered, Memory, NewFact, Settings
from quizapp.core.memory.scheduling import recall_at
from quizapp.core.memory.selection import next_form

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
KNOWN_AT_FIRST = 0.3
LOST = 0.7
NO_CAP = 36500.0
OPEN_RESPONSES = 7
"""Responses still open when a pair is placed, on average: 6 pairs and 3 extra responses."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How answers are taken: `options` shown (0: typed), whether guessing is reckoned with, the grade when right.

    `cap` holds back recognition (days); with `ladder` forms climb as in the product: choice, matching, typed.
    """

    name: str
    options: int
    blend: bool = False
    unsure: bool = False
    grade: int | None = None
    cap: float = NO_CAP
    ladder: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """Means over all facts and seeds on the last day; recall and shares in [0, 1]."""

    reviews: float
    recall: float
    lost: float
    believed: float


@dataclass(slots=True)
class Truth:
    """What the learner truly keeps of one fact, and the day on which it was last seen."""

    stability: float = 0.0
    difficulty: float = 0.0
    day: int = -1


POLICIES = (
    Policy("typed (reference)", 0),
    *(Policy(f"{_name}, right = Good", _k) for _name, _k in (("4 options", 4), ("3 options", 3), ("true/false", 2))),
    Policy("4 options, blend", 4, blend=True),
    *(
        Policy(f'{_name}, blend + "not sure"', _k, blend=True, unsure=True)
        for _name, _k in (("4 options", 4), ("3 options", 3), ("true/false", 2))
    ),
    Policy("4 options, right = Hard", 4, grade=2),
    Policy('4 options, blend + "not sure", 21-day cap', 4, blend=True, unsure=True, cap=21.0),
    Policy("the product: forms climb, 21-day cap", 4, blend=True, unsure=True, cap=21.0, ladder=True),
)


def main() -> None:
    """Read the options, simulate every policy, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=600)
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    print(f"{options.facts} facts, {options.days} days, {options.seeds} seeds\n")
    print(f"| grading | reviews a fact | true recall on day {options.days} | facts under 70 % | the system believes |")
    print("|---|---|---|---|---|")
    for policy in POLICIES:
        found = simulate(policy, options.facts, options.days, range(options.seeds))
        numbers = f"{found.reviews:.1f} | {found.recall:.3f} | {found.lost:.1%} | {found.believed:.3f}"
        print(f"| {policy.name} | {numbers} |", flush=True)


def simulate(policy: Policy, facts: int, days: int, seeds: Iterable[int]) -> Outcome:
    """Let one learner a seed study `facts` facts for `days` days under a policy."""
    runs = [_run(policy, facts, days, random.Random(seed)) for seed in seeds]
    return Outcome(*(sum(column) / len(runs) for column in zip(*runs, strict=True)))


def answer(
    policy: Policy, form: Form, fact: int, at: datetime, sitting: int, *, knew: bool, chance: random.Random
) -> Answered:
    """Answer as somebody does who knows the fact or not, and take it as the policy does."""
    guess = {Form.CHOICE: 1 / max(policy.options, 1), Form.MATCHING: 1 / OPEN_RESPONSES}.get(form, 0.0)
    right = knew or chance.random() < guess
    said = chance.random() < (evidence.UNSURE_WHEN_KNOWN if knew else evidence.UNSURE_WHEN_UNKNOWN)
    return Answered(
        key=0,
        fact=fact,
        at=at,
        sitting=sitting,
        form=form,
        surface="",
        right=right,
        guess_rate=guess if policy.blend else 0.0,
        unsure=policy.unsure and said,
        grade=None if policy.grade is None else (policy.grade if right else fsrs.AGAIN),
        prior=KNOWN_AT_FIRST,
    )


def true_recall(truth: Truth, day: int) -> float:
    """Give what is truly recalled of a fact on a day."""
    if truth.day < 0:
        return KNOWN_AT_FIRST
    return fsrs.recall(truth.stability, day - truth.day, DEFAULT_PARAMETERS)


def learn(truth: Truth, *, knew: bool, day: int) -> None:
    """Move what is truly kept of a fact by its being asked, with feedback."""
    grade = fsrs.GOOD if knew else fsrs.AGAIN
    if truth.day < 0:
        truth.stability, truth.difficulty = fsrs.initial(grade, DEFAULT_PARAMETERS)
    else:
        elapsed = day - truth.day
        truth.stability, truth.difficulty = fsrs.advance(
            truth.stability, truth.difficulty, elapsed, grade, DEFAULT_PARAMETERS
        )
    truth.day = day


def mean(numbers: Sequence[float]) -> float:
    """Give the mean of some numbers."""
    return sum(numbers) / len(numbers)


def _run(policy: Policy, facts: int, days: int, chance: random.Random) -> tuple[float, float, float, float]:
    settings = Settings(recognition_cap=policy.cap, prior=KNOWN_AT_FIRST)
    truths = [Truth() for _ in range(facts)]
    memories: dict[int, Memory] = {}
    reviews = 0
    for day in range(days):
        at = NOON + timedelta(days=day)
        for fact, truth in enumerate(truths):
            memory = memories.get(fact)
            if memory is not None and memory.due_at > at:
                continue
            knew = chance.random() < true_recall(truth, day)
            form = _form(policy, memory, settings)
            answered = answer(policy, form, fact, at, day + 1, knew=knew, chance=chance)
            apply(memories, answered, settings)
            if not answered.right:
                apply(memories, replace(answered, right=True, grade=None, guess_rate=0.0), settings)
            learn(truth, knew=knew, day=day)
            reviews += 1
    kept = [true_recall(truth, days) for truth in truths]
    believed = [recall_at(memory, NOON + timedelta(days=days), settings) for memory in memories.values()]
    return reviews / facts, mean(kept), mean([float(share < LOST) for share in kept]), mean(believed)


def _form(policy: Policy, memory: Memory | None, settings: Settings) -> Form:
    if policy.ladder:
        return next_form(memory or NewFact(), (Form.CHOICE, Form.MATCHING, Form.TYPED), None, settings).form
    return Form.CHOICE if policy.options else Form.TYPED


if __name__ == "__main__":
    main()
