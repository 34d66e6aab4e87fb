"""The languages of a learner, and the titles of banks in them."""

import re

from alembic import op
import sqlalchemy as sa


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user", sa.Column("content_language", sa.String(length=16), nullable=True))
    op.add_column("user", sa.Column("second_language", sa.String(length=16), nullable=True))
    op.add_column("bank_text", sa.Column("title", sa.Text(), server_default=sa.text("''"), nullable=False))
    connection = op.get_bind()
    texts = sa.table("bank_text", sa.column("id"), sa.column("title"), sa.column("content"))
    for row in connection.scalars(sa.select(texts.c.id)).all():  # one text at a time: together they may be large
        title = _title(connection.scalar(sa.select(texts.c.content).where(texts.c.id == row)))
        if title:
            connection.execute(sa.update(texts).where(texts.c.id == row).values(title=title))
    op.add_column("review", sa.Column("second_language", sa.String(length=16), nullable=True))


def downgrade() -> None:
    op.drop_column("bank_text", "title")
    op.drop_column("review", "second_language")
    op.drop_column("user", "second_language")
    op.drop_column("user", "content_language")


def _title(content: str) -> str:
    """Read a title that stands on one line, plain or in plain quotes; any other is read at the next publication."""
    found = re.search(r"""^title: +(?:"([^"\\\n]+)"|'([^'\n]+)'|([^\s"'|>#&*!\[{%@`?-][^\n#]*?)) *$""", content, re.MULTILINE)
    return next((text for text in found.groups() if text), "") if found else ""
