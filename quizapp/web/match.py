"""The start page of matching sets; the play page is that of practice."""

from flask import Blueprint

from quizapp.web.practice import start_page

bp = Blueprint("match", __name__)


@bp.get("/match")
def start() -> str:
    """Offer what to match."""
    return start_page("match")
