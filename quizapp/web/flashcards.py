"""The start page of flashcards; the play page is that of practice."""

from flask import Blueprint

from quizapp.web.practice import start_page

bp = Blueprint("flashcards", __name__)


@bp.get("/flashcards")
def start() -> str:
    """Offer what to go through as flashcards."""
    return start_page("flashcards")
