"""The banks as the core reads them: compiled once a process for each version, and the numbers of their facts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from sqlalchemy import bindparam, event, select
from sqlalchemy.orm import Session

from quizapp.core.knowledge import coverage
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.read import read
from quizapp.languages import nearest
from quizapp.store import models
from quizapp.store.rights import VISIBLE
from quizapp.store.shelf import Shelf

Known = TypeVar("Known")

VERSIONS_KEPT = 256
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Compiled:
    """A version as the core reads it: its editions by language, the source first, and its tags in order."""

    editions: Mapping[str, Bank]
    tags: tuple[str, ...]


_compiled: Shelf[Compiled] = Shelf(VERSIONS_KEPT)
_facts: Shelf[Mapping[str, int]] = Shelf(VERSIONS_KEPT)
_UNCOMMITTED = "quizapp.uncommitted_versions"

_TEXTS = (
    select(models.BankText.filename, models.BankText.content)
    .where(models.BankText.version_id == bindparam("version"))
    .order_by(models.BankText.overlay, models.BankText.language)
)
_VERSION = select(models.Bank.version_id).where(models.Bank.id == bindparam("bank"))
_LIVE_FACTS = (
    select(models.Fact.key, models.Fact.id)
    .where(models.Fact.bank_id == bindparam("bank"), models.Fact.retired_at.is_(None))
    .order_by(models.Fact.id)
)
_KEYS = select(models.Fact.id, models.Fact.bank_id, models.Fact.key).where(
    models.Fact.id.in_(bindparam("facts", expanding=True)),
)
_LIVE_BANKS = (
    select(models.Bank)
    .where(models.Bank.archived_at.is_(None), models.Bank.version_id.is_not(None), VISIBLE)
    .order_by(models.Bank.title, models.Bank.id)
)

_LANGUAGES = (
    select(models.BankText.language)
    .join(models.Bank, models.Bank.version_id == models.BankText.version_id)
    .where(models.Bank.archived_at.is_(None), VISIBLE)
    .distinct()
    .order_by(models.BankText.language)
)

_TITLES = (
    select(models.Bank.id, models.BankText.language, models.BankText.title, models.BankText.overlay, models.Bank.title)
    .join(models.Bank, models.Bank.version_id == models.BankText.version_id)
    .where(VISIBLE)
    .order_by(models.BankText.overlay)
)


@dataclass(frozen=True, slots=True)
class Titled:
    """The title of a bank and the language it is in."""

    title: str
    language: str


def titles(session: Session, learner_id: int, language: str | None) -> dict[int, Titled]:
    """Give the titles of the published banks a learner has by row id, in a language where there is one."""
    known: dict[int, dict[str, Titled]] = {}
    for bank, code, title, overlay, own in session.execute(_TITLES, {"learner": learner_id}):
        if title or not overlay:
            known.setdefault(bank, {})[code] = Titled(title or own, code)
    return {bank: _nearest_of(named, language) for bank, named in known.items()}


def live_banks(session: Session, learner_id: int) -> list[models.Bank]:
    """Give the published banks that a learner has and that are not archived, by title."""
    return list(session.scalars(_LIVE_BANKS, {"learner": learner_id}))


def bank_by_key(session: Session, key: str) -> models.Bank | None:
    """Find a bank by the id its author gave it."""
    return session.scalar(select(models.Bank).where(models.Bank.key == key))


def editions(session: Session, version_id: int) -> Mapping[str, Bank]:
    """Give the editions of a version by language, the source language first."""
    return _version(session, version_id).editions


def edition(session: Session, version_id: int, language: str | None) -> Bank:
    """Give the edition in a language, else in the nearest (pt for pt-BR), else the one in the source language."""
    return _nearest_of(editions(session, version_id), language)


def edition_in(session: Session, version_id: int, language: str | None) -> Bank | None:
    """Give the edition in a language or the nearest; None where there is none."""
    known = editions(session, version_id)
    return known.get(nearest(language, known) or "")


def source(session: Session, version_id: int) -> Bank:
    """Give the edition in the language that the bank was written in."""
    return next(iter(editions(session, version_id).values()))


def languages(session: Session, learner_id: int) -> tuple[str, ...]:
    """Give the languages that the banks a learner has are written in or translated to, by code."""
    return tuple(session.scalars(_LANGUAGES, {"learner": learner_id}))


def tags_of(session: Session, bank: models.Bank) -> tuple[str, ...]:
    """Give the tags of a published bank and its facts, in alphabetical order."""
    return _version(session, bank.version_id).tags if bank.version_id is not None else ()


def texts_of(session: Session, version_id: int) -> tuple[Text, ...]:
    """Give the files of a version as they were written, the source first."""
    return tuple(Text(path, content) for path, content in session.execute(_TEXTS, {"version": version_id}))


def fact_ids(session: Session, bank_id: int) -> Mapping[str, int]:
    """Give the row ids of a bank's live facts by key, in the order in which they were first published."""
    version = session.scalar(_VERSION, {"bank": bank_id})
    kept = None if version is None or version in _uncommitted(session) else _facts.get(session, version)
    if kept is not None:
        return kept
    rows = session.execute(_LIVE_FACTS, {"bank": bank_id})
    found = MappingProxyType(dict(rows.all()))
    if version is None or version in _uncommitted(session):
        return found
    return _facts.put(session, version, found)


def fact_keys(session: Session, facts: Collection[int]) -> dict[int, tuple[int, str]]:
    """Give bank row id and key of facts, live or retired, by row id."""
    wanted = sorted(facts)
    found: dict[int, tuple[int, str]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = session.execute(_KEYS, {"facts": wanted[start : start + AT_ONCE]})
        found.update({fact: (bank, key) for fact, bank, key in rows})
    return found


def compile_editions(known: Mapping[str, Bank]) -> Compiled:
    """Gather what is looked up often in the editions of a version."""
    return Compiled(MappingProxyType(dict(known)), coverage.tags_of(next(iter(known.values()))))


def keep_uncommitted(session: Session, version_id: int, known: Mapping[str, Bank]) -> None:
    """Let only this session see the editions of a version until it commits: a rolled-back number is given out again."""
    if _UNCOMMITTED not in session.info:
        session.info[_UNCOMMITTED] = {}
        event.listen(session, "after_commit", _forget)
        event.listen(session, "after_soft_rollback", _forget)
    session.info[_UNCOMMITTED][version_id] = compile_editions(known)


def _nearest_of(known: Mapping[str, Known], language: str | None) -> Known:
    """Choose what is nearest to a language, else what stands first: the source."""
    return known.get(nearest(language, known) or "") or next(iter(known.values()))


def _version(session: Session, version_id: int) -> Compiled:
    kept = _uncommitted(session).get(version_id) or _compiled.get(session, version_id)
    if kept is None:
        kept = _compiled.put(session, version_id, compile_editions(_read(version_id, texts_of(session, version_id))))
    return kept


def _read(version_id: int, texts: Sequence[Text]) -> Mapping[str, Bank]:
    if not texts:
        raise LookupError(f"there is no version {version_id}")
    reading = read(texts[0], texts[1:])
    if reading.bank is None:
        raise ValueError(f"version {version_id} was published but cannot be read: {reading.problems[0]}")
    return reading.editions


def _uncommitted(session: Session) -> dict[int, Compiled]:
    versions: dict[int, Compiled] = session.info.get(_UNCOMMITTED, {})
    return versions


def _forget(session: Session, *_: object) -> None:
    _uncommitted(session).clear()
