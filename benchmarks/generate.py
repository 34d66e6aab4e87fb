"""How long one item takes on a bank of ten thousand facts: p50 and p99 by form, first and second time round.

Run: python benchmarks/generate.py [FACTS] [ITEMS]. The goal is 1 ms at p99. Measured is the processor time of the
thread, which other programs on the machine do not change. In the first round each text is folded for the first time.
"""

import sys
import time
from collections import defaultdict
from random import Random

from benchmarks.corpus import big_bank
from quizapp.core.items.generate import generate
from quizapp.core.items.index import index_of
from quizapp.core.items.model import Form
from quizapp.core.items.sections import surfaces_of
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.read import read

_SEED = 7


def main(facts: int = 10_000, items: int = 3_000) -> None:
    """Print the table."""
    bank = read(Text("big.yaml", big_bank(facts, _SEED))).bank
    if bank is None:
        raise SystemExit("the corpus is not a valid bank")
    started = time.perf_counter()
    index_of(bank)
    print(f"{len(bank.facts):,} facts, index built in {(time.perf_counter() - started) * 1000:.0f} ms")
    for label in ("first", "second"):
        _round(bank, items, label)


def _round(bank: Bank, items: int, label: str) -> None:
    chance = Random(_SEED)
    ids = list(bank.facts)
    took: defaultdict[str, list[float]] = defaultdict(list)
    made = 0
    for number in range(items):
        fact = chance.choice(ids)
        form = chance.choice([form for form in Form if surfaces_of(bank.facts[fact], form)])
        rng = Random(number)
        started = time.thread_time()
        item = generate(bank, fact, form, rng)
        spent = (time.thread_time() - started) * 1000
        made += item is not None
        took[form].append(spent)
        took["all"].append(spent)
    print(f"\n{label} round: {made:,} items of {items:,} asked")
    print(f"{'form':12}{'items':>8}{'p50 ms':>9}{'p99 ms':>9}{'most':>9}")
    for name, times in sorted(took.items()):
        times.sort()
        last = len(times) - 1
        print(f"{name:12}{len(times):8,}{times[last // 2]:9.3f}{times[int(last * 0.99)]:9.3f}{times[last]:9.3f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
