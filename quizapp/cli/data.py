"""`quizapp data`: backups, the agreement of everything derived with the log, and what is to be done by a timer."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from quizapp.actions.data import Difference
from quizapp.actions.data import rebuild as rebuild_derived
from quizapp.actions.data import verify as verify_derived
from quizapp.cli.database import opened, reading, ready, settings, told_plainly, writing
from quizapp.cli.housekeeping import close_all, write_forecasts
from quizapp.cli.terminal import data_option, json_option, progress, write_json
from quizapp.store import backup as backups


@click.group("data")
def command() -> None:
    """Back up, restore, verify and rebuild what is kept."""


@command.command("backup")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@data_option
def backup(target: Path | None, data: str | None) -> None:
    """Copy the database, also while it is used, and verify the copy.

    TARGET is the new file, or a folder to put it in; default: the data folder's `backups`.
    """
    config = settings(data)
    name = backups.backup_name(config.url, datetime.now(UTC))
    target = target or config.folder / "backups"
    file = target if target.suffix and not target.is_dir() else target / name
    with opened(config), progress("copying") as tell:
        report = backups.backup(config.url, file, tell)
    _tell(report, "backup")


@command.command("restore")
@click.argument("backup_file", metavar="BACKUP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("into", type=click.Path(file_okay=False, path_type=Path))
def restore(backup_file: Path, into: Path) -> None:
    """Check a backup and copy it into the new data folder INTO.

    Start the program there with `quizapp run --data INTO`. Log-ins begin anew, since the secret key stays behind.
    """
    with told_plainly():
        report = backups.restore(backup_file, into)
    _tell(report, "restored")


@command.command("verify")
@click.option("--repair", is_flag=True, help="Write what the log says where something differs.")
@json_option("One JSON object a line for each difference.")
@data_option
def verify(data: str | None, *, repair: bool, as_json: bool) -> None:
    """Fold the review log anew and compare memories, day totals and confusions with it.

    Exit status 1 if anything differs, also when it is repaired.
    """
    config = settings(data)
    open_session = writing if repair else reading
    fold = rebuild_derived if repair else verify_derived
    with open_session(config) as session, progress("folding the log") as tell:
        found = fold(session, progress=tell)
    _tell_differences(found, as_json=as_json, mended=repair)
    if found:
        click.get_current_context().exit(1)


@command.command("rebuild")
@data_option
def rebuild(data: str | None) -> None:
    """Write memories, day totals and confusions as the review log says; the second time changes nothing."""
    config = settings(data)
    with writing(config) as session, progress("folding the log") as tell:
        found = rebuild_derived(session, progress=tell)
    click.echo(f"rebuilt from the log: {len(found)} rows changed")


@command.command("close")
@json_option("One JSON object: how many attempts were closed and how many forecasts written.")
@data_option
def close(data: str | None, *, as_json: bool) -> None:
    """Keep house, as `quizapp run` does by itself every 30 seconds.

    Closes the attempts whose time is up, and writes down the day's forecasts of assignments to come. For a timer, where
    another server runs the program. Doing it twice changes nothing. Exit status 0 unless the database cannot be used.
    """
    config = settings(data)
    with ready(config) as engine:
        closed, written = close_all(engine), write_forecasts(engine)
    if as_json:
        write_json({"closed": closed, "forecasts": written})
    else:
        click.echo(f"{closed} attempts closed, {written} forecasts written")


def _tell(report: backups.BackupReport, verb: str) -> None:
    rows = sum(report.counts.values())
    click.echo(f"{verb}: {report.path} ({report.size:,} bytes, {rows:,} rows, schema {report.revision}, verified)")


def _tell_differences(found: list[Difference], *, as_json: bool, mended: bool) -> None:
    for each in found:
        if as_json:
            write_json({**asdict(each), "repaired": mended})
        else:
            click.echo(f"learner {each.learner}, {each.table} {each.key}: kept {each.kept}, the log says {each.log}")
    if not as_json:
        click.echo(f"{len(found)} differences" + (", repaired" if found and mended else ""))
