"""Pictures of facts: kept with a draft, taken over by its bank, and shown to whoever may see either."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.actions import access
from quizapp.actions.errors import NotFound, Refused
from quizapp.messages import msg
from quizapp.store import models, pictures, rights

MOST_PICTURES = 300
"""Pictures that one draft may bring along."""


class PictureFile(Protocol):
    """A picture that was decoded and written anew; `width` and `height` in pixels."""

    @property
    def filename(self) -> str:
        """The name that facts call it by."""

    @property
    def media_type(self) -> str:
        """What it was written as."""

    @property
    def width(self) -> int:
        """Pixels across."""

    @property
    def height(self) -> int:
        """Pixels down."""

    @property
    def content(self) -> bytes:
        """The image."""


def keep_pictures(
    session: Session, user: models.User, draft: models.Draft, files: Sequence[PictureFile], now: datetime
) -> tuple[models.Picture, ...]:
    """Keep pictures with a draft, each under a random name of its own; one of the same file name is replaced."""
    names = {file.filename for file in files}
    of_draft = models.Picture.draft_id == draft.id
    session.execute(delete(models.Picture).where(of_draft, models.Picture.filename.in_(names)))
    there = session.scalar(select(func.count()).select_from(models.Picture).where(of_draft)) or 0
    if there + len(files) > MOST_PICTURES:
        raise Refused(msg("A draft takes at most %(most)d pictures.", most=MOST_PICTURES), "files")
    rows = tuple(
        models.Picture(
            token=secrets.token_urlsafe(32),
            draft_id=draft.id,
            owner_id=user.id,
            filename=file.filename,
            media_type=file.media_type,
            width=file.width,
            height=file.height,
            digest=sha256(file.content).hexdigest(),
            content=file.content,
            created_at=now,
        )
        for file in files
    )
    session.add_all(rows)
    session.flush()
    return rows


def remove_picture(session: Session, draft: models.Draft, token: str) -> str:
    """Take a picture out of a draft and give its file name; those that its bank has already stay."""
    picture = pictures.by_token(session, token)
    if picture is None or picture.draft_id != draft.id:
        raise NotFound
    session.delete(picture)
    session.flush()
    return picture.filename


def adopt(session: Session, draft: models.Draft, bank: models.Bank) -> None:
    """Give the pictures of a draft to the bank that it was published as."""
    session.execute(
        update(models.Picture).where(models.Picture.draft_id == draft.id).values(draft_id=None, bank_id=bank.id)
    )


def shown_picture(session: Session, user: models.User, token: str) -> models.Picture:
    """Give a picture to somebody who may see its bank or edit its draft; NotFound for all others."""
    picture = pictures.by_token(session, token)
    if picture is None:
        raise NotFound
    if picture.draft_id is not None:
        access.draft_of(session, user, picture.draft_id)
        return picture
    bank = session.get(models.Bank, picture.bank_id)
    if bank is None:
        raise NotFound
    if not pictures.is_visible(session, user.id, bank.id) and not rights.may_edit(session, user, bank):
        raise NotFound
    return picture
