"""A class in a browser from the first file to the last grade; each test goes on where the one before it stopped."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from reliability.conftest import copied
from reliability.server import running
from support.story import (
    COURSE,
    HANDOVER,
    MINUTES,
    MISTAKES,
    PRACTICE,
    QUESTIONS,
    QUIZ,
    REASON,
    SWAP,
    WAGES,
    Story,
    answer_quiz,
    appoint,
    csv_rows,
    downloaded,
    ends_at,
    examine,
    given_in,
    json_book,
    local_time,
    minutes_left,
    practise,
    rewrite,
    served,
    sheet_rows,
    sign_up,
    write_flawed,
)
from support.visitor import PHONE, Visitor, log_in

pytestmark = pytest.mark.browser
TABS = {
    "Class map": "The map",
    "Students": "Astrid",
    "Forecast": "Topic by topic",
    "Questions": "questions answered",
    "Mix-ups": "No mix-ups to show yet",
    "Activity": "Jussi",
}
"""The dashboards of a course, and words that stand on each once two have answered: too few for any mix-up."""

PAGES = {
    "teacher": (
        "/courses",
        "/courses/join",
        "{course}/people",
        "{course}/people/1",
        "{course}/roster",
        "{course}/banks",
        "{course}/settings",
        "{course}/assignments/new?kind=practice",
        "{course}/students/3",
        "{course}/items?where=quiz",
        "{quiz}",
        "{quiz}/edit",
        "{quiz}/grades",
        "{quiz}/regrade",
        "{practice}",
        "/drafts",
        "/drafts/table",
        "{bank}/versions",
        "{bank}/versions/1",
        "{bank}/sharing",
    ),
    "admin": (
        "/admin",
        "/admin/users",
        "/admin/users/2",
        "/admin/courses",
        "/admin/log-ins",
        "/admin/audit",
        "/admin/storage",
        "/admin/settings",
    ),
    "Astrid": ("/", "/courses", "{course}", "{quiz}", "{practice}", "{score}"),
}
"""Whose pages are looked through in the dark, where the story has led to."""


@pytest.fixture(scope="module")
def story(browser: Browser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The site over SQLite in a process of its own, with one instructor and nothing else."""
    folder = tmp_path_factory.mktemp("story")
    with running(folder, copied(sqlite_template, folder)) as server:
        visitor = Visitor(browser, f"http://127.0.0.1:{server.port}", forgiven=("422 (UNPROCESSABLE ENTITY)",))
        with served(server, visitor) as story:
            yield story
        visitor.leave()


@pytest.fixture(autouse=True)
def quiet(story: Story) -> Iterator[None]:
    yield
    story.quiet()


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Course", exact=True).get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("navigation", name="Course", exact=True).locator("[aria-current]")).to_have_text(name)


def test_a_file_with_three_mistakes_is_mended_looked_at_and_published(story: Story, tmp_path: Path) -> None:
    page = story.teacher
    file, lines = write_flawed(tmp_path)
    page.goto("/banks")
    page.get_by_role("link", name="Workshop").click()
    page.get_by_label("Files", exact=True).set_input_files(file)
    page.get_by_role("button", name="Upload", exact=True).click()
    wrong = page.locator(".problem--wrong")
    expect(wrong).to_have_count(3)
    places = page.locator(".problem--wrong .problem__place").all_inner_texts()
    assert sorted(int(re.findall(r"\d+", place)[0]) for place in places) == sorted(lines)
    examine(page)
    for mended, (right, written) in enumerate(MISTAKES, 1):
        rewrite(page, [(written, right)])
        expect(wrong).to_have_count(3 - mended)
    page.get_by_role("button", name="Save and preview").click()
    page.get_by_role("link", name="questions about questions.forgotten-cost").click()
    choice = page.locator("#form-choice")
    expect(choice.locator(".made__option--key")).to_contain_text(HANDOVER)
    expect(choice.locator(".made__why").first).not_to_be_empty()
    choice.get_by_role("link", name="Another one").click()
    expect(page).to_have_url(re.compile(r"seed="))
    expect(choice.locator(".made__option--key")).to_contain_text(HANDOVER)
    examine(page)
    page.get_by_role("link", name="Plan and publish").first.click()
    expect(page.get_by_text("17 facts added")).to_be_visible()
    examine(page)
    page.get_by_role("button", name="Publish version 1").click()
    expect(page.get_by_text("is asked as version 1 now")).to_be_visible()
    story.places["bank"] = page.url


def test_a_course_gets_its_bank_a_quiz_and_a_practice(story: Story) -> None:
    page = story.teacher
    page.goto("/courses")
    page.get_by_label("Name of the course").fill(COURSE)
    page.get_by_role("button", name="Open the course").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(COURSE)
    examine(page)
    story.places["course"] = page.url.partition("#")[0]
    story.places["join"] = page.locator(".join-link").get_attribute("href") or ""
    open_tab(page, "Banks")
    choose(page.get_by_label("Bank", exact=True), "Sourcing models")
    page.get_by_text("Let the people of the course see it").click()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("row", name="Sourcing models")).to_be_visible()
    examine(page)
    set_quiz(page)
    story.places["quiz"] = page.url
    set_practice(page)
    story.places["practice"] = page.url


def choose(field: Locator, words: str) -> None:
    """Choose what says these words, among others."""
    field.select_option(value=field.locator("option", has_text=words).first.get_attribute("value"))


def set_quiz(page: Page) -> None:
    """Set a quiz by a blueprint: the question about costs, and others that are chosen or written."""
    open_tab(page, "Overview")
    page.get_by_role("link", name="New quiz").click()
    page.get_by_label("Title").fill(QUIZ)
    page.get_by_text("A blueprint: so many of each topic and form").click()
    rows = (("Questions written by hand", "Multiple choice", 1), ("Who owns", "Multiple choice", 3))
    for number, (topic, form, count) in enumerate((*rows, ("Cards", "Typed answer", 1)), 1):
        row = page.get_by_role("group", name=f"Row {number}")
        choose(row.get_by_label("About"), topic)
        row.get_by_label("As").select_option(label=form)
        row.get_by_label("How many").fill(str(count))
    page.get_by_label("Due", exact=True).fill(local_time(timedelta(hours=3)))
    page.get_by_label("Time limit in minutes").fill(str(MINUTES))
    page.get_by_text("To each student who has finished").click()
    page.get_by_text("Different questions for each student and attempt").click()
    examine(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Students do not see it yet.")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Students do not see it yet.")).to_have_count(0)
    examine(page)


def set_practice(page: Page) -> None:
    """Set practice to be ready in a week."""
    open_tab(page, "Overview")
    page.get_by_role("link", name="New practice").click()
    page.get_by_label("Title").fill(PRACTICE)
    page.get_by_text("Sourcing models", exact=True).click()
    page.get_by_label("Be ready by").fill(local_time(timedelta(days=7)))
    examine(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Students do not see it yet.")).to_have_count(0)
    examine(page)


def test_dashboards_that_nobody_has_filled_say_so(story: Story) -> None:
    page = story.teacher
    page.goto(story.places["course"])
    for name in (*TABS, "Grades", "People"):
        open_tab(page, name)
        examine(page)


def test_two_students_join_by_the_link_and_by_the_code(story: Story) -> None:
    astrid = story.student(story.places["join"])
    astrid.get_by_role("main").get_by_role("link", name="Sign up").click()
    sign_up(astrid, "Astrid")
    astrid.get_by_role("button", name="Join the course").click()
    expect(astrid.get_by_role("heading", level=1)).to_have_text(COURSE)
    examine(astrid)
    jussi = story.student("/signup")
    sign_up(jussi, "Jussi")
    jussi.get_by_role("link", name="Courses").last.click()
    jussi.get_by_label("Code").fill(story.places["join"].rsplit("/", 1)[1].lower())
    jussi.get_by_role("button", name="Join", exact=True).click()
    expect(jussi.get_by_role("link", name=QUIZ)).to_be_visible()


def test_one_of_them_is_given_more_time(story: Story) -> None:
    page = story.teacher
    page.goto(story.places["course"])
    open_tab(page, "People")
    page.get_by_role("link", name="Jussi").click()
    page.get_by_label("Extra time in per cent").fill("50")
    page.locator("#accommodations").get_by_role("button", name="Save").click()
    expect(page.get_by_label("Extra time in per cent")).to_have_value("50")
    examine(page)


def begin_quiz(page: Page, time: str) -> None:
    """Find the quiz from the first page on, and begin it."""
    page.goto("/")
    page.get_by_role("link", name=QUIZ).click()
    expect(page.locator("dl.pairs")).to_contain_text(time)
    examine(page)
    page.get_by_role("button", name="Start the quiz").click()
    expect(page.get_by_text(f"Question 1 of {QUESTIONS}", exact=True)).to_be_visible()
    examine(page)


def finish_quiz(page: Page, costs: str, done: int) -> None:
    """Answer what is open and hand in."""
    for _question in range(QUESTIONS - done):
        answer_quiz(page, costs)
    expect(page.get_by_role("heading", level=1)).to_have_text("Every question is answered")
    page.get_by_role("button", name="Finish and see my score").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(rf"of {QUESTIONS} points$"))
    examine(page)


def test_a_quiz_outlives_its_window_and_its_server(story: Story) -> None:
    astrid, jussi = story.student(), story.student()
    log_in(astrid, "Astrid")
    log_in(jussi, "Jussi")
    begin_quiz(astrid, "20 minutes")
    begin_quiz(jussi, "with your extra time")
    assert abs(minutes_left(jussi) - MINUTES * 1.5) < 1
    assert abs(minutes_left(astrid) - MINUTES) < 1
    attempt = jussi.url.rsplit("/", 1)[0]
    given = [answer_quiz(jussi, HANDOVER) for _question in range(3)]
    ends = ends_at(jussi)
    answer_quiz(astrid, WAGES)
    jussi.context.close()
    story.server.kill()
    story.server.start()
    finish_quiz(astrid, WAGES, done=1)
    story.places["score"] = astrid.url
    jussi = story.student()
    log_in(jussi, "Jussi")
    jussi.get_by_role("link", name=QUIZ).click()
    expect(jussi.get_by_text("You are in the middle of it")).to_be_visible()
    jussi.get_by_role("button", name="Go on").click()
    expect(jussi).to_have_url(f"{attempt}/4")
    assert ends_at(jussi) == ends
    for slot, words in enumerate(given, 1):
        jussi.goto(f"{attempt}/{slot}")
        assert given_in(jussi) == words
    jussi.goto(f"{attempt}/4")
    finish_quiz(jussi, HANDOVER, done=3)


def test_the_practice_is_found_and_practised(story: Story) -> None:
    page = story.student()
    log_in(page, "Astrid")
    page.get_by_role("link", name=PRACTICE).click()
    examine(page)
    page.get_by_role("button", name=re.compile("practising$")).click()
    practise(page, turns=4)
    page.locator("header form[action$='/end'] button").click()
    expect(page.locator("[data-summary]")).to_be_visible()
    page.goto(story.places["practice"])
    expect(page.get_by_role("button", name="Go on practising")).to_be_visible()
    page.goto(story.places["score"])
    page.get_by_role("button", name="Practise what I missed").click()
    practise(page, turns=1)


def test_the_teacher_reads_what_the_class_knows(story: Story) -> None:
    page = story.teacher
    page.goto(story.places["course"])
    for name, words in TABS.items():
        open_tab(page, name)
        expect(page.get_by_role("main")).to_contain_text(words)
        examine(page)
    open_tab(page, "Students")
    page.get_by_role("main").get_by_role("link", name="Astrid").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Astrid")
    examine(page)


def test_a_question_leads_to_its_bank_and_an_edit_says_who_relearns(story: Story) -> None:
    page = story.teacher
    page.goto(story.places["course"])
    open_tab(page, "Questions")
    page.get_by_role("link", name="Which cost is most easily forgotten").first.click()
    examine(page)
    page.get_by_role("button", name="Edit the bank").click()
    rewrite(page, SWAP)
    page.get_by_role("button", name="Save and plan").click()
    expect(page.locator("ul.plan")).to_contain_text("1 value changed: 2 learners relearn it")
    row = page.get_by_role("row", name="questions.forgotten-cost")
    expect(row).to_contain_text(HANDOVER)
    expect(row).to_contain_text(WAGES)
    examine(page)
    page.get_by_role("button", name="Publish version 2").click()
    expect(page.get_by_text("is asked as version 2 now")).to_be_visible()


def test_regrading_shows_who_changes_and_adds_a_grade_with_its_reason(story: Story) -> None:
    page = story.teacher
    page.goto(story.places["quiz"])
    page.get_by_role("link", name="Regrade").click()
    expect(page.get_by_role("heading", name="One attempt changes")).to_be_visible()
    expect(page.get_by_role("row", name="Astrid")).to_contain_text("→ 1")
    expect(page.get_by_role("main")).to_contain_text("Jussi, attempt 1: would have less")
    examine(page)
    page.get_by_role("button", name="Regrade one attempt").click()
    expect(page.get_by_text("Write down why").first).to_be_visible()
    page.get_by_label("Why").fill(REASON)
    page.get_by_role("button", name="Regrade one attempt").click()
    expect(page.get_by_text("One attempt has a new grade.")).to_be_visible()
    examine(page)
    astrid = page.get_by_role("row", name="Astrid")
    expect(astrid).to_contain_text("regraded")
    astrid.locator(".gradebook__points").click()
    grades = page.get_by_role("table", name="Grades").locator("tbody tr")
    expect(grades).to_have_count(2)
    expect(grades.nth(0)).to_contain_text(REASON)
    expect(grades.nth(1)).to_contain_text("Handed in")
    points = [float(grades.nth(row).locator("td.num").inner_text().split("/")[0]) for row in (0, 1)]
    assert points[0] == points[1] + 1
    examine(page)


def test_the_student_reads_the_new_grade_and_its_reason(story: Story) -> None:
    page = story.student()
    log_in(page, "Astrid")
    page.goto(story.places["score"])
    expect(page.get_by_text(f"Why: {REASON}")).to_be_visible()
    expect(page.locator(".mark", has_text="Which cost is most easily forgotten")).to_contain_text("It is worth 1 now.")
    examine(page)


def test_the_grades_are_taken_away_as_files_that_agree(story: Story) -> None:
    page = story.teacher
    page.goto(story.places["course"])
    open_tab(page, "Grades")
    examine(page)
    table = csv_rows(downloaded(page, "CSV"))
    workbook = downloaded(page, "Excel")
    book = json_book(downloaded(page, "JSON"))
    assert [row["Name"] for row in table] == ["Astrid", "Jussi"]
    assert [row[f"{QUIZ}: standing"] for row in table] == ["handed in, regraded", "handed in"]
    for row, sheet, shown in zip(table, sheet_rows(workbook, 1), page.locator("tbody tr").all(), strict=True):
        assert (row["Name"], row["E-mail"], float(row[QUIZ])) == (sheet["Name"], sheet["E-mail"], float(sheet[QUIZ]))
        assert float(shown.locator(".gradebook__points").inner_text().split("/")[0]) == float(row[QUIZ])
    assert [row["Quiz"] for row in sheet_rows(workbook, 2)] == [QUIZ, QUIZ]
    assert [grade["kind"] for grade in book["grades"]].count("regraded") == 1
    assert [grade["kind"] for grade in book["grades"]].count("finished") == 2
    (regraded,) = (grade for grade in book["grades"] if grade["kind"] == "regraded")
    assert (regraded["reason"], regraded["points"]) == (REASON, float(table[0][QUIZ]))
    assert len(book["items"]) == 2 * QUESTIONS


@pytest.mark.parametrize("name", PAGES)
def test_its_pages_read_well_in_the_dark(story: Story, name: str) -> None:
    if name == "admin":
        appoint(story.server, "admin@example.org", "admin")
    page = story.visitor.open("/", size=PHONE, dark=True)
    log_in(page, name)
    for path in PAGES[name]:
        answer = page.goto(path.format_map(story.places))
        assert answer is not None
        assert answer.ok, path
        examine(page)
