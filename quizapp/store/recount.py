"""The counts kept beside the log, counted anew from it: what `quizapp.store.totals` adds up answer by answer."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import and_, bindparam, case, delete, exists, func, not_, select
from sqlalchemy.orm import Session, aliased

from quizapp.store import models
from quizapp.store.totals import add_confusions, count_answer

Pair: TypeAlias = tuple[int, int]
"""The fact asked and the fact whose value was shown beside or given instead."""


ASIDE = "~"
"""A sign that no key holds."""


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on a study day; `seconds` of thought."""

    reviews: int
    right: int
    new: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Confused:
    """How often a value was shown, and how often taken for the answer."""

    shown: int
    chosen: int


@dataclass(slots=True)
class FactNumbers:
    """Row ids of facts by the key they had in a version of their bank, retired ones too; read once."""

    session: Session
    _banks: dict[int, dict[str, int]] = field(default_factory=dict)
    _aside: dict[str, list[int]] = field(default_factory=dict)

    def of(self, bank_id: int, number: int, key: str) -> int | None:
        """Give the fact that had a key in version `number` of a bank."""
        if bank_id not in self._banks:
            query = select(models.Fact.key, models.Fact.id).where(models.Fact.bank_id == bank_id)
            self._banks[bank_id] = dict(self.session.execute(query).all())
            for name in self._banks[bank_id]:
                old, mark, until = name.partition(ASIDE)
                if mark:
                    self._aside.setdefault(f"{bank_id} {old}", []).append(int(until))
        ends = [until for until in self._aside.get(f"{bank_id} {key}", ()) if until > number]
        return self._banks[bank_id].get(set_aside(key, min(ends)) if ends else key)


def set_aside(key: str, number: int) -> str:
    """Name the row of a fact whose key another fact has from version `number` on."""
    return f"{key}{ASIDE}{number}"


_Review, _Item, _Day, _Confusion = models.Review, models.Item, models.DayTotal, models.Confusion
_Undo = aliased(models.Review)
_counts = and_(
    _Review.learner_id == bindparam("learner"),
    _Review.kind == "answer",
    not_(exists().where(_Undo.item_id == _Review.item_id, _Undo.kind == "undo")),
)
_FOLDED_DAYS = (
    select(
        _Review.study_day,
        func.count(),
        func.count().filter(_Review.right.is_(True)),
        func.count().filter(_Review.was_new.is_(True)),
        func.coalesce(func.sum(_Review.seconds), 0.0),
    )
    .where(_counts)
    .group_by(_Review.study_day)
)
_FIRST_ANSWERS = (
    select(
        _Review.fact_id,
        _Review.confused_with_id,
        _Item.bank_id,
        models.BankVersion.number,
        case((_Item.form == "choice", _Item.snapshot)),
    )
    .join(_Item, _Item.id == _Review.item_id)
    .join(models.BankVersion, models.BankVersion.id == _Item.version_id)
    .where(_counts, _Review.first.is_(True))
    .execution_options(yield_per=2000)
)
_KEPT_DAYS = select(_Day.day, _Day.reviews, _Day.right, _Day.new, _Day.seconds).where(
    _Day.learner_id == bindparam("learner"),
)
_KEPT_CONFUSIONS = select(_Confusion.fact_id, _Confusion.other_id, _Confusion.shown, _Confusion.chosen).where(
    _Confusion.learner_id == bindparam("learner"),
)


def kept_days(session: Session, learner_id: int) -> dict[date, Day]:
    """Read a learner's day totals, without days of which everything was taken back."""
    rows = session.execute(_KEPT_DAYS, {"learner": learner_id})
    return {
        day: Day(reviews, right, new, seconds) for day, reviews, right, new, seconds in rows if reviews or right or new
    }


def folded_days(session: Session, learner_id: int) -> dict[date, Day]:
    """Count a learner's day totals anew from the log."""
    rows = session.execute(_FOLDED_DAYS, {"learner": learner_id})
    return {day: Day(reviews, right, new, float(seconds or 0.0)) for day, reviews, right, new, seconds in rows}


def write_days(session: Session, learner_id: int, days: Mapping[date, Day | None]) -> None:
    """Set day totals; None takes a day away."""
    session.execute(delete(_Day).where(_Day.learner_id == learner_id, _Day.day.in_(list(days))))
    for day, counts in days.items():
        if counts is not None:
            count_answer(session, learner_id, day, **asdict(counts))


def kept_confusions(session: Session, learner_id: int) -> dict[Pair, Confused]:
    """Read what a learner was shown beside each fact and took for it, without what was taken back."""
    rows = session.execute(_KEPT_CONFUSIONS, {"learner": learner_id})
    return {(fact, other): Confused(shown, chosen) for fact, other, shown, chosen in rows if shown or chosen}


def folded_confusions(session: Session, learner_id: int, numbers: FactNumbers) -> dict[Pair, Confused]:
    """Count a learner's confusions anew from the log and the items as they were shown."""
    shown: Counter[Pair] = Counter()
    chosen: Counter[Pair] = Counter()
    for fact, taken, bank, number, snapshot in session.execute(_FIRST_ANSWERS, {"learner": learner_id}):
        others = {numbers.of(bank, number, key) for key in _beside(snapshot)} | {taken}
        shown.update((fact, other) for other in others if other is not None and other != fact)
        if taken is not None and taken != fact:
            chosen[fact, taken] += 1
    return {pair: Confused(count, chosen[pair]) for pair, count in shown.items()}


def write_confusions(session: Session, learner_id: int, confusions: Mapping[Pair, Confused | None]) -> None:
    """Set confusions by fact asked and fact taken for it; None takes one away."""
    for fact, other in confusions:
        session.execute(
            delete(_Confusion).where(
                _Confusion.learner_id == learner_id,
                _Confusion.fact_id == fact,
                _Confusion.other_id == other,
            ),
        )
    add_confusions(
        session,
        [
            {"learner_id": learner_id, "fact_id": fact, "other_id": other, **asdict(counts)}
            for (fact, other), counts in confusions.items()
            if counts is not None
        ],
    )


def _beside(snapshot: Mapping[str, Any] | None) -> Iterator[str]:
    """Name the facts whose values stood beside the right option of a choice."""
    for option in snapshot["options"] if snapshot else ():
        if option["fact"] is not None and not option["correct"]:
            yield option["fact"]
