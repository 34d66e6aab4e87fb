"""Handing a fact to the section it was written in."""

from quizapp.core.items import cards, comparison_sets, comparisons, groups, taxonomies, written
from quizapp.core.items.ask import Ask, Pairing, Sides
from quizapp.core.items.index import Draw, Index
from quizapp.core.items.model import Form
from quizapp.core.knowledge.model import Card, Cell, Definition, Example, Fact, Gap, Member, Question, Statement


def surfaces_of(fact: Fact, form: Form) -> tuple[str, ...]:
    """Name the stems and directions in which the fact's section affords a form."""
    match fact:
        case Cell():
            return comparisons.surfaces(form)
        case Definition() | Example():
            return taxonomies.surfaces(fact, form)
        case Member():
            return groups.surfaces(form)
        case Card():
            return cards.surfaces(fact, form)
        case Question() | Statement() | Gap():
            return written.surfaces(fact, form)


def ask_of(index: Index, fact: Fact, form: Form, surface: str, draw: Draw) -> Ask | None:
    """Make the stem of a surface with its right answer and wrong ones; None when there is no such stem."""
    ask: Ask | None
    match fact:
        case Cell():
            ask = comparisons.ask(index, fact, surface, draw)
        case Definition() | Example():
            ask = taxonomies.ask(index, fact, surface, draw)
        case Member():
            ask = groups.ask(index, fact, surface, draw)
        case Card():
            ask = cards.ask(index, fact, surface, form, draw)
        case Question():
            ask = written.ask_question(fact)
        case Statement():
            ask = written.ask_statement(fact)
        case Gap():
            ask = written.ask_gap(index, fact, form, draw)
    return ask


def claim_of(index: Index, fact: Fact, answer: str) -> str:
    """Say in one sentence that `answer` is right for the fact, for a section whose facts can be judged so."""
    match fact:
        case Cell():
            return comparisons.claim(index, fact, answer)
        case Member():
            return groups.claim(index, fact, answer)
        case _:
            raise TypeError(type(fact))


def pairing_of(index: Index, fact: Fact, surface: str, draw: Draw) -> Pairing | None:
    """Gather what a matching item around the fact can be made of; None when there is nothing."""
    match fact:
        case Cell():
            return comparison_sets.pairing(index, fact, surface, draw)
        case Definition() | Example():
            return taxonomies.pairing(index, fact, draw)
        case Member():
            return groups.pairing(index, fact, draw)
        case Card():
            return cards.pairing(index, fact, draw)
        case Question() | Statement() | Gap():
            return None


def sides_of(index: Index, fact: Fact, surface: str, *, way: bool) -> Sides:
    """Word a fact as one of a set to match; `way` is one of the two in which its section can turn a set."""
    match fact:
        case Cell():
            return comparison_sets.sides(index, fact, surface, way=way)
        case Definition() | Example():
            return taxonomies.sides(index, fact, surface)
        case Member():
            return groups.sides(index, fact)
        case Card():
            return cards.sides(index, fact, way=way)
        case _:
            raise TypeError(type(fact))
