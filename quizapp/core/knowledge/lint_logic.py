"""Contradictions in a bank: texts that make a wrong answer right, or one answer right twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise
from typing import TypeVar

from quizapp.core.knowledge.finding import Finding
from quizapp.core.knowledge.model import Bank, Card, Definition, Example, Fact, Member, Question, Statement
from quizapp.core.knowledge.normalise import clash, fold, same

F = TypeVar("F", bound=Fact)
D = TypeVar("D", Definition, Example, Member)


def logic_findings(bank: Bank) -> Iterator[Finding]:
    """Give the contradictions of one edition: errors, and warnings where an option merely holds another."""
    for question in _of(bank, Question):
        yield from _question(question, bank.language)
    yield from _doubled_terms(bank)
    yield from _doubled_members(bank)
    yield from _statements(bank)
    yield from _cards(bank)


def _of(bank: Bank, kind: type[F]) -> list[F]:
    return [fact for fact in bank if isinstance(fact, kind)]


def _question(question: Question, language: str) -> Iterator[Finding]:
    for wrong in question.wrong:
        if same(wrong.text, question.right, language):
            message = f'the wrong answer "{wrong.text}" is the right answer'
            yield Finding(question.id, "E1", message, "write another wrong answer or delete it", warning=False)
        elif any(clash(wrong.text, accepted, language) for accepted in question.extras.accept):
            message = f'the wrong answer "{wrong.text}" would be accepted as right'
            hint = "change the wrong answer or take its words out of accept"
            yield Finding(question.id, "E1", message, hint, warning=False)
        elif clash(wrong.text, question.right, language):
            message = f'one of the wrong answer "{wrong.text}" and the right answer "{question.right}" holds the other'
            yield Finding(
                question.id, "E1", message, "such an option is never shown: write one that is wholly different"
            )
    for one, other in combinations(question.wrong, 2):
        if same(one.text, other.text, language):
            message = f'the wrong answers {one.key} and {other.key} are the same: "{one.text}"'
            yield Finding(question.id, "E3", message, "delete one of them", warning=False)


def _doubled_terms(bank: Bank) -> Iterator[Finding]:
    definitions, examples = _of(bank, Definition), _of(bank, Example)
    yield from _doubled(bank, definitions, lambda fact: (fact.taxonomy, fact.term), "definition", "term")
    yield from _doubled(bank, examples, lambda fact: (fact.taxonomy, fact.term), "example", "term")


def _doubled_members(bank: Bank) -> Iterator[Finding]:
    yield from _doubled(bank, _of(bank, Member), lambda fact: (fact.groupset, fact.group), "member", "group")


def _doubled(
    bank: Bank, facts: Iterable[D], owner: Callable[[D], tuple[str, str]], what: str, where: str
) -> Iterator[Finding]:
    """Find a text under two owners of one container of which neither names the other in also-true."""
    alike: dict[tuple[str, str], list[D]] = defaultdict(list)
    for fact in facts:
        alike[owner(fact)[0], fold(fact.text, bank.language)].append(fact)
    for one, other in _neighbours(alike.values()):
        (_, first), (_, second) = owner(one), owner(other)
        if first == second or second in one.extras.also_true or first in other.extras.also_true:
            continue
        message = f'the {what} "{other.text}" stands under {first} and {second}'
        hint = f"make them differ, or write also-true: [{first}] if it holds for that {where} too"
        yield Finding(other.id, "E2", message, hint, warning=False)


def _statements(bank: Bank) -> Iterator[Finding]:
    said: dict[str, Statement] = {}
    for statement in _of(bank, Statement):
        first = said.setdefault(fold(statement.say, bank.language), statement)
        if first.is_true != statement.is_true:
            message = f"says the same as {first.id}, but one is true and the other false"
            yield Finding(statement.id, "E2", message, "correct or delete one of them", warning=False)


def _cards(bank: Bank) -> Iterator[Finding]:
    fronts: dict[str, list[Card]] = defaultdict(list)
    for card in _of(bank, Card):
        fronts[fold(card.front, bank.language)].append(card)
    for one, other in _neighbours(fronts.values()):
        linked = _key(other) in one.extras.also_true or _key(one) in other.extras.also_true
        if not linked and not same(one.back, other.back, bank.language):
            message = f"has the same front as {one.id} and another back"
            hint = f"make the fronts differ, or write also-true: [{_key(one)}] if both backs are right"
            yield Finding(other.id, "E1", message, hint)


def _neighbours(groups: Iterable[list[F]]) -> Iterator[tuple[F, F]]:
    """Give each group's neighbours, so that a text repeated n times is told n - 1 times."""
    for group in groups:
        yield from pairwise(group)


def _key(card: Card) -> str:
    return card.id.rpartition(".")[2]
