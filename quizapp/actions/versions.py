"""Going back and forth between versions of a bank: always by way of a draft, whose plan is read before it counts."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from quizapp.actions import audit, drafts
from quizapp.actions.access import editable_bank
from quizapp.actions.errors import NotFound, Refused
from quizapp.core.knowledge.files import group
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.peek import header
from quizapp.store import library, models, versions


def bank_to_edit(session: Session, user: models.User, key: str) -> models.Bank:
    """Give a bank that somebody may edit, archived or not, by the id of its author."""
    return editable_bank(session, user, library.bank_by_key(session, key))


def version_of(session: Session, bank: models.Bank, number: int) -> models.BankVersion:
    """Give a version of a bank by its number."""
    found = versions.version_of(session, bank, number)
    if found is None:
        raise NotFound
    return found


def restore(session: Session, user: models.User, bank: models.Bank, number: int, *, now: datetime) -> models.Draft:
    """Make a draft with the texts of an old version, to be published as a new one."""
    version = version_of(session, bank, number)
    if version.id == bank.version_id:
        raise Refused("This is the version that is asked now.")
    draft = drafts.begin_from_texts(session, user, bank, library.texts_of(session, version.id), now=now)
    _enter(session, user, bank, now, {"version": number})
    return draft


def take_offer(session: Session, user: models.User, bank: models.Bank, folder: Path, *, now: datetime) -> models.Draft:
    """Make a draft of the newer version of a bank that came with the program, found in its folder; for admins."""
    if user.role != "admin" or versions.offer_for(session, bank) is None:
        raise NotFound
    texts = _shipped(bank.key, (Text(path.name, path.read_text("utf-8")) for path in sorted(folder.glob("*.yaml"))))
    if not texts:
        raise Refused("The program no longer comes with this bank.")
    draft = drafts.begin_from_texts(session, user, bank, texts, now=now)
    _enter(session, user, bank, now, {"offer": "shipped"})
    return draft


def _shipped(key: str, texts: Iterable[Text]) -> tuple[Text, ...]:
    banks = group(texts).banks
    return next(((source, *overlays) for source, overlays in banks if header(source).id == key), ())


def _enter(session: Session, user: models.User, bank: models.Bank, now: datetime, what: dict[str, object]) -> None:
    audit.enter(session, user, "bank.restore", bank.title, now=now, detail={"bank": bank.key, **what})
