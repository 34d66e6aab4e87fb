"""Every component of the style guide in a real browser: without barriers, in both schemes, on a small phone too."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from support.visitor import LAPTOP, SMALL_PHONE, Visitor

from quizapp.web import samples, styleguide

pytestmark = pytest.mark.browser

GUIDE = ["/styleguide/", *(f"/styleguide/{name}" for name in styleguide.PAGES)]
ITEMS = [f"/styleguide/items/{state}" for state in samples.QUESTIONS]
STARTS = [f"/styleguide/start/{kind}" for kind in ("practice", "match", "flashcards", "empty")]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TARGETS = "a.button, button, select, .toggle, .tile, .option, .tabs__tab, .dock__link, .site-nav__link"
SETTLED = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  Promise.allSettled(document.getAnimations().map((each) => each.finished)).then(() => done(null)))))"""
TOO_SMALL = """(targets) => [...document.querySelectorAll(targets)]
  .map((each) => [each, each.getBoundingClientRect()])
  .filter(([each, box]) => each.getClientRects().length && Math.min(box.width, box.height) < 47.5)
  .map(([each, box]) => `${each.className} ${each.textContent.trim()} ${box.width} x ${box.height}`)"""


@pytest.mark.parametrize("path", [*GUIDE, *ITEMS, *STARTS])
def test_a_page_has_no_barrier_in_either_scheme_and_never_scrolls_sideways(guide: Visitor, path: str) -> None:
    page = guide.open(path)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"
    for width, height in (SMALL_PHONE, LAPTOP):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), width


@pytest.mark.parametrize("path", [*ITEMS, *STARTS, "/styleguide/parts", "/styleguide/forms"])
def test_every_target_is_large_enough_for_a_thumb(guide: Visitor, path: str) -> None:
    assert guide.open(path, size=SMALL_PHONE, touch=True).evaluate(TOO_SMALL, TARGETS) == []


@pytest.mark.parametrize("state", ["choice", "choice-fallback", "true-false", "typed", "cloze", "flashcard-revealed"])
def test_a_question_fits_a_small_phone_without_scrolling(guide: Visitor, state: str) -> None:
    page = guide.open(f"/styleguide/items/{state}", size=SMALL_PHONE, touch=True)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    for part in page.locator(".option, .toggle, .grade, .button:visible").all():
        box = part.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= SMALL_PHONE[1]


def test_the_colours_follow_the_switch_and_stay_after_a_reload(guide: Visitor) -> None:
    page = guide.open("/styleguide/", size=LAPTOP)
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.get_by_role("radio", name="Dark").check(force=True)
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert dark != light
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark
    assert page.get_by_role("radio", name="Dark").is_checked()


def test_without_a_script_no_button_is_shown_that_would_do_nothing(guide: Visitor) -> None:
    page = guide.open("/styleguide/items/choice", script=False)
    assert page.locator("[data-script]:visible").count() == 0
    assert page.locator(".option:visible").count() == 4


def test_a_dialog_asks_before_a_dangerous_form_is_sent(guide: Visitor) -> None:
    page = guide.open("/styleguide/parts")
    page.get_by_role("button", name="Reset").first.click()
    dialog = page.get_by_role("dialog", name="Forget this fact?")
    assert dialog.is_visible()
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    assert page.url.endswith("/styleguide/parts")
