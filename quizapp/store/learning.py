"""What practice reads on its way from one answer to the next: statements built once, bound at each call."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVarTuple, cast

from sqlalchemy import CursorResult, Row, Table, and_, bindparam, exists, func, not_, select, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.selectable import TypedReturnsRows

from quizapp.core.memory.model import Memory
from quizapp.store import models
from quizapp.store.ledger import memory_of

_Fact, _Item, _Memory, _Review = models.Fact, models.Item, models.Memory, models.Review
_Confusion = models.Confusion
_MEMORY = cast("Table", _Memory.__table__).columns
_Values = TypeVarTuple("_Values")
_Other = aliased(models.Fact)
_item = cast("Table", _Item.__table__)
_used = _item.alias()


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact asked in a sitting, in order: what happened to it."""

    item_id: int
    fact: int
    form: str
    surface: str
    right: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A fact of the learner's with its memory, None for one never asked."""

    fact: int
    bank: int
    key: str
    memory: Memory | None


@dataclass(frozen=True, slots=True)
class Confused:
    """How often other facts' values were taken for one fact's: by the learner, and by the class as (chosen, shown)."""

    own: Mapping[str, int]
    everyone: Mapping[str, tuple[int, int]]
    learners: int


_OPEN_ITEM = (
    select(_Item)
    .where(_Item.sitting_id == bindparam("sitting"), _Item.answered_at.is_(None), _Item.undone_at.is_(None))
    .order_by(_Item.slot.desc())
    .limit(1)
)
_LAST_ANSWERED = (
    select(_Item)
    .where(_Item.sitting_id == bindparam("sitting"), _Item.graded_at.is_not(None), _Item.undone_at.is_(None))
    .order_by(_Item.slot.desc())
    .limit(1)
)
_OWN_ITEM = (
    select(_Item).where(_Item.id == bindparam("item"), _Item.learner_id == bindparam("learner")).with_for_update()
)
_KEPT = ("answer", "answer_key", "answered_at", "graded_at", "result")
_KEEP = (
    update(_item)
    .where(
        _item.c.id == bindparam("item"),
        _item.c.version == bindparam("seen"),
        not_(exists().where(_used.c.learner_id == _item.c.learner_id, _used.c.answer_key == bindparam("key"))),
    )
    .values(version=_item.c.version + 1, **{name: bindparam(f"new_{name}") for name in _KEPT})
)
_LAST_SLOT = select(func.max(_Item.slot)).where(_Item.sitting_id == bindparam("sitting"))
_IDS = select(_Fact.key, _Fact.id).where(
    _Fact.bank_id == bindparam("bank"), _Fact.key.in_(bindparam("keys", expanding=True))
)
_KNOWN = (
    select(_Fact.id, _Fact.bank_id, _Fact.key, *_MEMORY)
    .outerjoin(_Memory, and_(_Memory.fact_id == _Fact.id, _Memory.learner_id == bindparam("learner")))
    .where(_Fact.id.in_(bindparam("facts", expanding=True)))
)
_LIVE = (
    select(_Fact.id, _Fact.bank_id, _Fact.key, models.Bank.version_id, *_MEMORY)
    .join(models.Bank, models.Bank.id == _Fact.bank_id)
    .outerjoin(_Memory, and_(_Memory.fact_id == _Fact.id, _Memory.learner_id == bindparam("learner")))
    .where(_Fact.id == bindparam("fact"), models.Bank.archived_at.is_(None), models.Bank.version_id.is_not(None))
)
_MEMORIES = (
    select(*_MEMORY)
    .where(_Memory.learner_id == bindparam("learner"), _Memory.fact_id.in_(bindparam("facts", expanding=True)))
    .with_for_update()
)
_HISTORY = (
    select(_Review.item_id, _Review.fact_id, _Review.form, _Review.surface, _Review.right)
    .join(_Item, _Item.id == _Review.item_id)
    .where(_Review.sitting_id == bindparam("sitting"), _Review.kind == "answer", _Item.undone_at.is_(None))
    .order_by(_Review.id)
)
_CONFUSIONS = (
    select(
        _Other.key,
        func.sum(_Confusion.chosen),
        func.sum(_Confusion.shown),
        func.sum(_Confusion.chosen).filter(_Confusion.learner_id == bindparam("learner")),
        select(func.count(_Confusion.learner_id.distinct()))
        .where(_Confusion.fact_id == bindparam("fact"))
        .scalar_subquery(),
    )
    .join(_Other, _Other.id == _Confusion.other_id)
    .where(_Confusion.fact_id == bindparam("fact"))
    .group_by(_Other.key)
    .order_by(_Other.key)
)
_CHOSEN = (
    select(_Other.key, func.sum(_Confusion.chosen), func.sum(_Confusion.shown))
    .join(_Other, _Other.id == _Confusion.other_id)
    .join(_Fact, _Fact.id == _Confusion.fact_id)
    .where(_Fact.bank_id == bindparam("bank"), _Fact.key == bindparam("key"))
    .group_by(_Other.key)
)
_SECTION = (
    select(_Fact.key, _Memory.failed_last)
    .join(_Memory, _Memory.fact_id == _Fact.id)
    .where(
        _Memory.learner_id == bindparam("learner"),
        _Fact.bank_id == bindparam("bank"),
        _Fact.key.like(bindparam("prefix")),
        _Fact.retired_at.is_(None),
    )
)


def open_item(session: Session, sitting_id: int) -> models.Item | None:
    """Find the item of a sitting that waits for its answer."""
    return session.scalar(_OPEN_ITEM, {"sitting": sitting_id})


def last_answered(session: Session, sitting_id: int) -> models.Item | None:
    """Find the item of a sitting that was answered last and not taken back."""
    return session.scalar(_LAST_ANSWERED, {"sitting": sitting_id})


def own_item(session: Session, learner_id: int, item_id: int) -> models.Item | None:
    """Find a learner's item and hold it until the transaction ends."""
    return session.scalar(_OWN_ITEM, {"item": item_id, "learner": learner_id})


def keep_answer(session: Session, item: models.Item, values: Mapping[str, Any]) -> bool:
    """Store an answer if the item is still as it was read and its key is new; False where neither was stored.

    `values` are `answer`, `answer_key` and `answered_at`, and for a graded item `graded_at` and `result`.
    """
    session.flush()
    kept = {name: values.get(name) for name in _KEPT}
    where = {"item": item.id, "seen": item.version, "key": kept["answer_key"]}
    changed = session.connection().execute(_KEEP, where | {f"new_{name}": value for name, value in kept.items()})
    if changed.rowcount != 1:
        session.refresh(item)
        return False
    for name, value in {**kept, "version": item.version + 1}.items():
        set_committed_value(item, name, value)
    return True


def next_slot(session: Session, sitting_id: int) -> int:
    """Number the next item of a sitting."""
    return (rows_of(session, _LAST_SLOT, {"sitting": sitting_id}).scalar() or 0) + 1


def ids_of(session: Session, bank_id: int, keys: Collection[str]) -> dict[str, int]:
    """Give the row ids of facts by key, retired ones too."""
    return dict(rows_of(session, _IDS, {"bank": bank_id, "keys": sorted(keys)}).all()) if keys else {}


def known(session: Session, learner_id: int, facts: Collection[int]) -> dict[int, Known]:
    """Give facts with the learner's memory of each, by id."""
    rows = rows_of(session, _KNOWN, {"learner": learner_id, "facts": sorted(facts)}) if facts else ()
    return {row.id: known_of(row) for row in rows}


def live_fact(session: Session, learner_id: int, fact_id: int) -> tuple[Known, int] | None:
    """Give a fact with the learner's memory, and the version of its bank that is published now; None without one."""
    row = rows_of(session, _LIVE, {"learner": learner_id, "fact": fact_id}).one_or_none()
    return None if row is None else (known_of(row), row.version_id)


def memories_of(session: Session, learner_id: int, facts: Collection[int]) -> dict[int, Memory]:
    """Give the learner's memories of some facts and hold them until the transaction ends."""
    rows = rows_of(session, _MEMORIES, {"learner": learner_id, "facts": sorted(facts)}) if facts else ()
    return {row.fact_id: memory_of(row) for row in rows}


def history(session: Session, sitting_id: int) -> tuple[Asked, ...]:
    """Tell what was asked in a sitting so far, in order, without what was taken back."""
    rows = rows_of(session, _HISTORY, {"sitting": sitting_id})
    return tuple(
        Asked(item or 0, fact, form or "", surface or "", bool(right)) for item, fact, form, surface, right in rows
    )


def confused(session: Session, learner_id: int, fact_id: int) -> Confused:
    """Count what a fact is confused with, by the learner and by everyone."""
    rows = rows_of(session, _CONFUSIONS, {"learner": learner_id, "fact": fact_id}).all()
    return Confused(
        own={key: int(mine) for key, _, _, mine, _ in rows if mine},
        everyone={key: (int(chosen), int(shown)) for key, chosen, shown, _, _ in rows},
        learners=rows[0][-1] if rows else 0,
    )


def taken_for(session: Session, bank_id: int, key: str) -> dict[str, tuple[int, int]]:
    """Count how often everybody chose other facts' values for one fact's and was shown them, by fact key."""
    found = rows_of(session, _CHOSEN, {"bank": bank_id, "key": key})
    return {other: (int(chosen), int(shown)) for other, chosen, shown in found}


def failed_in_section(session: Session, learner_id: int, bank_id: int, section: str) -> dict[str, bool]:
    """Tell of each fact of a comparison, taxonomy or group set that the learner was asked whether it failed last."""
    values = {"learner": learner_id, "bank": bank_id, "prefix": f"{section}.%"}
    return dict(rows_of(session, _SECTION, values).all())


def rows_of(
    session: Session, statement: TypedReturnsRows[*_Values], values: Mapping[str, Any]
) -> CursorResult[*_Values]:
    """Run a statement past the ORM, which would take longer than the database; what waits to be written goes first."""
    session.flush()
    return session.connection().execute(statement, values)


def known_of(row: Row[Any]) -> Known:
    """Give a fact and its memory from a row of both."""
    return Known(row.id, row.bank_id, row.key, memory_of(row) if row.stability is not None else None)
