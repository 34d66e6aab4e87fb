"""`quizapp bank plan`: what publishing a new version would do to memories, told from the files alone."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from quizapp.cli.bank.files import PATH, load_sound
from quizapp.cli.terminal import Failed, json_option, write_json
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.plan import Kept, Plan, describe, plan


@click.command("plan")
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@json_option("One JSON object a line for each bank.")
def command(old: Path, new: Path, *, as_json: bool) -> None:
    """Tell what a new version of a bank does to memories.

    OLD and NEW are files, or folders where overlays belong to the bank. Exit status 1 if the new version cannot be
    published as it stands.
    """
    impossible = False
    for bank_id, before, after in _pairs(_banks(old), _banks(new)):
        told = plan(before, after)
        impossible = impossible or bool(told.errors)
        if as_json:
            write_json(_as_json(bank_id, told))
        else:
            _write(bank_id, told)
    if impossible:
        raise Failed("the new version cannot be published as it stands", "its lines say what to do")


def _banks(path: Path) -> dict[str, Mapping[str, Bank]]:
    return {next(iter(each.reading.editions.values())).id: each.reading.editions for each in load_sound([path])}


def _pairs(
    old: Mapping[str, Mapping[str, Bank]], new: Mapping[str, Mapping[str, Bank]]
) -> Iterator[tuple[str, Mapping[str, Bank], Mapping[str, Bank]]]:
    """Pair banks by id; two single banks are compared whatever their ids, so that a changed id is told."""
    if len(old) == len(new) == 1:
        (bank_id, after), before = next(iter(new.items())), next(iter(old.values()))
        yield bank_id, before, after
        return
    for bank_id, after in new.items():
        yield bank_id, old.get(bank_id, {}), after


def _as_json(bank_id: str, told: Plan) -> dict[str, Any]:
    return {
        "bank": bank_id,
        "keeps_every_memory": told.keeps_every_memory,
        "summary": told.summary(),
        "outcomes": [{"outcome": type(each).__name__.lower(), **asdict(each)} for each in told.outcomes.values()],
        "errors": [asdict(error) for error in told.errors],
    }


def _write(bank_id: str, told: Plan) -> None:
    click.echo(f"{bank_id}:")
    for line in describe(told, {}):
        click.echo(f"  {line}")
    for fact, outcome in told.outcomes.items():
        if not isinstance(outcome, Kept):
            click.echo(f"    {fact}: {type(outcome).__name__.lower()}")
    if told.keeps_every_memory:
        click.echo("  every memory is kept")
