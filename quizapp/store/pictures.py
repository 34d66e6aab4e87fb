"""Pictures: which row shows a file name, and their bytes by token."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.store import models, rights


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture without its bytes; `size` in pixels."""

    token: str
    filename: str
    media_type: str
    width: int
    height: int


_ROW = (
    models.Picture.token,
    models.Picture.filename,
    models.Picture.media_type,
    models.Picture.width,
    models.Picture.height,
)
_OF_KEY = (
    select(*_ROW)
    .join(models.Bank, models.Bank.id == models.Picture.bank_id)
    .where(models.Bank.key == bindparam("key"), models.Picture.filename == bindparam("filename"))
    .order_by(models.Picture.id.desc())
    .limit(1)
)
_VISIBLE = select(models.Bank.id).where(models.Bank.id == bindparam("bank"), rights.VISIBLE)


def last_part(path: str) -> str:
    """Give the file name that a fact's path to its picture ends in: pictures are kept without folders."""
    return path.rpartition("/")[2]


def of_key(session: Session, key: str, path: str) -> PictureRow | None:
    """Find the newest picture of a file name in the bank that has this id of its author."""
    row = session.execute(_OF_KEY, {"key": key, "filename": last_part(path)}).first()
    return PictureRow(*row) if row else None


def newest(session: Session, bank_id: int, paths: Iterable[str]) -> dict[str, PictureRow]:
    """Find the newest pictures of several file names in a bank, by file name."""
    names = sorted({last_part(path) for path in paths})
    if not names:
        return {}
    query = (
        select(*_ROW)
        .where(models.Picture.bank_id == bank_id, models.Picture.filename.in_(names))
        .order_by(models.Picture.id)
    )
    return {row.filename: PictureRow(*row) for row in session.execute(query)}


def by_token(session: Session, token: str) -> models.Picture | None:
    """Find a picture by its random name."""
    return session.scalar(select(models.Picture).where(models.Picture.token == token))


def is_visible(session: Session, learner_id: int, bank_id: int) -> bool:
    """Say whether a learner has a bank, archived or not: a quiz that is open still shows its pictures."""
    return session.scalar(_VISIBLE, {"bank": bank_id, "learner": learner_id}) is not None
