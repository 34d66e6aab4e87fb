"""Asking about the cells of a comparison: a value, a concept, a statement, and sets to match."""

from collections.abc import Iterator
from functools import partial

from quizapp.core.items.ask import Ask, Offer, Pair, Pairing, Reply
from quizapp.core.items.index import Draw, Index
from quizapp.core.items.model import Form
from quizapp.core.items.wording import fill
from quizapp.core.knowledge.model import Cell, Comparison

_MOST_REPLIES = 6
_FEWEST_PAIRS = 4
_SHORT = 24

_SURFACES = {
    Form.CHOICE: ("value", "concept", "statement"),
    Form.MATCHING: ("match-concepts", "match-attributes"),
    Form.TRUE_FALSE: ("value",),
    Form.TYPED: ("value", "concept"),
    Form.FLASHCARD: ("value",),
}


def surfaces(form: Form) -> tuple[str, ...]:
    """Name the stems and directions in which a cell can be asked."""
    return _SURFACES.get(form, ())


def ask(index: Index, cell: Cell, surface: str, draw: Draw) -> Ask:
    """Ask for a value of a concept, for the concept of a value, or for what is true of a concept."""
    if surface == "value":
        return _value(index, cell, draw)
    if surface == "concept":
        return _concept(index, cell, draw)
    return _statement(index, cell, draw)


def claim(index: Index, cell: Cell, answer: str) -> str:
    """Say that `answer` is the value of the cell's concept, to be judged true or false."""
    comparison = index.bank.comparisons[cell.comparison]
    attribute = comparison.attributes[cell.attribute]
    name = comparison.concepts[cell.concept].text
    if attribute.ask:
        return index.phrases.say("claim.asked", ask=fill(attribute.ask, concept=name), answer=answer)
    return index.phrases.say("claim.cell", concept=name, attribute=attribute.name, answer=answer)


def pairing(index: Index, cell: Cell, surface: str, draw: Draw) -> Pairing | None:
    """Pair values with concepts (reusable), or the attributes and values of one concept."""
    if surface == "match-concepts":
        return _match_concepts(index, cell, draw)
    return _match_attributes(index, cell, draw)


def _value(index: Index, cell: Cell, draw: Draw) -> Ask:
    comparison = index.bank.comparisons[cell.comparison]
    attribute = comparison.attributes[cell.attribute]
    name = comparison.concepts[cell.concept].text
    if attribute.ask:
        stem = fill(attribute.ask, concept=name)
    else:
        stem = index.phrases.say("stem.value", concept=name, attribute=attribute.name)
    holding = index.also_true.get((cell.comparison, cell.attribute, cell.concept), ())
    also = (_cell_in(index, fact, cell) for fact in holding)
    return Ask(
        surface="value",
        fact=cell,
        stem=stem,
        right=(cell.text, *cell.extras.accept, *(other.text for other in also if other)),
        near=tuple(
            Offer(other.text, other.id, index.phrases.say("because.value", concept=_name_of(comparison, other)))
            for other in _row(index, cell, draw)
            if cell.concept not in other.extras.also_true
        ),
        far=lambda: (Offer(other.text, other.id, _because(index, other)) for other in _elsewhere(index, cell, draw)),
    )


def _concept(index: Index, cell: Cell, draw: Draw) -> Ask:
    comparison = index.bank.comparisons[cell.comparison]
    attribute = comparison.attributes[cell.attribute]
    if attribute.ask_value:
        stem = fill(attribute.ask_value, value=cell.text)
    else:
        stem = index.phrases.say("stem.concept", attribute=attribute.name, value=cell.text)
    owners = owners_of(index, cell)
    names = [name for key in (cell.concept, *sorted(owners - {cell.concept})) for name in comparison.concepts[key].all]
    offers = []
    for other in _row(index, cell, draw):
        name = comparison.concepts[other.concept]
        if other.concept not in owners:
            offers.append(Offer(name.text, other.id, _because(index, other), name.also))
    return Ask(surface="concept", fact=cell, stem=stem, right=tuple(names), near=tuple(offers), cue=cell.text)


def _statement(index: Index, cell: Cell, draw: Draw) -> Ask:
    comparison = index.bank.comparisons[cell.comparison]
    offers = []
    for fact in draw.facts(index.cells_of[cell.comparison]):
        other = _cell_in(index, fact, cell)
        if other and other.concept != cell.concept and (other.attribute, cell.concept) in comparison.cells:
            because = index.phrases.say("because.value", concept=_name_of(comparison, other))
            offers.append(Offer(_as_statement(index, other), other.id, because))
    return Ask(
        surface="statement",
        fact=cell,
        stem=index.phrases.say("stem.statement", concept=_name_of(comparison, cell)),
        right=(_as_statement(index, cell),),
        near=tuple(offers),
        holds=lambda offer: _true_of(index, _cell_in(index, offer.fact or "", cell), cell.concept),
    )


def _match_concepts(index: Index, cell: Cell, draw: Draw) -> Pairing:
    comparison = index.bank.comparisons[cell.comparison]
    row = index.rows[cell.comparison, cell.attribute]
    one_row = len(row) >= _FEWEST_PAIRS and draw.rng.random() < 1 / 2
    candidates = (_cell_in(index, key, cell) for key in draw.facts(row if one_row else index.cells_of[cell.comparison]))
    others = [other for other in candidates if other and (other.attribute == cell.attribute or not one_row)]
    strangers = [key for key in comparison.concepts if key not in owners_of(index, cell)]
    shown = {cell.concept, *draw.rng.sample(strangers, min(len(strangers), _MOST_REPLIES - 1))}
    replies = {key: Reply(name.text, key, None) for key, name in comparison.concepts.items() if key in shown}
    key = "match.concepts-of" if one_row else "match.concepts"

    def pair(each: Cell) -> Pair:
        text = each.text if one_row else _as_statement(index, each)
        return Pair(each.id, text, replies[each.concept], each.extras.why)

    return Pairing(
        surface="match-concepts",
        stem=index.phrases.say(key, title=comparison.title, attribute=comparison.attributes[cell.attribute].name),
        asked=pair(cell),
        others=tuple(pair(other) for other in others if other is not cell and other.concept in replies),
        right=lambda fact, concept: _true_of(index, _cell_in(index, fact, cell), concept),
        replies=tuple(replies.values()),
    )


def _match_attributes(index: Index, cell: Cell, draw: Draw) -> Pairing:
    comparison = index.bank.comparisons[cell.comparison]
    found = (_cell_in(index, fact, cell) for fact in draw.facts(index.columns[cell.comparison, cell.concept]))
    column = [other for other in found if other and other.concept == cell.concept and other is not cell]
    rows = comparison.attributes
    values_left = sum(len(other.text) for other in (cell, *column)) > _SHORT * (1 + len(column))

    def pair(each: Cell) -> Pair:
        name = rows[each.attribute].name
        if values_left:
            return Pair(each.id, each.text, Reply(name, each.attribute, each.id), each.extras.why)
        return Pair(each.id, name, Reply(each.text, each.id, each.id), each.extras.why)

    if values_left:
        spare = [Reply(row.name, row.key, None) for row in rows.values() if row.key != cell.attribute]
    else:
        strangers = (_cell_in(index, fact, cell) for fact in draw.take(index.cells_of[cell.comparison]))
        spare = [Reply(other.text, other.id, other.id) for other in strangers if other]
    key = "match.attributes" if values_left else "match.values"
    return Pairing(
        surface="match-attributes",
        stem=index.phrases.say(key, concept=_name_of(comparison, cell)),
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
    other = _cell_in(index, cells.get((attribute, cell.concept), ""), cell)
    return other is not None and _holds(index, other, cell.text)


def _is_value_of(index: Index, fact: str, owner: str) -> bool:
    """Tell whether another cell's value would be right for a cell's concept and attribute."""
    cell, other = index.bank.facts[fact], index.bank.facts[owner]
    if not isinstance(cell, Cell) or not isinstance(other, Cell) or cell is other:
        return True
    also = other.attribute == cell.attribute and cell.concept in other.extras.also_true
    return also or _holds(index, cell, other.text)


def owners_of(index: Index, cell: Cell) -> frozenset[str]:
    """Name the concepts for which a cell's value holds under its attribute, by `also-true` or by an alike value."""
    known = index.owners.get(cell.id)
    if known is None:
        row = (_cell_in(index, fact, cell) for fact in index.rows[cell.comparison, cell.attribute])
        alike = (other.concept for other in row if other and _holds(index, other, cell.text))
        known = index.owners[cell.id] = frozenset((cell.concept, *cell.extras.also_true, *alike))
    return known


def _true_of(index: Index, cell: Cell | None, concept: str) -> bool:
    """Tell whether what a cell says is true of another concept too."""
    if cell is None or concept in (cell.concept, *cell.extras.also_true):
        return True
    cells = index.bank.comparisons[cell.comparison].cells
    own = _cell_in(index, cells.get((cell.attribute, concept), ""), cell)
    return own is not None and _holds(index, own, cell.text)


def _holds(index: Index, cell: Cell, text: str) -> bool:
    """Tell whether a text would be right for a cell."""
    return any(index.clash(right, text) for right in (cell.text, *cell.extras.accept))


def _row(index: Index, cell: Cell, draw: Draw) -> Iterator[Cell]:
    for fact in draw.facts(index.rows[cell.comparison, cell.attribute]):
        other = _cell_in(index, fact, cell)
        if other is not None and other is not cell and other.attribute == cell.attribute:
            yield other


def _cell_in(index: Index, fact: str, cell: Cell) -> Cell | None:
    other = index.bank.facts.get(fact)
    return other if isinstance(other, Cell) and other.comparison == cell.comparison else None


def _elsewhere(index: Index, cell: Cell, draw: Draw) -> Iterator[Cell]:
    """Find values of other comparisons: under an attribute of the same name, or of a kind that says enough."""
    comparison = index.bank.comparisons[cell.comparison]
    mine = {index.folded(name) for name in comparison.concepts[cell.concept].all}
    rows = index.rows_named.get(comparison.attributes[cell.attribute].name.casefold(), ())
    pool = [fact for row in draw.take(rows) for fact in draw.take(index.rows.get(row, ()))]
    for fact in (*pool, *draw.take(index.of_kind(index.kind(cell.text)))):
        other = index.bank.facts[fact]
        if not isinstance(other, Cell) or other.comparison == cell.comparison:
            continue
        theirs = index.bank.comparisons[other.comparison].concepts[other.concept]
        if mine.isdisjoint(index.folded(name) for name in theirs.all):
            yield other


def _as_statement(index: Index, cell: Cell) -> str:
    attribute = index.bank.comparisons[cell.comparison].attributes[cell.attribute]
    return index.phrases.say("option.statement", attribute=attribute.name, value=cell.text)


def _because(index: Index, cell: Cell) -> str:
    comparison = index.bank.comparisons[cell.comparison]
    attribute = comparison.attributes[cell.attribute].name
    return index.phrases.say(
        "because.concept", concept=_name_of(comparison, cell), attribute=attribute, value=cell.text
    )


def _name_of(comparison: Comparison, cell: Cell) -> str:
    return comparison.concepts[cell.concept].text
