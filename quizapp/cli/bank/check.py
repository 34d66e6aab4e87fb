"""`quizapp bank check`: every problem of knowledge files, and what items they give."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import click

from quizapp.cli.bank import telling
from quizapp.cli.bank.files import Loaded, load, paths_argument
from quizapp.cli.terminal import json_option, progress, write_json
from quizapp.core.items.broken import Broken, Warned
from quizapp.core.items.model import Form
from quizapp.core.items.survey import Survey, survey
from quizapp.core.knowledge.coverage import Part, counted
from quizapp.core.knowledge.lint import lint
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.peek import header
from quizapp.core.knowledge.reading import Problem
from quizapp.messages import msg

SEED = 0
PLACES = 5
ITEMS_PER_FACT = 3
"""How many items of each form about each fact are made and judged."""


@click.command("check")
@paths_argument
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@json_option("One JSON object with banks and problems.")
def command(paths: tuple[Path, ...], *, strict: bool, as_json: bool) -> None:
    """Tell every problem of knowledge files, with place and remedy.

    PATH is a file or a folder. Exit status 1 on errors, with --strict on warnings too; what a translation leaves out is
    a warning.
    """
    loaded, errors = load(paths)
    problems = list(errors)
    banks: list[dict[str, Any]] = []
    with progress("checking") as tell:
        for done, each in enumerate(loaded, 1):
            surveys = {language: survey(bank, SEED, ITEMS_PER_FACT) for language, bank in each.reading.editions.items()}
            problems += [*_left_out(each), *lint(each.reading, each.source.path)]
            problems += [problem for made in surveys.items() for problem in _judged(each, *made)]
            banks += [_told(each, language, made) for language, made in surveys.items()]
            tell(done, len(loaded))
    warned = sum(problem.warning for problem in problems)
    wrong = len(problems) - warned
    if as_json:
        write_json(
            {"banks": banks, "problems": list(map(telling.as_json, problems)), "errors": wrong, "warnings": warned}
        )
    else:
        _write(problems, banks, wrong, warned)
    if wrong or (strict and warned):
        click.get_current_context().exit(1)


def _judged(each: Loaded, language: str, made: Survey) -> Iterator[Problem]:
    """Place what the judges of items say at the fact, each thing once; what falls back is warned of in the source."""
    places = each.reading.places
    said_once: dict[tuple[str, Form, Broken | Warned], None] = dict.fromkeys([*made.broken, *made.warned])
    for fact, form, said in said_once:
        if isinstance(said, Warned) and fact in each.reading.editions[language].untranslated:
            continue
        line, column = places.get(fact, (1, 1))
        message = f"{_prefix(each, language)}{fact} as {form}: {said.detail}"
        yield Problem(each.source.path, line, column, message, warning=isinstance(said, Warned), rule=said.rule)
    for warned in made.bank_warned:
        message = f"{_prefix(each, language)}all items: {warned.detail}"
        yield Problem(each.source.path, 1, 1, message, warning=True, rule=warned.rule)


def _left_out(each: Loaded) -> Iterator[Problem]:
    """Say at the head of each overlay how much of its source it leaves out."""
    for text in each.overlays:
        edition = each.reading.editions.get(header(text).language)
        if edition is not None and edition.left_out:
            places = list(chain.from_iterable(edition.left_out.values()))
            more = ", ..." if len(places) > PLACES else ""
            message = msg("not translated yet: %(parts)s", parts=", ".join(counted(edition.left_out)))
            hint = msg("they fall back to the source: %(places)s", places=", ".join(places[:PLACES]) + more)
            yield Problem(text.path, 1, 1, message, hint, warning=True)


def _prefix(each: Loaded, language: str) -> str:
    bank = each.reading.bank
    return "" if bank is None or bank.language == language else f"{language}: "


def _told(each: Loaded, language: str, made: Survey) -> dict[str, Any]:
    bank: Bank = each.reading.editions[language]
    return {
        "bank": bank.id,
        "path": each.source.path,
        "language": language,
        "facts": len(bank.facts),
        "untranslated": len(bank.untranslated),
        "left_out": {part.value: len(bank.left_out.get(part, ())) for part in Part},
        "facts_by_form": {form.value: count for form, count in made.facts.items()},
        "items_by_form": {form.value: count for form, count in made.items.items()},
        "without_choice": list(made.without_choice),
        "without_form": list(made.without_form),
    }


def _write(problems: Sequence[Problem], banks: Sequence[Mapping[str, Any]], wrong: int, warned: int) -> None:
    for problem in problems:
        click.echo(telling.readable(problem))
    for bank in banks:
        forms = ", ".join(f"{form} {count}" for form, count in bank["facts_by_form"].items() if count)
        click.echo(f"{bank['path']}: {bank['bank']} ({bank['language']}), {bank['facts']} facts; asked as {forms}")
        if bank["without_choice"]:
            click.echo(f"  too few good wrong answers for a choice: {', '.join(bank['without_choice'])}")
    click.echo(f"{_counted(wrong, 'error')}, {_counted(warned, 'warning')}")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
