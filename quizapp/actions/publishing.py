"""Publishing banks: a new version is stored whole, its facts keep their memories, and all of it happens or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizapp.actions.aftermath import carry_memories
from quizapp.actions.errors import BankProblems
from quizapp.actions.identities import Identities, settle_facts
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.plan import Plan, describe, plan
from quizapp.core.knowledge.read import read
from quizapp.core.knowledge.reading import Problem, Reading
from quizapp.store import library, models
from quizapp.store.census import learners_by_fact, retired_keys
from quizapp.store.engine import without_hurry
from quizapp.store.summaries import written


@dataclass(frozen=True, slots=True)
class Published:
    """A bank as it is asked now; `plan` is None and `changed` False when it was so before."""

    bank: models.Bank
    version: models.BankVersion
    plan: Plan | None
    summary: tuple[str, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A version that could be published: what it says, its digest, and what it does to the bank there is."""

    texts: tuple[Text, ...]
    reading: Reading
    bank: Bank
    digest: str
    there: models.Bank | None
    current: models.BankVersion | None
    plan: Plan


def publish_bank(
    session: Session,
    texts: Sequence[Text],
    *,
    origin: str,
    by: int | None,
    now: datetime,
    visibility: str = "site",
) -> Published:
    """Publish a source file with its overlays (the source first) as the bank's newest version.

    Facts are added, retired, brought back and renamed; memories move, restart or stay as the plan says, for every
    learner in the same transaction. The same texts again change nothing. A new bank has the `visibility`; one that is
    there keeps its own. BankProblems is raised for texts that cannot be read and for edits that cannot be.
    """
    without_hurry(session.connection())
    draft = draft_bank(session, texts)
    if draft.there is not None and draft.current is not None and draft.current.digest == draft.digest:
        return Published(draft.there, draft.current, None, (), changed=False)
    return publish_draft(session, draft, origin=origin, by=by, now=now, visibility=visibility)


def plan_bank(session: Session, texts: Sequence[Text]) -> Plan:
    """Say what publishing would do to memories; BankProblems for texts that cannot be read."""
    return draft_bank(session, texts, refuse=False).plan


def draft_bank(session: Session, texts: Sequence[Text], *, refuse: bool = True) -> Draft:
    """Read texts and compare them with the bank as it is; an impossible edit raises BankProblems unless told not to."""
    reading = read(texts[0], texts[1:])
    if reading.bank is None:
        raise BankProblems(reading.problems)
    there = library.bank_by_key(session, reading.bank.id)
    if there is not None:
        session.refresh(there, with_for_update=True)
    current = session.get(models.BankVersion, there.version_id) if there is not None and there.version_id else None
    old = library.editions(session, current.id) if current is not None else {}
    planned = plan(old, reading.editions, retired_keys(session, there.id) if there is not None else frozenset())
    if refuse and planned.errors:
        raise BankProblems(impossible(planned, reading, texts[0].path))
    return Draft(tuple(texts), reading, reading.bank, _digest(texts, reading), there, current, planned)


def publish_draft(
    session: Session, draft: Draft, *, origin: str, by: int | None, now: datetime, visibility: str = "site"
) -> Published:
    """Store a version that was compared in this transaction and make it the one that is asked."""
    bank = draft.there or _new_bank(session, draft.bank, origin, by, now, visibility)
    summary = tuple(describe(draft.plan, learners_by_fact(session, bank.id, draft.plan)))
    version = models.BankVersion(
        bank_id=bank.id,
        number=_next_number(session, bank.id),
        digest=draft.digest,
        facts=len(draft.bank.facts),
        published_at=now,
        published_by=by,
        summary=written(summary),
    )
    session.add(version)
    session.flush()
    _store_texts(session, version.id, draft)
    identities: Identities = settle_facts(session, bank.id, version.number, draft.bank, draft.plan, now)
    carry_memories(session, draft.plan, identities, now)
    bank.version_id, bank.title = version.id, draft.bank.title
    session.execute(delete(models.Offer).where(models.Offer.bank_id == bank.id, models.Offer.digest == draft.digest))
    session.flush()
    library.keep_uncommitted(session, version.id, draft.reading.editions)
    return Published(bank, version, draft.plan, summary, changed=True)


def impossible(planned: Plan, reading: Reading, path: str) -> tuple[Problem, ...]:
    """Place what stands against publishing at the facts it is about."""
    return tuple(
        Problem(path, *reading.places.get(error.fact, (1, 1)), error.message, error.hint) for error in planned.errors
    )


def _new_bank(session: Session, bank: Bank, origin: str, by: int | None, now: datetime, visibility: str) -> models.Bank:
    made = models.Bank(key=bank.id, title=bank.title, origin=origin, owner_id=by, created_at=now, visibility=visibility)
    session.add(made)
    session.flush()
    return made


def _next_number(session: Session, bank_id: int) -> int:
    query = select(models.BankVersion.number).where(models.BankVersion.bank_id == bank_id)
    return max(session.scalars(query), default=0) + 1


def _store_texts(session: Session, version_id: int, draft: Draft) -> None:
    for (language, edition), text in zip(draft.reading.editions.items(), draft.texts, strict=True):
        session.add(
            models.BankText(
                version_id=version_id,
                language=language,
                overlay=edition.translates is not None,
                title=edition.title,
                filename=text.path.rpartition("/")[2][-255:],
                content=_content(text),
            ),
        )


def _digest(texts: Sequence[Text], reading: Reading) -> str:
    by_language: Mapping[str, Text] = dict(zip(reading.editions, texts, strict=True))
    digest = sha256()
    for language, text in sorted(by_language.items()):
        content = _content(text).encode()
        digest.update(f"{language} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _content(text: Text) -> str:
    return text.content.decode("utf-8-sig") if isinstance(text.content, bytes) else text.content
