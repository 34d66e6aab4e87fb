"""The second language beside an item: the two editions of the version that it was made from."""

from collections.abc import Collection, Iterable

from sqlalchemy.orm import Session

from quizapp.core.items import beside as core
from quizapp.core.items.beside import Beside
from quizapp.core.items.model import Item
from quizapp.core.items.translated import translated
from quizapp.core.knowledge.model import Bank
from quizapp.store import library


def beside(
    session: Session, version_id: int, item: Item, language: str | None, revealed: Collection[str] = ()
) -> Beside | None:
    """Give what may stand beside an item before its answer; None without a second language or its edition."""
    two = _editions(session, version_id, item, language)
    return core.beside(item, *two, revealed) if two else None


def stems(session: Session, items: Iterable[tuple[int, Item]], language: str | None) -> tuple[str, ...]:
    """Give the stems of items, each with its version, as far as they can be said in a second language."""
    found = ((item, _editions(session, version_id, item, language)) for version_id, item in items)
    said = (translated(item, *two) for item, two in found if two)
    return tuple(item.head.stem for item in said if item)


def told(session: Session, version_id: int, item: Item, language: str | None) -> Beside | None:
    """Give what stands beside an item once its answer is told."""
    two = _editions(session, version_id, item, language)
    return core.told(item, *two) if two else None


def _editions(session: Session, version_id: int, item: Item, language: str | None) -> tuple[Bank, Bank] | None:
    if not language:
        return None
    known = library.editions(session, version_id)
    shown, second = known.get(item.head.language), library.edition_in(session, version_id, language)
    return (shown, second) if shown and second and shown is not second else None
