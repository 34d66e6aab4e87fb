"""Backups made while answers are written are complete, agree with their log, and can be worked with."""

from pathlib import Path

from reliability.crowd import Receipt, audit, crowd
from reliability.server import Server, running
from sqlalchemy import URL

from quizapp.store.backup import DATABASE_FILE, backup, restore

BACKUPS = 5


def test_each_backup_under_load_is_whole_and_can_be_restored(server: Server, tmp_path: Path) -> None:
    people = crowd(server.port, 4, seed=11)
    before: list[list[Receipt]] = []
    with people.at_work():
        people.until(lambda: all(each.receipts for each in people.learners))
        for number in range(BACKUPS):
            before.append(people.receipts)
            backup(server.url, tmp_path / f"{number}.sqlite3")
            people.until(lambda: len(people.receipts) > len(before[-1]))
    assert audit(server.url, people.receipts) == []
    for number, receipts in enumerate(before):
        folder = tmp_path / f"restored-{number}"
        restore(tmp_path / f"{number}.sqlite3", folder)
        assert audit(at(folder), receipts, all_of_them=False) == []


def test_a_restored_site_serves_pages_and_takes_answers(server: Server, tmp_path: Path) -> None:
    with crowd(server.port, 1, seed=12).at_work(3):
        pass
    backup(server.url, tmp_path / "backup.sqlite3")
    server.kill()
    folder = tmp_path / "restored"
    restore(tmp_path / "backup.sqlite3", folder)
    with running(folder, at(folder)) as second:
        one = crowd(second.port, 1, seed=13).learners[0]
        one.log_in()
        assert {one.visit.send(path).status for path in ("/", "/practice", "/progress", "/banks", "/quiz")} == {200}
        one.answer()
        assert audit(second.url, one.receipts, all_of_them=False) == []


def at(folder: Path) -> URL:
    return URL.create("sqlite", database=str(folder / DATABASE_FILE))
