"""What the command line publishes is written into the books."""

from pathlib import Path

from sqlalchemy import URL, select
from sqlalchemy.orm import Session
from support.command_line import Call

from quizapp.store import models
from quizapp.store.engine import make_engine


def test_a_bank_that_was_added_is_entered_once(call: Call, folder: Path, database: URL) -> None:
    for _ in range(2):
        assert call("bank", "add", folder).exit_code == 0
    engine = make_engine(database)
    with Session(engine) as session:
        (entry,) = session.scalars(select(models.AuditEntry))
    engine.dispose()
    assert (entry.action, entry.by_id, entry.about) == ("bank.publish", None, "Sourcing models")
    assert entry.detail == {"bank": "sourcing-test", "version": 1, "summary": ["17 facts added"]}
