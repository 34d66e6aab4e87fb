"""The interface's catalogues: gathered anew from the sources, and what is wrong with one of them."""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "quizapp" / "translations"
KEYWORDS = ("_", "lazy_gettext", "lazy_pgettext:1c,2", "msg", "msg_n:1,2", "Refused")
"""What marks a text beside the usual gettext names, as CONTRIBUTING tells maintainers."""

_SLOT = re.compile(r"%\(\w+\)[a-z]|%%")
_MARKUP = re.compile(r"</?\w+|\*\*|`")


def gathered(into: Path) -> Catalog:
    """Extract every text of the program and its templates, by the command that CONTRIBUTING names."""
    words = [word for keyword in KEYWORDS for word in ("-k", keyword)]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "pyproject.toml", *words]
    subprocess.run([*command, "-o", str(into), "."], cwd=ROOT, check=True, capture_output=True, timeout=120)  # noqa: S603 -- our own words
    with into.open("rb") as file:
        return read_po(file)


def catalogue(language: str) -> Catalog:
    """Read the committed catalogue of a language."""
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def compiled(known: Catalog) -> bytes:
    """Compile a catalogue as `pybabel compile` does."""
    into = BytesIO()
    write_mo(into, known)
    return into.getvalue()


def gaps(known: Catalog, template: Catalog) -> Iterator[str]:
    """Name what a catalogue lacks or has no use for."""
    wanted = {_key(message) for message in template if message.id}
    found = {_key(message): message for message in known if message.id}
    yield from (f"not in the catalogue: {key}" for key in sorted(wanted - set(found), key=str))
    yield from (f"no longer in the program: {key}" for key in sorted(set(found) - wanted, key=str))
    for key in wanted & set(found):
        texts = _texts(found[key])
        if not all(texts):
            yield f"not translated: {key}"
        if found[key].fuzzy:
            yield f"fuzzy: {key}"


def breaks(known: Catalog) -> Iterator[str]:
    """Name translations that do not hold the slots, signs of markup and blanks at the ends that the text has."""
    for message in known:
        if not message.id:
            continue
        originals = _all(message.id)
        for index, text in enumerate(_texts(message)):
            original = originals[min(index, len(originals) - 1)]
            if text and _signs(original) != _signs(text) and not _is_one(message, index, text):
                yield f"{original!r} is {text!r}"


def _is_one(message: Message, index: int, text: str) -> bool:
    """Let the word for one leave its number out, or say it."""
    signs = {sign for sign in _signs(text) if sign != "%(num)d"}
    return (
        index == 0 and isinstance(message.id, tuple) and signs == {s for s in _signs(message.id[0]) if s != "%(num)d"}
    )


def _signs(text: str) -> list[str]:
    blanks = [f"begins {text[:1]!r}"] * text[:1].isspace() + [f"ends {text[-1:]!r}"] * text[-1:].isspace()
    return sorted([*_SLOT.findall(text), *_MARKUP.findall(text), *blanks])


def _texts(message: Message) -> tuple[str, ...]:
    return _all(message.string)


def _key(message: Message) -> tuple[str | None, str, str]:
    singular, *plural = _all(message.id)
    return message.context, singular, "".join(plural)


def _all(texts: str | Sequence[str | None] | None) -> tuple[str, ...]:
    """Give a text by itself, or those for one and for many."""
    return (texts or "",) if isinstance(texts, str | None) else tuple(text or "" for text in texts)
