"""Asking cards: the back of a front, the front of a back when the author says so, and sets of one tag."""

from collections.abc import Iterator
from functools import partial

from quizapp.core.items.ask import Ask, Offer, Pair, Pairing, Reply, Sides
from quizapp.core.items.index import Draw, Index, tags_of
from quizapp.core.items.model import Form
from quizapp.core.knowledge.model import Card

_FORMS = frozenset({Form.CHOICE, Form.TYPED, Form.FLASHCARD})


def surfaces(card: Card, form: Form) -> tuple[str, ...]:
    """Name the directions in which a card can be asked."""
    if form is Form.MATCHING:
        return ("match-backs",)
    if form not in _FORMS:
        return ()
    return ("front", "back") if card.both_ways else ("front",)


def ask(index: Index, card: Card, surface: str, form: Form, draw: Draw) -> Ask:
    """Ask for the back of a card's front (surface `front`), or the other way round (`back`)."""
    siblings = list(_siblings(index, card, draw))
    known = (index.bank.facts.get(f"cards.{key}") for key in card.extras.also_true)
    also = [other for other in known if isinstance(other, Card)]
    if surface == "front":
        alike = [other for other in siblings if index.same(other.front, card.front)]
        right = (card.back, *card.extras.accept, *(other.back for other in (*also, *alike)))
    else:
        alike = [other for other in siblings if index.clash(other.back, card.back)]
        right = (card.front, *(other.front for other in (*also, *alike)))
    near = []
    for other in siblings:
        if other not in also and other not in alike and not _linked(other, card):
            text, whose = (other.back, other.front) if surface == "front" else (other.front, other.back)
            near.append(Offer(text, other.id, index.phrases.say("because.card", front=whose)))
    shown = card.front if surface == "front" else card.back
    as_written = form is Form.FLASHCARD or "?" in shown
    stem = shown if as_written else index.phrases.say("stem.side", text=shown)
    return Ask(surface, card, stem, right, tuple(near), cue=card.back if surface == "back" else "")


def pairing(index: Index, card: Card, draw: Draw) -> Pairing | None:
    """Pair fronts with backs of cards that share a tag, the longer side left."""
    siblings = list(_siblings(index, card, draw))
    if not siblings:
        return None
    everyone = (card, *siblings)
    fronts_left = sum(len(each.front) for each in everyone) >= sum(len(each.back) for each in everyone)
    asked, *others = (_pair(index, each, fronts_left) for each in everyone)
    return Pairing(
        surface="match-backs",
        stem=sides(index, card, way=fronts_left).stem,
        asked=asked,
        others=tuple(others),
        right=partial(_answers, index, fronts_left),
        spare=tuple(pair.reply for pair in others),
    )


def sides(index: Index, card: Card, *, way: bool) -> Sides:
    """Word a card as one of a set, named by the tags it shares; `way` says that the fronts stand left."""
    shared = [tag for tag in card.extras.tags if len(index.cards_of[tag]) > 1]
    named = ", ".join(index.bank.tag_names.get(tag, tag) for tag in shared)
    stem = index.phrases.say("match.backs", title=named or index.bank.title)
    return Sides(stem, card.front, card.back) if way else Sides(stem, card.back, card.front)


def _pair(index: Index, card: Card, fronts_left: bool) -> Pair:
    words = sides(index, card, way=fronts_left)
    return Pair(card.id, words.left, Reply(words.right, card.id, card.id), card.extras.why)


def _answers(index: Index, fronts_left: bool, fact: str, owner: str) -> bool:
    """Tell whether the far side of another card is right for a card: said so, or one side of them reads alike."""
    card, other = index.bank.facts[fact], index.bank.facts[owner]
    if not isinstance(card, Card) or not isinstance(other, Card) or card is other or _linked(card, other):
        return True
    rights = (card.back, *card.extras.accept) if fronts_left else (card.front,)
    theirs = other.back if fronts_left else other.front
    lefts = (card.front, other.front) if fronts_left else (card.back, other.back)
    return index.clash(*lefts) or any(index.clash(theirs, right) for right in rights)


def _siblings(index: Index, card: Card, draw: Draw) -> Iterator[Card]:
    tags = tags_of(card)
    pool = [fact for tag in tags for fact in draw.take(index.cards_of[tag])]
    for fact in dict.fromkeys((*draw.mentioned, *pool)):
        other = index.bank.facts.get(fact)
        if isinstance(other, Card) and other is not card and not set(tags).isdisjoint(tags_of(other)):
            yield other


def _linked(card: Card, other: Card) -> bool:
    """Tell whether one of two cards says that the other's back is right for it too."""
    return _key(other) in card.extras.also_true or _key(card) in other.extras.also_true


def _key(card: Card) -> str:
    return card.id.removeprefix("cards.")
