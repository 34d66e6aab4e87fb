"""An upgrade and the publishing of banks that are killed on the way leave nothing half done, and can be run again."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reliability import killed
from reliability.server import ROOT
from sqlalchemy import URL, Engine, func, inspect, select
from sqlalchemy.orm import Session

from quizapp.store import models
from quizapp.store.engine import make_engine
from quizapp.store.schema import current, is_current

POINTS = 6
BOTH = pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])


def kill_on_the_way(deed: str, urls: list[URL]) -> int:
    """Do a deed wholly on the first database and kill it on each other one; give the number of its statements."""
    done = subprocess.run(  # noqa: S603 - this Python, this folder's script
        [sys.executable, killed.__file__, deed],
        cwd=ROOT,
        input="\n".join(url.render_as_string(hide_password=False) for url in urls),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def opened(urls: list[URL]) -> Iterator[Engine]:
    for url in urls:
        engine = make_engine(url)
        yield engine
        engine.dispose()


def databases(request: pytest.FixtureRequest, kind: str, folder: Path, *, migrated: bool) -> list[URL]:
    """Make databases: the first for the deed in full, the others for the kills."""
    if kind == "postgresql":
        make: Callable[[str | None], URL] = request.getfixturevalue("make_postgres")
        template = request.getfixturevalue("postgres_template") if migrated else None
        return [make(template) for _ in range(POINTS + 1)]
    paths = [folder / f"{number}.sqlite3" for number in range(POINTS + 1)]
    if migrated:
        for path in paths:
            shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return [URL.create("sqlite", database=str(path)) for path in paths]


@BOTH
def test_a_first_upgrade_that_is_killed_leaves_nothing_and_works_again(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    whole, *others = databases(request, kind, tmp_path, migrated=False)
    assert kill_on_the_way("upgrade", [whole, *others]) > POINTS
    for engine in opened(others):
        assert current(engine) is None
        assert inspect(engine).get_table_names() == []
        killed.upgrade(engine)
        assert is_current(engine)
        assert set(inspect(engine).get_table_names()) == {*models.Base.metadata.tables, "alembic_version"}


@BOTH
def test_publishing_that_is_killed_leaves_each_bank_whole_or_away(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    whole, *others = databases(request, kind, tmp_path, migrated=True)
    assert kill_on_the_way("publish", [whole, *others]) > POINTS
    (published,) = map(banks, opened([whole]))
    assert len(published) > 1
    for engine in opened(others):
        left = banks(engine)
        assert {key: published[key] for key in left} == left
        killed.publish(engine)
        assert banks(engine) == published


def banks(engine: Engine) -> dict[str, tuple[int, int, int]]:
    """Tell of each bank how many versions, texts and facts it has."""
    counts = [
        select(func.count(table.id.distinct())).where(condition).correlate(models.Bank).scalar_subquery()
        for table, condition in (
            (models.BankVersion, models.BankVersion.bank_id == models.Bank.id),
            (models.BankText, models.BankText.version_id == models.Bank.version_id),
            (models.Fact, models.Fact.bank_id == models.Bank.id),
        )
    ]
    with Session(engine) as session:
        return {
            key: (versions, texts, facts)
            for key, versions, texts, facts in session.execute(select(models.Bank.key, *counts))
        }
