"""The languages of a learner."""

from alembic import op
import sqlalchemy as sa


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user", sa.Column("content_language", sa.String(length=16), nullable=True))
    op.add_column("user", sa.Column("second_language", sa.String(length=16), nullable=True))


def downgrade() -> None:
    op.drop_column("user", "second_language")
    op.drop_column("user", "content_language")
