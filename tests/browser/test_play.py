"""The play page in a real browser: by mouse, by keyboard, and without JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import select
from support.cast import PASSWORD
from support.onscreen import answer_by_mouse, form_of, item_of, key_of, start
from support.school import STUDENT, School
from support.visitor import LAPTOP, PHONE, SMALL_PHONE, Visitor

from quizapp.core.items.model import ChoiceItem, FlashcardItem, MatchingItem, TrueFalseItem, TypedItem
from quizapp.store import models

pytestmark = pytest.mark.browser
FORMS = ("choice", "true-false", "matching", "typed", "cloze")


def enter(visitor: Visitor, *, size: tuple[int, int] = PHONE, script: bool = True) -> Page:
    """Log in as the student."""
    page = visitor.open("/login", size=size, script=script)
    page.fill("[name=email]", STUDENT)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page).to_have_url(re.compile("/$"))
    return page


def visible(page: Page, selector: str) -> Locator:
    return page.locator(selector).locator("visible=true")


def answer_by_keyboard(page: Page, school: School) -> str:
    form, core = form_of(page), key_of(page, school)
    match core:
        case ChoiceItem(options=options):
            page.keyboard.press(str(1 + next(place for place, option in enumerate(options) if option.correct)))
        case TrueFalseItem(is_true=is_true):
            page.keyboard.press("1" if is_true else "2")
        case TypedItem(key=key):
            page.locator("input[name=text]").focus()
            page.keyboard.type(key)
            page.keyboard.press("Enter")
        case MatchingItem(premises=premises, responses=responses, key=key):
            letters = {response.token: "abcdefghij"[place] for place, response in enumerate(responses)}
            for place, premise in enumerate(premises, 1):
                page.keyboard.press(str(place))
                page.keyboard.press(letters[key[premise.token]])
            page.keyboard.press("Enter")
        case FlashcardItem():
            page.keyboard.press("Enter")
            expect(page.locator(".flashcard__back")).to_be_visible()
            page.keyboard.press("3")
    return form


def answer_without_script(page: Page, school: School) -> str:
    form, core = form_of(page), key_of(page, school)
    match core:
        case TypedItem(key=key):
            page.fill("input[name=text]", key)
            page.locator("form.answer [data-key=Enter]").click()
        case MatchingItem(premises=premises, key=key):
            for premise in premises:
                page.select_option(f"select[name='pair-{premise.token}']", key[premise.token])
            page.locator("[data-check]").click()
        case FlashcardItem():
            page.locator("form[action$='/reveal'] button[type=submit]").click()
            page.locator("button[name=grade][value='3']").click()
        case ChoiceItem() | TrueFalseItem():
            answer_by_mouse(page, school)
    return form


MOST_ITEMS = 30


def enough(turns: int, forms: set[str]) -> bool:
    """Ten items of at least four forms; which forms come when hangs on the day, so a few more may be needed."""
    return (turns >= 10 and len(forms) >= 4) or turns >= MOST_ITEMS


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_ten_items_are_practised_by_mouse_and_one_is_taken_back(
    visitor: Visitor, school: School, size: tuple[int, int]
) -> None:
    page = enter(visitor, size=size)
    start(page)
    forms: set[str] = set()
    turns = 0
    while not enough(turns, forms):
        turns += 1
        forms.add(answer_by_mouse(page, school))
        expect(page.locator("[data-verdict]")).to_be_visible()
        page.click("[data-verdict] [data-next]")
        expect(page.locator("[data-verdict]")).to_have_count(0)
    assert len(forms) >= 4
    asked = item_of(page)
    stem = page.inner_text("h1")
    answer_by_mouse(page, school)
    page.locator("[data-verdict] [data-key=u]").click()
    expect(page.locator("[data-verdict]")).to_have_count(0)
    assert item_of(page) != asked
    assert page.inner_text("h1") == stem


def test_ten_items_are_practised_by_keyboard_alone(visitor: Visitor, school: School) -> None:
    page = enter(visitor, size=LAPTOP)
    start(page)
    forms: set[str] = set()
    turns = 0
    while not enough(turns, forms):
        turns += 1
        forms.add(answer_by_keyboard(page, school))
        expect(page.locator("[data-verdict]")).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.locator("[data-verdict]")).to_have_count(0)
    assert len(forms) >= 4
    stem = page.inner_text("h1")
    answer_by_keyboard(page, school)
    expect(page.locator("[data-verdict]")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator("[data-verdict]")).to_have_count(0)
    assert page.inner_text("h1") == stem
    page.keyboard.press("Escape")
    page.locator("h1").focus()
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()


def test_ten_items_are_practised_without_javascript(visitor: Visitor, school: School) -> None:
    page = enter(visitor, script=False)
    start(page)
    forms: set[str] = set()
    turns = 0
    while not enough(turns, forms):
        turns += 1
        forms.add(answer_without_script(page, school))
        expect(page.locator("[data-verdict]")).to_be_visible()
        page.locator("[data-verdict] [data-next]").click()
        expect(page.locator("[data-question]")).to_be_visible()
    assert len(forms) >= 4


def test_a_set_is_matched_by_keyboard_alone(visitor: Visitor, school: School) -> None:
    page = enter(visitor, size=LAPTOP)
    start(page, "/match")
    assert answer_by_keyboard(page, school) == "matching"
    expect(page.locator("[data-verdict=right]")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("[data-verdict]")).to_have_count(0)


def test_flashcards_are_turned_and_graded_by_keyboard(visitor: Visitor) -> None:
    page = enter(visitor, size=LAPTOP)
    start(page, "/flashcards")
    for _ in range(3):
        first = item_of(page)
        expect(page.locator(".flashcard__back")).to_have_count(0)
        page.keyboard.press("Enter")
        expect(page.locator(".flashcard__back")).to_be_visible()
        page.keyboard.press("3")
        expect(page.locator(f"[data-question='{first}']")).to_have_count(0)


def test_a_sitting_can_be_stopped_and_its_summary_says_what_happened(visitor: Visitor, school: School) -> None:
    page = enter(visitor)
    start(page)
    answer_by_mouse(page, school)
    page.click("[data-verdict] [data-next]")
    page.locator("header form[action$='/end'] button").click()
    expect(page.locator("[data-summary]")).to_be_visible()
    assert Axe().run(page).violations_count == 0


def test_the_other_tab_is_told_and_sees_what_was_recorded(visitor: Visitor, school: School) -> None:
    visitor.forgiven = ("409",)
    page = enter(visitor)
    start(page)
    other = page.context.new_page()
    other.goto(page.url)
    answer_by_mouse(page, school)
    expect(page.locator("[data-verdict]")).to_be_visible()
    with school.writing() as session:
        before = len(session.scalars(select(models.Review.id)).all())
    answer_by_mouse(other, school)
    expect(other.locator("[data-verdict]")).to_contain_text("answered before")
    with school.writing() as session:
        assert len(session.scalars(select(models.Review.id)).all()) == before


def test_an_answer_given_offline_is_kept_and_sent_once_the_line_is_back(visitor: Visitor, school: School) -> None:
    visitor.forgiven = ("Failed to load resource", "net::ERR")
    page = enter(visitor)
    start(page)
    item = item_of(page)

    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/answer", refuse)
    answer_by_mouse(page, school)
    expect(page.locator("button[data-retry]")).to_be_visible()
    page.unroute("**/answer", refuse)
    page.locator("button[data-retry]").click()
    expect(page.locator("[data-verdict]")).to_be_visible()
    with school.writing() as session:
        assert session.get_one(models.Item, item).graded_at is not None


def test_the_right_answer_is_not_in_the_page_before_the_answer(visitor: Visitor, school: School) -> None:
    page = enter(visitor)
    start(page, "/flashcards")
    core = key_of(page, school)
    assert isinstance(core, FlashcardItem)
    assert core.back not in page.content()


def test_four_options_fit_a_small_phone_without_scrolling(visitor: Visitor, school: School) -> None:
    page = enter(visitor, size=SMALL_PHONE)
    start(page)
    for _ in range(12):
        if form_of(page) == "choice" and visible(page, "button[name=choice]").count() == 4:
            break
        answer_by_mouse(page, school)
        page.click("[data-verdict] [data-next]")
    assert visible(page, "button[name=choice]").count() == 4
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    for option in visible(page, "button[name=choice]").all():
        box = option.bounding_box()
        assert box is not None
        assert box["height"] >= 48


def test_every_form_and_its_verdict_pass_axe(visitor: Visitor, school: School) -> None:
    page = enter(visitor)
    start(page)
    seen: set[str] = set()
    for _ in range(MOST_ITEMS):
        form = answer_by_mouse(page, school) if form_of(page) in seen else look_at(page, school)
        seen.add(form)
        page.click("[data-verdict] [data-next]")
        expect(page.locator("[data-verdict]")).to_have_count(0)
        if len(seen) == len(FORMS) or page.locator("[data-summary]").count():
            break
    assert len(seen) >= 4


def look_at(page: Page, school: School) -> str:
    """Answer, and find nothing to complain about before and after."""
    before = Axe().run(page)
    assert before.violations_count == 0, before.generate_report()
    form = answer_by_mouse(page, school)
    expect(page.locator("[data-verdict]")).to_be_visible()
    after = Axe().run(page)
    assert after.violations_count == 0, after.generate_report()
    return form


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_quiz_is_taken_to_its_score_page(visitor: Visitor, *, script: bool) -> None:
    page = enter(visitor, script=script)
    page.goto("/quiz")
    page.fill("[name=questions]", "4")
    page.locator("main form button[type=submit]").first.click()
    for _ in range(4):
        match form_of(page):
            case "choice" | "true-false":
                page.locator("label.option").first.click()
            case "typed" | "cloze":
                page.fill("input[name=text]", "low-level process")
            case "matching" if not script:
                page.locator("[data-premise] select").first.select_option(index=1)
            case _:
                page.locator("[data-premise] button").first.click()
                page.locator("[data-tray] button").first.click()
        if form_of(page) == "matching":
            page.locator("label.toggle").click()
        page.locator("form.answer [data-key=Enter], form.answer [data-check]").first.click()
        page.wait_for_load_state()
    if "/finish" not in page.url:
        page.goto(re.sub(r"(/attempts/\d+).*", r"\1/finish", page.url))
    page.locator("main form[action$='/finish'] button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/attempts/\d+$"))
    expect(page.locator("main")).to_contain_text("of 4")


def test_a_newcomer_signs_up_and_is_asked_the_first_facts(visitor: Visitor, school: School) -> None:
    page = visitor.open("/signup")
    page.fill("[name=name]", "Newcomer")
    page.fill("[name=email]", "newcomer@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page).to_have_url(re.compile("/$"))
    start(page)
    for _ in range(3):
        answer_by_mouse(page, school)
        page.click("[data-verdict=right] [data-next]")
    with school.writing() as session:
        newcomer = session.scalars(select(models.User).where(models.User.email == "newcomer@example.org")).one()
        assert newcomer.zone == page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
        assert session.scalars(select(models.Memory).where(models.Memory.learner_id == newcomer.id)).all()
