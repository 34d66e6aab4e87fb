"""Matching sets of a comparison: values with concepts, and the attributes of one concept with their values."""

from functools import partial

from quizapp.core.items.ask import Pair, Pairing, Reply, Sides
from quizapp.core.items.cells import as_statement, cell_in, holds, name_of, owners_of, true_of
from quizapp.core.items.index import Draw, Index
from quizapp.core.knowledge.model import Cell

_MOST_REPLIES = 6
_FEWEST_PAIRS = 4
_SHORT = 24


def pairing(index: Index, cell: Cell, surface: str, draw: Draw) -> Pairing | None:
    """Pair values with concepts (reusable), or the attributes and values of one concept."""
    if surface == "match-concepts":
        return _match_concepts(index, cell, draw)
    return _match_attributes(index, cell, draw)


def sides(index: Index, cell: Cell, surface: str, *, way: bool) -> Sides:
    """Word a cell as one of a set; `way` says that all of it are of one row, or that the values stand left."""
    comparison = index.bank.comparisons[cell.comparison]
    attribute = comparison.attributes[cell.attribute].name
    if surface == "match-concepts":
        key = "match.concepts-of" if way else "match.concepts"
        stem = index.phrases.say(key, title=comparison.title, attribute=attribute)
        return Sides(stem, cell.text if way else as_statement(index, cell), name_of(comparison, cell))
    stem = index.phrases.say("match.attributes" if way else "match.values", concept=name_of(comparison, cell))
    return Sides(stem, cell.text, attribute) if way else Sides(stem, attribute, cell.text)


def _match_concepts(index: Index, cell: Cell, draw: Draw) -> Pairing:
    comparison = index.bank.comparisons[cell.comparison]
    row = index.rows[cell.comparison, cell.attribute]
    one_row = len(row) >= _FEWEST_PAIRS and draw.rng.random() < 1 / 2
    candidates = (cell_in(index, key, cell) for key in draw.facts(row if one_row else index.cells_of[cell.comparison]))
    others = [other for other in candidates if other and (other.attribute == cell.attribute or not one_row)]
    strangers = [key for key in comparison.concepts if key not in owners_of(index, cell)]
    shown = {cell.concept, *draw.rng.sample(strangers, min(len(strangers), _MOST_REPLIES - 1))}
    replies = {key: Reply(name.text, key, None) for key, name in comparison.concepts.items() if key in shown}

    def pair(each: Cell) -> Pair:
        text = sides(index, each, "match-concepts", way=one_row).left
        return Pair(each.id, text, replies[each.concept], each.extras.why)

    return Pairing(
        surface="match-concepts",
        stem=sides(index, cell, "match-concepts", way=one_row).stem,
        asked=pair(cell),
        others=tuple(pair(other) for other in others if other is not cell and other.concept in replies),
        right=lambda fact, concept: true_of(index, cell_in(index, fact, cell), concept),
        replies=tuple(replies.values()),
    )


def _match_attributes(index: Index, cell: Cell, draw: Draw) -> Pairing:
    comparison = index.bank.comparisons[cell.comparison]
    found = (cell_in(index, fact, cell) for fact in draw.facts(index.columns[cell.comparison, cell.concept]))
    column = [other for other in found if other and other.concept == cell.concept and other is not cell]
    rows = comparison.attributes
    values_left = sum(len(other.text) for other in (cell, *column)) > _SHORT * (1 + len(column))

    def pair(each: Cell) -> Pair:
        words = sides(index, each, "match-attributes", way=values_left)
        owner = each.attribute if values_left else each.id
        return Pair(each.id, words.left, Reply(words.right, owner, each.id), each.extras.why)

    if values_left:
        spare = [Reply(row.name, row.key, None) for row in rows.values() if row.key != cell.attribute]
    else:
        strangers = (cell_in(index, fact, cell) for fact in draw.take(index.cells_of[cell.comparison]))
        spare = [Reply(other.text, other.id, other.id) for other in strangers if other]
    return Pairing(
        surface="match-attributes",
        stem=sides(index, cell, "match-attributes", way=values_left).stem,
        asked=pair(cell),
        others=tuple(map(pair, column)),
        right=partial(_is_row_of if values_left else _is_value_of, index),
        spare=tuple(spare),
    )


def _is_row_of(index: Index, fact: str, attribute: str) -> bool:
    """Tell whether a cell's value would be right for its concept under another attribute."""
    cell = index.bank.facts[fact]
    if not isinstance(cell, Cell) or attribute == cell.attribute:
        return True
    cells = index.bank.comparisons[cell.comparison].cells
    other = cell_in(index, cells.get((attribute, cell.concept), ""), cell)
    return other is not None and holds(index, other, cell.text)


def _is_value_of(index: Index, fact: str, owner: str) -> bool:
    """Tell whether another cell's value would be right for a cell's concept and attribute."""
    cell, other = index.bank.facts[fact], index.bank.facts[owner]
    if not isinstance(cell, Cell) or not isinstance(other, Cell) or cell is other:
        return True
    also = other.attribute == cell.attribute and cell.concept in other.extras.also_true
    return also or holds(index, cell, other.text)
