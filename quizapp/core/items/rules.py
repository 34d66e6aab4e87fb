"""The rules an item must keep before it is served (E1-E8), as the generator applies them."""

from collections.abc import Iterable, Sequence

from quizapp.core.items.ask import Ask, Offer
from quizapp.core.items.index import Index
from quizapp.core.knowledge.facts import GAP
from quizapp.core.knowledge.normalise import ValueKind

_ALIKE = (
    frozenset({ValueKind.ACRONYM, ValueKind.NAME, ValueKind.PHRASE}),
    frozenset({ValueKind.NAME, ValueKind.PHRASE, ValueKind.CLAUSE}),
)
_FIGURES = frozenset({ValueKind.NUMBER, ValueKind.QUANTITY, ValueKind.PHRASE})
_SAY_FACTS = frozenset(
    {"value", "statement", "definition", "member", "odd", "front", "back", "gap", "match-concepts", "match-attributes"}
    | {"match-definitions", "match-examples", "match-members", "match-backs"}
)
"""Surfaces whose answers or premises are the texts of facts."""

_LONGEST_ACRONYM = 10
_FULL_STOP = "."
_ELLIPSIS = ".."


def may_stand(index: Index, ask: Ask, offer: Offer) -> bool:
    """Tell whether an offer is certainly wrong for the stem and like the key in type and grammar (E1, E2, E5-E7)."""
    if not in_one_language(index, ask.surface, ask.fact.id, offer.fact):
        return False
    texts = (offer.text, *offer.aliases)
    if index.words.above.search(offer.text) or any(index.clash(text, right) for right in ask.right for text in texts):
        return False
    if ask.holds(offer) or not alike(index, ask.key, offer.text):
        return False
    return fits_gap(index, ask.stem, ask.key, offer.text)


def in_one_language(index: Index, surface: str, asked: str, other: str | None) -> bool:
    """Tell whether what two facts say may stand together: beside translated texts one that is not would stand out.

    Names (of concepts, terms, groups) may: an edition knows of each fact, not of each name, whether it is translated.
    """
    foreign = index.bank.untranslated
    return not foreign or other is None or surface not in _SAY_FACTS or (asked in foreign) is (other in foreign)


def alike(index: Index, a: str, b: str) -> bool:
    """Tell whether two options share a type (E6).

    Phrases, names and acronyms mix, as do phrases and clauses, and a quantity with a phrase that holds a figure
    ("3 years", "3 to 5 years").
    """
    if min(len(a), len(b)) > _LONGEST_ACRONYM and index.is_plain(a) and index.is_plain(b):
        return True  # words only, and no acronym
    kinds = {index.kind(a), index.kind(b)}
    if len(kinds) == 1 or any(kinds <= group for group in _ALIKE):
        return True
    return kinds <= _FIGURES and all(any(char.isdigit() for char in text) for text in (a, b))


def distinct(index: Index, offer: Offer, chosen: Iterable[Offer]) -> bool:
    """Tell whether an offer differs from those chosen already (E3)."""
    return not any(index.clash(offer.text, other.text) for other in chosen)


def echo(index: Index, stem: str, text: str) -> int:
    """Count the content words which an option shares with the stem (E4)."""
    return len(index.share(text, stem))


def gives_away(index: Index, stem: str, key: str, others: Iterable[str]) -> bool:
    """Tell whether the key echoes the stem by more content words than every other option does (E4)."""
    own = echo(index, stem, key)
    return own > 0 and all(echo(index, stem, other) < own for other in others)


def holds_answer(index: Index, stem: str, key: str) -> bool:
    """Tell whether a stem to answer freely already holds the whole answer (E4)."""
    words = index.content(key)
    if not words:
        return f" {index.folded(key)} " in f" {index.folded(stem)} "
    return words <= index.content(stem)


def revealed(index: Index, ask: Ask, texts: Sequence[str]) -> bool:
    """Tell whether an earlier text of the attempt holds the key; a name counts only beside what is asked of it (E8)."""
    if not texts:
        return False
    key, cue = index.folded(ask.key), index.folded(ask.cue) if ask.cue else ""
    return any(
        f" {key} " in f" {text} " and (not cue or f" {cue} " in f" {text} ") for text in map(index.folded, texts)
    )


def levelled(texts: Sequence[str]) -> list[str]:
    """Give options the same final stop and first capital, when they differ, so that neither points at one (E7)."""
    stops = [text.endswith(_FULL_STOP) and not text.endswith(_ELLIPSIS) for text in texts]
    if any(stops) and not all(stops):
        texts = [text[:-1] if stop else text for text, stop in zip(texts, stops, strict=True)]
    if any(text[:1].islower() for text in texts) and any(text[:1].isupper() for text in texts):
        texts = [_capital(text) for text in texts]
    return list(texts)


def fits_gap(index: Index, stem: str, key: str, text: str) -> bool:
    """Tell whether an option agrees with the word before the gap just as the key does, in sound and number (E7)."""
    before, gap, _ = stem.casefold().partition(GAP)
    words = before.split()
    if not gap or not words or not before.endswith(" "):
        return True
    hints = index.phrases.texts
    if words[-1] in (hints["before-gap.consonant"], hints["before-gap.vowel"]):
        vowels = hints["before-gap.vowels"]
        if (key[:1].casefold() in vowels) is not (text[:1].casefold() in vowels):
            return False
    if words[-1] in f"{hints['before-gap.singular']} {hints['before-gap.plural']}".split():
        return _is_plural(index, key) is _is_plural(index, text)
    return True


def _is_plural(index: Index, text: str) -> bool:
    last = text.casefold().split()[-1]
    return index.folded(last) != last


def _capital(text: str) -> str:
    """Begin a text with a capital, but leave words like eBay alone."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]
