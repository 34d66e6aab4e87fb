"""Asking about the cells of a comparison: a value, a concept, a statement, and sets to match."""

from collections.abc import Iterator

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
    key = _as_statement(index, cell)
    offers = []
    for fact in draw.facts(index.cells_of[cell.comparison]):
        other = _cell_in(index, fact, cell)
        if other is None or other.concept == cell.concept or (other.attribute, cell.concept) not in comparison.cells:
            continue
        if cell.concept not in owners_of(index, other):
            because = index.phrases.say("because.value", concept=_name_of(comparison, other))
            offers.append(Offer(_as_statement(index, other), other.id, because))
    stem = index.phrases.say("stem.statement", concept=_name_of(comparison, cell))
    return Ask(surface="statement", fact=cell, stem=stem, right=(key,), near=tuple(offers))


def _match_concepts(index: Index, cell: Cell, draw: Draw) -> Pairing:
    comparison = index.bank.comparisons[cell.comparison]
    row = index.rows[cell.comparison, cell.attribute]
    one_row = len(row) >= _FEWEST_PAIRS and draw.rng.random() < 1 / 2
    pool = row if one_row else index.cells_of[cell.comparison]
    candidates = [_cell_in(index, fact, cell) for fact in draw.facts(pool)]
    others = [
        other
        for other in candidates
        if other is not None and other is not cell and (not one_row or other.attribute == cell.attribute)
    ]
    strangers = [key for key in comparison.concepts if key not in owners_of(index, cell)]
    shown = {cell.concept, *draw.rng.sample(strangers, min(len(strangers), _MOST_REPLIES - 1))}
    replies = {key: Reply(name.text, key, None) for key, name in comparison.concepts.items() if key in shown}
    attribute = comparison.attributes[cell.attribute].name
    key = "match.concepts-of" if one_row else "match.concepts"
    return Pairing(
        surface="match-concepts",
        stem=index.phrases.say(key, title=comparison.title, attribute=attribute),
        asked=_concept_pair(index, cell, replies, one_row),
        others=tuple(_concept_pair(index, other, replies, one_row) for other in others if other.concept in replies),
        replies=tuple(replies.values()),
    )


def _concept_pair(index: Index, cell: Cell, replies: dict[str, Reply], one_row: bool) -> Pair:
    text = cell.text if one_row else _as_statement(index, cell)
    return Pair(cell.id, text, replies[cell.concept], owners_of(index, cell), cell.extras.why)


def _match_attributes(index: Index, cell: Cell, draw: Draw) -> Pairing:
    comparison = index.bank.comparisons[cell.comparison]
    cells = [
        other
        for fact in draw.facts(index.columns[cell.comparison, cell.concept])
        if (other := _cell_in(index, fact, cell)) is not None and other.concept == cell.concept
    ]
    names = {other.attribute: comparison.attributes[other.attribute].name for other in (cell, *cells)}
    values_left = sum(len(other.text) for other in cells) > _SHORT * len(cells)
    strangers = [_cell_in(index, fact, cell) for fact in draw.take(index.cells_of[cell.comparison])]
    known = [cell, *cells, *(other for other in strangers if other)]
    make = _value_first if values_left else _attribute_first
    asked = make(index, cell, known)
    others = tuple(make(index, other, known) for other in cells if other is not cell)
    if values_left:
        spare = [Reply(row.name, row.key, None) for row in comparison.attributes.values() if row.key not in names]
        spare += [pair.reply for pair in others]
    else:
        spare = [Reply(other.text, other.id, other.id) for other in known if other.attribute in names]
    key = "match.attributes" if values_left else "match.values"
    stem = index.phrases.say(key, concept=_name_of(comparison, cell))
    return Pairing("match-attributes", stem, asked, others, spare=tuple(spare))


def _value_first(index: Index, cell: Cell, known: list[Cell]) -> Pair:
    name = index.bank.comparisons[cell.comparison].attributes[cell.attribute].name
    column = (other for other in known if other.concept == cell.concept)
    owners = {other.attribute for other in column if _holds(index, other, cell.text)}
    reply = Reply(name, cell.attribute, cell.id)
    return Pair(cell.id, cell.text, reply, frozenset(owners | {cell.attribute}), cell.extras.why)


def _attribute_first(index: Index, cell: Cell, known: list[Cell]) -> Pair:
    name = index.bank.comparisons[cell.comparison].attributes[cell.attribute].name
    row = (_cell_in(index, fact, cell) for fact in index.rows[cell.comparison, cell.attribute])
    owners = {other.id for other in row if other and cell.concept in owners_of(index, other)}
    owners |= {other.id for other in known if _holds(index, cell, other.text)}
    reply = Reply(cell.text, cell.id, cell.id)
    return Pair(cell.id, name, reply, frozenset(owners | {cell.id}), cell.extras.why)


def owners_of(index: Index, cell: Cell) -> frozenset[str]:
    """Name the concepts for which a cell's value holds under its attribute, by `also-true` or by an alike value."""
    known = index.owners.get(cell.id)
    if known is None:
        row = (_cell_in(index, fact, cell) for fact in index.rows[cell.comparison, cell.attribute])
        alike = (other.concept for other in row if other and _holds(index, other, cell.text))
        known = index.owners[cell.id] = frozenset((cell.concept, *cell.extras.also_true, *alike))
    return known


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
