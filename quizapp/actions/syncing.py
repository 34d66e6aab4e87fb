"""Following a folder of banks: all of it is compared first, then all of it is published, or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from quizapp.actions import audit
from quizapp.actions.errors import BankProblems
from quizapp.actions.publishing import Draft, draft_bank, impossible, publish_draft
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.plan import describe
from quizapp.core.knowledge.reading import Problem
from quizapp.store import models
from quizapp.store.census import learners_by_fact
from quizapp.store.engine import without_hurry

Status: TypeAlias = Literal["new", "changed", "unchanged"]

_LOCK = 0x71756970
"""Any number of this program's own: PostgreSQL lets one transaction at a time hold it."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One bank of a folder: what publishing it does, in words; `version` is the number it has or would have."""

    key: str
    status: Status
    version: int
    summary: tuple[str, ...]
    keeps_every_memory: bool
    draft: Draft


def compare(
    session: Session,
    banks: Sequence[tuple[Text, ...]],
    *,
    force: bool,
    tell: Callable[[int, int], None],
) -> tuple[Followed, ...]:
    """Compare the banks of a folder, each its source and overlays, with those there are; nothing is changed.

    BankProblems with every problem of every bank: files that cannot be read, edits that cannot be, and banks that
    somebody edited in the browser since, unless `force` says that the folder wins. `tell` hears what is done of how
    much.
    """
    _take_turns(session)
    followed: list[Followed] = []
    problems: list[Problem] = []
    for done, texts in enumerate(banks, 1):
        try:
            draft = draft_bank(session, texts, refuse=False)
        except BankProblems as error:
            problems += error.problems
        else:
            against = (*impossible(draft.plan, draft.reading, texts[0].path), *_edited(session, draft, force=force))
            problems += against
            if not against:
                followed.append(_followed(session, draft))
        tell(done, len(banks))
    if problems:
        raise BankProblems(tuple(problems))
    return tuple(followed)


def follow(session: Session, followed: Sequence[Followed], *, now: datetime) -> None:
    """Publish what `compare` found new or changed in this transaction.

    A bank that came with the program counts as added from then on: the folder's word, not the program's, holds.
    """
    for each in followed:
        if each.status == "unchanged":
            continue
        done = publish_draft(session, each.draft, origin="added", by=None, now=now)
        done.bank.origin = "added"
        detail = {"bank": each.key, "version": done.version.number, "by": "sync", "summary": list(done.summary)}
        audit.enter(session, None, "bank.publish", done.bank.title, now=now, detail=detail)
    session.flush()


def _take_turns(session: Session) -> None:
    """Let one program at a time follow a folder; SQLite's write lock does so by itself."""
    without_hurry(session.connection())
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})


def _followed(session: Session, draft: Draft) -> Followed:
    there, current = draft.there, draft.current
    if there is None or current is None:
        return Followed(draft.bank.id, "new", 1, tuple(describe(draft.plan, {})), draft.plan.keeps_every_memory, draft)
    if current.digest == draft.digest:
        return Followed(draft.bank.id, "unchanged", current.number, (), draft.plan.keeps_every_memory, draft)
    summary = tuple(describe(draft.plan, learners_by_fact(session, there.id, draft.plan)))
    return Followed(draft.bank.id, "changed", current.number + 1, summary, draft.plan.keeps_every_memory, draft)


def _edited(session: Session, draft: Draft, *, force: bool) -> tuple[Problem, ...]:
    """Say that the bank was edited in the browser, and that the folder does not have that text."""
    current = draft.current
    if force or current is None or current.published_by is None or current.digest == draft.digest:
        return ()
    known = select(models.BankVersion.id).where(
        models.BankVersion.bank_id == current.bank_id,
        models.BankVersion.digest == current.digest,
        models.BankVersion.published_by.is_(None),
    )
    if session.scalar(known.limit(1)) is not None:
        return ()
    editor = session.get(models.User, current.published_by)
    said = (
        f"{draft.bank.id} was edited in the browser: version {current.number} of {current.published_at:%Y-%m-%d}"
        f" by {editor.name if editor else 'somebody'} is not what the folder had"
    )
    hint = "download that version from the bank's versions and put it into the folder, or use --force to replace it"
    return (Problem(draft.texts[0].path, 1, 1, said, hint),)
