"""Bringing a database to the schema of the program."""

import shutil
import sqlite3
import threading
import warnings
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from quizapp.paths import migrations
from quizapp.store import history, schema
from quizapp.store.engine import make_engine
from quizapp.store.models import Base
from quizapp.store.schema import SchemaError, current, head, is_current, upgrade

HALF_WAY = '''
"""A revision that fails half way, or loses the children of a parent."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None

def upgrade() -> None:
    {body}
'''


def test_a_database_of_another_program_is_refused(empty_database: Engine) -> None:
    with empty_database.begin() as connection:
        connection.execute(text("CREATE TABLE invoices (id INTEGER PRIMARY KEY)"))
    with pytest.raises(SchemaError, match="tables of another program"):
        upgrade(empty_database, backup_to=None)


def test_a_revision_from_the_future_is_refused_and_kept(database: Engine, tmp_path: Path) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '2099'"))
    with pytest.raises(SchemaError, match="schema 2099, which this version of quizapp does not know"):
        upgrade(database, backup_to=tmp_path / "backup.sqlite3")
    assert current(database) == "2099"
    assert not (tmp_path / "backup.sqlite3").exists()


def test_an_empty_database_gets_every_table_without_a_backup(empty_database: Engine, tmp_path: Path) -> None:
    assert current(empty_database) is None
    done = upgrade(empty_database, backup_to=tmp_path / "backup.sqlite3")
    assert (done.before, done.after, done.backup) == (None, head(), None)
    assert set(inspect(empty_database).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    assert is_current(empty_database)


def test_two_programs_that_start_at_once_migrate_once(empty_database: Engine) -> None:
    done: list[str] = []
    engines = [make_engine(empty_database.url) for _ in range(3)]
    threads = [
        threading.Thread(target=lambda engine=engine: done.append(upgrade(engine, backup_to=None).after))
        for engine in engines
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for engine in engines:
        engine.dispose()
    assert done == [head()] * 3
    assert is_current(empty_database)


def test_a_database_at_head_stays_untouched(database: Engine, tmp_path: Path) -> None:
    done = upgrade(database, backup_to=tmp_path / "backup.sqlite3")
    assert (done.before, done.after, done.backup) == (head(), head(), None)
    assert not (tmp_path / "backup.sqlite3").exists()


def test_the_migrated_schema_is_that_of_the_models(database: Engine) -> None:
    with database.connect() as connection, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*expression-based index.*")  # SQLite cannot give it back
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_addresses_of_people_are_unique_whatever_their_case(database: Engine) -> None:
    insert = text(
        'INSERT INTO "user" (email, name, role, session_version, created_at, zone, minutes_a_day, retention,'
        " recognition_cap, quiet_weekdays)"
        " VALUES (:email, 'x', 'student', 1, '2026-01-01 00:00:00', 'UTC', 20, 0.9, 21.0, '')",
    )
    with database.connect() as connection:
        connection.execute(insert, {"email": "astrid@example.org"})
        with pytest.raises(IntegrityError):
            connection.execute(insert, {"email": "Astrid@Example.org"})


def test_checks_and_foreign_keys_of_the_models_are_in_the_database(database: Engine) -> None:
    found = inspect(database)
    for table in Base.metadata.sorted_tables:
        checks = {check["name"] for check in found.get_check_constraints(table.name)}
        assert checks == {c.name for c in table.constraints if type(c).__name__ == "CheckConstraint"}, table.name
        keys = {(k["name"], k["options"].get("ondelete")) for k in found.get_foreign_keys(table.name)}
        assert keys == {(c.name, c.ondelete) for c in table.foreign_key_constraints}, table.name


def test_a_migration_that_fails_half_way_leaves_nothing(
    database: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = set(inspect(database).get_table_names())
    with_revision(
        tmp_path,
        monkeypatch,
        'op.create_table("half", sa.Column("id", sa.Integer()))\n'
        '    op.execute("DELETE FROM alembic_version")\n'
        '    raise ValueError("power cut")',
    )
    kept = tmp_path / "kept" / "backup.sqlite3"
    with pytest.raises(ValueError, match="power cut"):
        upgrade(database, backup_to=kept)
    assert set(inspect(database).get_table_names()) == before
    assert current(database) == REAL_HEAD
    assert kept.exists() == (database.dialect.name == "sqlite")


def test_a_sqlite_database_is_copied_before_it_is_changed(
    database: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_revision(tmp_path, monkeypatch, 'op.create_table("later", sa.Column("id", sa.Integer()))')
    done = upgrade(database, backup_to=tmp_path / "backup.sqlite3")
    assert (done.before, done.after, current(database)) == (REAL_HEAD, "9999", "9999")
    if database.dialect.name == "postgresql":
        assert done.backup is None
        return
    assert done.backup == tmp_path / "backup.sqlite3"
    with sqlite3.connect(done.backup) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (REAL_HEAD,)
    copy.close()


def test_rebuilding_a_parent_keeps_its_children(
    database: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with database.begin() as connection:
        connection.execute(
            text("INSERT INTO bank (id, key, title, origin, created_at) VALUES (1, 'a', 'A', 'added', '2026-01-01')"),
        )
        connection.execute(text("INSERT INTO fact (id, bank_id, key) VALUES (1, 1, 'cards.a')"))
    with_revision(
        tmp_path,
        monkeypatch,
        'with op.batch_alter_table("bank") as batch:\n'
        '        batch.alter_column("title", existing_type=sa.Text(), nullable=True)',
    )
    upgrade(database, backup_to=None)
    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM fact")).scalar_one() == 1
        if database.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_migration_that_orphans_rows_is_taken_back(
    database: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with database.begin() as connection:
        connection.execute(
            text("INSERT INTO bank (id, key, title, origin, created_at) VALUES (1, 'a', 'A', 'added', '2026-01-01')"),
        )
        connection.execute(text("INSERT INTO fact (id, bank_id, key) VALUES (1, 1, 'cards.a')"))
    with_revision(tmp_path, monkeypatch, 'op.execute("UPDATE fact SET bank_id = 77")')
    with pytest.raises((SchemaError, IntegrityError), match=r"orphan 1 rows|violates foreign key"):
        upgrade(database, backup_to=None)
    with database.connect() as connection:
        assert connection.execute(text("SELECT bank_id FROM fact")).scalar_one() == 1


def test_titles_are_read_out_of_the_texts_that_were_there(
    empty_database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {
        "en": "knowledge: 1\ntitle: Tea\n  title: not this\n",
        "de": 'title: "Tee: eine Kunde"\n',
        "fi": "title: 'Tee' \n",
        "sv": 'title: "Te \\"med\\" citat"\n',
        "nb": "title: >\n  Te\n",
        "pt": "cards: {}\n",
    }
    with monkeypatch.context() as patched:
        folder = tmp_path / "before"
        shutil.copytree(migrations(), folder, ignore=shutil.ignore_patterns("__pycache__", "0003*"))
        patched.setattr(history, "migrations", lambda: folder)
        upgrade(empty_database, backup_to=None)
        assert current(empty_database) == "0002"
    with empty_database.execution_options(writes=True).begin() as connection:
        connection.execute(text(BANK))
        connection.execute(text(VERSION))
        for number, (language, content) in enumerate(texts.items()):
            values = {"language": language, "content": content, "overlay": number > 0}
            connection.execute(text(TEXT), values)
    upgrade(empty_database, backup_to=None)
    with empty_database.connect() as connection:
        titles = dict(map(tuple, connection.execute(text("SELECT language, title FROM bank_text"))))
    assert titles == {"en": "Tea", "de": "Tee: eine Kunde", "fi": "Tee", "sv": "", "nb": "", "pt": ""}


BANK = """INSERT INTO bank (key, title, origin, visibility, created_at)
    VALUES ('tea', 'Tea', 'added', 'site', '2026-01-01 00:00:00')"""
VERSION = """INSERT INTO bank_version (bank_id, number, digest, summary, facts, published_at)
    VALUES (1, 1, 'd', '', 0, '2026-01-01 00:00:00')"""
TEXT = """INSERT INTO bank_text (version_id, language, overlay, filename, content)
    VALUES (1, :language, :overlay, 'tea.yaml', :content)"""


def with_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Let the program know one more revision."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_later.py").write_text(HALF_WAY.format(head=REAL_HEAD, body=body))
    monkeypatch.setattr(history, "migrations", lambda: folder)
    assert schema.head() == "9999"


REAL_HEAD = head()
