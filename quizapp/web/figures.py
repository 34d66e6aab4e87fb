"""Pictures beside questions and facts: where each is found, its words, and its size, so that no page jumps."""

from collections.abc import Iterable
from typing import NamedTuple

from flask import url_for

from quizapp.core.items.model import Head
from quizapp.core.knowledge.model import Bank
from quizapp.store import pictures
from quizapp.store.db import db
from quizapp.store.pictures import PictureRow


class Figure(NamedTuple):
    """A picture as a page shows it: address, words for who does not see it, width and height in pixels.

    One whose file was never uploaded has no address: its words are shown.
    """

    url: str
    alt: str
    width: int
    height: int


def figure_of(head: Head) -> Figure | None:
    """Give the picture of the fact that an item asks."""
    if head.image is None:
        return None
    path, alt = head.image
    return _figure(pictures.of_key(db.session(), head.bank, path), alt)


def figures_of(bank_id: int, edition: Bank, keys: Iterable[str]) -> dict[str, Figure]:
    """Give the pictures of facts of a bank, by fact."""
    images = {key: image for key in keys if (image := edition.facts[key].extras.image) is not None}
    rows = pictures.newest(db.session(), bank_id, [image.path for image in images.values()])
    return {key: _figure(rows.get(pictures.last_part(image.path)), image.alt) for key, image in images.items()}


def _figure(row: PictureRow | None, alt: str) -> Figure:
    if row is None:
        return Figure("", alt, 0, 0)
    return Figure(url_for("media.picture", token=row.token), alt, row.width, row.height)
