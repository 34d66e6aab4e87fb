"""People: accounts and one-time links."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.models.base import NEVER_AGAIN, Base, Instant, Key


class User(Base):
    """Somebody with an account; `session_version` is raised to log every device out.

    `language` is that of the interface, None until the first log-in. Banks are read in the `content_language`, None for
    that of the interface; a `second_language` is shown beside it.
    Accommodations belong to the person and hold in every quiz: `extra_time` in per cent of the limit, `no_time_limit`,
    `extra_attempts`. Whoever is `private` is shown to a class's teachers only in figures of at least five such people.
    """

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint("role IN ('student', 'instructor', 'admin')", name="role"),
        CheckConstraint("minutes_a_day BETWEEN 1 AND 600", name="minutes"),
        CheckConstraint("retention BETWEEN 0.7 AND 0.97", name="retention"),
        CheckConstraint("recognition_cap BETWEEN 1 AND 3650", name="recognition_cap"),
        CheckConstraint("extra_time BETWEEN 0 AND 300", name="extra_time"),
        CheckConstraint("extra_attempts BETWEEN 0 AND 20", name="extra_attempts"),
        Index("uq_user_email", text("lower(email)"), unique=True),
        NEVER_AGAIN,
    )

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(16), default="student")
    session_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Instant]
    last_seen_at: Mapped[Instant | None]
    disabled_at: Mapped[Instant | None]
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    language: Mapped[str | None] = mapped_column(String(16))
    content_language: Mapped[str | None] = mapped_column(String(16))
    second_language: Mapped[str | None] = mapped_column(String(16))
    minutes_a_day: Mapped[int] = mapped_column(default=20)
    retention: Mapped[float] = mapped_column(default=0.9)
    recognition_cap: Mapped[float] = mapped_column(default=21.0)
    quiet_weekdays: Mapped[str] = mapped_column(String(7), default="")
    extra_time: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    no_time_limit: Mapped[bool] = mapped_column(default=False, server_default=false())
    extra_attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    private: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def reads(self) -> str | None:
        """Give the language that banks are read in; None for each bank's own."""
        return self.content_language or self.language


class OneTimeLink(Base):
    """A link that works once: the first admin's set-up or a password reset; only its hash is kept."""

    __tablename__ = "one_time_link"
    __table_args__ = (CheckConstraint("purpose IN ('setup', 'reset')", name="purpose"), NEVER_AGAIN)

    id: Mapped[Key]
    purpose: Mapped[str] = mapped_column(String(16))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]
