"""The words of facts for lists that go across banks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask import url_for

from quizapp.core.insight.model import Size
from quizapp.core.knowledge.facts import prompt_of
from quizapp.store import library
from quizapp.store.db import db
from quizapp.web import words


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
