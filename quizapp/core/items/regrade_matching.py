"""Judging a matching item anew, pair by pair: every response that is right now counts, also where two are."""

from collections.abc import Mapping
from dataclasses import replace

from quizapp.core.items.assignment import solutions
from quizapp.core.items.editions import Editions
from quizapp.core.items.model import Answer, MatchingAnswer, MatchingItem, Premise
from quizapp.core.items.rejudged import Cause, Kind, Regraded, cause_of, marks_of
from quizapp.core.items.truths import rights
from quizapp.core.knowledge.model import Card, Cell


def regrade_matching(item: MatchingItem, answer: Answer | None, editions: Editions) -> Regraded:
    """Judge each pair by the responses that are right for its premise now.

    A pair is void when its fact is retired, no response is right any more, or so few are right for several premises
    that they cannot all have one.
    """
    edges = {premise.token: _edges(item, premise, editions) for premise in item.premises}
    void: dict[str, Kind] = {}
    for premise in item.premises:
        if editions.fact(premise.fact) is None:
            void[premise.token] = Kind.RETIRED
        elif not edges[premise.token]:
            void[premise.token] = Kind.NONE_RIGHT
    open_edges = {token: found for token, found in edges.items() if token not in void}
    if not item.reusable and not solutions([frozenset(found) for found in open_edges.values()], most=1):
        for token, found in open_edges.items():
            others = (other for name, other in open_edges.items() if name != token)
            if any(not found.isdisjoint(other) for other in others):
                void[token] = Kind.SEVERAL_RIGHT
    placed = dict(answer.pairs) if isinstance(answer, MatchingAnswer) else {}
    key = {token: _place(item, token, found, placed) for token, found in edges.items()}
    marks = marks_of(replace(item, key=key), answer)
    judged = [mark for premise, mark in zip(item.premises, marks, strict=False) if premise.token not in void]
    causes = (_pair_cause(item, premise, edges[premise.token], void, editions) for premise in item.premises)
    return Regraded(len(item.premises), tuple(judged), tuple(cause for cause in causes if cause is not None))


def _edges(item: MatchingItem, premise: Premise, editions: Editions) -> set[int]:
    """Find the responses that are right for a premise now: the one it had, but where that changed."""
    surface = _direction(item, premise, editions)
    before, after = (rights(editions, premise.fact, surface, now=now) for now in (False, True))
    found = set()
    for at, response in enumerate(item.responses):
        folded = editions.fold(response.text)
        changed = (folded in before) is not (folded in after)
        if (item.key[premise.token] == response.token) is not changed:
            found.add(at)
    return found


def _direction(item: MatchingItem, premise: Premise, editions: Editions) -> str:
    fact = editions.then.facts.get(premise.fact)
    if item.head.surface == "match-attributes" and isinstance(fact, Cell):
        return "attribute" if fact.text == premise.text else "value"
    if item.head.surface == "match-backs" and isinstance(fact, Card):
        return "front" if fact.front == premise.text else "back"
    return item.head.surface


def _place(item: MatchingItem, premise: str, right: set[int], placed: Mapping[str, str]) -> str:
    """Choose the response to mark a premise by: what was placed if it is right, else the old key if that still is."""
    tokens = [item.responses[at].token for at in sorted(right)]
    wanted = (placed.get(premise, ""), item.key[premise])
    return next((token for token in wanted if token in tokens), tokens[0] if tokens else item.key[premise])


def _pair_cause(
    item: MatchingItem, premise: Premise, right: set[int], void: Mapping[str, Kind], editions: Editions
) -> Cause | None:
    if premise.token in void:
        return cause_of(editions, premise.fact, void[premise.token])
    tokens = {item.responses[at].token for at in right}
    if tokens == {item.key[premise.token]}:
        return None
    answer = " / ".join(item.responses[at].text for at in sorted(right))
    return cause_of(editions, premise.fact, Kind.CHANGED, answer)
