"""Telling which values of a comparison are missing: a whole row or column once, else each at its place."""

from typing import TypeAlias

from quizapp.core.knowledge.problems import Problems, show
from quizapp.core.knowledge.table import Table
from quizapp.core.knowledge.tree import Scalar
from quizapp.messages import Message, msg

Place: TypeAlias = tuple[str, str]


def tell_missing(missing: list[Place], table: Table, concepts: list[str], owner: Scalar, problems: Problems) -> None:
    """Add a problem for each missing value, an (attribute, concept) pair; `owner` is where the table is or should be.

    When the table had to leave out rows or columns, only its empty cells are told: the rest follows from those.
    """
    for place in missing:
        if place in table.cells:
            hint = msg("write the value, or - where there is no such fact")
            problems.at(table.cells[place], _no_value(*place), hint)
    if not table.whole:
        return
    absent = [place for place in missing if place not in table.cells]
    columns = _absent_columns(absent, table, concepts)
    rows = _absent_rows(absent, table, concepts)
    for row in rows:
        message = msg("no row for the attribute %(key)s", key=show(row))
        problems.at(owner, message, msg("add the row, or delete the attribute"))
    for column in columns:
        message = msg("no column for the concept %(key)s", key=show(column))
        problems.at(owner, message, msg("add the column, or delete the concept"))
    for attribute, concept in absent:
        if attribute not in rows and concept not in columns:
            problems.at(owner, _no_value(attribute, concept), msg("write it in the table or under cells"))


def _no_value(attribute: str, concept: str) -> Message:
    return msg("no value for %(attribute)s of %(concept)s", attribute=attribute, concept=concept)


def _absent_columns(absent: list[Place], table: Table, concepts: list[str]) -> list[str]:
    there = {concept for _, concept in table.cells}
    lacking = {concept for _, concept in absent}
    return [concept for concept in concepts if concept in lacking and concept not in there] if there else []


def _absent_rows(absent: list[Place], table: Table, concepts: list[str]) -> list[str]:
    there = {attribute for attribute, _ in table.cells}
    counts: dict[str, int] = {}
    for attribute, _ in absent:
        counts[attribute] = counts.get(attribute, 0) + 1
    return [row for row, count in counts.items() if count == len(concepts) and row not in there]
