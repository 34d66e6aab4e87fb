"""Somebody who practises in a browser, and knows the answers as only a test may."""

import pytest
from playwright.sync_api import Page, expect
from support.school import School

from quizapp.core.items import snapshot
from quizapp.core.items.model import ChoiceItem, FlashcardItem, Item, MatchingItem, TrueFalseItem, TypedItem
from quizapp.store import models


def start(page: Page, path: str = "/practice") -> None:
    """Begin what a page of practice offers."""
    page.goto(path)
    page.locator("main form[action$='/sittings'] button[type=submit]").last.click()
    expect(page.locator("[data-question]")).to_be_visible()


def form_of(page: Page) -> str:
    """Name the form of the question on the page."""
    return page.locator("[data-question]").get_attribute("data-form") or ""


def item_of(page: Page) -> int:
    """Give the row id of the item on the page."""
    return int(page.locator("[data-question]").get_attribute("data-question") or 0)


def key_of(page: Page, school: School) -> Item:
    """Look up the item on the page: only the test may know its key."""
    with school.writing() as session:
        return snapshot.load(session.get_one(models.Item, item_of(page)).snapshot)


def answer_by_mouse(page: Page, school: School) -> str:
    """Give the right answer by pressing what is on the page; returns the form."""
    form, core = form_of(page), key_of(page, school)
    match core:
        case ChoiceItem(options=options):
            token = next(option.token for option in options if option.correct)
            page.click(f"button[name=choice][value='{token}']")
        case TrueFalseItem(is_true=is_true):
            page.click(f"button[name=choice][value='{'true' if is_true else 'false'}']")
        case TypedItem(key=key):
            page.fill("input[name=text]", key)
            page.click("form.answer [data-key=Enter]")
        case MatchingItem(premises=premises, responses=responses, key=key):
            places = {response.token: place for place, response in enumerate(responses)}
            for place, premise in enumerate(premises):
                page.locator("[data-tray] button").nth(places[key[premise.token]]).click()
                page.locator("[data-premise] button").nth(place).click()
            page.click("[data-check]")
        case FlashcardItem():
            pytest.fail("practice has better forms than a flashcard for every fact of the shipped banks")
    return form
