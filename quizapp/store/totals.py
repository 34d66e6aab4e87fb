"""Counts kept beside the log, in the transaction of each answer: day totals and confusions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.orm import Session

from quizapp.store import models
from quizapp.store.upsert import upsert

_day_total = cast("Table", models.DayTotal.__table__)
_confusion = cast("Table", models.Confusion.__table__)

_ADD_TO_DAY = upsert(
    _day_total,
    lambda there, new: {name: there[name] + new[name] for name in ("reviews", "right", "new", "seconds")},
)
_ADD_TO_CONFUSIONS = upsert(
    _confusion,
    lambda there, new: {name: there[name] + new[name] for name in ("shown", "chosen")},
)


def count_answer(
    session: Session,
    learner_id: int,
    day: date,
    *,
    reviews: int,
    right: int,
    new: int,
    seconds: float,
) -> None:
    """Add to what a learner did on a study day; negative numbers take an answer back."""
    row = {"learner_id": learner_id, "day": day, "reviews": reviews, "right": right, "new": new, "seconds": seconds}
    _ADD_TO_DAY(session, [row])


def count_confusions(
    session: Session,
    learner_id: int,
    fact_id: int,
    shown: Iterable[int],
    chosen: int | None,
    sign: int = 1,
) -> None:
    """Count the facts whose values a first answer could have mixed up, and the one it did; -1 takes it back.

    A value that was given counts as shown too, wherever it came from, so that `chosen` never exceeds `shown`.
    """
    others = {*shown, *(() if chosen is None else (chosen,))} - {fact_id}
    add_confusions(
        session,
        [
            {
                "learner_id": learner_id,
                "fact_id": fact_id,
                "other_id": other,
                "shown": sign,
                "chosen": sign if other == chosen else 0,
            }
            for other in sorted(others)
        ],
    )


def add_confusions(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add to confusions, given as the values of rows."""
    _ADD_TO_CONFUSIONS(session, rows)
