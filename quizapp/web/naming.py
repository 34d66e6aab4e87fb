"""The words of facts and the titles of banks, for lists that go across banks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask import g, url_for
from flask_login import current_user
from markupsafe import Markup, escape

from quizapp.core.insight.model import Size
from quizapp.core.knowledge.facts import prompt_of
from quizapp.store import library, models
from quizapp.store.db import db
from quizapp.web import words
from quizapp.web.identity import learner
from quizapp.web.languages import locale


@dataclass(frozen=True, slots=True)
class Named:
    """A fact with its words, the language they are in, and the address of its page."""

    prompt: str
    answer: str
    language: str
    url: str


def names(facts: Collection[int], banks: Iterable[Size], language: str | None) -> dict[int, Named]:
    """Name facts by row id; those of other banks, or no longer written there, are left out."""
    session = db.session()
    sizes = {bank.id: bank for bank in banks}
    found: dict[int, Named] = {}
    for fact_id, (bank_id, key) in library.fact_keys(session, facts).items():
        bank = sizes.get(bank_id)
        edition = library.edition(session, bank.version_id, language) if bank else None
        if bank and edition and key in edition.facts:
            fact = edition.facts[key]
            url = url_for("banks.fact", key=bank.key, fact_id=fact_id)
            found[fact_id] = Named(prompt_of(edition, fact), words.answer(edition, fact), edition.language, url)
    return found


def title_of(bank: models.Bank | Size) -> str:
    """Give the title of a bank in the language that whoever looks reads banks in."""
    known = _titles().get(bank.id)
    return known.title if known else bank.title


def titled(bank: models.Bank | Size) -> Markup:
    """Give the title of a bank for a page, with its language where that is not the page's."""
    known = _titles().get(bank.id)
    if known is None or known.language == locale():
        return escape(title_of(bank))
    return Markup('<span lang="{}">{}</span>').format(known.language, known.title)


def _titles() -> dict[int, library.Titled]:
    """Look the titles up once a page; nobody is logged in where the style guide shows samples."""
    if not current_user.is_authenticated:
        return {}
    if "titles" not in g:
        g.titles = library.titles(db.session(), learner().id, learner().reads)
    titles: dict[int, library.Titled] = g.titles
    return titles
