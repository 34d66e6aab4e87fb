"""What the command line lets an account do is written into the books."""

from sqlalchemy import URL, select
from sqlalchemy.orm import Session
from support.command_line import Call

from quizapp.store import models
from quizapp.store.engine import make_engine


def test_a_role_given_by_command_is_entered_once(call: Call, database: URL) -> None:
    assert call("user", "add", "astrid@example.org", "--name", "Astrid").exit_code == 0
    for _ in range(2):
        assert call("user", "role", "astrid@example.org", "admin").exit_code == 0
    assert call("user", "role", "astrid@example.org", "student").exit_code == 1
    engine = make_engine(database)
    with Session(engine) as session:
        (entry,) = session.scalars(select(models.AuditEntry))
        user = session.scalars(select(models.User)).one()
    engine.dispose()
    assert (entry.action, entry.by_id, entry.about) == ("account.role", None, "Astrid <astrid@example.org>")
    assert entry.detail == {"user": user.id, "before": "student", "after": "admin"}
