"""Contradictions in a bank: texts that make a wrong answer right, or one answer right twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise
from typing import TypeVar

from quizapp.core.knowledge.finding import Finding
from quizapp.core.knowledge.model import Bank, Card, Definition, Example, Fact, Member, Question, Statement
from quizapp.core.knowledge.normalise import clash, fold, same
from quizapp.messages import Message, msg

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
            message = msg('the wrong answer "%(text)s" is the right answer', text=wrong.text)
            yield Finding(question.id, "E1", message, msg("write another wrong answer or delete it"), warning=False)
        elif any(clash(wrong.text, accepted, language) for accepted in question.extras.accept):
            message = msg('the wrong answer "%(text)s" would be accepted as right', text=wrong.text)
            hint = msg("change the wrong answer or take its words out of accept")
            yield Finding(question.id, "E1", message, hint, warning=False)
        elif clash(wrong.text, question.right, language):
            message = msg(
                'one of the wrong answer "%(wrong)s" and the right answer "%(right)s" holds the other',
                wrong=wrong.text,
                right=question.right,
            )
            hint = msg("such an option is never shown: write one that is wholly different")
            yield Finding(question.id, "E1", message, hint)
    for one, other in combinations(question.wrong, 2):
        if same(one.text, other.text, language):
            message = msg(
                'the wrong answers %(first)s and %(second)s are the same: "%(text)s"',
                first=one.key,
                second=other.key,
                text=one.text,
            )
            yield Finding(question.id, "E3", message, msg("delete one of them"), warning=False)


def _doubled_terms(bank: Bank) -> Iterator[Finding]:
    definitions, examples = _of(bank, Definition), _of(bank, Example)
    yield from _doubled(bank, definitions, lambda fact: (fact.taxonomy, fact.term), _DEFINITION, _FOR_THAT_TERM)
    yield from _doubled(bank, examples, lambda fact: (fact.taxonomy, fact.term), _EXAMPLE, _FOR_THAT_TERM)


def _doubled_members(bank: Bank) -> Iterator[Finding]:
    members = _of(bank, Member)
    yield from _doubled(bank, members, lambda fact: (fact.groupset, fact.group), _MEMBER, _FOR_THAT_GROUP)


def _doubled(
    bank: Bank, facts: Iterable[D], owner: Callable[[D], tuple[str, str]], says: Message, hint: Message
) -> Iterator[Finding]:
    """Find a text under two owners of one container of which neither names the other in also-true."""
    alike: dict[tuple[str, str], list[D]] = defaultdict(list)
    for fact in facts:
        alike[owner(fact)[0], fold(fact.text, bank.language)].append(fact)
    for one, other in _neighbours(alike.values()):
        (_, first), (_, second) = owner(one), owner(other)
        if first == second or second in one.extras.also_true or first in other.extras.also_true:
            continue
        message = says.filled(text=other.text, first=first, second=second)
        yield Finding(other.id, "E2", message, hint.filled(key=first), warning=False)


_DEFINITION = msg('the definition "%(text)s" stands under %(first)s and %(second)s')
_EXAMPLE = msg('the example "%(text)s" stands under %(first)s and %(second)s')
_MEMBER = msg('the member "%(text)s" stands under %(first)s and %(second)s')
_FOR_THAT_TERM = msg("make them differ, or write also-true: [%(key)s] if it holds for that term too")
_FOR_THAT_GROUP = msg("make them differ, or write also-true: [%(key)s] if it holds for that group too")


def _statements(bank: Bank) -> Iterator[Finding]:
    said: dict[str, Statement] = {}
    for statement in _of(bank, Statement):
        first = said.setdefault(fold(statement.say, bank.language), statement)
        if first.is_true != statement.is_true:
            message = msg("says the same as %(fact)s, but one is true and the other false", fact=first.id)
            yield Finding(statement.id, "E2", message, msg("correct or delete one of them"), warning=False)


def _cards(bank: Bank) -> Iterator[Finding]:
    fronts: dict[str, list[Card]] = defaultdict(list)
    for card in _of(bank, Card):
        fronts[fold(card.front, bank.language)].append(card)
    for one, other in _neighbours(fronts.values()):
        linked = _key(other) in one.extras.also_true or _key(one) in other.extras.also_true
        if not linked and not same(one.back, other.back, bank.language):
            message = msg("has the same front as %(fact)s and another back", fact=one.id)
            hint = msg("make the fronts differ, or write also-true: [%(key)s] if both backs are right", key=_key(one))
            yield Finding(other.id, "E1", message, hint)


def _neighbours(groups: Iterable[list[F]]) -> Iterator[tuple[F, F]]:
    """Give each group's neighbours, so that a text repeated n times is told n - 1 times."""
    for group in groups:
        yield from pairwise(group)


def _key(card: Card) -> str:
    return card.id.rpartition(".")[2]
