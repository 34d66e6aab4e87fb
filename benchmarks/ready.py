"""Compare ways of preparing for a date on made-up learners: practice as usual against practice for the date.

The learners, and what is honest of them, are those of `simulate`: forms climb, guesses are reckoned with, "not
sure" is said. Both ways have the same minutes a day. Prints what is truly recalled on the date, and what it cost.
"""

import argparse
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from benchmarks.simulate import KNOWN_AT_FIRST, NOON, POLICIES, Truth, answer, learn, mean, true_recall
from quizapp.core.items.model import Form
from quizapp.core.memory.fold import apply
from quizapp.core.memory.goal import plan_for_date
from quizapp.core.memory.model import Memory, NewFact, Settings
from quizapp.core.memory.selection import Candidate, next_form, plan_sitting

FORMS = (Form.CHOICE, Form.MATCHING, Form.TYPED)
PRODUCT = POLICIES[-1]
Way = Callable[[list[Candidate], datetime, datetime, float, Settings, random.Random], tuple[int, ...]]


def as_usual(
    candidates: list[Candidate], now: datetime, target: datetime, minutes: float, settings: Settings, rng: random.Random
) -> tuple[int, ...]:
    """Take what is due, then new facts."""
    del target
    return plan_sitting(candidates, confusable=(), minutes=minutes, now=now, settings=settings, rng=rng)


def for_the_date(
    candidates: list[Candidate], now: datetime, target: datetime, minutes: float, settings: Settings, rng: random.Random
) -> tuple[int, ...]:
    """Take what gains most by the date."""
    return plan_for_date(candidates, target=target, confusable=(), minutes=minutes, now=now, settings=settings, rng=rng)


WAYS: dict[str, Way] = {"as usual": as_usual, "for the date": for_the_date}


def main() -> None:
    """Read the options, simulate both ways, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=300)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    print(f"{options.facts} facts, {options.seeds} seeds\n")
    print("| days | minutes a day | way | true recall on the date | asked |")
    print("|---|---|---|---|---|")
    for days in (7, 21, 60):
        for minutes in (5.0, 10.0, 20.0):
            for name, way in WAYS.items():
                runs = [_run(way, options.facts, days, minutes, random.Random(seed)) for seed in range(options.seeds)]
                recall, asked = (mean(list(column)) for column in zip(*runs, strict=True))
                print(f"| {days} | {minutes:.0f} | {name} | {recall:.3f} | {asked:.0f} |", flush=True)


def _run(way: Way, facts: int, days: int, minutes: float, chance: random.Random) -> tuple[float, float]:
    settings = Settings(prior=KNOWN_AT_FIRST)
    truths = [Truth() for _ in range(facts)]
    memories: dict[int, Memory] = {}
    asked = 0
    target = NOON + timedelta(days=days)
    for day in range(days):
        at = NOON + timedelta(days=day)
        candidates = [Candidate(fact, "", memories.get(fact, NewFact()), FORMS, "") for fact in range(facts)]
        for fact in way(candidates, at, target, minutes, settings, chance):
            knew = chance.random() < true_recall(truths[fact], day)
            form = next_form(memories.get(fact, NewFact()), FORMS, None, settings).form
            apply(memories, answer(PRODUCT, form, fact, at, day + 1, knew=knew, chance=chance), settings)
            learn(truths[fact], knew=knew, day=day)
            asked += 1
    return mean([true_recall(truth, days) for truth in truths]), float(asked)


if __name__ == "__main__":
    main()
