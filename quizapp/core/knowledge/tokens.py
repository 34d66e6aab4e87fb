"""Texts as words, numbers, units and signs: the ground of every comparison of texts."""

import re
import unicodedata
from functools import cache, lru_cache

from quizapp.core.knowledge.numerals import canonical_number, join_quantities
from quizapp.core.knowledge.words import Words, words_of

CACHED_LENGTH = 2_000
"""Longer texts are read anew each time."""

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


def tokens(text: str, language: str) -> tuple[str, ...]:
    """Split a text into its words, numbers, units and signs in lower case, before articles and plurals are folded."""
    return _remembered_tokens(text, language) if len(text) <= CACHED_LENGTH else _tokens(text, language)


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
