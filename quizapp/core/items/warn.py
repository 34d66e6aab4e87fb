"""Writing rules that warn the author, W1 to W7: of one item, and of all items of a bank together."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from quizapp.core.items.broken import Warned
from quizapp.core.items.model import ChoiceItem, Item, MatchingItem, TrueFalseItem
from quizapp.core.knowledge.model import Bank, Cell, Definition, Example, Member
from quizapp.core.knowledge.normalise import ValueKind, kind, tokens
from quizapp.core.knowledge.words import Words, words_of
from quizapp.messages import msg, msg_n

_RATIO = 1.5
_NEAR_LENGTHS = 10
_USUAL_OPTIONS = (3, 4)
_LONGEST_OPTION = 12
_LONGEST_STEM = 30
_SHARED_WORDS = 2
_FEWEST_ITEMS = 20
_POINTS = 0.10
_CRITICAL = {1: 10.83, 2: 13.82, 3: 16.27, 4: 18.47, 5: 20.52}  # chi-square at p = .001 by degrees of freedom
_EMPHASISED = re.compile(r"\*\*[^*]+\*\*|__[^_]+__")


def warnings(bank: Bank, item: Item) -> tuple[Warned, ...]:
    """List the writing rules W1-W7 that one item keeps badly."""
    words = words_of(bank.language)
    if isinstance(item, MatchingItem):
        return ()
    found = list(_of_stem(bank, words, item))
    if isinstance(item, ChoiceItem):
        found += _of_options(bank, words, item)
    return tuple(found)


def bank_warnings(bank: Bank, items: Iterable[Item]) -> tuple[Warned, ...]:
    """List what all choice items of a bank show together: keys too often the longest (W1), places uneven (W6)."""
    choices = [item for item in items if isinstance(item, ChoiceItem)]
    return (*_longest_keys(choices), *_key_places(bank, choices))


def _of_stem(bank: Bank, words: Words, item: Item) -> Iterator[Warned]:
    stem = item.head.stem
    asked = stem if isinstance(item, TrueFalseItem) else _without_inserts(bank, item)
    negations = [word for word in _plain_words(_EMPHASISED.sub(" ", asked)) if word in words.negations]
    every = [word for word in _plain_words(asked) if word in words.negations]
    if negations and isinstance(item, ChoiceItem | TrueFalseItem):
        yield Warned("W3", msg("the stem denies (%(word)s) without emphasis", word=negations[0]))
    if len(every) > 1:
        yield Warned("W7", msg("the stem denies twice"))
    length = len(tokens(stem, bank.language))
    if length > _LONGEST_STEM:
        yield Warned("W7", msg("the stem has %(words)d words", words=length))


def _without_inserts(bank: Bank, item: Item) -> str:
    """Give the stem without the value, definition, example or member put into it, which may well deny something."""
    fact = bank.facts[item.head.facts[0]]
    inserted = fact.text if isinstance(fact, Cell | Definition | Example | Member) else ""
    return item.head.stem.replace(inserted, " ") if inserted else item.head.stem


def _of_options(bank: Bank, words: Words, item: ChoiceItem) -> Iterator[Warned]:
    texts = [option.text for option in item.options]
    key = next(option.text for option in item.options if option.correct)
    wrong = [option.text for option in item.options if not option.correct]
    lengths = sorted(len(text) for text in texts)
    if lengths[-1] > _RATIO * lengths[0] and lengths[-1] - lengths[0] > _NEAR_LENGTHS:
        yield Warned("W1", msg("options of %(least)d to %(most)d characters", least=lengths[0], most=lengths[-1]))
    if len(texts) not in _USUAL_OPTIONS:
        yield Warned("W2", msg_n("%(num)d option", "%(num)d options", len(texts)))
    if not any(mark in item.head.stem for mark in ("?", ":", "___")):
        yield Warned("W4", msg("the stem is no question"))
    longest = max(len(tokens(text, bank.language)) for text in texts)
    if longest > _LONGEST_OPTION:
        yield Warned("W4", msg("an option has %(words)d words", words=longest))
    if shared := _shared_start(texts):
        yield Warned("W4", msg("every option begins with '%(words)s': it belongs in the stem", words=shared))
    if not _holds(key, words.absolutes) and any(_holds(text, words.absolutes) for text in wrong):
        yield Warned("W5", msg("only wrong options speak in absolutes"))
    if _holds(key, words.hedges) and not any(_holds(text, words.hedges) for text in wrong):
        yield Warned("W5", msg("only the key is hedged"))
    if not _in_order(bank, texts):
        yield Warned("W6", msg("numbers out of order"))


def _plain_words(text: str) -> list[str]:
    return re.findall(r"\w+(?:['’]\w+)?", text.casefold())


def _shared_start(texts: Sequence[str]) -> str:
    starts = {" ".join(text.casefold().split()[:_SHARED_WORDS]) for text in texts}
    only = starts.pop()
    return only if not starts and len(only.split()) == _SHARED_WORDS else ""


def _holds(text: str, phrases: Iterable[str]) -> bool:
    plain = f" {' '.join(_plain_words(text))} "
    return any(f" {phrase} " in plain for phrase in phrases)


def _in_order(bank: Bank, texts: Sequence[str]) -> bool:
    """See whether bare numbers rise or fall; options with units or words may stand in any order."""
    if any(kind(text, bank.language) is not ValueKind.NUMBER for text in texts):
        return True
    values = [float(tokens(text, bank.language)[0]) for text in texts]
    return values in (sorted(values), sorted(values, reverse=True))


def _longest_keys(items: Sequence[ChoiceItem]) -> Iterator[Warned]:
    if len(items) < _FEWEST_ITEMS:
        return
    longest = 0
    for item in items:
        lengths = {option.token: len(option.text) for option in item.options}
        key = next(option for option in item.options if option.correct)
        longest += all(lengths[key.token] > length for token, length in lengths.items() if token != key.token)
    rate = longest / len(items)
    chance = sum(1 / len(item.options) for item in items) / len(items)
    if rate > chance + _POINTS:
        said = msg(
            "the key is the longest option in %(rate)d%% of items, by chance it would be %(chance)d%%",
            rate=round(100 * rate),
            chance=round(100 * chance),
        )
        yield Warned("W1", said)


def _key_places(bank: Bank, items: Sequence[ChoiceItem]) -> Iterator[Warned]:
    """Test for each number of options whether keys stand in every place alike (Pearson's chi-square)."""
    places: dict[int, Counter[int]] = {}
    for item in items:
        if any(kind(option.text, bank.language) in _SORTED for option in item.options):
            continue
        place = next(at for at, option in enumerate(item.options) if option.correct)
        places.setdefault(len(item.options), Counter())[place] += 1
    for count, seen in sorted(places.items()):
        expected = seen.total() / count
        if seen.total() < _FEWEST_ITEMS or count - 1 not in _CRITICAL:
            continue
        chi_square = sum((seen[place] - expected) ** 2 / expected for place in range(count))
        if chi_square > _CRITICAL[count - 1]:
            value = round(chi_square, 1)
            said = msg("keys of %(options)d options stand unevenly (chi-square %(value)s)", options=count, value=value)
            yield Warned("W6", said)


_SORTED = frozenset({ValueKind.NUMBER, ValueKind.QUANTITY, ValueKind.DATE})
