"""Judging recorded answers anew: by what the bank says now, not by the key the item was shown with."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias, assert_never

from quizapp.core.items.audit_truth import odd_ones
from quizapp.core.items.editions import Editions
from quizapp.core.items.grade import FALSE, TRUE
from quizapp.core.items.index import index_of
from quizapp.core.items.model import (
    Answer,
    ChoiceItem,
    FlashcardItem,
    Item,
    MatchingItem,
    Option,
    TrueFalseItem,
    TypedItem,
)
from quizapp.core.items.regrade_matching import regrade_matching
from quizapp.core.items.rejudged import Cause, Kind, Regraded, cause_of, marks_of
from quizapp.core.items.sections import claim_of
from quizapp.core.items.truths import rights, says_true
from quizapp.core.knowledge.facts import text_of
from quizapp.core.knowledge.model import Cell, Fact, Member, Statement

__all__ = ["Cause", "Kind", "Regraded", "regrade"]

_Single: TypeAlias = ChoiceItem | TrueFalseItem | TypedItem | FlashcardItem


def regrade(item: Item, answer: Answer | None, editions: Editions) -> Regraded:
    """Judge a recorded answer (None: there is none) by what the facts say now.

    The item's texts are those that were shown. An option, response or sentence is judged anew only where its standing
    changed between the two versions, so that regrading by the same version changes nothing. Never raises for items
    that were made from `editions.then`.
    """
    match item:
        case MatchingItem():
            return regrade_matching(item, answer, editions)
        case ChoiceItem():
            found: _Single | Kind = _choice(item, editions)
        case TrueFalseItem():
            found = _judgement(item, editions)
        case TypedItem():
            found = _typed(item, editions)
        case FlashcardItem():
            found = _flashcard(item, editions)
        case _:
            assert_never(item)
    fact = item.head.facts[0]
    if isinstance(found, Kind):
        return Regraded(1, (), (cause_of(editions, fact, found),))
    causes = () if found == item else (cause_of(editions, fact, Kind.CHANGED, _answer(found)),)
    return Regraded(1, marks_of(found, answer), causes)


def _choice(item: ChoiceItem, editions: Editions) -> ChoiceItem | Kind:
    fact = item.head.facts[0]
    if editions.fact(fact) is None:
        return Kind.RETIRED
    before, after = _right_options(item, editions, now=False), _right_options(item, editions, now=True)
    options = tuple(
        option if (option.token in before) is (option.token in after) else replace(option, correct=not option.correct)
        for option in item.options
    )
    right = sum(option.correct for option in options)
    if right != 1:
        return Kind.SEVERAL_RIGHT if right else Kind.NONE_RIGHT
    return replace(item, options=options)


def _right_options(item: ChoiceItem, editions: Editions, *, now: bool) -> set[str]:
    fact, surface = item.head.facts[0], item.head.surface
    if surface == "odd":
        return _odd_options(item, editions, now=now)
    if surface == "statement":
        return {option.token for option in item.options if says_true(editions, fact, option.fact, now=now)}
    right = rights(editions, fact, surface, now=now)
    return {option.token for option in item.options if editions.fold(option.text) in right}


def _odd_options(item: ChoiceItem, editions: Editions, *, now: bool) -> set[str]:
    asked = editions.fact(item.head.facts[0], now=now)
    if not isinstance(asked, Member):
        return set()
    texts = {option.token: _todays(option, editions, now=now) for option in item.options}
    odd = odd_ones(editions.at(now=now), asked.groupset, list(texts.values()))
    return {token for token, text in texts.items() if text in odd}


def _todays(option: Option, editions: Editions, *, now: bool) -> str:
    fact = editions.fact(option.fact or "", now=now)
    return fact.text if isinstance(fact, Member) and editions.kept(option.fact or "", now=now) else option.text


def _judgement(item: TrueFalseItem, editions: Editions) -> TrueFalseItem | Kind:
    key = item.head.facts[0]
    before, after = editions.then.facts[key], editions.fact(key)
    if after is None:
        return Kind.RETIRED
    if isinstance(before, Statement) and isinstance(after, Statement):
        same = after.extras.minor or editions.fold(before.say) == editions.fold(after.say)
        return replace(item, is_true=after.is_true) if same else Kind.REWRITTEN
    said = _said(item, before, editions)
    if said is None:
        return item if editions.kept(key) else Kind.REWRITTEN
    now, then = (editions.fold(said) in rights(editions, key, item.head.surface, now=now) for now in (True, False))
    if now is then:
        return item
    right = next(iter(rights(editions, key, item.head.surface, now=True).values()), "")
    return replace(item, is_true=not item.is_true, correction=right if item.is_true else "")


def _said(item: TrueFalseItem, before: Fact, editions: Editions) -> str | None:
    """Find the value that the sentence named."""
    if isinstance(before, Cell):
        other = before if item.is_true else editions.then.facts.get(item.value_of or "")
        return other.text if isinstance(other, Cell) else None
    if isinstance(before, Member):
        names = [group.name.text for group in editions.then.groupsets[before.groupset].groups.values()]
        index = index_of(editions.then)
        return next((name for name in names if claim_of(index, before, name) == item.head.stem), None)
    return None


def _typed(item: TypedItem, editions: Editions) -> TypedItem | Kind:
    key = item.head.facts[0]
    if editions.fact(key) is None:
        return Kind.RETIRED
    before = rights(editions, key, item.head.surface, now=False)
    after = rights(editions, key, item.head.surface, now=True)
    gone, added = before.keys() - after.keys(), after.keys() - before.keys()
    if not gone and not added:
        return item
    texts = [text for text in (item.key, *item.accept) if editions.fold(text) not in gone]
    texts += [text for folded, text in after.items() if folded in added]
    if not texts:
        return Kind.NONE_RIGHT
    first = item.key if item.key in texts else next(iter(after.values()))
    accept = tuple(dict.fromkeys(text for text in texts if text != first))
    return replace(item, key=first, accept=accept, refuse=_refused(item, editions, after))


def _refused(item: TypedItem, editions: Editions, right: Mapping[str, str]) -> Mapping[str, str]:
    """Go on refusing the answers of other facts, in the words of now where their values changed."""
    refused: dict[str, str] = {}
    for text, fact in item.refuse.items():
        before, today = editions.then.facts.get(fact), editions.fact(fact)
        its_value = before is not None and editions.fold(text_of(before)) == editions.fold(text)
        if today is not None:
            refused[text_of(today) if its_value and not editions.kept(fact) else text] = fact
    return {text: fact for text, fact in refused.items() if editions.fold(text) not in right}


def _flashcard(item: FlashcardItem, editions: Editions) -> FlashcardItem | Kind:
    """Keep what learners said of themselves, unless the back they compared with is no longer right."""
    key, back = item.head.facts[0], editions.fold(item.back)
    if editions.fact(key) is None:
        return Kind.RETIRED
    then, now = (back in rights(editions, key, item.head.surface, now=side) for side in (False, True))
    return Kind.NONE_RIGHT if then and not now else item


def _answer(item: _Single) -> str:
    match item:
        case ChoiceItem():
            return next(option.text for option in item.options if option.correct)
        case TrueFalseItem():
            return TRUE if item.is_true else FALSE
        case TypedItem():
            return item.key
        case FlashcardItem():
            return item.back
