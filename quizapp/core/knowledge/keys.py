"""Keys: the stable ids that an author writes, and proposals for them."""

import re
import unicodedata
from collections.abc import Container

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
FACT_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}(\.[a-z0-9][a-z0-9-]{0,63})+")

_TO_WORDS = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "œ": "oe", "ı": "i", "&": " and "}
)
_APART = re.compile(r"[^a-z0-9]+")


def is_key(word: str) -> bool:
    """Tell whether a word is a key: lower case letters, digits and hyphens, at most 64, no hyphen first."""
    return KEY.fullmatch(word) is not None


def propose_key(text: str, taken: Container[str]) -> str:
    """Make a key out of a text, different from those taken: accents are dropped, a number is added if need be."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_TO_WORDS))
    stem = _APART.sub("-", "".join(mark for mark in plain if not unicodedata.combining(mark))).strip("-")
    stem = _shorten(stem, 40) or "entry"
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key


def readable(key: str) -> str:
    """Write a key as a name: hyphens become spaces, the first letter a capital."""
    words = key.replace("-", " ")
    return words[0].upper() + words[1:]


def _shorten(stem: str, most: int) -> str:
    if len(stem) <= most:
        return stem
    head, hyphen, _ = stem[: most + 1].rpartition("-")
    return head if hyphen else stem[:most]
