"""Comparison forms of texts: what counts as the same answer in one language, and what kind of value a text is."""

import re
from enum import StrEnum
from functools import lru_cache

from quizapp.core.knowledge.numerals import is_number
from quizapp.core.knowledge.tokens import CACHED_LENGTH, tokens
from quizapp.core.knowledge.words import Words, words_of

__all__ = ["ValueKind", "clash", "content_words", "fold", "fold_word", "kind", "same", "tokens"]

_CLAUSE_WORDS = 7
_NAME_WORDS = 5
_ACRONYM = re.compile(r"[A-ZÅÄÖÆØÜ][A-ZÅÄÖÆØÜ0-9]*(?:[/&.-][A-ZÅÄÖÆØÜ0-9]+)*\.?s?")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")


class ValueKind(StrEnum):
    """What sort of value a text is, as far as its form shows."""

    NUMBER = "number"
    QUANTITY = "quantity"
    DATE = "date"
    ACRONYM = "acronym"
    NAME = "name"
    PHRASE = "phrase"
    CLAUSE = "clause"


def fold(text: str, language: str) -> str:
    """Return the form in which two texts are compared, its words parted by single spaces.

    Case, inline Markdown, punctuation, a leading article, plural endings and accents that are not letters of the
    language go; numbers and units get one spelling; formulas and signed symbols (`C++`, `Na+`) stay one word.
    A text of nothing but punctuation is returned in lower case, so that `?` and `!` stay apart.
    """
    return _remembered_fold(text, language) if len(text) <= CACHED_LENGTH else _fold(text, language)


def content_words(text: str, language: str) -> frozenset[str]:
    """Return the folded words that carry meaning: no stop words, none shorter than two letters."""
    words = words_of(language)
    return frozenset(
        fold_word(token, words)
        for token in tokens(text, language)
        if len(token) > 1 and token not in words.stop and token not in words.articles
    )


def same(a: str, b: str, language: str) -> bool:
    """Tell whether two texts are one answer."""
    return fold(a, language) == fold(b, language)


def clash(a: str, b: str, language: str) -> bool:
    """Tell whether one text could stand for the other: the same, or one held in the other as a run of whole words.

    A run of stop words only is no clash.
    """
    short, long = sorted((fold(a, language), fold(b, language)), key=len)
    if short == long:
        return True
    return bool(short) and f" {short} " in f" {long} " and bool(_telling(short, language))


def kind(text: str, language: str) -> ValueKind:
    """Tell what sort of value a text is; a guess from its form, meant for comparing options of one item."""
    words = words_of(language)
    found = tokens(text, language)
    if _is_date(text.strip(), found, words):
        return ValueKind.DATE
    if found and is_number(found[0]) and len(found) <= 2:  # noqa: PLR2004 -- a number and its unit
        if len(found) == 1:
            return ValueKind.NUMBER
        return ValueKind.QUANTITY if found[1] in words.units.values() else ValueKind.PHRASE
    if len(found) <= 2 and len(text) <= 10 and _is_acronym(text.strip()):  # noqa: PLR2004 -- TCP/IP is two
        return ValueKind.ACRONYM
    if len(found) >= _CLAUSE_WORDS or (len(found) > 2 and any(token in words.verbs for token in found)):  # noqa: PLR2004 -- a subject, a verb and more
        return ValueKind.CLAUSE
    return ValueKind.NAME if _is_name(text, language, words) else ValueKind.PHRASE


def fold_word(word: str, words: Words) -> str:
    """Take a plural ending off one word."""
    if len(word) < words.plural_from or not word.endswith(words.plural_endings) or not word.isalpha():
        return word
    for ending, singular in words.plurals:
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + singular
    return word


@lru_cache(maxsize=50_000)
def _remembered_fold(text: str, language: str) -> str:
    return _fold(text, language)


def _fold(text: str, language: str) -> str:
    found = tokens(text, language)
    if len(found) > 1 and found[0] in words_of(language).articles:
        found = found[1:]
    return " ".join(_folded_word(token, language) for token in found) or " ".join(text.casefold().split())


@lru_cache(maxsize=20_000)
def _folded_word(word: str, language: str) -> str:
    return fold_word(word, words_of(language))


def _telling(folded: str, language: str) -> bool:
    stop = words_of(language).stop
    return any(word not in stop for word in folded.split())


def _is_date(text: str, found: tuple[str, ...], words: Words) -> bool:
    if _DATE.fullmatch(text):
        return True
    has_month = any(token in words.months for token in found)
    return has_month and len(found) <= 4 and any(token[0].isdigit() for token in found)  # noqa: PLR2004 -- 3 May, 1914


def _is_acronym(text: str) -> bool:
    return _ACRONYM.fullmatch(text) is not None and sum(char.isupper() for char in text) > 1


def _is_name(text: str, language: str, words: Words) -> bool:
    if language.lower().startswith("de"):  # every German noun has a capital
        return False
    parts = [part for part in text.split() if part.casefold() not in words.stop]
    return 1 < len(parts) <= _NAME_WORDS and all(part[0].isupper() for part in parts)
