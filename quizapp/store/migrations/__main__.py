"""Draft a revision from what the models have and the history lacks: `python -m quizapp.store.migrations MESSAGE`."""

import sys
import tempfile
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from quizapp.store.engine import make_engine
from quizapp.store.history import alembic_config
from quizapp.store.schema import upgrade

if len(sys.argv) != 2:  # noqa: PLR2004 -- the program and its one argument
    sys.exit('usage: python -m quizapp.store.migrations "What the revision does"')

config = alembic_config()
revisions = list(ScriptDirectory.from_config(config).walk_revisions())
with tempfile.TemporaryDirectory() as folder:
    engine = make_engine(f"sqlite:///{Path(folder) / 'draft.sqlite3'}")
    if revisions:
        upgrade(engine, backup_to=None)
    with engine.connect() as connection, closing(connection):
        config.attributes["connection"] = connection
        command.revision(config, message=sys.argv[1], autogenerate=True, rev_id=f"{len(revisions) + 1:04}")
    engine.dispose()
