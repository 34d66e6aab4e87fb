"""Assignments page by page: set by a teacher, taken by students, never telling a key too early."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from sqlalchemy import select
from support.assigned import Classroom, open_classroom
from support.caller import Caller
from support.play import right, wrong
from support.site import Site

from quizapp.actions import quiz
from quizapp.core.items import snapshot
from quizapp.core.items.model import ChoiceItem, MatchingItem, TypedItem
from quizapp.store import models
from quizapp.store.engine import begin_writing

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
QUIZ = {
    "kind": "quiz",
    "title": "Week 1",
    "source": "banks",
    "forms": "mixed",
    "questions": "4",
    "due_at": "2026-03-09T12:00",
    "late_rule": "refuse",
    "attempts": "2",
    "feedback": "due",
    "shuffled": "y",
}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def school(clock: time_machine.Traveller, site: Site) -> Classroom:  # noqa: ARG001 -- the time stands still
    begin_writing(site.session)
    school = open_classroom(site.session, site.cast, site.lesson.bank, MONDAY)
    site.session.commit()
    return school


@pytest.fixture
def teacher(site: Site, school: Classroom) -> Caller:  # noqa: ARG001 -- the course is there
    return site.logged_in("teacher")


@pytest.fixture
def astrid(site: Site, school: Classroom) -> Caller:  # noqa: ARG001 -- as above
    return site.logged_in("astrid")


def assigned(school: Classroom, kind: str = "quiz", **changes: object) -> str:
    """Make an assignment behind the site's back and give its address."""
    rewrite(school)
    made = school.assign(kind, **changes)  # type: ignore[arg-type]  # what the values take
    url = f"/courses/{school.course.id}/assignments/{made.id}"
    school.session.commit()
    return url


def rewrite(school: Classroom) -> None:
    """Begin to write behind the site's back, from what is there now."""
    school.session.rollback()
    begin_writing(school.session)


def newest(school: Classroom) -> models.Attempt:
    school.session.rollback()
    found = school.session.scalars(select(models.Attempt).order_by(models.Attempt.id.desc())).first()
    assert found is not None
    return found


def answer(caller: Caller, school: Classroom, attempt: models.Attempt, slot: int, *, rightly: bool = True) -> None:
    item = quiz.items_of(school.session, attempt)[slot - 1]
    page = caller.get(f"/attempts/{attempt.id}/{slot}").text
    hidden = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("key", "version")}
    fields = {name: found[1] for name, found in hidden.items() if found}
    sent = caller.post(f"/items/{item.id}/answer", {**(right(item) if rightly else wrong(item)), **fields})
    assert sent.status_code == 303, sent.text
    school.session.rollback()


def fields_of(page: str) -> dict[str, str]:
    """Read the values of a form's inputs that are not ticked or pressed."""
    inputs = re.findall(r"<input [^>]*>", page)
    found = ((re.search(r'name="([^"]+)"', each), re.search(r'value="([^"]*)"', each)) for each in inputs)
    return {name[1]: unescape(value[1]) for name, value in found if name and value}


def test_only_instructors_of_the_course_make_and_change_assignments(site: Site, school: Classroom) -> None:
    url = assigned(school)
    course = url.rsplit("/", 1)[0]
    for name in ("astrid", "outsider"):
        caller = site.logged_in(name)
        assert caller.get(f"{course}/new?kind=quiz").status_code == 404
        assert caller.post(course, QUIZ).status_code == 404
        for deed in ("edit", "publish", "archive", "unarchive", "preview"):
            assert caller.post(f"{url}/{deed}").status_code == 404
        assert caller.get(f"{url}/edit").status_code == 404
    assert site.logged_in("outsider").get(url).status_code == 404
    assert site.logged_in("outsider").post(f"{url}/attempts").status_code == 404


def test_staff_take_a_quiz_by_a_preview_alone(teacher: Caller, school: Classroom) -> None:
    url = assigned(school)
    assert teacher.post(f"{url}/attempts").status_code == 404
    sent = teacher.post(f"{url}/preview")
    assert sent.status_code == 303
    assert newest(school).preview
    assert teacher.get(sent.headers["Location"]).status_code == 303
    practice = assigned(school, "practice")
    assert teacher.post(f"{practice}/practice").status_code == 404
    assert teacher.post(f"{practice}/preview").status_code == 404


def test_students_see_no_draft_and_nothing_archived(teacher: Caller, astrid: Caller, school: Classroom) -> None:
    url = assigned(school, published=False)
    assert astrid.get(url).status_code == 404
    assert "Students do not see it yet" in teacher.get(url).text
    assert teacher.post(f"{url}/publish").status_code == 303
    assert astrid.get(url).status_code == 200
    assert teacher.post(f"{url}/archive").status_code == 303
    assert astrid.get(url).status_code == 404
    assert astrid.post(f"{url}/attempts").status_code == 404
    assert teacher.post(f"{url}/unarchive").status_code == 303
    assert astrid.get(url).status_code == 200


def test_a_form_that_is_wrong_comes_back_with_what_was_typed(teacher: Caller, school: Classroom) -> None:
    course = f"/courses/{school.course.id}/assignments"
    for wrong_fields, said in (
        ({"title": ""}, "Give it a title"),
        ({"due_at": "soon"}, "valid"),
        ({"questions": "99"}, "questions can be made of this"),
        ({"bank": "999"}, "valid"),
        ({"source": "rows"}, "in at least one row"),
        ({"late_rule": "sometimes"}, "valid"),
    ):
        page = teacher.post(course, {**QUIZ, "bank": str(school.bank.id), "note": "Read chapter 3", **wrong_fields})
        assert page.status_code == 422
        assert said in page.text
        assert "Read chapter 3" in page.text
    assert teacher.post(course, {**QUIZ, "kind": "exam"}).status_code == 404
    assert teacher.get(f"{course}/new?kind=exam").status_code == 404


def test_times_are_those_of_the_course(teacher: Caller, school: Classroom) -> None:
    course = f"/courses/{school.course.id}/assignments"
    assert "Europe/Stockholm" in teacher.get(f"{course}/new?kind=quiz").text
    made = teacher.post(course, {**QUIZ, "bank": str(school.bank.id)})
    assert made.status_code == 303, made.text
    school.session.rollback()
    kept = school.session.scalars(select(models.Assignment)).one()
    assert kept.due_at == datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
    assert (kept.questions, kept.attempts, kept.published_at) == (4, 2, None)
    assert 'value="2026-03-09T12:00"' in teacher.get(f"{made.headers['Location']}/edit").text


def test_rows_are_added_without_javascript_and_say_what_they_afford(teacher: Caller, school: Classroom) -> None:
    course = f"/courses/{school.course.id}/assignments"
    row = {"rows-0-what": f"{school.bank.id}|ownership", "rows-0-form": "choice", "rows-0-count": "2"}
    filled = {**QUIZ, "source": "rows", **row}
    more = teacher.post(course, {**filled, "add": "rows"})
    assert more.status_code == 200
    assert 'name="rows-5-what"' in more.text
    found = re.search(r"affords (\d+) questions", more.text)
    assert found
    greedy = teacher.post(course, {**filled, "rows-0-count": "50"})
    assert greedy.status_code == 422
    assert re.search(rf"Only {found[1]} questions can be made of this, and 50 are asked for.", greedy.text)
    assert teacher.post(course, filled).status_code == 303
    school.session.rollback()
    kept = school.session.scalars(select(models.Assignment)).one()
    assert kept.blueprint == [{"bank": school.bank.id, "topic": "ownership", "form": "choice", "n": 2}]
    assert kept.questions == 2


def test_the_second_of_two_editors_gets_409_with_all_they_typed(teacher: Caller, school: Classroom) -> None:
    url = assigned(school)
    form = {**QUIZ, "bank": str(school.bank.id), "version": fields_of(teacher.get(f"{url}/edit").text)["version"]}
    assert teacher.post(f"{url}/edit", {**form, "title": "First"}).status_code == 303
    second = teacher.post(f"{url}/edit", {**form, "title": "Second"})
    assert second.status_code == 409
    assert 'value="Second"' in second.text
    again = {**form, "title": "Second", "version": fields_of(second.text)["version"]}
    assert teacher.post(f"{url}/edit", again).status_code == 303


def test_once_students_have_begun_the_form_asks_only_what_may_change(
    teacher: Caller, astrid: Caller, school: Classroom
) -> None:
    url = assigned(school, minutes=20)
    astrid.post(f"{url}/attempts")
    page = teacher.get(f"{url}/edit").text
    assert "Students have begun this quiz" in page
    assert 'name="minutes"' not in page
    assert 'name="questions"' not in page
    later = {"title": "Later", "due_at": "2026-03-10T12:00", "attempts": "", "feedback": "end"}
    changed = teacher.post(f"{url}/edit", {**later, "version": fields_of(page)["version"], "minutes": "99"})
    assert changed.status_code == 303, changed.text
    school.session.rollback()
    kept = school.session.scalars(select(models.Assignment)).one()
    assert (kept.title, kept.minutes, kept.questions) == ("Later", 20, 6)
    earlier = {**later, "due_at": "2026-03-05T12:00", "version": str(kept.version)}
    assert "only be due later" in teacher.post(f"{url}/edit", earlier).text


def test_a_student_reads_what_awaits_them_and_starts_once(astrid: Caller, school: Classroom) -> None:
    rewrite(school)
    school.session.get_one(models.User, school.cast.astrid.id).extra_time = 50
    school.session.commit()
    url = assigned(school, minutes=20, attempts=1, late_rule="refuse")
    page = astrid.get(url).text
    for words in ("30 minutes", "with your extra time", "1 of 1", "Nothing is taken after the due date"):
        assert words in page
    first, again = (astrid.post(f"{url}/attempts") for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert newest(school).deadline_at == MONDAY + timedelta(minutes=30)
    assert "Go on" in astrid.get(url).text
    assert "running</span>" in astrid.get("/").text


def test_an_attempt_past_its_end_is_nowhere_shown_as_running(
    astrid: Caller, teacher: Caller, school: Classroom, clock: time_machine.Traveller
) -> None:
    url = assigned(school, minutes=20, attempts=1)
    astrid.post(f"{url}/attempts")
    attempt = newest(school)
    clock.move_to(MONDAY + timedelta(minutes=20))
    assert astrid.get(f"/attempts/{attempt.id}/1").status_code == 303
    assert "Time is up" in astrid.get(f"/attempts/{attempt.id}/finish").text
    for page in (astrid.get(url), astrid.get("/"), astrid.get("/quiz")):
        assert "running</span>" not in page.text
    assert "time is up" in teacher.get(url).text
    assert astrid.post(f"{url}/attempts").status_code == 422
    closed = astrid.post(f"/attempts/{attempt.id}/finish")
    assert "0 of 6 points" in astrid.get(closed.headers["Location"]).text


@pytest.mark.parametrize("feedback", ["due", "never"])
def test_no_byte_of_a_key_is_sent_before_answers_may_be_told(
    astrid: Caller, school: Classroom, clock: time_machine.Traveller, feedback: str
) -> None:
    url = assigned(school, feedback=feedback, questions=8)
    astrid.post(f"{url}/attempts")
    attempt = newest(school)
    for slot in range(1, attempt.questions):
        answer(astrid, school, attempt, slot, rightly=slot % 2 == 0)
    assert astrid.post(f"/attempts/{attempt.id}/finish").status_code == 303
    items = quiz.items_of(school.session, attempt)
    keys = [key for item in items for key in keys_of(item)]
    stems = [snapshot.load(item.snapshot).head.stem for item in items]
    pages = [astrid.get(path) for path in (f"/attempts/{attempt.id}", url, "/quiz", f"/attempts/{attempt.id}/1")]
    pages += [astrid.post(f"/items/{item.id}/answer", {"key": "k" * 12, "version": "99"}) for item in items]
    pages += [astrid.post(f"/attempts/{attempt.id}/practice"), astrid.post(f"/attempts/{attempt.id}/finish")]
    pages += [astrid.get(f"/items/{item.id}/after") for item in items]
    for page in pages:
        text = unescape(page.text)
        assert not [each for each in (*keys, *stems) if each in text]
        assert "mark--" not in text
    assert "Points only" in pages[0].text
    clock.move_to(MONDAY + timedelta(days=8))
    assert ("mark--" in astrid.get(f"/attempts/{attempt.id}").text) is (feedback == "due")


def keys_of(item: models.Item) -> list[str]:
    """Give the texts and tokens that are right for a question, those long enough to be told from other words."""
    core = snapshot.load(item.snapshot)
    found: list[str] = []
    if isinstance(core, ChoiceItem):
        found = [text for option in core.options if option.correct for text in (option.text, option.token)]
    if isinstance(core, TypedItem):
        found = [core.key]
    if isinstance(core, MatchingItem):
        found = [response.text for response in core.responses]
    return [text for text in found if len(text) > 4]


def test_a_preview_reads_as_such_and_is_in_no_list(teacher: Caller, school: Classroom) -> None:
    url = assigned(school, feedback="end")
    attempt_url = teacher.post(f"{url}/preview").headers["Location"]
    teacher.post(f"{attempt_url}/finish")
    assert "It counts for nothing" in teacher.get(attempt_url).text
    assert attempt_url not in teacher.get("/quiz").text
    again = teacher.post(f"{url}/preview").headers["Location"]
    assert teacher.get(attempt_url).status_code == 404
    assert attempt_url != again


def test_the_home_page_lists_what_is_assigned_until_it_is_done(astrid: Caller, school: Classroom) -> None:
    url, practice = assigned(school), assigned(school, "practice", title="Be ready")
    page = astrid.get("/").text
    assert url in page
    assert practice in page
    astrid.post(f"{url}/attempts")
    astrid.post(f"/attempts/{newest(school).id}/finish")
    page = astrid.get("/").text
    assert url not in page
    assert practice in page


def test_practice_is_begun_from_its_page(astrid: Caller, school: Classroom) -> None:
    url = assigned(school, "practice", opens_at=MONDAY + timedelta(days=1))
    assert astrid.post(f"{url}/practice").status_code == 422
    url = assigned(school, "practice")
    assert "facts begun" in astrid.get(url).text
    begun = astrid.post(f"{url}/practice")
    assert begun.status_code == 303
    assert astrid.get(begun.headers["Location"]).status_code == 200
    assert astrid.post(f"{assigned(school)}/practice").status_code == 404


def test_staff_see_who_has_begun_and_finished_by_filters(teacher: Caller, astrid: Caller, school: Classroom) -> None:
    url = assigned(school)
    assert astrid.post(f"{url}/attempts").status_code == 303
    page = teacher.get(url).text
    assert "Astrid" in page
    assert "Jussi" in page
    running = teacher.get(f"{url}?state=running").text
    assert "Astrid" in running
    assert "Jussi" not in running
    assert "Jussi" in teacher.get(f"{url}?state=none").text


def test_who_practises_privately_is_not_shown_by_what_they_practised(
    teacher: Caller, astrid: Caller, school: Classroom
) -> None:
    url = assigned(school, "practice")
    rewrite(school)
    school.session.get_one(models.User, school.cast.astrid.id).private = True
    school.session.commit()
    astrid.post(f"{url}/practice")
    assert "practises privately" in teacher.get(url).text
    assert "Astrid" not in teacher.get(f"{url}?state=done").text


def test_an_archived_course_begins_nothing(site: Site, teacher: Caller, astrid: Caller, school: Classroom) -> None:
    url = assigned(school)
    rewrite(school)
    site.session.get_one(models.Course, school.course.id).archived_at = MONDAY
    site.session.commit()
    assert astrid.post(f"{url}/attempts").status_code == 422
    assert teacher.post(url.rsplit("/", 1)[0], {**QUIZ, "bank": str(school.bank.id)}).status_code == 422
