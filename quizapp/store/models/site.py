"""The site: who changed what, who failed to log in, and what its admins set."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.models.base import NEVER_AGAIN, Base, Instant, Key


class AuditEntry(Base):
    """Somebody changed a grade, role, bank, course or setting; rows are only ever added.

    `action` is a word such as bank.publish, `about` names the thing, `detail` holds what it was and became.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "at"), Index(None, "course_id", "at"), Index(None, "action", "at"), NEVER_AGAIN)

    id: Mapped[Key]
    at: Mapped[Instant]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    by_name: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(300))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="SET NULL"))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)


class FailedLogIn(Base):
    """A log-in that failed; only a known account is named, since people type passwords into the wrong field."""

    __tablename__ = "failed_log_in"
    __table_args__ = (Index(None, "at"), NEVER_AGAIN)

    id: Mapped[Key]
    at: Mapped[Instant]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(64))


class SiteSetting(Base):
    """A setting that admins change while the site runs; what has no row stands as the environment says."""

    __tablename__ = "site_setting"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[Instant]
