"""How long a bank of 10,000 facts takes to read and validate, beside PyYAML's C loader on the same text.

Run from the repository's root: `python benchmarks/read.py [facts]`. Each figure is the best of several runs in turn, so
that a busy machine slows both alike; the loader gives plain dictionaries without places or checks.
"""

import sys
import tracemalloc
from collections.abc import Callable
from time import perf_counter

import yaml

from benchmarks.corpus import big_bank
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.read import Text, read

RUNS = 7
GOAL_SECONDS = 0.5
GOAL_MEGABYTES = 40


def main() -> None:
    """Measure and print one table."""
    facts = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    content = big_bank(facts, seed=1)
    reading, loading = _best_of(lambda: _bank(content), lambda: yaml.load(content, Loader=yaml.CSafeLoader))
    print(f"{facts:,} facts, {len(content) / 1e6:.2f} MB of text")
    print(f"read and validate      {reading:6.3f} s   (goal {GOAL_SECONDS} s for 10,000)")
    print(f"yaml.CSafeLoader       {loading:6.3f} s")
    print(f"ratio                  {reading / loading:6.2f}")
    print(f"compiled bank          {_megabytes(content):6.1f} MB  (goal {GOAL_MEGABYTES} MB for 10,000)")


def _bank(content: str) -> Bank:
    reading = read(Text("big.yaml", content))
    if reading.bank is None:
        raise SystemExit("\n".join(str(problem) for problem in reading.problems))
    return reading.bank


def _best_of(*works: Callable[[], object]) -> list[float]:
    best = [float("inf")] * len(works)
    for _ in range(RUNS):
        for number, work in enumerate(works):
            begin = perf_counter()
            work()
            best[number] = min(best[number], perf_counter() - begin)
    return best


def _megabytes(content: str) -> float:
    tracemalloc.start()
    bank = _bank(content)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / 1e6 if bank.facts else 0.0


if __name__ == "__main__":
    main()
