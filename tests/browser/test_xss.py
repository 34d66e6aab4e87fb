"""Texts of authors and learners are shown, never run: in a real browser, under the real policy."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import URL
from sqlalchemy.orm import Session
from support.cast import PASSWORD
from support.play import wrong
from support.visitor import Visitor, serve

from quizapp.actions import quiz
from quizapp.actions.accounts import sign_up
from quizapp.actions.banks import publish_bank
from quizapp.actions.scope import Scope
from quizapp.app import create_app
from quizapp.config import Config
from quizapp.core.insight.sheets import PAGE_FACTS
from quizapp.core.knowledge.limits import Text
from quizapp.store import library
from quizapp.store.db import db
from quizapp.store.engine import begin_writing, make_engine

pytestmark = pytest.mark.browser

LIST = Path(os.environ.get("QUIZAPP_HOSTILE") or "no-samples") / "lists" / "xss_dompurify.json"
OWN = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "\"><script>alert(1)</script><a title='",
    "' onmouseover='alert(1)' x='",
    "<a href='javascript:alert(1)'>click</a>",
    "[click](javascript:alert(1))",
    "[click](<javascript:alert(1)>)",
    "[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "![x](x' onerror='alert(1))",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\text{<img src=x onerror=alert(1)>}$",
    "`<img src=x onerror=alert(1)>`",
    "<style>*{background:url(//example.org/x)}</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<base href='//example.org/'>",
    "<form action='//example.org/'><button>go</button></form>",
    "</template><img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<link rel=stylesheet href=//example.org/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
]
RUN = """for (const name of ["alert", "confirm", "prompt", "open", "print", "__pwned"]) {
  window[name] = () => console.error("RUN: " + name);
}"""
FOREIGN = "a[href^='javascript' i], a[href^='data' i], base, iframe, object, embed, main link, main style, main meta"
LEARNER = "reader@example.org"
TURNS = 14


@dataclass(frozen=True, slots=True)
class Place:
    """A site with hostile texts in every place an author or a learner can fill."""

    base: str
    facts: tuple[int, ...]
    attempt: int


def payloads() -> list[str]:
    listed = json.loads(LIST.read_text("utf-8")) if LIST.exists() else []
    texts = [*OWN, *(each["payload"] for each in listed)]
    plain = (re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u2028\u2029]+", " ", text) for text in texts)
    return list(dict.fromkeys(text.strip()[:400] for text in plain if text.strip()))


def bank() -> Text:
    """Write a bank with a hostile text in every field that takes one, and with more facts than a page shows."""
    texts = payloads()
    endless = cycle(texts)

    def one(pattern: str = "") -> str:
        return f"{next(endless)} {pattern}".strip()

    def extras() -> dict[str, object]:
        return {"why": one(), "accept": [one()], "source": "s"}

    fronts = [*texts, *(f"{text} {at}" for at, text in zip(range(PAGE_FACTS - len(texts)), endless, strict=False))]
    cards = {f"c{at}": {"front": text, "back": one(), **extras()} for at, text in enumerate(fronts)}
    wrong_ones = ("u", "v", "w")
    questions = {
        f"q{at}": {
            "ask": text,
            "right": f"{at} {one()}",
            "wrong": {name: {"text": f"{at}{name} {one()}", "because": one()} for name in wrong_ones},
            **extras(),
        }
        for at, text in enumerate(texts[:40])
    }
    data = {
        "knowledge": 1,
        "id": "hostile",
        "language": "en",
        "title": OWN[0],
        "description": " ".join(texts)[:9_000],
        "tags": [texts[1][:60]],
        "licence": OWN[2],
        "sources": {"s": OWN[3]},
        "comparisons": {
            "models": {
                "title": OWN[4],
                "concepts": {f"k{at}": {"name": f"{at} {one()}", "also": [f"{at}a {one()}"]} for at in range(4)},
                "attributes": {f"a{at}": {"name": one(), "ask": one("{concept} ?")} for at in range(3)},
                "cells": {
                    f"a{row}": {f"k{at}": {"text": f"{row}{at} {one()}", **extras()} for at in range(4)}
                    for row in range(3)
                },
            }
        },
        "taxonomies": {
            "terms": {
                "title": OWN[5],
                "terms": {
                    f"t{at}": {
                        "name": f"{at}t {one()}",
                        "definition": {"text": f"{at}d {one()}", **extras()},
                        "examples": {"e": {"text": f"{at}e {one()}", **extras()}},
                    }
                    for at in range(6)
                },
            }
        },
        "groups": {
            "kinds": {
                "title": OWN[6],
                "ask": one("{member} ?"),
                "groups": {
                    f"g{at}": {
                        "name": f"{at}g {one()}",
                        "members": {f"m{number}": {"text": f"{at}{number}m {one()}"} for number in range(3)},
                    }
                    for at in range(3)
                },
            }
        },
        "cards": cards,
        "questions": questions,
        "statements": {f"s{at}": {"say": text, "is": bool(at % 2), "why": one()} for at, text in enumerate(texts[:20])},
        "cloze": {
            f"z{at}": {"text": f"Before ==gap {at}==^[<img src=x onerror=alert(1)>] after {text.replace('==', '')}"}
            for at, text in enumerate(texts[:20])
        },
    }
    return Text("hostile.yaml", json.dumps(data, ensure_ascii=False, indent=1))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("hostile")
    file = folder / "quizapp.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), file)
    engine = make_engine(URL.create("sqlite", database=str(file)))
    with Session(engine, expire_on_commit=False) as session:
        begin_writing(session)
        facts, attempt = _fill(session)
        session.commit()
    engine.dispose()
    app = create_app(Config(data=str(folder), secret_key="k" * 40))
    for base in serve(app):
        yield Place(base, facts, attempt)
    with app.app_context():
        db.engine.dispose()


def _fill(session: Session) -> tuple[tuple[int, ...], int]:
    now = datetime.now(UTC)
    published = publish_bank(session, [bank()], origin="added", by=None, now=now - timedelta(days=1))
    user = sign_up(
        session,
        email=LEARNER,
        name=OWN[1],
        password=PASSWORD,
        zone="UTC",
        minutes_a_day=600,
        retention=0.9,
        now=now,
    )
    ids = library.fact_ids(session, published.bank.id)
    attempt = quiz.start_attempt(session, user, quiz.QuizSettings(Scope(), 40, "end"), now=now, seed=1)
    for item in quiz.items_of(session, attempt):
        fields = {"text": [OWN[1]]} if item.form in {"typed", "cloze"} else wrong(item)
        quiz.save_answer(session, user, item.id, fields=fields, key=f"save-{item.id:012}", version=1, now=now)
    return tuple(list(ids.values())[::50]), attempt.id


@pytest.fixture
def visitor(browser: Browser, place: Place) -> Iterator[Visitor]:
    visitor = Visitor(browser, place.base)
    yield visitor
    visitor.leave()


@pytest.fixture
def page(visitor: Visitor) -> Page:
    page = visitor.open("/login")
    page.on("dialog", lambda dialog: visitor.complaints.append(f"{page.url}: {dialog.type}"))
    page.context.on("page", lambda other: visitor.complaints.append(f"opened {other.url}"))
    page.add_init_script(RUN)
    page.fill("[name=email]", LEARNER)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page).to_have_url(re.compile("/$"))
    return page


def look(page: Page, path: str, status: int = 200) -> None:
    answer = page.goto(path)
    assert answer
    assert answer.status == status, path
    look_around(page)


def look_around(page: Page) -> None:
    """Nothing foreign is in the document, and no element carries a handler."""
    assert page.locator(FOREIGN).count() == 0
    assert page.evaluate(
        "() => [...document.querySelectorAll('*')].every((node) => [...node.attributes]"
        ".every(({ name }) => !name.startsWith('on') && name !== 'srcdoc' && name !== 'style'))"
    ), page.url


def test_browsing_runs_nothing(page: Page, place: Place) -> None:
    for path in ("/", "/banks", "/progress", "/progress/hostile", "/practice", "/match", "/flashcards", "/quiz"):
        look(page, path)
    look(page, "/settings")
    number = 1
    while page.request.get(f"/banks/hostile?page={number}").status == 200:
        look(page, f"/banks/hostile?page={number}")
        number += 1
    assert number > 2
    for fact in place.facts:
        look(page, f"/banks/hostile/facts/{fact}")


def test_practising_runs_nothing(page: Page) -> None:
    for start in ("/practice", "/match", "/flashcards"):
        page.goto(start)
        page.locator("main form[action$='/sittings'] button[type=submit]").last.click()
        for _ in range(TURNS if start == "/practice" else 2):
            expect(page.locator("[data-question]")).to_be_visible()
            look_around(page)
            _answer(page)
            if start != "/flashcards":
                expect(page.locator("[data-verdict]")).to_be_visible()
                look_around(page)
                page.click("[data-verdict] [data-next]")
                expect(page.locator("[data-verdict]")).to_have_count(0)
        page.locator("header form[action$='/end'] button").click()
        expect(page.locator("[data-summary]")).to_be_visible()
        look_around(page)


def test_a_quiz_runs_nothing(page: Page, place: Place) -> None:
    for slot in range(1, 41, 6):
        look(page, f"/attempts/{place.attempt}/{slot}")
    look(page, f"/attempts/{place.attempt}/finish")
    page.locator("main form[action$='/finish'] button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/attempts/\d+$"))
    look_around(page)
    look(page, "/quiz")
    look(page, "/progress")


def test_addresses_and_fields_run_nothing(visitor: Visitor, page: Page) -> None:
    visitor.forgiven = ("404", "422")
    for text in OWN[:8]:
        look(page, f"/banks/{quote(text, safe='')}", 404)
        look(page, f"/nowhere?{quote(text, safe='')}", 404)
    page.context.clear_cookies()
    for text in OWN[:3]:
        look(page, f"/login?next={quote(text, safe='')}")
        page.fill("[name=email]", f"{text.replace(' ', '')}@example.org")
        page.fill("[name=password]", text)
        page.evaluate("document.querySelector('main form').noValidate = true")
        page.click("main button[type=submit]")
        expect(page.locator("main form")).to_be_visible()
        look_around(page)


def _answer(page: Page) -> None:
    shown = page.locator("[data-question]").get_attribute("data-form")
    match shown:
        case "choice" | "true-false":
            page.locator("button[name=choice]").first.click()
        case "typed" | "cloze":
            page.fill("input[name=text]", "<img src=x onerror=alert(1)>")
            page.keyboard.press("Enter")
        case "matching":
            page.locator("label.toggle").click()
            page.click("[data-check]")
        case _:
            item = page.locator("[data-question]").get_attribute("data-question")
            page.keyboard.press("Enter")
            expect(page.locator(".flashcard__back")).to_be_visible()
            look_around(page)
            page.keyboard.press("1")
            expect(page.locator(f"[data-question='{item}']")).to_have_count(0)
