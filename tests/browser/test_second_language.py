"""A second language beside the first, in a real browser: read there, not mixed into what the page says and does."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from support.cast import PASSWORD
from support.onscreen import answer_by_mouse, key_of, start
from support.school import STUDENT, School
from support.visitor import LAPTOP, SMALL_PHONE, Visitor, examine

from quizapp.actions import reading
from quizapp.core.items.model import ChoiceItem, MatchingItem
from quizapp.store import models

pytestmark = pytest.mark.browser
MOST = 12


@pytest.fixture
def school(school: School) -> School:
    """The student reads questions in Finnish, and Swedish beside."""
    with school.writing() as session:
        student = session.scalars(select(models.User).where(models.User.email == STUDENT)).one()
        reading.choose_languages(session, student, language="en", content="fi", second="sv")
    return school


def enter(visitor: Visitor, size: tuple[int, int], *, script: bool = True) -> Page:
    page = visitor.open("/login", size=size, script=script)
    page.fill("[name=email]", STUDENT)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page).to_have_url(re.compile("/$"))
    return page


def test_the_right_option_is_marked_and_both_languages_say_which_they_are(visitor: Visitor, school: School) -> None:
    page = enter(visitor, SMALL_PHONE)
    start(page)
    for _ in range(MOST):
        core = key_of(page, school)
        if isinstance(core, ChoiceItem) and page.locator(".option .second").count() == len(core.options):
            break
        answer_by_mouse(page, school)
        page.locator("[data-next]").click()
    assert isinstance(core, ChoiceItem)
    examine(page)
    texts, seconds = page.locator(".option__text > [lang=fi]"), page.locator(".option .second > [lang=sv]")
    assert texts.count() == seconds.count() == len(core.options)
    wrong = next(option for option in core.options if not option.correct)
    page.click(f"button[name=choice][value='{wrong.token}']")
    right = next(option for option in core.options if option.correct)
    expect(page.locator(f"button[value='{right.token}']")).to_have_attribute("data-state", "missed")
    expect(page.locator(".verdict__answer .second > [lang=sv]")).to_be_visible()
    said = page.locator("[data-live]").text_content() or ""
    assert (page.locator(".verdict__answer .second").text_content() or "") not in said
    examine(page)


@pytest.mark.parametrize("size", [SMALL_PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_set_is_matched_by_entries_in_two_languages(visitor: Visitor, school: School, size: tuple[int, int]) -> None:
    page = enter(visitor, size)
    start(page, "/match")
    core = key_of(page, school)
    assert isinstance(core, MatchingItem)
    assert page.locator(".match__chip .second").count() > 0
    examine(page)
    page.locator("[data-tray] button").first.click()
    page.locator("[data-premise] button").first.click()
    said = page.locator("[data-says]").text_content() or ""
    assert core.premises[0].text in said
    assert core.responses[0].text in said
    assert (page.locator("[data-premise] button .second").first.text_content() or "") not in said
    assert page.locator(".match__slot .second").count() == 0
    answer_by_mouse(page, school)
    expect(page.locator("[data-verdict] .second").first).to_be_visible()
    examine(page)


def test_the_settings_fit_a_small_phone(visitor: Visitor) -> None:
    page = enter(visitor, SMALL_PHONE)
    page.goto("/settings")
    expect(page.locator("[name=second_language]")).to_have_value("sv")
    examine(page)
