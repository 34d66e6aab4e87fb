"""`quizapp bank items`: items as the program would make them, each judged by the rules of item writing."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from quizapp.cli.bank.files import Loaded, editions, load_sound, paths_argument
from quizapp.cli.terminal import Failed, json_option, progress, write_json
from quizapp.core.items.audit import audit
from quizapp.core.items.broken import Broken, Warned
from quizapp.core.items.generate import guess_rate
from quizapp.core.items.model import (
    ChoiceItem,
    FlashcardItem,
    Form,
    Item,
    MatchingItem,
    TrueFalseItem,
    TypedItem,
    form_of,
)
from quizapp.core.items.survey import items_of
from quizapp.core.items.warn import warnings
from quizapp.core.knowledge.model import Bank


@click.command("items")
@paths_argument
@click.option("--form", type=click.Choice([form.value for form in Form]), help="Only items of this form.")
@click.option("--language", metavar="L", help="Language of the items, such as sv; default: that of each source file.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same items.")
@click.option(
    "--per-fact", type=click.IntRange(1, 1000), default=1, show_default=True, help="Items of each form for each fact."
)
@json_option("One JSON object a line for each item.")
def command(
    paths: tuple[Path, ...], form: str | None, language: str | None, seed: int, per_fact: int, *, as_json: bool
) -> None:
    """Make items from knowledge files and judge each by the rules.

    Exit status 1 if an item breaks a rule of item writing (E1-E8, M1-M10).
    """
    wanted = Form(form) if form else None
    made = broken = 0
    for _, bank, fact, item in _items(load_sound(paths), language, seed, per_fact, wanted):
        row = _row(bank, fact, item)
        made, broken = made + 1, broken + bool(row["broken"])
        if as_json:
            write_json(row)
        else:
            click.echo(_readable(row))
    if broken:
        raise Failed(f"{broken} of {made} items break a rule", "each names it under broken")
    if not as_json:
        click.echo(f"{made} items, none breaks a rule")


def _items(
    loaded: Sequence[Loaded], language: str | None, seed: int, per_fact: int, form: Form | None
) -> Iterator[tuple[str, Bank, str, Item]]:
    with progress("making items") as tell:
        for done, (_, bank, meant) in enumerate(editions(loaded, language), 1):
            for fact, item in items_of(bank, seed, per_fact, form):
                yield meant, bank, fact, item
            tell(done, len(loaded))


def _row(bank: Bank, fact: str, item: Item) -> dict[str, Any]:
    return {
        "bank": bank.id,
        "form": form_of(item).value,
        "fact": fact,
        "facts": list(item.head.facts),
        "language": item.head.language,
        "surface": item.head.surface,
        "topic": item.head.topic,
        "stem": item.head.stem,
        "options": _options(item),
        "premises": [premise.text for premise in item.premises] if isinstance(item, MatchingItem) else [],
        "responses": [response.text for response in item.responses] if isinstance(item, MatchingItem) else [],
        "pairs": _pairs(item),
        "reusable": isinstance(item, MatchingItem) and item.reusable,
        **_answer(item),
        "guess_rate": guess_rate(item),
        "warnings": [_judged(warned) for warned in warnings(bank, item)],
        "broken": [_judged(found) for found in audit(bank, item)],
    }


def _options(item: Item) -> list[dict[str, Any]]:
    match item:
        case ChoiceItem():
            return [{"text": option.text, "correct": option.correct} for option in item.options]
        case TrueFalseItem():
            return [{"text": "true", "correct": item.is_true}, {"text": "false", "correct": not item.is_true}]
        case _:
            return []


def _pairs(item: Item) -> list[list[str]]:
    if not isinstance(item, MatchingItem):
        return []
    texts = {response.token: response.text for response in item.responses}
    return [[premise.text, texts[item.key[premise.token]]] for premise in item.premises]


def _answer(item: Item) -> dict[str, Any]:
    match item:
        case TypedItem():
            return {"answer": item.key, "accept": list(item.accept), "hint": item.hint}
        case FlashcardItem():
            return {"answer": item.back}
        case TrueFalseItem():
            return {"correction": item.correction}
        case _:
            return {}


def _judged(found: Broken | Warned) -> dict[str, str]:
    return {"rule": found.rule, "detail": found.detail}


def _readable(row: dict[str, Any]) -> str:
    lines = [f"{row['bank']}:{row['fact']}  {row['form']}", f"  {row['stem']}"]
    lines += [f"    {'*' if option['correct'] else '-'} {option['text']}" for option in row["options"]]
    lines += [f"    {premise} = {response}" for premise, response in row["pairs"]]
    spare = [text for text in row["responses"] if text not in {response for _, response in row["pairs"]}]
    lines += [f"    - {text}" for text in spare]
    lines += [f"    = {row['answer']}"] if "answer" in row else []
    lines += [f"  warning {each['rule']}: {each['detail']}" for each in row["warnings"]]
    lines += [f"  broken {each['rule']}: {each['detail']}" for each in row["broken"]]
    return "\n".join(lines) + "\n"
