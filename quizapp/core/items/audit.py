"""An independent judge of items: it reads the bank by itself and shares no decision with the generator."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from quizapp.core.items.audit_matching import check_matching
from quizapp.core.items.audit_truth import is_right, mix, odd_ones, right_texts
from quizapp.core.items.broken import Broken
from quizapp.core.items.model import ChoiceItem, FlashcardItem, Item, MatchingItem, Option, TrueFalseItem, TypedItem
from quizapp.core.items.wording import phrases_for
from quizapp.core.knowledge.model import Bank, Cell, Fact, Member, Question, Statement
from quizapp.core.knowledge.normalise import clash, content_words, fold, same
from quizapp.core.knowledge.words import words_of
from quizapp.messages import msg, msg_n

__all__ = ["Broken", "Seen", "audit"]

_NAMES = frozenset({"concept", "term", "example", "group", "back"})


@dataclass(frozen=True, slots=True)
class Seen:
    """What the checks E8 and M9 need beside the item: earlier texts of the attempt, known and weak facts."""

    revealed: tuple[str, ...] = ()
    known: Collection[str] = ()
    weak: Collection[str] = ()


def audit(bank: Bank, item: Item, seen: Seen = Seen()) -> tuple[Broken, ...]:
    """List the logic rules E1-E8 and M1-M10 of the item-writing rules that an item breaks; none is the goal."""
    match item:
        case ChoiceItem():
            found = _check_choice(bank, item, seen)
        case TrueFalseItem():
            found = _check_true_false(bank, item, seen)
        case TypedItem():
            found = _check_typed(bank, item, seen)
        case FlashcardItem():
            found = _check_flashcard(bank, item, seen)
        case MatchingItem():
            found = check_matching(bank, item, seen.revealed, seen.known, seen.weak)
    return tuple(found)


def _check_choice(bank: Bank, item: ChoiceItem, seen: Seen) -> Iterator[Broken]:
    fact = bank.facts[item.head.facts[0]]
    keys = [option for option in item.options if option.correct]
    wrong = [option for option in item.options if not option.correct]
    if len(keys) != 1 or not wrong:
        yield Broken("E1", msg("%(keys)d keys among %(options)d options", keys=len(keys), options=len(item.options)))
        return
    key = keys[0]
    least = 2 if isinstance(fact, Question) else 3
    if not least <= len(item.options) <= max(least, 4):
        yield Broken("E1", msg_n("%(num)d option", "%(num)d options", len(item.options)))
    if len({option.token for option in item.options}) != len(item.options):
        yield Broken("E3", msg("two options bear one token"))
    yield from _check_truth(bank, fact, item, key, wrong)
    yield from _check_texts(bank, item.head.stem, key, wrong)
    if _is_revealed(bank, item.head.surface, fact, key.text, seen):
        yield Broken("E8", msg("the key '%(key)s' was shown before", key=key.text))


def _check_truth(bank: Bank, fact: Fact, item: ChoiceItem, key: Option, wrong: Sequence[Option]) -> Iterator[Broken]:
    for option in wrong:
        if clash(option.text, key.text, bank.language):
            yield Broken("E1", msg("'%(text)s' may stand for the key '%(key)s'", text=option.text, key=key.text))
    if isinstance(fact, Member) and item.head.surface == "odd":
        texts = [option.text for option in item.options]
        odd = odd_ones(bank, fact.groupset, texts)
        if odd != [key.text]:
            yield Broken("E1", msg("what does not belong: %(texts)s", texts=", ".join(odd) or "–"))
        return
    if not any(same(key.text, right, bank.language) for right in right_texts(bank, fact, item.head.surface)):
        yield Broken("E1", msg("the key '%(key)s' is not what the bank says", key=key.text))
    for option in wrong:
        if is_right(bank, fact, item.head.surface, option.text):
            yield Broken("E2", msg("'%(text)s' is true for the stem as well", text=option.text))


def _check_texts(bank: Bank, stem: str, key: Option, wrong: Sequence[Option]) -> Iterator[Broken]:
    options = [key, *wrong]
    for at, option in enumerate(wrong):
        if any(clash(option.text, other.text, bank.language) for other in wrong[:at]):
            yield Broken("E3", msg("'%(text)s' says the same as another option", text=option.text))
        if not mix(bank, option.text, key.text):
            yield Broken("E6", msg("'%(text)s' is of another type than '%(key)s'", text=option.text, key=key.text))
    asked = content_words(stem, bank.language)
    echoes = [len(content_words(option.text, bank.language) & asked) for option in options]
    if echoes[0] > max(echoes[1:]):
        yield Broken("E4", msg("only '%(key)s' echoes the stem", key=key.text))
    for option in options:
        if words_of(bank.language).above.search(option.text):
            yield Broken("E5", msg("'%(text)s' speaks of the other options", text=option.text))
    yield from _check_grammar(bank, stem, [option.text for option in options])


def _check_grammar(bank: Bank, stem: str, texts: Sequence[str]) -> Iterator[Broken]:
    """See whether the word before a gap, a capital or a full stop sets the key apart, the first of `texts`."""
    words = phrases_for(bank.language).texts
    heads = [text[0].casefold() in words["before-gap.vowels"] for text in texts]
    tails = [text.casefold().split()[-1] for text in texts]
    plurals = [fold(tail, bank.language) != tail for tail in tails]
    for key, traits in (("consonant", heads), ("vowel", heads), ("singular", plurals), ("plural", plurals)):
        for word in words[f"before-gap.{key}"].split():
            if f" {word} ___" in f" {stem.casefold()}" and len(set(traits)) > 1:
                yield Broken("E7", msg("'%(word)s' before the gap fits some options only", word=word))
    for trait in (str.isupper, str.islower):
        first = [trait(text[:1]) for text in texts]
        if len(texts) > 2 and first[0] not in first[1:]:  # noqa: PLR2004 -- between two, neither stands apart
            yield Broken("E7", msg("the key alone begins otherwise"))
            break
    stops = [text.endswith(".") for text in texts]
    if len(texts) > 2 and stops[0] not in stops[1:]:  # noqa: PLR2004 -- as above
        yield Broken("E7", msg("the key alone ends otherwise"))


def _check_true_false(bank: Bank, item: TrueFalseItem, seen: Seen) -> Iterator[Broken]:
    fact = bank.facts[item.head.facts[0]]
    if isinstance(fact, Statement):
        if item.is_true is not fact.is_true or not same(item.head.stem, fact.say, bank.language):
            yield Broken("E1", msg("the statement is not what the author wrote"))
        return
    surface = item.head.surface
    stem = f" {fold(item.head.stem, bank.language)} "
    right = [text for text in right_texts(bank, fact, surface) if stem.endswith(f" {fold(text, bank.language)} ")]
    if item.is_true and not right:
        yield Broken("E1", msg("the sentence is called true but does not say what the bank says"))
    if not item.is_true and right:
        yield Broken("E2", msg("the sentence is called false but '%(text)s' is true", text=right[0]))
    value = bank.facts.get(item.value_of or "")
    if isinstance(value, Cell) and is_right(bank, fact, surface, value.text):
        yield Broken("E2", msg("the value of %(fact)s is true here too", fact=item.value_of))
    if not item.is_true and not is_right(bank, fact, surface, item.correction):
        yield Broken("E1", msg("the correction '%(text)s' is not what the bank says", text=item.correction))
    if _is_revealed(bank, surface, fact, item.correction or (right or [item.head.stem])[0], seen):
        yield Broken("E8", msg("the value was shown before"))


def _check_typed(bank: Bank, item: TypedItem, seen: Seen) -> Iterator[Broken]:
    fact = bank.facts[item.head.facts[0]]
    rights = right_texts(bank, fact, item.head.surface)
    for text in (item.key, *item.accept):
        if not any(same(text, right, bank.language) for right in rights):
            yield Broken("E1", msg("'%(text)s' is accepted but not what the bank says", text=text))
        if any(same(text, other, bank.language) for other in item.refuse):
            yield Broken("E3", msg("'%(text)s' is both accepted and refused", text=text))
    for text in item.refuse:
        if any(same(text, right, bank.language) for right in rights):
            yield Broken("E2", msg("'%(text)s' is refused but true", text=text))
    yield from _check_production(bank, item.head.stem, item.key)
    if _is_revealed(bank, item.head.surface, fact, item.key, seen):
        yield Broken("E8", msg("the key '%(key)s' was shown before", key=item.key))


def _check_flashcard(bank: Bank, item: FlashcardItem, seen: Seen) -> Iterator[Broken]:
    fact = bank.facts[item.head.facts[0]]
    if not any(same(item.back, right, bank.language) for right in right_texts(bank, fact, item.head.surface)):
        yield Broken("E1", msg("the back '%(text)s' is not what the bank says", text=item.back))
    yield from _check_production(bank, item.head.stem, item.back)
    if _is_revealed(bank, item.head.surface, fact, item.back, seen):
        yield Broken("E8", msg("the back '%(text)s' was shown before", text=item.back))


def _check_production(bank: Bank, stem: str, key: str) -> Iterator[Broken]:
    wanted = content_words(key, bank.language) or set(fold(key, bank.language).split())
    if wanted <= content_words(stem, bank.language) | set(fold(stem, bank.language).split()):
        yield Broken("E4", msg("the stem holds the answer '%(key)s'", key=key))


def _is_revealed(bank: Bank, surface: str, fact: Fact, key: str, seen: Seen) -> bool:
    """See whether an earlier text holds the key; where the key is a name, beside the text that is asked about."""
    wanted = [fold(key, bank.language)]
    if surface in _NAMES:
        asked = getattr(fact, "back" if surface == "back" else "text")
        wanted.append(fold(asked, bank.language))
    texts = [f" {fold(text, bank.language)} " for text in seen.revealed]
    return any(all(f" {part} " in text for part in wanted) for text in texts)
