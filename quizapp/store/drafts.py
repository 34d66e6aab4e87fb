"""Drafts and their files, and the banks that somebody may edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.peek import source_first
from quizapp.store import models
from quizapp.store.rights import EDITABLE


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the workshop: its first file, whose bank it is (empty key for a new one), who saved it when."""

    id: int
    title: str
    file: str
    key: str
    problems: int
    updated_at: datetime
    updated_by: str


@dataclass(frozen=True, slots=True)
class BankRow:
    """A bank that somebody may edit: its newest version, and the draft that is open for it, if one is."""

    key: str
    title: str
    facts: int
    published_at: datetime | None
    archived: bool
    visibility: str
    draft_id: int | None


@dataclass(frozen=True, slots=True)
class Cited:
    """A picture that facts may name; `new` ones came with the draft and can be taken out again."""

    filename: str
    token: str
    width: int
    height: int
    new: bool


def drafts_of(session: Session, user: models.User) -> list[DraftRow]:
    """List the drafts that somebody may edit: new banks of their own, and those of banks that they may edit."""
    saver = aliased(models.User)
    query = (
        select(models.Draft, models.Bank.key, saver.name)
        .outerjoin(models.Bank, models.Bank.id == models.Draft.bank_id)
        .outerjoin(saver, saver.id == models.Draft.updated_by)
        .order_by(models.Draft.updated_at.desc(), models.Draft.id.desc())
    )
    if user.role != "admin":
        new = and_(models.Draft.bank_id.is_(None), models.Draft.owner_id == user.id)
        query = query.where(or_(new, and_(models.Draft.bank_id.is_not(None), EDITABLE)))
    rows = session.execute(query, {"learner": user.id}).all()
    first = _first_files(session, [draft.id for draft, *_ in rows])
    return [
        DraftRow(
            draft.id,
            draft.title,
            first.get(draft.id, ""),
            key or "",
            draft.problems,
            draft.updated_at,
            name or "",
        )
        for draft, key, name in rows
    ]


def _first_files(session: Session, ids: Sequence[int]) -> Mapping[int, str]:
    text = models.DraftText
    first = select(func.min(text.id)).where(text.draft_id.in_(ids)).group_by(text.draft_id)
    return dict(session.execute(select(text.draft_id, text.filename).where(text.id.in_(first))).all())


def banks_to_edit(session: Session, user: models.User) -> list[BankRow]:
    """List the published banks that somebody may edit, archived ones too, by title."""
    version, draft = models.BankVersion, models.Draft
    query = (
        select(models.Bank, version, draft.id)
        .join(version, version.id == models.Bank.version_id)
        .outerjoin(draft, draft.bank_id == models.Bank.id)
        .where(true() if user.role == "admin" else EDITABLE)
        .order_by(models.Bank.title, models.Bank.id)
    )
    return [
        BankRow(
            bank.key,
            bank.title,
            last.facts,
            last.published_at,
            bank.archived_at is not None,
            bank.visibility,
            open_id,
        )
        for bank, last, open_id in session.execute(query, {"learner": user.id})
    ]


def files_of(session: Session, draft_id: int) -> Sequence[models.DraftText]:
    """Give the files of a draft in the order in which they were added."""
    query = select(models.DraftText).where(models.DraftText.draft_id == draft_id).order_by(models.DraftText.id)
    return session.scalars(query).all()


def texts_of(session: Session, draft_id: int) -> tuple[Text, ...]:
    """Give the files of a draft as texts, the source first."""
    return source_first(tuple(Text(file.filename, file.content) for file in files_of(session, draft_id)))


def file_named(session: Session, draft_id: int, filename: str) -> models.DraftText | None:
    """Find a file of a draft."""
    query = select(models.DraftText).where(models.DraftText.draft_id == draft_id, models.DraftText.filename == filename)
    return session.scalar(query)


def open_draft(session: Session, bank_id: int) -> models.Draft | None:
    """Find the draft that is open for a bank."""
    return session.scalar(select(models.Draft).where(models.Draft.bank_id == bank_id))


def names(session: Session, users: Sequence[int | None]) -> Mapping[int, str]:
    """Name people by row id."""
    wanted = sorted({user for user in users if user is not None})
    return dict(session.execute(select(models.User.id, models.User.name).where(models.User.id.in_(wanted))).all())


def pictures_of(session: Session, draft_id: int, bank_id: int | None) -> list[Cited]:
    """List the pictures that facts of a draft may show, its own and those of its bank; the newest of each name."""
    picture = models.Picture
    own = picture.draft_id == draft_id
    query = (
        select(picture.filename, picture.token, picture.width, picture.height, picture.draft_id)
        .where(own if bank_id is None else or_(own, picture.bank_id == bank_id))
        .order_by(picture.id)
    )
    newest = {row.filename: Cited(*row[:4], new=row.draft_id is not None) for row in session.execute(query)}
    return sorted(newest.values(), key=lambda row: row.filename)


def picture_names(session: Session, draft_id: int, bank_id: int | None) -> frozenset[str]:
    """Name the pictures that facts of a draft may show."""
    return frozenset(row.filename for row in pictures_of(session, draft_id, bank_id))
