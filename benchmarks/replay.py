"""Replay a made-up review log into memories and print the rate: 1,000,000 reviews should take at most 10 s."""

import argparse
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from quizapp.core.items.model import Form
from quizapp.core.memory.fold import apply, fold
from quizapp.core.memory.model import Answered, Memory, Settings

BEGIN = datetime(2025, 1, 1, 8, tzinfo=UTC)
FORMS = ((Form.CHOICE, 0.25), (Form.CHOICE, 1 / 3), (Form.MATCHING, 1 / 7), (Form.CLOZE, 0.0), (Form.TYPED, 0.0))
GAPS = (0.0, 1.0, 2.0, 4.0, 9.0, 20.0, 45.0)


def main() -> None:
    """Read the options, replay, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    parser.add_argument("--per-learner", type=int, default=5_000)
    parser.add_argument("--per-fact", type=int, default=10)
    parser.add_argument("--zone", default="Europe/Stockholm")
    options = parser.parse_args()
    settings = Settings(zone=options.zone)
    folded, batch, steps, facts, equal = 0, 0.0, 0.0, 0, True
    for learner in range(-(-options.reviews // options.per_learner)):
        events = list(made_up_log(options.per_learner, options.per_fact, random.Random(learner)))
        begin = time.perf_counter()
        memories = fold(events, settings)
        middle = time.perf_counter()
        stepwise: dict[int, Memory] = {}
        for event in events:
            apply(stepwise, event, settings)
        steps += time.perf_counter() - middle
        batch += middle - begin
        folded, facts, equal = folded + len(events), facts + len(memories), equal and memories == stepwise
    print("| replay | reviews | memories | seconds | reviews a second |")
    print("|---|---|---|---|---|")
    for name, seconds in (("batch", batch), ("step by step", steps)):
        print(f"| {name} | {folded:,} | {facts:,} | {seconds:.2f} | {folded / seconds:,.0f} |")
    print(f"equal to the last digit: {'yes' if equal else 'NO'}")


def made_up_log(reviews: int, per_fact: int, chance: random.Random) -> Iterator[Answered]:
    """Give a log of mixed forms, 78 % right, a tenth of the right ones not sure, `per_fact` answers to each fact."""
    facts = max(1, reviews // per_fact)
    seen = [BEGIN + timedelta(minutes=fact % 9000) for fact in range(facts)]
    for key in range(reviews):
        fact = key % facts
        seen[fact] += timedelta(days=chance.choice(GAPS), minutes=chance.randrange(300))
        form, guess = chance.choice(FORMS)
        right = chance.random() < 0.78
        yield Answered(
            key=key, fact=fact, at=seen[fact], sitting=key // 40 + 1, form=form, surface="forward",
            right=right, guess_rate=guess, unsure=right and chance.random() < 0.1, grade=None, prior=0.3,
        )  # fmt: skip


if __name__ == "__main__":
    main()
