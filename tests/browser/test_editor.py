"""The workshop in a browser: a file with mistakes is uploaded, mended in the editor, looked at, planned, published."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session
from support.banks import SOURCING
from support.cast import PASSWORD, hire
from support.lessons import Lesson
from support.visitor import LAPTOP, PHONE, Visitor, examine, log_in, serve

from quizapp.actions.passwords import hash_password
from quizapp.app import create_app
from quizapp.config import Config
from quizapp.store.db import db
from quizapp.store.engine import begin_writing, make_engine
from quizapp.store.schema import upgrade

TABLE = "\tInsourcing\tOutsourcing\nStaff\tOurs\tTheirs\nControl\tDirect\tWeak\n"
MISTAKES = (
    ("source: lecture", "source: lectur"),
    ("| control | Direct control |", "| controll | Direct control |"),
    ("back: Total cost of ownership, both-ways", "back: Total cost of ownership, both-way"),
)


@pytest.fixture(scope="module")
def site_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with a bank that the teacher owns and that five people have begun to learn."""
    config = Config(data=str(tmp_path_factory.mktemp("workshop")))
    engine = make_engine(config.url)
    upgrade(engine, backup_to=None)
    start = datetime.now(UTC) - timedelta(days=20)
    with Session(engine) as session:
        begin_writing(session)
        cast = hire(session, start)
        cast.teacher.password_hash = cast.admin.password_hash = hash_password(PASSWORD)
        lesson = Lesson.begin(session, start)
        lesson.bank.owner_id = cast.teacher.id
        for person in (cast.astrid, cast.jussi, cast.outsider, cast.teacher, cast.admin):
            lesson.choose(person, "ownership.captive.definition", "ownership.joint.definition", days=0)
        session.commit()
    engine.dispose()
    app = create_app(config)
    yield from serve(app)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def visitor(browser: Browser, site_url: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, site_url, forgiven=("409 (CONFLICT)", "422 (UNPROCESSABLE ENTITY)"))
    yield visitor
    visitor.leave()


def flawed(folder: Path, bank_id: str) -> Path:
    """Write a file with three mistakes."""
    content = SOURCING.replace("sourcing-test", bank_id)
    for right, wrong in MISTAKES:
        assert content.count(right) == 1
        content = content.replace(right, wrong)
    path = folder / f"{bank_id}.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def mend(page: Page) -> None:
    """Write the text right, as somebody does who types."""
    text = page.get_by_label("Text of")
    content = text.input_value()
    for right, wrong in MISTAKES:
        content = content.replace(wrong, right)
    text.fill(content)


@pytest.mark.browser
@pytest.mark.parametrize(("size", "dark"), [(PHONE, True), (LAPTOP, False)])
def test_a_file_with_three_mistakes_is_mended_previewed_planned_and_published(
    visitor: Visitor, tmp_path: Path, size: tuple[int, int], dark: bool
) -> None:
    page = visitor.open("/", size=size, dark=dark)
    log_in(page)
    page.goto("/drafts")
    examine(page)
    page.get_by_label("Files", exact=True).set_input_files(flawed(tmp_path, f"mended-{size[0]}"))
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("3 mistakes keep this from being published.")).to_be_visible()
    expect(page.locator(".problem--wrong")).to_have_count(3)
    expect(page.locator(".source__mark--wrong")).to_have_count(3)
    examine(page)
    place = page.locator(".problem--wrong .problem__place").nth(1)
    expect(place).to_have_text("line 22, column 9")
    place.click()
    at = page.get_by_label("Text of").evaluate("node => node.value.slice(node.selectionStart, node.selectionStart + 8)")
    assert at == "controll"
    mend(page)
    expect(page.get_by_text("No mistakes: 17 facts can be read.").first).to_be_visible()
    expect(page.locator(".source__mark--wrong")).to_have_count(0)
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    examine(page)
    page.get_by_role("button", name="Save and preview").click()
    examine(page)
    page.get_by_role("link", name="questions about ownership.captive.definition").click()
    expect(page.locator("#form-choice .made__option--key")).to_contain_text("that the client itself owns")
    expect(page.locator("#form-choice")).to_contain_text("beside it in the same section")
    page.locator("#form-choice").get_by_role("link", name="Another one").click()
    examine(page)
    page.get_by_role("link", name="Plan and publish").first.click()
    expect(page.get_by_text("17 facts added")).to_be_visible()
    examine(page)
    page.get_by_role("button", name="Publish version 1").click()
    expect(page.get_by_text("is asked as version 1 now")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sourcing models")


@pytest.mark.browser
def test_all_of_it_goes_by_keyboard(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open("/", size=LAPTOP)
    log_in(page)
    page.goto("/drafts")
    page.get_by_label("Files", exact=True).set_input_files(flawed(tmp_path, "by-keyboard"))
    page.get_by_role("button", name="Upload", exact=True).focus()
    page.keyboard.press("Enter")
    text = page.get_by_label("Text of")
    place = page.get_by_role("link", name="line 22, column 9")
    place.focus()
    page.keyboard.press("Enter")
    expect(text).to_be_focused()
    expect(page.locator("[data-says]")).to_contain_text('the row "controll" is not an attribute')
    page.keyboard.press("Tab")
    expect(text).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(text).to_be_focused()
    page.get_by_label("Tab key indents").check()
    text.focus()
    before = text.input_value()
    page.keyboard.press("Tab")
    assert len(text.input_value()) == len(before) + 2
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(text).not_to_be_focused()
    text.fill(before)
    mend(page)
    text.focus()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("No mistakes: 17 facts can be read.").first).to_be_visible()
    page.get_by_role("button", name="Save and plan").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Publish version 1").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("is asked as version 1 now")).to_be_visible()


@pytest.mark.browser
def test_two_editors_lose_nothing(visitor: Visitor) -> None:
    mine, theirs = visitor.open("/", size=LAPTOP), visitor.open("/", size=LAPTOP)
    log_in(mine)
    log_in(theirs, "admin")
    for page in (mine, theirs):
        page.goto("/drafts")
        page.get_by_role("row", name="Edit whole site").get_by_role("button", name="Edit").click()
    for page, words in ((theirs, "Sorts of cost"), (mine, "The kinds of all cost")):
        text = page.get_by_label("Text of")
        text.fill(text.input_value().replace("Kinds of cost", words))
        page.get_by_role("button", name="Save", exact=True).click()
    expect(mine.get_by_role("heading", name="Saved elsewhere meanwhile")).to_be_visible()
    expect(mine.get_by_text("Admin saved this draft")).to_be_visible()
    expect(mine.locator(".difference__old")).to_contain_text("Sorts of cost")
    expect(mine.locator(".difference__new")).to_contain_text("The kinds of all cost")
    assert "The kinds of all cost" in mine.get_by_label("Text of").input_value()
    examine(mine)
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.get_by_text("Saved.")).to_be_visible()
    theirs.reload()
    assert "The kinds of all cost" in theirs.get_by_label("Text of").input_value()
    mine.get_by_role("button", name="Discard this draft").click()
    mine.get_by_role("dialog").get_by_role("button", name="Discard it").click()
    expect(mine.get_by_text("What was published stays.")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_a_pasted_table_becomes_a_bank(visitor: Visitor, script: bool) -> None:
    page = visitor.open("/", size=PHONE, script=script)
    log_in(page)
    page.goto("/drafts/table")
    page.get_by_label("Title").fill(f"Where work goes {script}")
    page.get_by_label("Table", exact=True).fill(
        "\tInsourcing\tOutsourcing\nStaff\tOurs\tTheirs\nControl\tDirect\tWeak\n"
    )
    page.get_by_role("button", name="Look at it").click()
    page.get_by_label("Id of Insourcing").fill("Not An Id")
    page.get_by_role("button", name="Make a draft of it").click()
    expect(page.get_by_text("is no id")).to_be_visible()
    page.get_by_label("Id of Insourcing").fill("in-house")
    if script:
        examine(page)
    page.get_by_role("button", name="Make a draft of it").click()
    expect(page.get_by_text("No mistakes: 4 facts can be read.").first).to_be_visible()
    assert "in-house: Insourcing" in page.get_by_label("Text of").input_value()
    if script:
        examine(page)


@pytest.mark.browser
def test_dropped_files_stand_in_the_field(visitor: Visitor) -> None:
    page = visitor.open("/", size=LAPTOP)
    log_in(page)
    page.goto("/drafts")
    page.locator("file-drop").evaluate(
        """node => {
          const data = new DataTransfer();
          for (const name of ["a.yaml", "b.yaml"]) data.items.add(new File(["knowledge: 1"], name));
          node.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.get_by_text("2 files chosen")).to_be_visible()
    assert page.get_by_label("Files", exact=True).evaluate("node => node.files.length") == 2


@pytest.mark.browser
def test_without_script_the_editor_is_a_form_with_its_problems_below(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open("/", size=PHONE, script=False)
    log_in(page)
    page.goto("/drafts")
    page.get_by_label("Files", exact=True).set_input_files(flawed(tmp_path, "plain"))
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".problem--wrong")).to_have_count(3)
    mend(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("No mistakes: 17 facts can be read.")).to_be_visible()
    page.get_by_role("button", name="Save and plan").click()
    expect(page.get_by_role("button", name="Publish version 1")).to_be_visible()
