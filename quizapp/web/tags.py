"""Tags as pages show them: called by their names in a language, known by what the source files call them."""

from collections.abc import Iterable

from markupsafe import Markup
from sqlalchemy.orm import Session

from quizapp.core.knowledge.model import Bank
from quizapp.store import library, models


def offered(session: Session, banks: Iterable[models.Bank], language: str | None) -> tuple[tuple[str, Markup], ...]:
    """List the tags of banks with their names in a language, by name; one without is called as in its source."""
    named = _named(session, banks, language).items()
    order = sorted(named, key=lambda each: (each[1][0].casefold(), each[0]))
    return tuple((tag, _marked(name, spoken)) for tag, (name, spoken) in order)


def names(session: Session, banks: Iterable[models.Bank], language: str | None) -> dict[str, str]:
    """Give the names of the tags of banks in a language, by tag."""
    return {tag: name for tag, (name, _spoken) in _named(session, banks, language).items()}


def label(edition: Bank, tag: str) -> Markup:
    """Name a tag of one edition, marked with the language that its name is in."""
    return _marked(*_name(edition, tag))


def _named(session: Session, banks: Iterable[models.Bank], language: str | None) -> dict[str, tuple[str, str]]:
    """Name each tag and say in which language; a bank that translates it goes before one that does not."""
    found: dict[str, tuple[str, str]] = {}
    for bank in banks:
        if bank.version_id is None:
            continue
        edition = library.edition(session, bank.version_id, language)
        for tag in library.tags_of(session, bank):
            if tag in edition.tag_names and found.get(tag, ("", ""))[1] != edition.language:
                found[tag] = _name(edition, tag)
            found.setdefault(tag, _name(edition, tag))
    return found


def _name(edition: Bank, tag: str) -> tuple[str, str]:
    if tag in edition.tag_names:
        return edition.tag_names[tag], edition.language
    return tag, edition.translates or edition.language


def _marked(name: str, language: str) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(language, name)
