"""The languages of the interface, each by the name it has itself."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

INTERFACE: Mapping[str, str] = MappingProxyType(
    {"en": "English", "sv": "Svenska", "de": "Deutsch", "fi": "Suomi", "nb": "Norsk bokmål"}
)

_ALSO = MappingProxyType({"no": ("nb", "nn"), "nb": ("no",), "nn": ("no", "nb")})
"""Codes of Norwegian that stand for each other, the best first."""


def nearest(language: str | None, known: Iterable[str]) -> str | None:
    """Give the known language that serves a reader of `language`; None where none does.

    That is the very one, else its base (pt for pt-BR), else a variant of it (pt-BR for pt), else Norwegian by another
    code. A script or region is never exchanged for another: the base alone stands between them.
    """
    if not language:
        return None
    codes = {code.casefold(): code for code in known}
    wanted = language.casefold()
    base = wanted.partition("-")[0]
    variants = (code for code in codes if code.startswith(f"{wanted}-"))
    return next((codes[tag] for tag in (wanted, base, *variants, *_ALSO.get(base, ())) if tag in codes), None)
