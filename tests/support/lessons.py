"""A log with everything that hangs on it, written answer by answer as practice does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from support.banks import sourcing

from quizapp.actions.banks import publish_bank
from quizapp.core.memory.days import study_day
from quizapp.core.memory.fold import apply, fold
from quizapp.core.memory.leech import LEECH_LAPSES
from quizapp.core.memory.model import Memory
from quizapp.store import models
from quizapp.store.ledger import events_of, memories_of, settings_of, write_memories
from quizapp.store.totals import count_answer, count_confusions


@dataclass
class Lesson:
    """The test bank with its learners."""

    session: Session
    bank: models.Bank
    start: datetime

    @classmethod
    def begin(cls, session: Session, start: datetime) -> "Lesson":
        """Publish the test bank."""
        return cls(session, publish_bank(session, sourcing(), origin="added", by=None, now=start).bank, start)

    def id(self, key: str) -> int:
        """Give the row id of a live fact."""
        query = select(models.Fact.id).where(
            models.Fact.bank_id == self.bank.id,
            models.Fact.key == key,
            models.Fact.retired_at.is_(None),
        )
        return self.session.scalars(query).one()

    def memory(self, learner: models.User, key: str) -> Memory:
        """Give what a learner keeps of a fact."""
        return memories_of(self.session, learner.id)[self.id(key)]

    def answer(self, learner: models.User, key: str, *, days: float, right: bool = True) -> models.Item:
        """Type an answer, some days after the start."""
        return self._record(learner, key, days, {"form": "typed", "guess_rate": 0.0, "right": right}, ())

    def choose(self, learner: models.User, key: str, chosen: str, *, days: float) -> models.Item:
        """Choose a fact's value, right or another's, among the three terms of the taxonomy."""
        shown = tuple(f"ownership.{term}.definition" for term in ("captive", "joint", "third"))
        values = {"form": "choice", "guess_rate": 1 / 3, "right": chosen == key}
        if chosen != key:
            values["confused_with_id"] = self.id(chosen)
        return self._record(learner, key, days, values, shown)

    def forget(self, learner: models.User, key: str, chosen: str, *, times: int = LEECH_LAPSES) -> None:
        """Forget a fact time after time, each on a day of its own, with another's value given: it becomes a leech."""
        for day in range(times):
            self.choose(learner, key, key, days=2 * day)
            self.choose(learner, key, chosen, days=2 * day + 1)

    def take_back(self, learner: models.User, item: models.Item, *, days: float) -> None:
        """Undo an answer: a reversal in the log, the memory folded anew, the counts lowered."""
        given = self.session.scalars(
            select(models.Review).where(models.Review.item_id == item.id, models.Review.kind == "answer"),
        ).one()
        undo = self._values(learner, given.fact_id, days) | {"kind": "undo", "item_id": item.id}
        self.session.add(models.Review(**undo, sitting_id=given.sitting_id))
        self.session.flush()
        memories = fold(list(events_of(self.session, learner.id)), settings_of(learner))
        write_memories(self.session, learner.id, {given.fact_id: memories.get(given.fact_id)})
        self._count(learner, given, item, sign=-1)

    def _record(
        self,
        learner: models.User,
        key: str,
        days: float,
        values: dict[str, Any],
        shown: tuple[str, ...],
    ) -> models.Item:
        memories = memories_of(self.session, learner.id)
        item = self._item(
            learner, days, str(values["form"]), [{"fact": each, "correct": each == key} for each in shown]
        )
        row = models.Review(
            **self._values(learner, self.id(key), days),
            **values,
            kind="answer",
            sitting_id=item.sitting_id,
            item_id=item.id,
            surface="s",
            unsure=False,
            prior=0.3,
            was_new=self.id(key) not in memories,
            first=True,
            seconds=7.1,
        )
        self.session.add(row)
        self.session.flush()
        (event,) = (each for each in events_of(self.session, learner.id) if getattr(each, "key", None) == row.id)
        write_memories(self.session, learner.id, apply(memories, event, settings_of(learner)))
        self._count(learner, row, item, sign=1)
        return item

    def _item(self, learner: models.User, days: float, form: str, options: list[dict[str, Any]]) -> models.Item:
        at = self.start + timedelta(days=days)
        sitting = models.Sitting(
            learner_id=learner.id, kind="practice", scope={}, plan={}, seed=1, started_at=at, ended_at=at
        )
        self.session.add(sitting)
        self.session.flush()
        item = models.Item(
            learner_id=learner.id,
            sitting_id=sitting.id,
            slot=1,
            bank_id=self.bank.id,
            version_id=self.bank.version_id,
            form=form,
            snapshot={"options": options},
            served_at=at,
            answered_at=at,
            graded_at=at,
            answer={},
        )
        self.session.add(item)
        self.session.flush()
        return item

    def _values(self, learner: models.User, fact_id: int, days: float) -> dict[str, Any]:
        at = self.start + timedelta(days=days)
        return {
            "learner_id": learner.id,
            "fact_id": fact_id,
            "at": at,
            "study_day": study_day(at, learner.zone),
            "ordinal": 0,
        }

    def _count(self, learner: models.User, row: models.Review, item: models.Item, *, sign: int) -> None:
        count_answer(
            self.session,
            learner.id,
            row.study_day,
            reviews=sign,
            right=sign * bool(row.right),
            new=sign * bool(row.was_new),
            seconds=sign * (row.seconds or 0.0),
        )
        shown = {self.id(option["fact"]) for option in item.snapshot["options"] if not option["correct"]}
        count_confusions(self.session, learner.id, row.fact_id, shown, row.confused_with_id, sign)
