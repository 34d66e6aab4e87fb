"""`quizapp bank sync`: the banks of a folder, kept as the folder has them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from quizapp.actions.errors import BankProblems
from quizapp.actions.syncing import Followed, compare, follow
from quizapp.cli.bank import telling
from quizapp.cli.bank.files import grouped
from quizapp.cli.database import settings, writing
from quizapp.cli.terminal import Failed, data_option, json_option, progress, write_json
from quizapp.core.knowledge.reading import Problem

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("sync")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and change nothing.")
@click.option("--force", is_flag=True, help="Replace what was edited in the browser since by what the folder has.")
@json_option("One JSON object with banks and problems.")
@data_option
def command(folder: Path, data: str | None, *, dry_run: bool, force: bool, as_json: bool) -> None:
    """Publish what changed in a folder of knowledge files.

    All banks of DIR are compared with those in the database and their plans are told; then all that changed is
    published, or nothing if there is any problem (exit status 1). Running it again changes nothing, and two at once
    take turns, so that a hook and a timer may both run it. A bank whose file is gone stays: archive it in the browser.

    Publishes also what makes learners relearn or retires facts, since that is what corrections are for: look first
    with --dry-run where a person reads it. Stops when a bank was edited in the browser and the folder lacks that edit.
    """
    grouping = grouped([folder])
    if grouping.problems:
        _stop(grouping.problems, as_json=as_json)
    with writing(settings(data)) as session:
        banks = [(source, *overlays) for source, overlays in grouping.banks]
        try:
            with progress("comparing") as tell:
                followed = compare(session, banks, force=force, tell=tell)
        except BankProblems as error:
            _stop(error.problems, as_json=as_json)
        if dry_run:
            session.rollback()
        else:
            follow(session, followed, now=datetime.now(UTC))
    if as_json:
        write_json({"banks": list(map(_as_json, followed)), "problems": [], "published": not dry_run})
    else:
        _write(followed, dry_run=dry_run)


def _stop(problems: Sequence[Problem], *, as_json: bool) -> None:
    if as_json:
        write_json({"banks": [], "problems": list(map(telling.as_json, problems)), "published": False})
    else:
        for problem in problems:
            click.echo(telling.readable(problem))
    count = f"{len(problems)} problem" + ("" if len(problems) == 1 else "s")
    raise Failed(f"nothing was published: {count}", "each is told with its place")


def _as_json(each: Followed) -> dict[str, Any]:
    return {
        "bank": each.key,
        "path": each.draft.texts[0].path,
        "status": each.status,
        "version": each.version,
        "summary": list(each.summary),
        "keeps_every_memory": each.keeps_every_memory,
    }


def _write(followed: Sequence[Followed], *, dry_run: bool) -> None:
    changed = [each for each in followed if each.status != "unchanged"]
    for each in changed:
        click.echo(f"{each.key}: {each.status}, version {each.version}")
        for line in each.summary:
            click.echo(f"  {line}")
    did = "to publish" if dry_run else "published"
    click.echo(f"{len(changed)} {did}, {len(followed) - len(changed)} unchanged")
