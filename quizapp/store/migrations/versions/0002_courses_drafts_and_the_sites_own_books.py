"""Courses, drafts and the site's own books."""

from typing import Any

from alembic import op
import sqlalchemy as sa


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "site_setting",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_site_setting")),
    )
    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user.id"], name=op.f("fk_course_created_by_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("code", name=op.f("uq_course_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "failed_log_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_failed_log_in_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_log_in")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("failed_log_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_failed_log_in_at"), ["at"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("blueprint", sa.JSON(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("feedback", sa.String(length=8), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("late_rule", sa.String(length=16), nullable=False),
        sa.Column("late_percent", sa.Integer(), nullable=False),
        sa.Column("shuffled", sa.Boolean(), nullable=False),
        sa.Column("popular", sa.Boolean(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("feedback IN ('now', 'end', 'due', 'never')", name=op.f("ck_assignment_feedback")),
        sa.CheckConstraint("kind IN ('practice', 'quiz')", name=op.f("ck_assignment_kind")),
        sa.CheckConstraint("late_rule IN ('refuse', 'accept', 'penalty')", name=op.f("ck_assignment_late_rule")),
        sa.CheckConstraint("late_percent BETWEEN 0 AND 100", name=op.f("ck_assignment_late_percent")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_assignment_course_id_course"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user.id"], name=op.f("fk_assignment_created_by_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_course_id_due_at"), ["course_id", "due_at"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_audit_entry_by_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_audit_entry_course_id_course"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_action_at"), ["action", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_course_id_at"), ["course_id", "at"], unique=False)

    op.create_table(
        "course_bank",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("editable", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_course_bank_bank_id_bank"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_bank_course_id_course"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("course_id", "bank_id", name=op.f("pk_course_bank")),
    )
    with op.batch_alter_table("course_bank", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_bank_bank_id"), ["bank_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("role IN ('student', 'assistant', 'instructor')", name=op.f("ck_enrolment_role")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_enrolment_course_id_course"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_enrolment_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("course_id", "user_id", name=op.f("pk_enrolment")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_user_id"), ["user_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_invitation_course_id_course"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("course_id", "email", name=op.f("uq_invitation_course_id_email")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_email"), ["email"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("base_version_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_draft_bank_id_bank"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["base_version_id"],
            ["bank_version.id"],
            name=op.f("fk_draft_base_version_id_bank_version"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_draft_owner_id_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["user.id"], name=op.f("fk_draft_updated_by_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("bank_id", name=op.f("uq_draft_bank_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "forecast",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("topic", sa.String(length=255), nullable=False),
        sa.Column("students", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("predicted", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_forecast_assignment_id_assignment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("assignment_id", "made_on", "topic", name=op.f("pk_forecast")),
    )
    op.create_table(
        "draft_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_text_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_text")),
        sa.UniqueConstraint("draft_id", "filename", name=op.f("uq_draft_text_draft_id_filename")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=32), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_picture_bank_id_bank"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_picture_draft_id_draft"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_picture_owner_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
        sa.UniqueConstraint("token", name=op.f("uq_picture_token")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_bank_id_filename"), ["bank_id", "filename"], unique=False)
        batch_op.create_index(batch_op.f("ix_picture_draft_id_filename"), ["draft_id", "filename"], unique=False)

    op.create_table(
        "grade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("possible", sa.Double(), nullable=False),
        sa.Column("factor", sa.Double(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('finished', 'regraded', 'set')", name=op.f("ck_grade_kind")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_grade_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_grade_by_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade")),
        sa.UniqueConstraint("attempt_id", "key", name=op.f("uq_grade_attempt_id_key")),
        sqlite_autoincrement=True,
    )
    no = sa.false()
    never = "0" if op.get_context().dialect.name == "sqlite" else "false"
    attempt = [
        sa.Column("number", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("late", sa.Boolean(), server_default=no, nullable=False),
        sa.Column("preview", sa.Boolean(), server_default=no, nullable=False),
    ]
    _link_to_assignment("attempt", attempt)
    op.create_index("ix_attempt_assignment_id_learner_id", "attempt", ["assignment_id", "learner_id"])
    op.create_index(
        "ix_attempt_running",
        "attempt",
        ["deadline_at"],
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    _link_to_assignment("sitting", [])
    _add(
        "bank",
        "visibility VARCHAR(16) DEFAULT 'site' NOT NULL CONSTRAINT ck_bank_visibility "
        "CHECK (visibility IN ('private', 'course', 'site'))",
    )
    op.create_index("ix_sitting_assignment_id", "sitting", ["assignment_id"])
    _add(
        "user",
        "extra_time INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_user_extra_time CHECK (extra_time BETWEEN 0 AND 300)",
    )
    _add("user", f"no_time_limit BOOLEAN DEFAULT {never} NOT NULL")
    _add(
        "user",
        "extra_attempts INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_user_extra_attempts "
        "CHECK (extra_attempts BETWEEN 0 AND 20)",
    )
    _add("user", f"private BOOLEAN DEFAULT {never} NOT NULL")
    _add("review", "shown TEXT")
    _lock_the_books()


def _add(table: str, column: str) -> None:
    """Add a column in place: a rebuilt SQLite table would forget which row numbers were given out before."""
    op.execute(f'ALTER TABLE "{table}" ADD COLUMN {column}')


def _lock_the_books() -> None:
    """Refuse to change or delete what was entered; only references to who and where are let go with their rows."""
    kept = "id at by_name action about detail".split()
    if op.get_context().dialect.name == "sqlite":
        changed = [f"NEW.{name} IS NOT OLD.{name}" for name in kept]
        changed += [f"(NEW.{name} IS NOT NULL AND NEW.{name} IS NOT OLD.{name})" for name in ("by_id", "course_id")]
        refuse = "BEGIN SELECT RAISE(ABORT, 'entries of the books are never changed'); END"
        op.execute(f"CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry {refuse}")
        op.execute(
            f"CREATE TRIGGER audit_entry_update BEFORE UPDATE ON audit_entry WHEN {' OR '.join(changed)} {refuse}"
        )
        return
    changed = [f"NEW.{name}::text IS DISTINCT FROM OLD.{name}::text" for name in kept]
    changed += [
        f"(NEW.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})" for name in ("by_id", "course_id")
    ]
    refuse = "FOR EACH ROW WHEN ({}) EXECUTE FUNCTION audit_entry_refuse()"
    for statement in (
        "CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'entries of the books are never changed'; END $$",
        f"CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry {refuse.format('true')}",
        f"CREATE TRIGGER audit_entry_update BEFORE UPDATE ON audit_entry {refuse.format(' OR '.join(changed))}",
    ):
        op.get_bind().exec_driver_sql(statement)


def _link_to_assignment(table: str, columns: list[sa.Column[Any]]) -> None:
    """Add columns and the foreign key, which rebuilds an SQLite table; it still knows which numbers it gave out."""
    given = _last_number(table)
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("assignment_id", sa.Integer(), nullable=True))
        for column in columns:
            batch.add_column(column)
        name = f"fk_{table}_assignment_id_assignment"
        batch.create_foreign_key(name, "assignment", ["assignment_id"], ["id"], ondelete="SET NULL")
    if given is not None:
        connection = op.get_bind()
        connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table})
        values = {"name": table, "number": given}
        connection.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)"), values)


def _last_number(table: str) -> int | None:
    if op.get_context().dialect.name != "sqlite":
        return None
    query = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    number: int | None = op.get_bind().scalar(query, {"name": table})
    return number
