"""The pages around practice in a real browser: readable, reachable, without a complaint, on a phone and a laptop."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy.orm import Session
from support.cast import PASSWORD, hire
from support.lessons import Lesson
from support.visitor import LAPTOP, PHONE, Visitor, examine, log_in, serve

from quizapp.actions.passwords import hash_password
from quizapp.app import create_app
from quizapp.config import Config
from quizapp.store.db import db
from quizapp.store.engine import begin_writing, make_engine
from quizapp.store.schema import upgrade

TERMS = tuple(f"ownership.{term}.definition" for term in ("captive", "joint", "third"))
PRIVATE = (
    "/",
    "/banks",
    "/banks/sourcing-test",
    "/banks/sourcing-test/facts/1",
    "/progress",
    "/progress/sourcing-test",
    "/quiz",
    "/settings",
    "/settings/password",
    "/settings/delete",
    "/no-such-page",
)
OPEN = ("/", "/login", "/signup")


@pytest.fixture(scope="module")
def site_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose Astrid has three weeks behind her and whose Jussi has none."""
    config = Config(data=str(tmp_path_factory.mktemp("pages")))
    engine = make_engine(config.url)
    upgrade(engine, backup_to=None)
    start = datetime.now(UTC) - timedelta(days=20)
    with Session(engine) as session:
        begin_writing(session)
        cast = hire(session, start)
        for person in (cast.astrid, cast.jussi):
            person.password_hash = hash_password(PASSWORD)
        lesson = Lesson.begin(session, start)
        for day in range(0, 19, 3):
            for key in ("cards.tco", "cards.sla", "models.staff.in", "models.control.out", "cost-kinds.running.fees"):
                lesson.answer(cast.astrid, key, days=day, right=day != 9)
            lesson.choose(cast.astrid, TERMS[0], TERMS[day % 2], days=day)
        session.commit()
    engine.dispose()
    app = create_app(config)
    yield from serve(app)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def visitor(browser: Browser, site_url: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, site_url, forgiven=("404 (NOT FOUND)", "422 (UNPROCESSABLE ENTITY)"))
    yield visitor
    visitor.leave()


@pytest.mark.browser
@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (LAPTOP, True)])
def test_pages_for_strangers_are_accessible(visitor: Visitor, size: tuple[int, int], dark: bool) -> None:
    page = visitor.open("/", size=size, dark=dark)
    for path in OPEN:
        page.goto(path)
        examine(page)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["astrid", "jussi"])
@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (LAPTOP, True)])
def test_pages_of_a_learner_are_accessible_full_and_empty(
    visitor: Visitor, name: str, size: tuple[int, int], dark: bool
) -> None:
    page = visitor.open("/", size=size, dark=dark)
    log_in(page, name)
    for path in PRIVATE:
        page.goto(path)
        examine(page)


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_somebody_signs_up_is_corrected_and_comes_in(visitor: Visitor, script: bool) -> None:
    page = visitor.open("/signup", script=script)
    page.get_by_label("Name").fill("Nova")
    page.get_by_label("E-mail address").fill(f"nova-{script}@example.org")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Make my account").click()
    expect(page.locator("#password-error")).to_contain_text("10 to 128 characters")
    expect(page.get_by_label("Name")).to_have_value("Nova")
    page.get_by_label("Password").fill("horses on batteries")
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.get_by_role("banner").get_by_role("button", name="Log out").click()
    expect(page.get_by_text("You are logged out.")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_a_quiz_is_taken_to_its_score(visitor: Visitor, script: bool) -> None:
    page = visitor.open("/", script=script, size=LAPTOP)
    log_in(page, "astrid")
    page.goto("/quiz")
    page.get_by_label("Questions", exact=True).fill("3")
    page.get_by_text("Multiple choice", exact=True).click()
    page.get_by_role("button", name="Start the quiz").click()
    for number in (1, 2, 3):
        expect(page.get_by_text(f"Question {number} of 3", exact=True)).to_be_visible()
        if script:
            examine(page)
        page.locator(".option").first.click()
        page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Every question is answered")
    page.get_by_role("button", name="Finish and see my score").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"of 3 points$"))
    expect(page.locator(".mark")).to_have_count(3)
    if script:
        examine(page)


@pytest.mark.browser
def test_a_fact_is_reset_only_after_a_question(visitor: Visitor) -> None:
    page = visitor.open("/", size=LAPTOP)
    log_in(page, "astrid")
    page.goto("/banks/sourcing-test")
    page.locator(".memory").first.click()
    page.get_by_role("button", name="Forget what I know of it").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("You have not been asked this yet.")).to_have_count(0)
    page.get_by_role("button", name="Forget what I know of it").click()
    page.get_by_role("dialog").get_by_role("button", name="Start afresh").click()
    expect(page.get_by_text("You have not been asked this yet.")).to_be_visible()


@pytest.mark.browser
def test_a_comparison_becomes_cards_on_a_phone(visitor: Visitor) -> None:
    page = visitor.open("/", size=PHONE)
    log_in(page, "jussi")
    page.goto("/banks/sourcing-test")
    cell = page.get_by_role("cell", name="Our own staff")
    assert cell.evaluate("node => getComputedStyle(node).display") == "block"
    assert cell.evaluate("node => getComputedStyle(node, '::before').content") == '"Insourcing"'
