"""What pages cost: SQL statements of each, and requests a second beside minimal handlers in the same process.

Run: python -m benchmarks.pages [--statements PATH]. A learner with twelve days of study asks for pages through Flask's
test client (SQLite, FULL), in turns with a minimal application: one page of three ORM queries, one review by the ORM
as in `benchmarks.answer`, without log-in or tokens. An answer is the whole request, with the next question drawn.
"""

import argparse
import re
import tempfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import mean

from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.answer import FACTS, fill_memories, print_row, review_by_orm, took
from benchmarks.study import EMAIL, PASSWORD, Study, Turn, open_study, statements_of
from quizapp.app import create_app
from quizapp.config import Config
from quizapp.store import models
from quizapp.store.db import db

DAYS = 12
ROUNDS = 60
WARMING = 6
"""So many answers come first, which compile templates."""

PAGES = ("/", "/progress", "/practice", "/banks")
MOST_STATEMENTS = 8
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_TEMPLATE = """<!doctype html><title>{{ user.name }}</title><ul>{% for memory in due %}
<li>{{ memory.fact_id }}: {{ memory.due_at }}</li>{% endfor %}</ul>
{% for day in days %}<p>{{ day.reviews }}</p>{% endfor %}"""


def main() -> None:
    """Measure and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", metavar="PATH", help="list what one page sends")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        study = open_study(Path(folder), until=datetime.now(UTC) - timedelta(days=DAYS + 1, minutes=1))
        study.study(DAYS)
        least = open_study(Path(other))
        fill_memories(least)
        app = create_app(Config(data=folder, database_url=str(study.engine.url), secret_key="k" * 40))
        client, token = logged_in(app)
        if options.statements:
            print("\n".join(sent_by(app, client, options.statements)))
            return
        print_pages(app, client, minimal(study, least).test_client())
        print_answers(app, client, token, study, minimal(study, least).test_client())
        with app.app_context():
            db.engine.dispose()


def logged_in(app: Flask) -> tuple[FlaskClient, str]:
    """Give a browser that is logged in, and its form token."""
    client = app.test_client()
    client.post("/login", data={"email": EMAIL, "password": PASSWORD, "csrf_token": token_in(client, "/login")})
    return client, token_in(client, "/practice")


def token_in(client: FlaskClient, path: str) -> str:
    """Find the form token of a page."""
    found = _TOKEN.search(client.get(path).text)
    if found is None:
        raise LookupError(f"{path} has no form token")
    return found[1]


def sent_by(app: Flask, client: FlaskClient, path: str) -> list[str]:
    """List the statements that a page sends when it is opened for the second time."""
    expect(client, path)
    with app.app_context():
        engine = db.engine
    return statements_of(engine, partial(expect, client, path))


def expect(client: FlaskClient, path: str) -> None:
    """Open a page that must be there."""
    status = client.get(path).status_code
    if status != 200:
        raise LookupError(f"{path} answered {status}")


def minimal(study: Study, least: Study) -> Flask:
    """Make an application of two routes: a page with three ORM queries, and one review."""
    app = Flask("minimal")

    @app.get("/")
    def page() -> str:
        with Session(study.engine) as session:
            user = session.get_one(models.User, study.learner)
            mine = models.Memory.learner_id == user.id
            due = session.scalars(select(models.Memory).where(mine).order_by(models.Memory.due_at).limit(20)).all()
            days = session.scalars(select(models.DayTotal).where(models.DayTotal.learner_id == user.id)).all()
            return render_template_string(_TEMPLATE, user=user, due=due, days=days)

    @app.post("/<int:fact>")
    def review(fact: int) -> str:
        review_by_orm(least, fact)
        return "done"

    return app


def print_pages(app: Flask, client: FlaskClient, least: FlaskClient) -> None:
    """Compare pages with the minimal page, in turns."""
    pages: dict[str, list[tuple[float, float]]] = {path: [] for path in PAGES}
    bare: list[tuple[float, float]] = []
    for at in range(-3, ROUNDS):
        times = {path: took(partial(expect, client, path)) for path in PAGES}
        bare_time = took(partial(expect, least, "/"))
        if at >= 0:
            bare.append(bare_time)
            for path, time in times.items():
                pages[path].append(time)
    print(f"{'page':22}{'a second':>9}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'ratio':>9}{'SQL':>6}")
    print_row("three ORM queries", bare)
    for path, times_of in pages.items():
        print_row(
            path,
            times_of,
            f"{cpu(bare) / cpu(times_of):9.2f}{len(sent_by(app, client, path)):6}   (goals: 0.6, {MOST_STATEMENTS})",
        )


def print_answers(app: Flask, client: FlaskClient, token: str, study: Study, least: FlaskClient) -> None:
    """Answer a day's questions over HTTP, in turns with minimal reviews."""
    with app.app_context():
        engine = db.engine
    answers: list[tuple[float, float]] = []
    reviews: list[tuple[float, float]] = []
    sent: list[int] = []
    for number, turn in enumerate(study.turns()):
        post = partial(send, client, token, turn)
        if number < WARMING:
            post()
        elif number % 4 == 0:
            sent.append(len(statements_of(engine, post)))
        else:
            answers.append(took(post))
            reviews.append(took(partial(review, least, number % FACTS + 1)))
    print()
    print_row("one review by ORM", reviews)
    print_row("answer", answers, f"{cpu(reviews) / cpu(answers):9.2f}{mean(sent):6.1f}   (goal: 0.8)")


def send(client: FlaskClient, token: str, turn: Turn) -> None:
    """Post an answer as the page's script does."""
    data = {**turn.fields, "csrf_token": token, "key": f"page-of-{turn.item}", "version": str(turn.version)}
    answered = client.post(f"/items/{turn.item}/answer", data=data, headers={"X-Fragment": "1"})
    if answered.status_code != 200:
        raise LookupError(f"the answer got {answered.status_code}")


def review(client: FlaskClient, fact: int) -> None:
    """Post to the minimal application."""
    client.post(f"/{fact}")


def cpu(times: list[tuple[float, float]]) -> float:
    """Give the mean processor time, which other programs on the machine change least."""
    return mean(spent for _, spent in times)


if __name__ == "__main__":
    main()
