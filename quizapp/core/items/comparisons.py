"""Asking about the cells of a comparison: a value, a concept, a statement."""

from collections.abc import Iterator
from dataclasses import replace

from quizapp.core.items.ask import Ask, Offer
from quizapp.core.items.cells import as_statement, because_of, cell_in, name_of, owners_of, true_of
from quizapp.core.items.index import Draw, Index
from quizapp.core.items.model import Form
from quizapp.core.items.wording import fill
from quizapp.core.knowledge.model import Cell

_STATEMENTS = 24

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


def _value(index: Index, cell: Cell, draw: Draw) -> Ask:
    comparison = index.bank.comparisons[cell.comparison]
    attribute = comparison.attributes[cell.attribute]
    name = comparison.concepts[cell.concept].text
    if attribute.ask:
        stem = fill(attribute.ask, concept=name)
    else:
        stem = index.phrases.say("stem.value", concept=name, attribute=attribute.name)
    holding = index.also_true.get((cell.comparison, cell.attribute, cell.concept), ())
    also = (cell_in(index, fact, cell) for fact in holding)
    return Ask(
        surface="value",
        fact=cell,
        stem=stem,
        right=(cell.text, *cell.extras.accept, *(other.text for other in also if other)),
        near=tuple(
            Offer(other.text, other.id, index.phrases.say("because.value", concept=name_of(comparison, other)))
            for other in _row(index, cell, draw)
            if cell.concept not in other.extras.also_true
        ),
        far=lambda: (Offer(other.text, other.id, because_of(index, other)) for other in _elsewhere(index, cell, draw)),
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
            offers.append(Offer(name.text, other.id, because_of(index, other), name.also))
    return Ask(surface="concept", fact=cell, stem=stem, right=tuple(names), near=tuple(offers), cue=cell.text)


def _statement(index: Index, cell: Cell, draw: Draw) -> Ask:
    comparison = index.bank.comparisons[cell.comparison]
    offers = []
    for fact in replace(draw, most=_STATEMENTS).facts(index.cells_of[cell.comparison]):
        other = cell_in(index, fact, cell)
        if other and other.concept != cell.concept and (other.attribute, cell.concept) in comparison.cells:
            because = index.phrases.say("because.value", concept=name_of(comparison, other))
            offers.append(Offer(as_statement(index, other), other.id, because))
    return Ask(
        surface="statement",
        fact=cell,
        stem=index.phrases.say("stem.statement", concept=name_of(comparison, cell)),
        right=(as_statement(index, cell),),
        near=tuple(offers),
        holds=lambda offer: true_of(index, cell_in(index, offer.fact or "", cell), cell.concept),
    )


def _row(index: Index, cell: Cell, draw: Draw) -> Iterator[Cell]:
    for fact in draw.facts(index.rows[cell.comparison, cell.attribute]):
        other = cell_in(index, fact, cell)
        if other is not None and other is not cell and other.attribute == cell.attribute:
            yield other


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
