"""What the play page reads: what can be started, where a sitting stands, and how it went."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, not_, select
from sqlalchemy.orm import Session, aliased

from quizapp.core.insight.activity import LOOK_BACK, minutes_for
from quizapp.core.knowledge.facts import answer_of, prompt_of
from quizapp.core.knowledge.model import Bank
from quizapp.core.memory.leech import leech_of
from quizapp.store import insight, learning, library, models


@dataclass(frozen=True, slots=True)
class BankOffer:
    """A bank one may choose to practise."""

    id: int
    key: str
    title: str
    due: int
    fresh: int
    total: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is to practise: facts due, facts never asked, the banks (`live`: their rows), and an open sitting."""

    due: int
    fresh: int
    banks: tuple[BankOffer, ...]
    live: tuple[models.Bank, ...]
    open_id: int | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a finished sitting."""

    prompt: str
    answer: str
    language: str
    right_first: bool
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class Summary:
    """How a sitting went."""

    kind: str
    answers: int
    facts: int
    right_first: int
    minutes: int
    stopped: bool
    lines: tuple[Line, ...]


_Other = aliased(models.Fact)
_OF_ITEM = (
    select(models.Sitting)
    .join(models.Item, models.Item.sitting_id == models.Sitting.id)
    .where(models.Item.id == bindparam("item"), models.Item.learner_id == bindparam("learner"))
)
_NEXT_DUE = (
    select(func.min(models.Memory.due_at))
    .join(
        models.Review,
        and_(models.Review.fact_id == models.Memory.fact_id, models.Review.learner_id == models.Memory.learner_id),
    )
    .where(models.Review.item_id == bindparam("item"), models.Review.kind == "answer")
)
_GIVEN_FOR = (
    select(
        models.Fact.id.label("fact"),
        models.Fact.key,
        models.Memory.lapses,
        _Other.id.label("other"),
        _Other.key.label("other_key"),
        models.Confusion.chosen,
    )
    .join(models.Memory, models.Memory.fact_id == models.Fact.id)
    .join(
        models.Confusion,
        and_(models.Confusion.fact_id == models.Fact.id, models.Confusion.learner_id == models.Memory.learner_id),
    )
    .join(_Other, _Other.id == models.Confusion.other_id)
    .where(
        models.Memory.learner_id == bindparam("learner"),
        models.Fact.bank_id == bindparam("bank"),
        models.Fact.key.in_(bindparam("keys", expanding=True)),
        models.Fact.retired_at.is_(None),
        models.Confusion.chosen > 0,
        _Other.retired_at.is_(None),
    )
)


def offer(session: Session, learner: models.User, kind: str, *, now: datetime) -> Offer:
    """Tell what a learner can practise now."""
    banks = library.live_banks(session, learner.id)
    due = _count(session, learner.id, models.Memory.due_at <= now)
    seen = _count(session, learner.id, models.Memory.fact_id.is_not(None))
    totals = _totals(session, learner.id)
    offers = tuple(
        BankOffer(
            bank.id,
            bank.key,
            bank.title,
            due.get(bank.id, 0),
            totals.get(bank.id, 0) - seen.get(bank.id, 0),
            totals.get(bank.id, 0),
        )
        for bank in banks
    )
    everything_due = sum(each.due for each in offers)
    return Offer(
        due=everything_due,
        fresh=sum(each.fresh for each in offers),
        banks=offers,
        live=tuple(banks),
        open_id=_open_sitting(session, learner.id, kind),
        minutes=minutes_for(everything_due, insight.days(session, learner.id, now.date() - LOOK_BACK)),
    )


def of_item(session: Session, learner_id: int, item_id: int) -> models.Sitting | None:
    """Find the sitting of a learner's item."""
    return session.scalar(_OF_ITEM, {"item": item_id, "learner": learner_id})


def graded_item(session: Session, sitting_id: int, item_id: int) -> models.Item | None:
    """Find a graded item of a sitting that was not taken back."""
    item = session.get(models.Item, item_id)
    if item is None or item.sitting_id != sitting_id or item.result is None or item.undone_at is not None:
        return None
    return item


def bank_title(session: Session, item: models.Item) -> str:
    """Give the title of the bank an item was made from, as it was then and in the item's language."""
    return _edition_of(session, item).title


def sources_of(session: Session, item: models.Item) -> Mapping[str, str]:
    """Name the sources of the bank version an item was made from, in the item's language."""
    return _edition_of(session, item).sources


def leech(session: Session, item: models.Item, wrong: Collection[str]) -> tuple[str, str] | None:
    """Name the worst leech among facts of an item, and the fact whose value was given for it most often."""
    values = {"learner": item.learner_id, "bank": item.bank_id, "keys": sorted(wrong)}
    rows = learning.rows_of(session, _GIVEN_FOR, values).all()
    keys = {row.fact: row.key for row in rows} | {row.other: row.other_key for row in rows}
    lapses = {row.fact: row.lapses for row in rows}
    given: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for row in rows:
        given[row.fact][row.other] = row.chosen
    leeches = (leech_of(fact, lapses[fact], others) for fact, others in given.items())
    worst = max(filter(None, leeches), key=lambda each: (each.lapses, each.times, -each.fact), default=None)
    return None if worst is None or worst.confused_with is None else (keys[worst.fact], keys[worst.confused_with])


def next_due(session: Session, item: models.Item) -> datetime | None:
    """Tell when the first of an item's facts comes again."""
    return learning.rows_of(session, _NEXT_DUE, {"item": item.id}).scalar()


def summary(session: Session, sitting: models.Sitting, *, language: str | None) -> Summary:
    """Tell how a sitting went: each fact once, judged by its first answer."""
    asked = learning.history(session, sitting.id)
    first: dict[int, bool] = {}
    for each in asked:
        first.setdefault(each.fact, each.right)
    known = learning.known(session, sitting.learner_id, list(first))
    editions = _editions(session, {each.bank for each in known.values()}, language)
    lines = (
        _line(editions[known[fact].bank], known[fact], right=right) for fact, right in first.items() if fact in known
    )
    planned = set(sitting.plan["facts"])
    return Summary(
        kind=sitting.kind,
        answers=len({each.item_id for each in asked}),
        facts=len(first),
        right_first=sum(first.values()),
        minutes=round(_seconds(session, sitting.id) / 60),
        stopped=not planned <= {each.fact for each in asked if each.right},
        lines=tuple(line for line in lines if line is not None),
    )


def _edition_of(session: Session, item: models.Item) -> Bank:
    return library.edition(session, item.version_id, item.snapshot["head"]["language"])


def _editions(session: Session, banks: Collection[int], language: str | None) -> dict[int, Bank]:
    query = select(models.Bank.id, models.Bank.version_id).where(models.Bank.id.in_(banks))
    return {bank: library.edition(session, version or 0, language) for bank, version in session.execute(query)}


def _line(edition: Bank, known: learning.Known, *, right: bool) -> Line | None:
    fact = edition.facts.get(known.key)
    if fact is None:
        return None
    due = known.memory.due_at if known.memory else None
    return Line(prompt_of(edition, fact), answer_of(edition, fact), edition.language, right, due)


def _seconds(session: Session, sitting_id: int) -> float:
    query = (
        select(func.sum(models.Review.seconds))
        .join(models.Item, models.Item.id == models.Review.item_id)
        .where(models.Review.sitting_id == sitting_id, models.Review.kind == "answer", models.Item.undone_at.is_(None))
    )
    return session.scalar(query) or 0.0


def _count(session: Session, learner_id: int, condition: ColumnElement[bool]) -> dict[int, int]:
    query = (
        select(models.Fact.bank_id, func.count())
        .join(models.Memory, models.Memory.fact_id == models.Fact.id)
        .where(models.Memory.learner_id == learner_id, condition, *_asked(learner_id))
        .group_by(models.Fact.bank_id)
    )
    return dict(session.execute(query).all())


def _totals(session: Session, learner_id: int) -> dict[int, int]:
    query = select(models.Fact.bank_id, func.count()).where(*_asked(learner_id)).group_by(models.Fact.bank_id)
    return dict(session.execute(query).all())


def _asked(learner_id: int) -> tuple[ColumnElement[bool], ...]:
    suspended = exists().where(models.Suspension.learner_id == learner_id, models.Suspension.fact_id == models.Fact.id)
    return (models.Fact.retired_at.is_(None), not_(suspended))


def _open_sitting(session: Session, learner_id: int, kind: str) -> int | None:
    query = (
        select(models.Sitting.id)
        .where(models.Sitting.learner_id == learner_id, models.Sitting.kind == kind, models.Sitting.ended_at.is_(None))
        .order_by(models.Sitting.id.desc())
        .limit(1)
    )
    return session.scalar(query)
