"""`quizapp bank facts`: every fact of knowledge files, as a table or as JSON lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from quizapp.cli.bank.files import editions, load_sound, paths_argument
from quizapp.cli.terminal import json_option, write_json, write_table
from quizapp.core.knowledge.facts import answer_of, cites, prompt_of, section_of
from quizapp.core.knowledge.model import Bank, Fact


@click.command("facts")
@paths_argument
@click.option("--language", metavar="L", help="Language of the texts, such as sv; default: that of each source file.")
@json_option("One JSON object a line for each fact.")
def command(paths: tuple[Path, ...], language: str | None, *, as_json: bool) -> None:
    """List the facts of knowledge files.

    PATH is a file or a folder; overlays beside their source give the other languages.
    """
    rows = [row for _, bank, meant in editions(load_sound(paths), language) for row in _rows(bank, meant)]
    if as_json:
        for row in rows:
            write_json(row)
        return
    write_table(
        ("ID", "ASKED", "ANSWER", "SOURCE"),
        ((f"{row['bank']}:{row['id']}", row["prompt"], row["answer"], "; ".join(row["source"])) for row in rows),
    )


def _rows(bank: Bank, language: str) -> Iterator[dict[str, Any]]:
    for fact in bank:
        yield _row(bank, fact, language)


def _row(bank: Bank, fact: Fact, language: str) -> dict[str, Any]:
    return {
        "bank": bank.id,
        "id": fact.id,
        "section": section_of(fact),
        "prompt": prompt_of(bank, fact),
        "answer": answer_of(bank, fact),
        "why": fact.extras.why,
        "source": list(cites(bank, fact.extras)),
        "tags": list(fact.extras.tags),
        "tag_names": [bank.tag_names.get(tag, tag) for tag in fact.extras.tags],
        "language": language,
        "translated": bank.language == language and fact.id not in bank.untranslated,
    }
