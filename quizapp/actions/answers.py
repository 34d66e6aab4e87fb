"""Taking answers: each item once, under the key of its page, whoever sends it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from quizapp.actions.asking import Place
from quizapp.actions.errors import NotFound
from quizapp.core.items import results, snapshot
from quizapp.core.items.model import Answer, Graded, Ungradable
from quizapp.core.items.model import Item as CoreItem
from quizapp.core.items.reply import read_answer
from quizapp.store import learning, models


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer is recorded; `replay` says that it already was, under the same key.

    `place` is where practice has got to with it, the next item made; a replay and a quiz leave it out.
    """

    item: models.Item
    replay: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """The item was answered, changed or closed elsewhere; nothing was stored."""

    item: models.Item


@dataclass(frozen=True, slots=True)
class Invalid:
    """The answer is missing or malformed; nothing was stored."""

    item: models.Item
    reason: str


Outcome: TypeAlias = Answered | Conflict | Invalid


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that may be recorded now."""

    item: models.Item
    core: CoreItem
    answer: Answer


def take(
    session: Session,
    learner: models.User,
    item_id: int,
    *,
    fields: Mapping[str, Sequence[str]],
    key: str,
    version: int,
    again: bool = False,
) -> Taken | Outcome:
    """Read an answer and decide whether it may be recorded; `again` lets an ungraded answer be changed.

    Raises NotFound for an item that is not the learner's.
    """
    item = learning.own_item(session, learner.id, item_id)
    if item is None:
        raise NotFound
    if item.answer_key == key:
        return Answered(item, replay=True)
    closed = item.graded_at is not None or item.undone_at is not None or (item.answered_at is not None and not again)
    if closed or item.version != version:
        return Conflict(item)
    core = snapshot.load(item.snapshot)
    answer = read_answer(core, fields)
    if isinstance(answer, Ungradable):
        return Invalid(item, answer.reason)
    return Taken(item, core, answer)


def keep(session: Session, taken: Taken, *, key: str, now: datetime, graded: Graded | None = None) -> bool:
    """Store an answer, graded or not, if the item is still as it was shown and its page's key was not used before."""
    values: dict[str, Any] = {
        "answer": snapshot.dump_answer(taken.answer),
        "answer_key": key,
        "answered_at": now,
    }
    if graded is not None:
        values |= {"graded_at": now, "result": results.dump(graded)}
    return learning.keep_answer(session, taken.item, values)
