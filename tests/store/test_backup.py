"""Backups: complete, checked, and restored into a new folder only."""

import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, text

from quizapp.store.backup import BackupError, backup, backup_name, restore
from quizapp.store.engine import make_engine
from quizapp.store.schema import head

MEMORY_WITHOUT_A_LOG = """
    INSERT INTO "user"
        (id, email, name, role, session_version, created_at, zone, minutes_a_day, retention,
         recognition_cap, quiet_weekdays)
    VALUES (1, 'a', 'x', 'student', 1, '2026-01-01 00:00:00', 'UTC', 20, 0.9, 21.0, '');
    INSERT INTO memory SELECT 1, 1, 1, 1, '2026-01-01', '2026-01-01', 1, 0, 0, 1, 1, 0, 'typed', '', 1;
"""

BANK = (
    "INSERT INTO bank (id, key, title, origin, created_at)"
    " VALUES (:id, 'b' || CAST(:id AS VARCHAR), 'B', 'added', '2026-01-01 00:00:00')"
)

needs_pg_dump = pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not on the PATH")


def test_a_backup_never_overwrites(database: Engine, tmp_path: Path) -> None:
    target = tmp_path / "kept.sqlite3"
    target.write_text("an older backup")
    with pytest.raises(BackupError, match="never overwrites"):
        backup(database.url, target)
    assert target.read_text() == "an older backup"


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no database"):
        backup(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path / "backup.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_gives_no_backup(sqlite_file: Path, tmp_path: Path) -> None:
    content = bytearray(sqlite_file.read_bytes())
    content[4096 * 3 : 4096 * 9] = b"\xa5" * 4096 * 6
    sqlite_file.write_bytes(content)
    with pytest.raises(BackupError):
        backup(f"sqlite:///{sqlite_file}", tmp_path / "out" / "backup.sqlite3")
    assert list((tmp_path / "out").iterdir()) == []


def test_rows_without_their_parents_give_no_backup(sqlite_file: Path, tmp_path: Path) -> None:
    run(sqlite_file, "INSERT INTO fact (id, bank_id, key) VALUES (1, 99, 'cards.a')")
    with pytest.raises(BackupError, match="first in the table fact"):
        backup(f"sqlite:///{sqlite_file}", tmp_path / "backup.sqlite3")
    assert not (tmp_path / "backup.sqlite3").exists()


def test_postgres_without_pg_dump_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BackupError, match="postgresql-client"):
        backup("postgresql+psycopg://nobody@localhost/none", tmp_path / "a.dump")


def test_a_backup_holds_what_was_committed_and_is_private(filled: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    report = backup(f"sqlite:///{filled}", tmp_path / "b" / "backup.sqlite3", lambda *parts: seen.append(parts))
    assert (report.revision, report.counts["bank"], report.counts["fact"]) == (head(), 1, 2000)
    assert report.size == report.path.stat().st_size
    assert report.path.stat().st_mode & 0o077 == 0
    assert seen[-1][0] == seen[-1][1] > 0
    assert [path.name for path in report.path.parent.iterdir()] == ["backup.sqlite3"]


def test_a_backup_taken_while_others_write_is_one_moment(filled: Path, tmp_path: Path) -> None:
    """Each writer's transaction adds a bank with its fact: no backup may hold one without the other."""
    engine, stop = make_engine(f"sqlite:///{filled}"), threading.Event()

    def write() -> None:
        number = 10
        while not stop.is_set():
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                connection.execute(text(BANK), {"id": number})
                connection.execute(text("INSERT INTO fact (bank_id, key) VALUES (:id, 'cards.x')"), {"id": number})
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        reports = [backup(f"sqlite:///{filled}", tmp_path / f"{n}.sqlite3") for n in range(5)]
    finally:
        stop.set()
        writer.join()
        engine.dispose()
    assert all(report.counts["fact"] == 2000 + report.counts["bank"] - 1 for report in reports)


@needs_pg_dump
@pytest.mark.postgres
def test_postgres_is_dumped_whole(
    make_postgres: Callable[[str | None], URL],
    postgres_template: str,
    tmp_path: Path,
) -> None:
    engine = make_engine(make_postgres(postgres_template))
    with engine.begin() as connection:
        connection.execute(text(BANK), {"id": 1})
    engine.dispose()
    report = backup(engine.url, tmp_path / "a.dump")
    assert (report.revision, report.counts["bank"]) == (head(), 1)
    assert report.path.read_bytes()[:5] == b"PGDMP"
    with pytest.raises(BackupError, match="pg_restore"):
        restore(report.path, tmp_path / "new")


def test_nothing_is_restored_over_what_is_there(filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "quizapp.sqlite3").write_text("precious")
    with pytest.raises(BackupError, match="not empty"):
        restore(filled, folder)
    assert (folder / "quizapp.sqlite3").read_text() == "precious"


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00 but no more"])
def test_a_file_that_is_no_backup_is_refused(content: bytes, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(content)
    with pytest.raises(BackupError):
        restore(source, tmp_path / "new")
    assert not (tmp_path / "new" / "quizapp.sqlite3").exists()


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE alembic_version SET version_num = '2099'", "schema 2099"),
        ("DROP TABLE alembic_version", "schema None"),
        ("DELETE FROM bank_text", "1 banks without their text"),
        (
            MEMORY_WITHOUT_A_LOG,
            "1 memories without a log",
        ),
    ],
)
def test_a_backup_that_breaks_a_rule_is_not_restored(
    statement: str,
    reason: str,
    filled: Path,
    tmp_path: Path,
) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.executescript(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with pytest.raises(BackupError, match=reason):
        restore(filled, tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_a_backup_is_restored_and_opens(filled: Path, tmp_path: Path) -> None:
    saved = backup(f"sqlite:///{filled}", tmp_path / "backup.sqlite3")
    report = restore(saved.path, tmp_path / "new")
    assert report.path == tmp_path / "new" / "quizapp.sqlite3"
    assert report.counts == saved.counts
    engine = make_engine(f"sqlite:///{report.path}")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM fact")).scalar_one() == 2000
    engine.dispose()


def test_a_backup_is_named_by_its_moment() -> None:
    at = datetime(2026, 11, 21, 10, 15, 30, tzinfo=UTC)
    assert backup_name("sqlite:////a.sqlite3", at) == "quizapp-20261121T101530Z.sqlite3"
    assert backup_name("postgresql+psycopg://a/b", at) == "quizapp-20261121T101530Z.dump"


@pytest.fixture
def sqlite_file(sqlite_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sqlite_template, tmp_path / "quizapp.sqlite3"))


@pytest.fixture
def filled(sqlite_file: Path) -> Path:
    run(
        sqlite_file,
        "INSERT INTO bank (id, key, title, origin, created_at) VALUES (1, 'b1', 'B', 'added', '2026-01-01 00:00:00')",
        "INSERT INTO bank_version (id, bank_id, number, digest, facts, published_at, summary)"
        " VALUES (1, 1, 1, 'd', 2000, '2026-01-01 00:00:00', '')",
        "INSERT INTO bank_text (version_id, language, overlay, filename, content) VALUES (1, 'en', 0, 'b1.yaml', 'x')",
        "UPDATE bank SET version_id = 1",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
        " INSERT INTO fact (bank_id, key) SELECT 1, 'cards.' || i FROM n",
    )
    return sqlite_file


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
