"""How long texts made to cost time take to be refused or shown, as a ratio to reading a plain bank in the same run.

Run from the repository's root: `PYTHONPATH=tests python benchmarks/hostile.py [FACTS]`; the texts are those of the
tests. Where QUIZAPP_HOSTILE names a folder of samples with a manifest, its knowledge files are read too. Each figure
is processor time, the best of a few runs.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time

from support.hostile import FILES, MARKDOWN, PIECES

from benchmarks.corpus import big_bank
from quizapp.core.knowledge.normalise import fold
from quizapp.core.knowledge.read import Text, read
from quizapp.web.markdown import block, inline, maths

RUNS = 3
GOAL_RATIO = 4.0
REPEATED = 20_000
QUICK = 0.01

Sample = tuple[str, Callable[[], object]]


def main() -> int:
    """Measure and print one table, the slowest first; exit status 1 if one is over the goal."""
    facts = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    content = big_bank(facts, seed=1)
    plain = _best(lambda: read(Text("big.yaml", content)))
    print(f"a bank of {facts:,} facts    {plain:7.3f} s")
    found = sorted(((_best(work) / plain, name) for name, work in _samples()), reverse=True)
    shown = [(ratio, name) for ratio, name in found if ratio >= QUICK]
    for ratio, name in shown:
        print(f"{name:50} {ratio * plain:7.3f} s {ratio:6.2f}")
    print(f"{len(found) - len(shown)} others below {QUICK}; goal: none over {GOAL_RATIO}")
    return int(found[0][0] > GOAL_RATIO)


def _samples() -> Iterator[Sample]:
    for name, content in FILES.items():
        yield f"read: {name}", partial(read, Text("upload.yaml", content))
    for path in _collected():
        yield f"read: {path.name}", partial(read, Text(path.name, path.read_bytes()))
    for piece in PIECES:
        yield f"fold: {piece!a}", partial(fold, piece * REPEATED, "en")
    for number, text in enumerate(MARKDOWN, start=1):
        yield f"show: text {number}, {text[:12]!a}", partial(_shown, text)


def _collected() -> list[Path]:
    folder = os.environ.get("QUIZAPP_HOSTILE")
    if not folder:
        return []
    manifest = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
    return [Path(folder) / sample["path"] for sample in manifest if sample["path"].startswith("yaml/")]


def _shown(text: str) -> None:
    for remembering in (inline, block, maths):
        remembering.cache_clear()
    inline(text)
    block(text)


def _best(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(RUNS):
        begin = process_time()
        work()
        seconds.append(process_time() - begin)
    return min(seconds)


if __name__ == "__main__":
    sys.exit(main())
