"""Banks: their texts as versions, and the identity of their facts."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.models.base import NEVER_AGAIN, Base, Instant, Key


class Bank(Base):
    """One knowledge file with its translations; `version_id` is the version now asked.

    `visibility` says who may learn from it: its owner alone, also the courses that have it, or the whole site.
    """

    __tablename__ = "bank"
    __table_args__ = (
        CheckConstraint("origin IN ('shipped', 'added')", name="origin"),
        CheckConstraint("visibility IN ('private', 'course', 'site')", name="visibility"),
        NEVER_AGAIN,
    )

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(16))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("bank_version.id", use_alter=True, ondelete="RESTRICT"),
    )
    created_at: Mapped[Instant]
    archived_at: Mapped[Instant | None]
    visibility: Mapped[str] = mapped_column(String(16), default="site", server_default=text("'site'"))


class BankVersion(Base):
    """One published state of a bank; `digest` is the SHA-256 of its texts in order of language.

    `summary` holds what it does to facts and memories, as `store/summaries.py` writes it; so does that of an offer.
    """

    __tablename__ = "bank_version"
    __table_args__ = (UniqueConstraint("bank_id", "number"), NEVER_AGAIN)

    id: Mapped[Key]
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    facts: Mapped[int]
    published_at: Mapped[Instant]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    summary: Mapped[str] = mapped_column(Text, default="")


class BankText(Base):
    """A file of a version exactly as it was written, and the title it gives; the source has `overlay` False."""

    __tablename__ = "bank_text"
    __table_args__ = (UniqueConstraint("version_id", "language"), NEVER_AGAIN)

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("bank_version.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(16))
    overlay: Mapped[bool]
    title: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    filename: Mapped[str] = mapped_column(String(255))
    content: Mapped[str] = mapped_column(Text)


class Fact(Base):
    """The identity of a fact, never its content; a retired fact keeps its memories."""

    __tablename__ = "fact"
    __table_args__ = (UniqueConstraint("bank_id", "key"), Index(None, "bank_id", "retired_at"), NEVER_AGAIN)

    id: Mapped[Key]
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(255))
    retired_at: Mapped[Instant | None]


class Offer(Base):
    """A newer shipped version that would cost memories: offered to an admin, not published by itself."""

    __tablename__ = "offer"

    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    summary: Mapped[str] = mapped_column(Text)
    offered_at: Mapped[Instant]


class Draft(Base):
    """Texts that are being written, of a bank there is (one draft each) or of a new one.

    `version` is raised by every save, so that a second editor is told; `base_version_id` is what it was begun from.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("bank_id"), Index(None, "owner_id"), NEVER_AGAIN)

    id: Mapped[Key]
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    base_version_id: Mapped[int | None] = mapped_column(ForeignKey("bank_version.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    problems: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))


class DraftText(Base):
    """A file of a draft as it stands."""

    __tablename__ = "draft_text"
    __table_args__ = (UniqueConstraint("draft_id", "filename"), NEVER_AGAIN)

    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    filename: Mapped[str] = mapped_column(String(255))
    content: Mapped[str] = mapped_column(Text)


class Picture(Base):
    """An image that facts of a bank or draft name by `filename`; `token` is its own random name in addresses.

    `content` was decoded and written anew by the program. The newest of one file name is the one shown.
    """

    __tablename__ = "picture"
    __table_args__ = (Index(None, "bank_id", "filename"), Index(None, "draft_id", "filename"), NEVER_AGAIN)

    id: Mapped[Key]
    token: Mapped[str] = mapped_column(String(43), unique=True)
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(32))
    width: Mapped[int]
    height: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[Instant]
