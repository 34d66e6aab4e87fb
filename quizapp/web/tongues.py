"""Languages by name: each in itself, and in the language of the page."""

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale

from quizapp.languages import INTERFACE


def own_name(code: str) -> str:
    """Give the name that a language has itself; a code that nobody knows stays as it is."""
    known = _locale(code)
    name = INTERFACE.get(code) or (known.get_display_name() if known else None) or code
    return name[:1].upper() + name[1:] if known else name


def name_here(code: str) -> str:
    """Give the name of a language in that of the page; a code that nobody knows stays as it is."""
    known = _locale(code)
    return (known.get_display_name(get_locale()) if known else None) or code


def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
