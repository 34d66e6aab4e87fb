"""How fast answers are taken, next item and all, beside the least that an ORM could do for one review.

Run: python -m benchmarks.answer [ANSWERS] [--statements]. Both work in the same process on the same kind of SQLite file
(WAL, FULL) and take turns, so that a busy machine slows both alike. The least is: fetch a memory as an ORM object, move
it by FSRS, add a review row, commit; no question, no grading, no counts, no next item. The deed is `submit_answer`,
which does all that. Given are wall time and, less at the mercy of other programs, the processor time of the thread.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import mean

from sqlalchemy.orm import Session

from benchmarks.study import Study, open_study, statements_of
from quizapp.core.items.model import Form
from quizapp.core.memory.fold import apply
from quizapp.core.memory.model import Answered, Memory, Settings
from quizapp.store import models
from quizapp.store.engine import begin_writing
from quizapp.store.ledger import memory_of, memory_values

DAYS_BEFORE = 12
FACTS = 100
GOAL = 0.8


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("answers", type=int, nargs="?", default=300)
    parser.add_argument("--statements", action="store_true", help="list what one answer sends")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        study, least = open_study(Path(folder)), open_study(Path(other))
        study.study(DAYS_BEFORE)
        fill_memories(least)
        sent = count_statements(study, options.statements)
        deeds, reviews = side_by_side(study, least, options.answers)
    print(f"{len(deeds)} answers after {DAYS_BEFORE} days of study; SQL statements an answer: {mean(sent):.1f}")
    print(f"{'':22}{'a second':>9}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}")
    print_row("answer and next item", deeds)
    print_row("least review by ORM", reviews)
    wall, spent = (sum(each[at] for each in reviews) / sum(each[at] for each in deeds) for at in (0, 1))
    print(f"{'ratio':22}{wall:9.2f}{spent:27.2f} (CPU)   goal {GOAL} for whole requests")


def fill_memories(study: Study) -> None:
    """Give the learner of the least handler a memory of every fact."""
    with Session(study.engine) as session:
        begin_writing(session)
        for fact in session.query(models.Fact.id).order_by(models.Fact.id):
            session.add(models.Memory(**memory_values(study.learner, fact[0], moved(fact[0], None, study))))
        session.commit()


def count_statements(study: Study, show: bool) -> list[int]:
    """Count the statements of each answer of a day; list those of the last when asked to."""
    found = [statements_of(study.engine, partial(study.answer, turn)) for turn in study.turns()]
    if show:
        for statement, times in Counter(found[len(found) // 2]).items():
            print(f"{times} x {statement[:150]}")
    return [len(each) for each in found]


def side_by_side(
    study: Study, least: Study, answers: int
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Take turns, and give (wall, processor) seconds of each answer and each least review."""
    deeds: list[tuple[float, float]] = []
    reviews: list[tuple[float, float]] = []
    while len(deeds) < answers:
        for turn in study.turns():
            deeds.append(took(partial(study.answer, turn)))
            reviews.append(took(partial(review_by_orm, least, len(reviews) % FACTS + 1)))
    return deeds, reviews


def review_by_orm(study: Study, fact: int) -> None:
    """Do the least: read a memory, move it, add a log row, commit."""
    study.now += timedelta(hours=1)
    with Session(study.engine) as session:
        begin_writing(session)
        row = session.get_one(models.Memory, (study.learner, fact))
        for name, value in memory_values(study.learner, fact, moved(fact, memory_of(row), study)).items():
            setattr(row, name, value)
        session.add(
            models.Review(
                learner_id=study.learner,
                fact_id=fact,
                kind="answer",
                at=study.now,
                study_day=study.now.date(),
                right=True,
            )
        )
        session.commit()


def moved(fact: int, memory: Memory | None, study: Study) -> Memory:
    """Give the memory after one right answer."""
    memories = {} if memory is None else {fact: memory}
    sitting = int(study.now.timestamp())
    answered = Answered(
        1,
        fact,
        study.now,
        sitting,
        Form.TYPED,
        "front",
        right=True,
        guess_rate=0.0,
        unsure=False,
        grade=None,
        prior=0.3,
    )
    apply(memories, answered, Settings())
    return memories[fact]


def took(deed: Callable[[], None]) -> tuple[float, float]:
    """Give the wall time and the processor time of a deed, in seconds."""
    wall, spent = time.perf_counter(), time.thread_time()
    deed()
    return time.perf_counter() - wall, time.thread_time() - spent


def print_row(name: str, times: list[tuple[float, float]], more: str = "") -> None:
    """Print one line of the table."""
    walls = sorted(wall for wall, _ in times)
    last = len(walls) - 1
    print(
        f"{name:22}{len(walls) / sum(walls):9.0f}{walls[last // 2] * 1000:9.2f}{walls[int(last * 0.99)] * 1000:9.2f}"
        f"{mean(spent for _, spent in times) * 1000:9.2f}{more}"
    )


if __name__ == "__main__":
    main()
