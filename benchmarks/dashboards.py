"""What the dashboards of a large class cost: 200 students, 60,000 memories, 100,000 reviews, SQLite.

Run: python -m benchmarks.dashboards [--statements PATH]. The teacher opens each page through Flask's test client, in
turns with a minimal page of three ORM queries, of one student, in the same process and database. Given are milliseconds
(wall and processor) and how many times the minimal page's processor time a page takes; each must open within `GOAL_MS`.
"""

import argparse
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.answer import took
from benchmarks.big_class import EMAIL, PASSWORD, BigClass, make_big_class
from benchmarks.pages import cpu, expect, minimal, sent_by, token_in
from benchmarks.study import Study
from quizapp.app import create_app
from quizapp.config import Config
from quizapp.store.db import db

ROUNDS = 9
GOAL_MS = 300


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", metavar="PATH", help="list what one page sends ({course} is filled in)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = make_big_class(Path(folder), now=datetime.now(UTC))
        least = Study(made.engine, made.students[1], made.now)
        app = create_app(Config(data=folder, database_url=str(made.engine.url), secret_key="k" * 40))
        client = logged_in(app)
        if options.statements:
            print("\n".join(sent_by(app, client, filled(options.statements, made))))
        else:
            print_dashboards(app, client, minimal(least, least).test_client(), made)
        with app.app_context():
            db.engine.dispose()


def dashboards(made: BigClass) -> list[str]:
    """List the pages that are measured."""
    return [
        filled(path, made)
        for path in (
            "/courses/{course}/map",
            "/courses/{course}/students",
            "/courses/{course}/students/{student}",
            "/courses/{course}/forecast",
            "/courses/{course}/activity",
            "/courses/{course}/items",
            "/courses/{course}/items?where=tests",
            "/courses/{course}/items/{fact}",
            "/courses/{course}/confusions",
        )
    ]


def filled(path: str, made: BigClass) -> str:
    """Put numbers into the address of a page."""
    return path.format(course=made.course, student=made.students[1], fact=made.facts[0])


def logged_in(app: Flask) -> FlaskClient:
    """Give the teacher's browser."""
    client = app.test_client()
    client.post("/login", data={"email": EMAIL, "password": PASSWORD, "csrf_token": token_in(client, "/login")})
    return client


def print_dashboards(app: Flask, client: FlaskClient, least: FlaskClient, made: BigClass) -> None:
    """Open every page in turns with the minimal one, and print what each took."""
    paths = dashboards(made)
    times: dict[str, list[tuple[float, float]]] = {path: [] for path in paths}
    bare: list[tuple[float, float]] = []
    for at in range(-1, ROUNDS):
        for path in paths:
            bare_time, time = took(partial(expect, least, "/")), took(partial(expect, client, path))
            if at >= 0:
                bare.append(bare_time)
                times[path].append(time)
    print(f"{'page':32}{'p50 ms':>9}{'most ms':>9}{'CPU ms':>9}{'times':>9}{'SQL':>6}   goal {GOAL_MS} ms")
    for path, found in times.items():
        walls = [wall * 1000 for wall, _ in found]
        row = f"{path:32}{median(walls):9.0f}{max(walls):9.0f}{cpu(found) * 1000:9.0f}{cpu(found) / cpu(bare):9.0f}"
        print(f"{row}{len(sent_by(app, client, path)):6}")
    print(f"{'three ORM queries':32}{median(wall * 1000 for wall, _ in bare):9.2f}")


if __name__ == "__main__":
    main()
