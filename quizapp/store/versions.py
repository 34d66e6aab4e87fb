"""The versions of a bank: who published what when, and the files of each as they were written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.store import models
from quizapp.store.summaries import read_summary


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list: `by` is empty when the program or its command line published it."""

    number: int
    facts: int
    published_at: datetime
    by: str
    lines: tuple[str, ...]
    languages: tuple[str, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class File:
    """A file of a version; `name` is the one it is given when it leaves, `content` as it was written."""

    language: str
    overlay: bool
    name: str
    content: str


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course that has a bank, or could: whether its instructors may edit the bank."""

    id: int
    name: str
    has: bool
    editable: bool


_VERSIONS = (
    select(models.BankVersion, models.User.name)
    .outerjoin(models.User, models.User.id == models.BankVersion.published_by)
    .where(models.BankVersion.bank_id == bindparam("bank"))
    .order_by(models.BankVersion.number.desc())
)
_LANGUAGES = (
    select(models.BankText.version_id, models.BankText.language)
    .join(models.BankVersion, models.BankVersion.id == models.BankText.version_id)
    .where(models.BankVersion.bank_id == bindparam("bank"))
    .order_by(models.BankText.overlay, models.BankText.language)
)
_FILES = (
    select(models.BankText.language, models.BankText.overlay, models.BankText.content)
    .where(models.BankText.version_id == bindparam("version"))
    .order_by(models.BankText.overlay, models.BankText.language)
)
_COURSES = (
    select(
        models.Course.id,
        models.Course.name,
        models.CourseBank.bank_id.is_not(None),
        func.coalesce(models.CourseBank.editable, False),
    )
    .outerjoin(
        models.CourseBank,
        (models.CourseBank.course_id == models.Course.id) & (models.CourseBank.bank_id == bindparam("bank")),
    )
    .outerjoin(
        models.Enrolment,
        (models.Enrolment.course_id == models.Course.id)
        & (models.Enrolment.user_id == bindparam("user"))
        & (models.Enrolment.role == "instructor")
        & models.Enrolment.removed_at.is_(None),
    )
    .where(
        models.Course.archived_at.is_(None),
        models.CourseBank.bank_id.is_not(None) | models.Enrolment.user_id.is_not(None) | bindparam("all"),
    )
    .order_by(models.Course.name, models.Course.id)
)


def versions_of(session: Session, bank: models.Bank) -> list[VersionRow]:
    """List the versions of a bank, the newest first."""
    languages: dict[int, list[str]] = {}
    for version, language in session.execute(_LANGUAGES, {"bank": bank.id}):
        languages.setdefault(version, []).append(language)
    return [
        VersionRow(
            version.number,
            version.facts,
            version.published_at,
            name or "",
            read_summary(version.summary),
            tuple(languages.get(version.id, ())),
            version.id == bank.version_id,
        )
        for version, name in session.execute(_VERSIONS, {"bank": bank.id})
    ]


def version_of(session: Session, bank: models.Bank, number: int) -> models.BankVersion | None:
    """Find a version of a bank by its number."""
    query = select(models.BankVersion).where(models.BankVersion.bank_id == bank.id, models.BankVersion.number == number)
    return session.scalar(query)


def files_of(session: Session, bank: models.Bank, version: models.BankVersion) -> Sequence[File]:
    """Give the files of a version, the source first, under names made from the ids of bank and language."""
    return [
        File(language, overlay, f"{bank.key}.{language}.yaml" if overlay else f"{bank.key}.yaml", content)
        for language, overlay, content in session.execute(_FILES, {"version": version.id})
    ]


def courses_for(session: Session, user: models.User, bank: models.Bank) -> list[CourseRow]:
    """List the courses that have a bank and those that somebody teaches, which could have it; all for an admin."""
    rows = session.execute(_COURSES, {"bank": bank.id, "user": user.id, "all": user.role == "admin"})
    return [CourseRow(*row) for row in rows]


def offer_for(session: Session, bank: models.Bank) -> models.Offer | None:
    """Find the newer shipped version that waits for an admin's word."""
    return session.get(models.Offer, bank.id)
