"""The banks that come with the program: published by themselves only where no memory is lost."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.actions import audit
from quizapp.actions.errors import BankProblems
from quizapp.actions.publishing import Draft, Published, draft_bank, publish_draft
from quizapp.core.knowledge.files import group
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.plan import describe
from quizapp.store.census import learners_by_fact
from quizapp.store.engine import without_hurry
from quizapp.store.models import BankVersion, Offer
from quizapp.store.summaries import written

Status: TypeAlias = Literal["new", "unchanged", "published", "offered"]


@dataclass(frozen=True, slots=True)
class ShippedOutcome:
    """What became of one shipped bank, and what its newest version does to memories."""

    key: str
    status: Status
    summary: tuple[str, ...]


def publish_shipped(session: Session, folder: Path, *, now: datetime) -> tuple[ShippedOutcome, ...]:
    """Publish the banks of a folder that are new, and newer versions that keep every memory; offer the others.

    A bank that somebody edited here is never overwritten: what was shipped since is offered. A version published once,
    and a bank of the same id that did not come with the program, are left alone.
    """
    without_hurry(session.connection())
    texts = (Text(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml")))
    grouping = group(texts)
    if grouping.problems:
        raise BankProblems(grouping.problems)
    return tuple(_publish(session, (source, *overlays), now) for source, overlays in grouping.banks)


def _publish(session: Session, texts: tuple[Text, ...], now: datetime) -> ShippedOutcome:
    draft = draft_bank(session, texts, refuse=False)
    status = _status(session, draft)
    summary: tuple[str, ...] = ()
    if status in {"new", "published"}:
        done: Published = publish_draft(session, draft, origin="shipped", by=None, now=now)
        summary = done.summary
        detail = {"bank": draft.bank.id, "version": done.version.number, "by": "program", "summary": list(summary)}
        audit.enter(session, None, "bank.publish", done.bank.title, now=now, detail=detail)
    elif status == "offered" and draft.there is not None:
        summary = tuple(describe(draft.plan, learners_by_fact(session, draft.there.id, draft.plan)))
        session.merge(
            Offer(bank_id=draft.there.id, digest=draft.digest, summary=written(summary), offered_at=now),
        )
        session.flush()
    return ShippedOutcome(draft.bank.id, status, summary)


def _status(session: Session, draft: Draft) -> Status:
    if draft.there is None or draft.current is None:
        return "new"
    known = set(session.scalars(select(BankVersion.digest).where(BankVersion.bank_id == draft.there.id)))
    offer = session.get(Offer, draft.there.id)
    if offer is not None:
        known.add(offer.digest)
    if draft.there.origin != "shipped" or draft.digest in known:
        return "unchanged"
    edited = draft.current.published_by is not None
    return "published" if draft.plan.keeps_every_memory and not edited else "offered"
