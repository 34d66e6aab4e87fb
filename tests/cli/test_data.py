"""`quizapp db` and `quizapp data`: schema, backups and the agreement of what is derived with the log."""

import json
from pathlib import Path

import pytest
from sqlalchemy import URL, delete, text, update
from sqlalchemy.orm import Session
from support.command_line import Call

from quizapp.store.backup import DATABASE_FILE
from quizapp.store.engine import begin_writing, make_engine
from quizapp.store.models import DayTotal, Memory


@pytest.fixture
def demo(tmp_path: Path, small_demo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a class that has studied."""
    monkeypatch.delenv("QUIZAPP_DATABASE_URL", raising=False)
    place = tmp_path / "data"
    place.mkdir()
    (place / DATABASE_FILE).write_bytes(small_demo.read_bytes())
    return place


def drift(folder: Path) -> None:
    """Spoil two derived rows behind the program's back."""
    engine = make_engine(f"sqlite:///{folder / DATABASE_FILE}")
    with Session(engine) as session:
        begin_writing(session)
        session.execute(update(Memory).values(stability=1.0).where(Memory.fact_id == 1))
        session.execute(delete(DayTotal))
        session.commit()
    engine.dispose()


def test_a_backup_never_overwrites(call: Call, demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite3"
    target.write_text("precious", encoding="utf-8")
    assert call("data", "backup", target, "--data", demo).exit_code == 1
    assert target.read_text(encoding="utf-8") == "precious"


def test_a_missing_database_cannot_be_backed_up(call: Call, tmp_path: Path) -> None:
    result = call("data", "backup", "--data", tmp_path / "empty")
    assert result.exit_code == 1
    assert "there is no database" in result.stderr


def test_a_backup_is_not_restored_into_a_folder_in_use(call: Call, demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite3"
    assert call("data", "backup", target, "--data", demo).exit_code == 0
    assert call("data", "restore", target, demo).exit_code == 1


def test_what_is_no_backup_is_not_restored(call: Call, tmp_path: Path) -> None:
    stranger = tmp_path / "letter.txt"
    stranger.write_text("Dear all", encoding="utf-8")
    assert call("data", "restore", stranger, tmp_path / "new").exit_code == 1
    assert not (tmp_path / "new").exists()


def test_a_backup_lies_in_the_data_folder_unless_told_otherwise(call: Call, demo: Path) -> None:
    assert call("data", "backup", "--data", demo).exit_code == 0
    assert len(list((demo / "backups").glob("quizapp-*.sqlite3"))) == 1


def test_a_restored_backup_agrees_with_its_log(call: Call, demo: Path, tmp_path: Path) -> None:
    target, into = tmp_path / "copy.sqlite3", tmp_path / "new"
    call("data", "backup", target, "--data", demo)
    assert call("data", "restore", target, into).exit_code == 0
    assert call("data", "verify", "--data", into).stdout == "0 differences\n"


def test_drift_is_found_and_named(call: Call, demo: Path) -> None:
    drift(demo)
    result = call("data", "verify", "--data", demo, "--json")
    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert {each["table"] for each in found} == {"memory", "day_total"}
    assert not any(each["repaired"] for each in found)


def test_repair_mends_drift_once(call: Call, demo: Path) -> None:
    drift(demo)
    assert call("data", "verify", "--repair", "--data", demo).exit_code == 1
    assert call("data", "verify", "--repair", "--data", demo).exit_code == 0


def test_rebuilding_twice_changes_nothing_the_second_time(call: Call, demo: Path) -> None:
    drift(demo)
    assert "0 rows changed" not in call("data", "rebuild", "--data", demo).stdout
    assert "0 rows changed" in call("data", "rebuild", "--data", demo).stdout


def test_an_unknown_schema_is_refused(call: Call, database: URL) -> None:
    engine = make_engine(database)
    with Session(engine) as session:
        begin_writing(session)
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        session.commit()
    engine.dispose()
    assert call("db", "upgrade").exit_code == 1
    result = call("user", "list")
    assert result.exit_code == 1
    assert "run quizapp db upgrade" in result.stderr


def test_an_empty_folder_gets_a_database(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUIZAPP_DATABASE_URL", raising=False)
    assert "made with schema" in call("db", "upgrade", "--data", tmp_path / "new").stdout
    assert "nothing to do" in call("db", "upgrade", "--data", tmp_path / "new").stdout
