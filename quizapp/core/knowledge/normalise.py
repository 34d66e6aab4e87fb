"""Comparison forms of texts: what counts as the same answer in one language, and what kind of value a text is."""

import re
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache

from quizapp.core.knowledge.numerals import canonical_number, is_number, join_quantities
from quizapp.core.knowledge.words import Words, words_of

_CACHED_LENGTH = 2_000
_CLAUSE_WORDS = 7
_NAME_WORDS = 5
_ACRONYM = re.compile(r"[A-ZÅÄÖÆØÜ][A-ZÅÄÖÆØÜ0-9]*(?:[/&.-][A-ZÅÄÖÆØÜ0-9]+)*\.?s?")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")

_MARKS = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)).startswith("M"))
_WORD = rf"[^\W_{_MARKS}][^\W_]*(?:['{_MARKS}]+[^\W_]*)*"
_TOKEN = re.compile(
    rf"""\d+(?:[-./:]\d+){{2,5}}(?![^\W_])            # dates, versions, grouped numbers
    | \d+[/:]\d+(?![^\W_])                          # fractions, times
    | (?:(?<![^\s(])-)?\d+(?:[.,']\d+){{0,9}}(?![^\W_])   # numbers
    | {_WORD}
    | °[cf]?(?![^\W_]) | [%‰#§€$£¥+<>=^*±×÷≤≥≠≈→∞√∑∫∂∅∈∪∩∧∨¬⊂⊆]""",
    re.VERBOSE,
)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_STARS = re.compile(r"\*+(?!\d)|(?<!\d)\*+|~~|`")
_MATHS = re.compile(r"\$(?=\S)([^$]+)(?<=\S)\$(?!\d)")
_GROUPS = re.compile(r"(?<![\w.,])([1-9]\d{0,2}(?: \d{3}){1,6})(?!\d)")
_GLUED = re.compile(r"(?<![^\W_])(\d[\d.,]{0,20})([^\W\d_]+)(?![^\W_])")
_DIGIT = re.compile(r"\d")
_LETTER_RUN = re.compile(r"[^\W\d_]+")
_SUPERSCRIPTS = re.compile("[⁰¹²³⁴-⁹]+")
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}")
_FORMULA = re.compile(r"[\^=<>+\\{}_*#]|(?<!\w)[^\W\d_]\(")
_SIGNED = re.compile(r"[^\W\d_]{1,3}\d{0,2}[-+]+")
_LETTERS = re.compile(r"\\?[^\W\d_]+")
_FUNCTIONS = frozenset({"log", "ln", "lg", "sin", "cos", "tan", "exp", "max", "min", "mod", "lim", "sqrt", "div"})
_VERBATIM = "\ue000"


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
    return _remembered_fold(text, language) if len(text) <= _CACHED_LENGTH else _fold(text, language)


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


def tokens(text: str, language: str) -> tuple[str, ...]:
    """Split a text into its words, numbers, units and signs in lower case, before articles and plurals are folded."""
    return _remembered_tokens(text, language) if len(text) <= _CACHED_LENGTH else _tokens(text, language)


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


@lru_cache(maxsize=20_000)
def _remembered_tokens(text: str, language: str) -> tuple[str, ...]:
    return _tokens(text, language)


def _tokens(text: str, language: str) -> tuple[str, ...]:
    plain = text.casefold()
    if _plain_text(language).fullmatch(plain):
        found = _LETTER_RUN.findall(plain)
        if all(_is_steady(word, language) for word in found):
            return tuple(found)
    return _searched_tokens(text, language)


@cache
def _plain_text(language: str) -> re.Pattern[str]:
    """Match words in the language's own letters with commas between: most texts, and eight times faster to split."""
    letters = f"[a-z{words_of(language).letters or ''}]+"
    return re.compile(rf"{letters}(?:[,;:]? {letters})*[.?!]?")


@lru_cache(maxsize=20_000)
def _is_steady(word: str, language: str) -> bool:
    """Tell whether a word is no number and nothing rewrites it."""
    words = words_of(language)
    return word not in words.numbers and not any(pattern.search(word) for pattern, _ in words.rewrite)


def _searched_tokens(text: str, language: str) -> tuple[str, ...]:
    words = words_of(language)
    clean = _without_accents(_clean(text), words)
    for pattern, replacement in words.rewrite:
        clean = pattern.sub(replacement, clean)
    if " " in clean.strip() and _is_formula(clean, words, longest=2):
        return (_squeezed(clean),)
    clean = _INITIALS.sub(lambda found: found[0].replace(".", ""), clean)
    if "$" in clean:
        clean = _MATHS.sub(lambda found: f" {_verbatim(found[1])} ", clean)
    if _DIGIT.search(clean):
        clean = _GROUPS.sub(lambda found: found[1].replace(" ", ""), clean)
        clean = _GLUED.sub(lambda found: _parted(found, words), clean)
    found: list[str] = []
    for chunk in clean.split():
        found.extend(token for token in _chunk_tokens(chunk, words) if token)
    return tuple(join_quantities(found, words))


def _clean(text: str) -> str:
    if not text.isascii():
        text = _SUPERSCRIPTS.sub(lambda found: "^" + unicodedata.normalize("NFKC", found[0]), text)
        text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    return _STARS.sub("", _LINK.sub(r"\1", text)).casefold()


_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "−": "-", "‐": "-", "‑": "-", "–": "-", "—": " ", "⁄": "/", "·": "*"}
)


def _without_accents(text: str, words: Words) -> str:
    if words.letters is None or text.isascii():
        return text
    return "".join(char if char in words.letters else _plain(char) for char in text)


@lru_cache(maxsize=2_000)
def _plain(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    return parts[0] if parts[0].isascii() else char


def _is_formula(text: str, words: Words, longest: int) -> bool:
    if not _FORMULA.search(text) and not _SIGNED.fullmatch(text):
        return False
    runs = _LETTERS.findall(text)
    return bool(runs) and all(
        run.startswith("\\") or run in _FUNCTIONS or len(run) == 1 or (len(run) <= longest and run not in words.stop)
        for run in runs
    )


def _squeezed(text: str) -> str:
    return re.sub(r"[\s$_{}\\]", "", text)


def _verbatim(formula: str) -> str:
    squeezed = _squeezed(formula)
    return formula if squeezed.isalnum() else _VERBATIM + squeezed


def _parted(found: re.Match[str], words: Words) -> str:
    return f"{found[1]} {found[2]}" if found[2] in words.units else found[0]


def _chunk_tokens(chunk: str, words: Words) -> list[str]:
    if chunk.isalpha():
        return [chunk]
    if chunk.startswith(_VERBATIM):
        return [chunk[1:]]
    bare = chunk.strip("$.,;:!?\"'«»“”„()[]") if "(" not in chunk[1:] else chunk.strip("$.,;:!?\"'«»“”„")
    if _is_formula(bare, words, longest=3) or "^" in bare:
        return [_squeezed(bare)]
    return [_token(found, words.decimal) for found in _TOKEN.findall(chunk)]


def _token(found: str, decimal: str) -> str:
    return canonical_number(found, decimal) if found[-1].isdigit() else found.replace("'", "")


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
