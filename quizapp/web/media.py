"""Images of facts."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from quizapp.actions import pictures
from quizapp.store.db import db
from quizapp.web.identity import learner

SECONDS_KEPT = 3600

bp = Blueprint("media", __name__)


@bp.get("/pictures/<token>")
def picture(token: str) -> ResponseReturnValue:
    """Show a picture to who may see its bank or edit its draft; nothing in it can run, whatever it is."""
    found = pictures.shown_picture(db.session(), learner(), token)
    response = Response(found.content, mimetype=found.media_type)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = f"private, max-age={SECONDS_KEPT}, immutable"
    response.set_etag(found.digest)
    return response.make_conditional(request)
