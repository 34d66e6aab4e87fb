"""`quizapp bank add`: publish knowledge files into the database."""

from datetime import UTC, datetime
from pathlib import Path

import click

from quizapp.actions import audit
from quizapp.actions.banks import publish_bank
from quizapp.cli.bank.files import PATH, grouped
from quizapp.cli.database import settings, writing
from quizapp.cli.terminal import Failed, data_option


@click.command("add")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
@data_option
def command(files: tuple[Path, ...], data: str | None) -> None:
    """Publish knowledge files into the database.

    Overlays are given with their source, or by naming their folder. All files are published, or none is.
    """
    grouping = grouped(files)
    if grouping.problems:
        raise Failed(str(grouping.problems[0]), grouping.problems[0].hint)
    now = datetime.now(UTC)
    with writing(settings(data)) as session:
        done = [
            publish_bank(session, (source, *overlays), origin="added", by=None, now=now)
            for source, overlays in grouping.banks
        ]
        for each in done:
            if each.changed:
                detail = {"bank": each.bank.key, "version": each.version.number, "summary": list(each.summary)}
                audit.enter(session, None, "bank.publish", each.bank.title, now=now, detail=detail)
        lines = [f"{each.bank.key}: {line}" for each in done for line in _lines(each.changed, each.summary)]
    for line in lines:
        click.echo(line)


def _lines(changed: bool, summary: tuple[str, ...]) -> tuple[str, ...]:
    return (summary or ("published",)) if changed else ("unchanged",)
