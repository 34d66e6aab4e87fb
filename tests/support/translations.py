"""The shipped banks in their languages, and one item of each form of each fact."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from quizapp.core import items
from quizapp.core.items.generate import forms_of, generate
from quizapp.core.items.model import Item
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.read import read

QUESTIONS = Path(__file__).parents[2] / "questions"
BANKS = ("back-office-bpo", "bpo-and-kpo", "bpo-and-outsourcing", "business-process-outsourcing", "outsourcing")
LANGUAGES = tuple(sorted({path.name.split(".")[1] for path in QUESTIONS.glob("*.*.yaml")}))
SLOT = re.compile(r"\{(\w+)\}")


def phrases(language: str) -> dict[str, str]:
    """Give a phrase file by dotted key, as it was written."""
    path = Path(items.__path__[0]) / "phrases" / f"{language}.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {f"{table}.{key}": text for table, rows in tables.items() for key, text in rows.items()}


def overlay_of(name: str, language: str) -> str:
    """Give the text of an overlay."""
    return (QUESTIONS / f"{name}.{language}.yaml").read_text(encoding="utf-8")


@cache
def bank_of(name: str, language: str) -> Bank:
    """Give a bank in a language."""
    overlays = [] if language == "en" else [Text(f"{name}.{language}.yaml", overlay_of(name, language))]
    reading = read(Text(f"{name}.yaml", (QUESTIONS / f"{name}.yaml").read_text(encoding="utf-8")), overlays)
    assert reading.problems == ()
    return reading.editions[language]


@cache
def made(name: str, language: str) -> tuple[Item, ...]:
    """Make one item of each form of each fact."""
    return tuple(_made(bank_of(name, language)))


def _made(bank: Bank) -> Iterator[Item]:
    for fact in bank:
        for form in forms_of(bank, fact):
            item = generate(bank, fact.id, form, Random(f"{fact.id}:{form}"))
            if item is not None:
                yield item
