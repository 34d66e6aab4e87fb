"""An item said in another edition of its bank: the same question about the same facts, worded there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from random import Random

from quizapp.core.items.ask import Ask, Sides, head_of
from quizapp.core.items.index import Draw, Index, index_of
from quizapp.core.items.matching import instruction
from quizapp.core.items.model import (
    ChoiceItem,
    FlashcardItem,
    Form,
    Head,
    Item,
    MatchingItem,
    Premise,
    Response,
    TrueFalseItem,
    TypedItem,
    form_of,
)
from quizapp.core.items.rules import levelled
from quizapp.core.items.sections import ask_of, claim_of, sides_of
from quizapp.core.knowledge.model import Bank, Cell, Fact, Member, Question, Statement

_FULL_STOP = "."
_ODD = "odd"


def translated(item: Item, then: Bank, now: Bank) -> Item | None:
    """Say an item made from the edition `then` in the edition `now` of the same version, with its tokens and its key.

    Each text is worded by both editions; None where `then` no longer words it as the item shows it, or `now` cannot.
    Only texts are changed, no rule is checked: a typed item refuses no siblings' answers here.
    """
    if not then.facts.keys() >= set(item.head.facts) <= now.facts.keys():
        return None
    pair = _Two(index_of(then), index_of(now), item.head, form_of(item))
    match item:
        case ChoiceItem():
            return _choice(pair, item)
        case TrueFalseItem():
            return _judgement(pair, item)
        case TypedItem() | FlashcardItem():
            return _recalled(pair, item)
        case MatchingItem():
            return _matching(pair, item)


@dataclass(frozen=True, slots=True)
class _Two:
    """The editions of then and now, and the item between them."""

    then: Index
    now: Index
    old: Head
    form: Form

    def both(self, word: Callable[[Index, Fact], str | None], fact: str) -> tuple[str, str] | None:
        """Word a fact in both editions."""
        known = self.then.bank.facts.get(fact), self.now.bank.facts.get(fact)
        if known[0] is None or known[1] is None or type(known[0]) is not type(known[1]):
            return None
        then, now = word(self.then, known[0]), word(self.now, known[1])
        return None if then is None or now is None else (then, now)

    def asks(self, mentioned: tuple[str, ...] = ()) -> tuple[Ask, Ask] | None:
        """Ask the item's fact by its surface in both editions; None unless `then` asks it as the item does."""
        fact, surface = self.old.facts[0], self.old.surface
        draw = Draw(Random(0), mentioned) if surface == _ODD else Draw(Random(0), mentioned, 0)
        found = [ask_of(index, index.bank.facts[fact], self.form, surface, draw) for index in (self.then, self.now)]
        then, now = found
        return (then, now) if then and now and then.stem == self.old.stem else None

    def answer(self, fact: str) -> tuple[str, str] | None:
        """Give what a fact is as an answer to the item's surface."""
        surface = "member" if self.old.surface == _ODD else self.old.surface
        draw = Draw(Random(0), (), 0)

        def word(index: Index, each: Fact) -> str | None:
            ask = ask_of(index, each, self.form, surface, draw)
            return ask.key if ask else None

        return self.both(word, fact)

    def sides(self, index: Index, fact: str, *, way: bool) -> Sides:
        """Word a fact as one of the item's set."""
        return sides_of(index, index.bank.facts[fact], self.old.surface, way=way)

    def spare(self, response: Response, *, way: bool) -> tuple[str, str] | None:
        """Find a response that nobody's is: by its fact, else among the names."""
        if response.fact is None:
            return next((name for name in self.names() if name[0] == response.text), None)
        return self.both(lambda index, fact: self.sides(index, fact.id, way=way).right, response.fact)

    def names(self) -> Iterator[tuple[str, str]]:
        """Give what has no fact of its own but may be an answer, in both editions."""
        fact = self.old.facts[0]
        then, now = (_names(index.bank, index.bank.facts[fact], self.old.surface) for index in (self.then, self.now))
        return ((text, now[key]) for key, text in then.items() if key in now)

    def head(self, stem: str) -> Head:
        """Make the head of the item in the edition of now."""
        fact = self.now.bank.facts[self.old.facts[0]]
        several = self.old.facts if self.form is Form.MATCHING else ()
        return head_of(self.now, fact, self.old.surface, stem, several)


def _names(bank: Bank, fact: Fact, surface: str) -> Mapping[str, str]:
    match fact:
        case Question():
            return {wrong.key: wrong.text for wrong in fact.wrong}
        case Member():
            return {key: group.name.text for key, group in bank.groupsets[fact.groupset].groups.items()}
        case Cell() if surface == "match-attributes":
            return {key: row.name for key, row in bank.comparisons[fact.comparison].attributes.items()}
        case Cell():
            return {key: name.text for key, name in bank.comparisons[fact.comparison].concepts.items()}
        case _:
            return {}


def _choice(pair: _Two, item: ChoiceItem) -> ChoiceItem | None:
    asks = pair.asks(tuple(option.fact for option in item.options if option.fact and not option.correct))
    if asks is None:
        return None
    names = {_bare(then): (then, now) for then, now in pair.names()}
    texts = [pair.answer(option.fact) if option.fact else names.get(_bare(option.text)) for option in item.options]
    known = [text for text in texts if text is not None]
    if len(known) < len(texts) or levelled([then for then, _ in known]) != [option.text for option in item.options]:
        return None
    because = {offer.text: offer.because for offer in asks[1].near}
    options = tuple(
        replace(option, text=text, because="" if option.correct else because.get(now, ""))
        for option, text, (_, now) in zip(item.options, levelled([now for _, now in known]), known, strict=True)
    )
    return ChoiceItem(pair.head(asks[1].stem), options)


def _judgement(pair: _Two, item: TrueFalseItem) -> TrueFalseItem | None:
    fact = pair.old.facts[0]
    if isinstance(pair.then.bank.facts[fact], Statement):
        asks = pair.asks()
        return replace(item, head=pair.head(asks[1].stem)) if asks else None
    key = pair.answer(fact)
    if key is None:
        return None
    if item.is_true:
        answers = [key]
    else:
        value = pair.answer(item.value_of) if item.value_of else None
        answers = [value] if value else list(pair.names())
    for said in answers:
        claims = pair.both(partial(_claim, pair, said), fact)
        if claims is not None and claims[0] == item.head.stem:
            return replace(item, head=pair.head(claims[1]), correction=key[1] if item.correction else "")
    return None


def _claim(pair: _Two, said: tuple[str, str], index: Index, fact: Fact) -> str:
    return claim_of(index, fact, said[0] if index is pair.then else said[1])


def _recalled(pair: _Two, item: TypedItem | FlashcardItem) -> TypedItem | FlashcardItem | None:
    asks = pair.asks()
    if asks is None or asks[0].key != (item.key if isinstance(item, TypedItem) else item.back):
        return None
    head, said = pair.head(asks[1].stem), asks[1]
    if isinstance(item, FlashcardItem):
        return FlashcardItem(head, said.key)
    accept = tuple(dict.fromkeys(text for text in said.right if text != said.key))
    return TypedItem(head, item.form, said.key, accept, {}, said.hint)


def _matching(pair: _Two, item: MatchingItem) -> MatchingItem | None:
    extra = len(item.responses) - len(item.premises)
    for way in (True, False):
        then = [pair.sides(pair.then, premise.fact, way=way) for premise in item.premises]
        stem = instruction(pair.then, then[0].stem, item.reusable, extra)
        if stem == item.head.stem and [said.left for said in then] == [premise.text for premise in item.premises]:
            break
    else:
        return None
    now = [pair.sides(pair.now, premise.fact, way=way) for premise in item.premises]
    own = {
        item.key[premise.token]: (old.right, new.right)
        for premise, old, new in zip(item.premises, then, now, strict=True)
    }
    responses = [own.get(each.token) or pair.spare(each, way=way) for each in item.responses]
    known = [text for text in responses if text is not None]
    if [old for old, _ in known] != [response.text for response in item.responses]:
        return None
    return MatchingItem(
        head=pair.head(instruction(pair.now, now[0].stem, item.reusable, extra)),
        premises=tuple(_premise(pair.now, each, said) for each, said in zip(item.premises, now, strict=True)),
        responses=tuple(replace(each, text=new) for each, (_, new) in zip(item.responses, known, strict=True)),
        key=item.key,
        reusable=item.reusable,
    )


def _premise(index: Index, premise: Premise, said: Sides) -> Premise:
    return replace(premise, text=said.left, why=index.bank.facts[premise.fact].extras.why)


def _bare(text: str) -> str:
    """Undo what options are given to look alike: a capital, no final stop."""
    return text.removesuffix(_FULL_STOP).casefold()
