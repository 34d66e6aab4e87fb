"""What the program itself says in an item: one phrase file a language, filled with names left in their base form."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "phrases"
_SOURCE = "en"
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrase file of one language: its sentences by dotted key, for example `stem.value`."""

    language: str
    texts: Mapping[str, str]

    def say(self, key: str, **inserts: str) -> str:
        """Fill the phrase `key`, for example `stem.value`; a missing key is a KeyError."""
        return fill(self.texts[key], **inserts)


def fill(template: str, **inserts: str) -> str:
    """Put names into `{slots}` in one pass, so that braces inside an inserted text (maths) stay as they are."""
    return _SLOT.sub(lambda slot: inserts.get(slot[1], slot[0]), template)


@lru_cache(maxsize=64)
def phrases_for(language: str) -> Phrases:
    """Give the phrases of a BCP 47 language: its own file, else that of its base language, else English."""
    for code in (language, language.partition("-")[0], _SOURCE):
        path = _FOLDER / f"{code}.toml"
        if path.is_file():
            return _read(code, path)
    raise FileNotFoundError(_FOLDER)


def _read(language: str, path: Path) -> Phrases:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return Phrases(language, {f"{table}.{key}": text for table, rows in tables.items() for key, text in rows.items()})
