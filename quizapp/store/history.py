"""The migration history: which schema revisions this program knows, and which one a database has."""

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from quizapp.paths import migrations


def alembic_config() -> Config:
    """Give Alembic's settings without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def head() -> str:
    """Name the newest revision this program knows."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    if newest is None:
        raise RuntimeError("the program was installed without its migrations")
    return newest


def known() -> frozenset[str]:
    """Name every revision this program can upgrade from."""
    script = ScriptDirectory.from_config(alembic_config())
    return frozenset(revision.revision for revision in script.walk_revisions())


def revision_of(connection: Connection) -> str | None:
    """Name the revision of a database, None before the first migration."""
    return MigrationContext.configure(connection).get_current_revision()
