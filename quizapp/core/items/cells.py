"""What the cells of a comparison say of each other's concepts, and how they are named."""

from quizapp.core.items.index import Index
from quizapp.core.knowledge.model import Cell, Comparison


def owners_of(index: Index, cell: Cell) -> frozenset[str]:
    """Name the concepts for which a cell's value holds under its attribute, by `also-true` or by an alike value."""
    known = index.owners.get(cell.id)
    if known is None:
        row = (cell_in(index, fact, cell) for fact in index.rows[cell.comparison, cell.attribute])
        alike = (other.concept for other in row if other and holds(index, other, cell.text))
        known = index.owners[cell.id] = frozenset((cell.concept, *cell.extras.also_true, *alike))
    return known


def true_of(index: Index, cell: Cell | None, concept: str) -> bool:
    """Tell whether what a cell says is true of another concept too."""
    if cell is None or concept in (cell.concept, *cell.extras.also_true):
        return True
    cells = index.bank.comparisons[cell.comparison].cells
    own = cell_in(index, cells.get((cell.attribute, concept), ""), cell)
    return own is not None and holds(index, own, cell.text)


def holds(index: Index, cell: Cell, text: str) -> bool:
    """Tell whether a text would be right for a cell."""
    return any(index.clash(right, text) for right in (cell.text, *cell.extras.accept))


def cell_in(index: Index, fact: str, cell: Cell) -> Cell | None:
    """Find another cell of the same comparison by its fact id."""
    other = index.bank.facts.get(fact)
    return other if isinstance(other, Cell) and other.comparison == cell.comparison else None


def as_statement(index: Index, cell: Cell) -> str:
    """Write a cell as an option that stands alone: its attribute with its value."""
    attribute = index.bank.comparisons[cell.comparison].attributes[cell.attribute]
    return index.phrases.say("option.statement", attribute=attribute.name, value=cell.text)


def because_of(index: Index, cell: Cell) -> str:
    """Say in full what a cell says, as feedback for whoever chose its concept or value wrongly."""
    comparison = index.bank.comparisons[cell.comparison]
    attribute = comparison.attributes[cell.attribute].name
    return index.phrases.say("because.concept", concept=name_of(comparison, cell), attribute=attribute, value=cell.text)


def name_of(comparison: Comparison, cell: Cell) -> str:
    """Give the name of a cell's concept."""
    return comparison.concepts[cell.concept].text
