"""The first schema."""

from alembic import op
import sqlalchemy as sa


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=True),
        sa.Column("disabled_at", sa.DateTime(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("minutes_a_day", sa.Integer(), nullable=False),
        sa.Column("retention", sa.Double(), nullable=False),
        sa.Column("recognition_cap", sa.Double(), nullable=False),
        sa.Column("quiet_weekdays", sa.String(length=7), nullable=False),
        sa.CheckConstraint("role IN ('student', 'instructor', 'admin')", name=op.f("ck_user_role")),
        sa.CheckConstraint("minutes_a_day BETWEEN 1 AND 600", name=op.f("ck_user_minutes")),
        sa.CheckConstraint("recognition_cap BETWEEN 1 AND 3650", name=op.f("ck_user_recognition_cap")),
        sa.CheckConstraint("retention BETWEEN 0.7 AND 0.97", name=op.f("ck_user_retention")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "bank",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("origin IN ('shipped', 'added')", name=op.f("ck_bank_origin")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_bank_owner_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank")),
        sa.UniqueConstraint("key", name=op.f("uq_bank_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "day_total",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_day_total_learner_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", "day", name=op.f("pk_day_total")),
    )
    op.create_table(
        "one_time_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("purpose IN ('setup', 'reset')", name=op.f("ck_one_time_link_purpose")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_one_time_link_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_link_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('practice', 'match', 'flashcards', 'quiz')", name=op.f("ck_sitting_kind")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_sitting_learner_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sitting") as batch_op:
        batch_op.create_index(batch_op.f("ix_sitting_learner_id_kind_ended_at"), ["learner_id", "kind", "ended_at"])

    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("feedback", sa.String(length=8), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("deadline_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("points_possible", sa.Double(), nullable=True),
        sa.CheckConstraint("feedback IN ('now', 'end')", name=op.f("ck_attempt_feedback")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_attempt_learner_id_user"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_attempt_sitting_id_sitting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("sitting_id", name=op.f("uq_attempt_sitting_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_learner_id"), ["learner_id"])

    op.create_table(
        "bank_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["bank.id"], name=op.f("fk_bank_version_bank_id_bank"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["user.id"], name=op.f("fk_bank_version_published_by_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_version")),
        sa.UniqueConstraint("bank_id", "number", name=op.f("uq_bank_version_bank_id_number")),
        sqlite_autoincrement=True,
    )
    # banks and versions point at each other: this half comes when both are there
    with op.batch_alter_table("bank", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.create_foreign_key(
            op.f("fk_bank_version_id_bank_version"), "bank_version", ["version_id"], ["id"], ondelete="RESTRICT"
        )

    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_fact_bank_id_bank"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
        sa.UniqueConstraint("bank_id", "key", name=op.f("uq_fact_bank_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("fact") as batch_op:
        batch_op.create_index(batch_op.f("ix_fact_bank_id_retired_at"), ["bank_id", "retired_at"])

    op.create_table(
        "offer",
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_offer_bank_id_bank"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("bank_id", name=op.f("pk_offer")),
    )
    op.create_table(
        "bank_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("overlay", sa.Boolean(), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["bank_version.id"], name=op.f("fk_bank_text_version_id_bank_version"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_text")),
        sa.UniqueConstraint("version_id", "language", name=op.f("uq_bank_text_version_id_language")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "confusion",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_confusion_fact_id_fact"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_confusion_learner_id_user"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["other_id"], ["fact.id"], name=op.f("fk_confusion_other_id_fact"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("learner_id", "fact_id", "other_id", name=op.f("pk_confusion")),
    )
    with op.batch_alter_table("confusion") as batch_op:
        batch_op.create_index(batch_op.f("ix_confusion_fact_id"), ["fact_id"])

    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("served_at", sa.DateTime(), nullable=False),
        sa.Column("revealed_at", sa.DateTime(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("graded_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("answer_key", sa.String(length=64), nullable=True),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_item_answered")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_item_bank_id_bank"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["learner_id"], ["user.id"], name=op.f("fk_item_learner_id_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_item_sitting_id_sitting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["bank_version.id"], name=op.f("fk_item_version_id_bank_version"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("learner_id", "answer_key", name=op.f("uq_item_learner_id_answer_key")),
        sa.UniqueConstraint("sitting_id", "slot", name=op.f("uq_item_sitting_id_slot")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "memory",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("produced", sa.Boolean(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("recall_then", sa.Double(), nullable=False),
        sa.Column("failed_last", sa.Boolean(), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=False),
        sa.Column("surface", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_memory_fact_id_fact"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_memory_learner_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", "fact_id", name=op.f("pk_memory")),
    )
    with op.batch_alter_table("memory") as batch_op:
        batch_op.create_index(batch_op.f("ix_memory_fact_id"), ["fact_id"])
        batch_op.create_index(batch_op.f("ix_memory_learner_id_due_at"), ["learner_id", "due_at"])

    op.create_table(
        "suspension",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_suspension_fact_id_fact"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_suspension_learner_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", "fact_id", name=op.f("pk_suspension")),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=True),
        sa.Column("surface", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("right", sa.Boolean(), nullable=True),
        sa.Column("unsure", sa.Boolean(), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("guess_rate", sa.Double(), nullable=True),
        sa.Column("prior", sa.Double(), nullable=True),
        sa.Column("was_new", sa.Boolean(), nullable=True),
        sa.Column("recall", sa.Double(), nullable=True),
        sa.Column("weight", sa.Double(), nullable=True),
        sa.Column("first", sa.Boolean(), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("confused_with_id", sa.Integer(), nullable=True),
        sa.Column("source_fact_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('answer', 'undo', 'reset', 'corrected', 'corrected-minor', 'moved')", name=op.f("ck_review_kind")
        ),
        sa.ForeignKeyConstraint(
            ["confused_with_id"], ["fact.id"], name=op.f("fk_review_confused_with_id_fact"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_review_fact_id_fact"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_review_item_id_item"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_review_learner_id_user"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_review_sitting_id_sitting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_fact_id"], ["fact.id"], name=op.f("fk_review_source_fact_id_fact"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("item_id", "ordinal", "kind", name=op.f("uq_review_item_id_ordinal_kind")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("review") as batch_op:
        batch_op.create_index(batch_op.f("ix_review_fact_id_at"), ["fact_id", "at"])
        batch_op.create_index(
            "ix_review_first_answers",
            ["fact_id", "weight"],
            sqlite_where=sa.text("was_new = 1"),
            postgresql_where=sa.text("was_new"),
        )
        batch_op.create_index(batch_op.f("ix_review_learner_id_at"), ["learner_id", "at"])
        batch_op.create_index(batch_op.f("ix_review_learner_id_fact_id"), ["learner_id", "fact_id"])
        batch_op.create_index(batch_op.f("ix_review_sitting_id"), ["sitting_id"])

    # last, since SQLAlchemy cannot read it back from SQLite while a table is rebuilt above
    op.create_index("uq_user_email", "user", [sa.text("lower(email)")], unique=True)
