"""Whether the site works, for those who watch it: no log-in, no cookie, nothing private."""

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from quizapp.store import health, schema
from quizapp.store.db import db
from quizapp.web.identity import public

bp = Blueprint("health", __name__)

RETRY_AFTER = "2"


@bp.get("/health")
@public
def check() -> tuple[Response, int]:
    """Say whether the database answers and has the schema of this program."""
    try:
        revision = health.revision(db.session())
    except SQLAlchemyError:
        return _answer("unavailable", None)
    return _answer("ok" if revision == schema.head() else "outdated", revision)


def _answer(status: str, revision: str | None) -> tuple[Response, int]:
    response = jsonify(status=status, revision=revision)
    if status == "ok":
        return response, 200
    response.headers["Retry-After"] = RETRY_AFTER
    return response, 503
