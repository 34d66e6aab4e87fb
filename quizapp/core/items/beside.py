"""An item's texts in a second language, to read beside the first: before the answer only what cannot tell it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from quizapp.core.items.audit import Seen, audit
from quizapp.core.items.index import Index, index_of
from quizapp.core.items.model import ChoiceItem, FlashcardItem, Item, MatchingItem, TrueFalseItem, TypedItem
from quizapp.core.items.rules import holds_answer
from quizapp.core.items.translated import translated
from quizapp.core.knowledge.model import Bank

_READABILITY = frozenset({"M6"})
"""Rules about how a set is laid out: the second language stands where the first does."""

_TELLING = 4
"""Letters from which an answer inside another word of a stem tells it: Outsourcing in Outsourcingvertrag."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an item in `language`; a text that has no counterpart, or the very same one, is left out.

    `texts` are those of options, premises and responses by token. Before the answer `answer`, `why` and `whys` (of
    premises, by token) are empty, and so is `stem` where it might tell the answer. `answer` is the key of a choice or
    a typed item, the back of a flashcard, and the correction of a false sentence.
    """

    language: str
    stem: str = ""
    hint: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""
    why: str = ""
    whys: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether there is anything to show."""
        return any((self.stem, self.hint, self.texts, self.answer, self.why, self.whys))


def beside(item: Item, shown: Bank, second: Bank, revealed: Collection[str] = ()) -> Beside | None:
    """Give what may stand beside an item of the edition `shown` before it is answered; None for nothing.

    `revealed` are texts of the second language that earlier questions of the same quiz show.

    As an item by itself, and read together with the first language, the second breaks no rule (E1-E8, M1-M10): else
    nothing stands beside it. The key alone never has, or lacks, a second line.
    """
    other = translated(item, shown, second)
    if other is None or any(broken.rule not in _READABILITY for broken in audit(second, other, Seen(tuple(revealed)))):
        return None
    if _gives_away(index_of(shown), index_of(second), item, other):
        return None
    found = _told(item, other, second)
    if isinstance(item, ChoiceItem) and _marks_key(item, found.texts):
        found = replace(found, texts={})
    found = replace(found, answer="", why="", whys={})
    return found or None


def told(item: Item, shown: Bank, second: Bank) -> Beside | None:
    """Give all that an answered item says, in a second language; None for nothing."""
    other = translated(item, shown, second)
    return (_told(item, other, second) or None) if other is not None else None


def _told(item: Item, other: Item, second: Bank) -> Beside:
    foreign = second.untranslated
    texts, whys = dict(_texts(item, other, second)), {}
    if isinstance(item, MatchingItem) and isinstance(other, MatchingItem):
        pairs = zip(item.premises, other.premises, strict=True)
        whys = {old.token: new.why for old, new in pairs if old.fact not in foreign and new.why != old.why}
    if any(fact in foreign for fact in item.head.facts):
        return Beside(second.language, texts=texts)
    return Beside(
        language=second.language,
        stem=_other(item.head.stem, other.head.stem),
        hint=_other(*(each.hint if isinstance(each, TypedItem) else "" for each in (item, other))),
        texts=texts,
        answer=_other(_answer(item), _answer(other)),
        why=_other(item.head.why, other.head.why),
        whys={token: why for token, why in whys.items() if why},
    )


def _texts(item: Item, other: Item, second: Bank) -> Iterator[tuple[str, str]]:
    """Go through options, premises and responses; where one of a list is not translated, none has a second line."""
    match item, other:
        case ChoiceItem(options=old), ChoiceItem(options=new):
            lists = [(old, new)]
        case MatchingItem(), MatchingItem():
            lists = [(item.premises, other.premises), (item.responses, other.responses)]  # type: ignore[list-item]  # all have token, text and fact
        case _:
            lists = []
    for olds, news in lists:
        if not any(each.fact in second.untranslated for each in olds):
            yield from ((old.token, new.text) for old, new in zip(olds, news, strict=True) if old.text != new.text)


def _other(old: str, new: str) -> str:
    return "" if old.casefold() == new.casefold() else new


def _answer(item: Item) -> str:
    match item:
        case ChoiceItem(options=options):
            return next((option.text for option in options if option.correct), "")
        case TrueFalseItem(correction=text) | TypedItem(key=text) | FlashcardItem(back=text):
            return text
        case MatchingItem():
            return ""


def _marks_key(item: ChoiceItem, texts: Mapping[str, str]) -> bool:
    """Tell whether a second line sets the key apart from all other options: by standing there, or by not standing."""
    alike = {option.token in texts for option in item.options if not option.correct}
    key = next((option.token in texts for option in item.options if option.correct), False)
    return alike == {not key}


def _gives_away(shown: Index, second: Index, item: Item, other: Item) -> bool:
    """Tell whether the two languages read together tell what neither tells alone (E4, M8)."""
    match item, other:
        case ChoiceItem(), ChoiceItem():
            return _echoes(shown, second, item, other)
        case TypedItem(), TypedItem():
            stem = f"{other.head.stem} {other.hint}"
            return any(_holds(shown, stem, key) for key in (item.key, *item.accept)) or any(
                _holds(second, stem, key) for key in (other.key, *other.accept)
            )
        case FlashcardItem(), FlashcardItem():
            return _holds(shown, other.head.stem, item.back) or _holds(second, other.head.stem, other.back)
        case MatchingItem(), MatchingItem():
            return _pairs_off(shown, second, item, other)
        case _:
            return False


def _holds(index: Index, stem: str, key: str) -> bool:
    if holds_answer(index, stem, key):
        return True
    folded = index.folded(key).replace(" ", "")
    return len(folded) >= _TELLING and folded in index.folded(stem).replace(" ", "")


def _echoes(shown: Index, second: Index, item: ChoiceItem, other: ChoiceItem) -> bool:
    stem = shown.content(item.head.stem) | second.content(other.head.stem)
    counts = [
        (len(stem & (shown.content(old.text) | second.content(new.text))), old.correct)
        for old, new in zip(item.options, other.options, strict=True)
    ]
    own = max(count for count, correct in counts if correct)
    return own > 0 and all(count < own for count, correct in counts if not correct)


def _pairs_off(shown: Index, second: Index, item: MatchingItem, other: MatchingItem) -> bool:
    left = {
        old.token: shown.content(old.text) | second.content(new.text)
        for old, new in zip(item.premises, other.premises, strict=True)
    }
    right = {
        old.token: shown.content(old.text) | second.content(new.text)
        for old, new in zip(item.responses, other.responses, strict=True)
    }
    for premise, own in item.key.items():
        elsewhere = [words for token, words in right.items() if token != own]
        elsewhere += [words for token, words in left.items() if item.key[token] != own]
        if (left[premise] & right[own]).difference(*elsewhere):
            return True
    return False
