"""One learner in two languages, one memory; and every page of a learner in all five on the narrowest phone."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from support.cast import PASSWORD
from support.onscreen import answer_by_mouse, key_of, start
from support.school import STUDENT, School
from support.visitor import Visitor, examine

from quizapp.actions.banks import publish_bank
from quizapp.core.knowledge.limits import Text
from quizapp.languages import INTERFACE
from quizapp.store import models

pytestmark = pytest.mark.browser
NARROW = (360, 740)
PAGES = ("/", "/practice", "/match", "/flashcards", "/quiz", "/progress", "/banks", "/courses", "/settings")

ENGLISH_ONLY = """knowledge: 1
id: tea
language: en
title: Tea
cards:
  green: {front: Which tea is not oxidised?, back: green tea}
  black: {front: Which tea is fully oxidised?, back: black tea}
  white: {front: Which tea is made of young buds?, back: white tea}
  oolong: {front: Which tea is partly oxidised?, back: oolong}
"""


def choose(page: Page, language: str) -> None:
    """Change the language by the switch of the page."""
    page.locator(".menu > summary").click()
    page.locator(f".menu__item[value={language}]").click()
    expect(page.locator(f"html[lang={language}]")).to_be_attached()


def sign_up(page: Page) -> None:
    page.fill("[name=name]", "Aino")
    page.fill("[name=email]", "aino@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page).to_have_url(re.compile("/$"))


def language_of(page: Page) -> str:
    language: str = page.locator("[data-question] h1").evaluate(
        "stem => (stem.querySelector('[lang]') ?? stem.closest('[lang]')).lang"
    )
    return language


def numbers(page: Page) -> list[str]:
    """Read the figures of the progress page, however they are written."""
    page.goto("/progress")
    return re.findall(r"\d+", " ".join(page.locator("main .stat__value, main tbody td").all_inner_texts()))


def asked(page: Page, school: School) -> tuple[str, tuple[str, ...]]:
    """Give the language and the facts of the item on the page."""
    head = key_of(page, school).head
    return head.language, head.facts


def memories(school: School, email: str) -> dict[int, tuple[float, str]]:
    """Give what somebody keeps of each fact: stability, and when it falls due."""
    with school.writing() as session:
        query = select(models.Memory).join(models.User, models.User.id == models.Memory.learner_id)
        kept = session.scalars(query.where(models.User.email == email)).all()
        return {memory.fact_id: (memory.stability, str(memory.due_at)) for memory in kept}


def test_a_learner_begins_in_finnish_and_goes_on_in_swedish_with_one_memory(visitor: Visitor, school: School) -> None:
    page = visitor.open("/signup", locale="fi-FI")
    expect(page.locator("html[lang=fi]")).to_be_attached()
    sign_up(page)
    start(page)
    for _ in range(3):
        assert language_of(page) == "fi"
        answer_by_mouse(page, school)
        page.click("[data-verdict=right] [data-next]")
        expect(page.locator("[data-verdict]")).to_have_count(0)
    sitting, before = page.url, memories(school, "aino@example.org")
    waiting = asked(page, school)
    in_finnish = numbers(page)
    assert len(before) >= 3

    page.goto(sitting)
    choose(page, "sv")
    assert language_of(page) == "sv"
    assert asked(page, school) == ("sv", waiting[1])
    assert memories(school, "aino@example.org") == before
    assert numbers(page) == in_finnish

    page.goto(sitting)
    answer_by_mouse(page, school)
    expect(page.locator("[data-verdict=right]")).to_be_visible()
    after = memories(school, "aino@example.org")
    assert {fact: kept for fact, kept in after.items() if fact in before} == before
    assert len(after) > len(before)
    with school.writing() as session:
        said = select(models.Review.language).join(models.User, models.User.id == models.Review.learner_id)
        languages = session.scalars(
            said.where(models.User.email == "aino@example.org").order_by(models.Review.id)
        ).all()
    assert (languages[0], languages[-1]) == ("fi", "sv")


def test_a_bank_in_english_alone_works_on_german_pages(visitor: Visitor, school: School) -> None:
    with school.writing() as session:
        publish_bank(session, (Text("tea.yaml", ENGLISH_ONLY),), origin="added", by=None, now=datetime.now(UTC))
    page = visitor.open("/signup", locale="de-AT", size=NARROW)
    expect(page.locator("html[lang=de]")).to_be_attached()
    sign_up(page)
    page.goto("/banks/tea")
    examine(page)
    assert page.locator("main h1").evaluate("title => title.closest('[lang]').lang") == "en"
    page.goto("/banks/tea")
    page.get_by_role("main").get_by_role("button", name="Üben").click()
    for _ in range(3):
        assert language_of(page) == "en"
        expect(page.locator("[data-question]")).to_contain_text("Englisch")
        examine(page)
        answer_by_mouse(page, school)
        expect(page.locator("[data-verdict=right]")).to_contain_text("Richtig")
        page.click("[data-verdict] [data-next]")
        expect(page.locator("[data-verdict]")).to_have_count(0)


@pytest.mark.parametrize("language", INTERFACE)
def test_every_page_of_a_learner_fits_the_narrowest_phone(visitor: Visitor, language: str) -> None:
    page = visitor.open("/login", size=NARROW)
    choose(page, language)
    page.fill("[name=email]", STUDENT)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page).to_have_url(re.compile("/$"))
    for path in PAGES:
        page.goto(path)
        expect(page.locator(f"html[lang={language}]")).to_be_attached()
        examine(page)
    for path in ("/practice", "/match"):
        start(page, path)
        assert language_of(page) == language
        examine(page)
        page.locator(".play-bar form[action$='/end'] button").click()
        expect(page.locator("[data-question]")).to_have_count(0)
