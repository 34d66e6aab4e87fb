"""Grades as staff sees them: the table, one quiz, one attempt, regrading, and files; nobody else finds any of it."""

import csv
import json
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from flask import Flask, render_template_string
from support.caller import Caller
from support.grading import SWAPPED, Class, assignment
from support.site import Site

from quizapp.store import grades, models
from quizapp.store.engine import begin_writing
from quizapp.web.grade_files import file_name

COST = "questions.forgotten-cost"


class Desk(Class):
    """The course with two quizzes handed in, one of them partly wrong, and then the bank edited."""

    url: str
    quiz_url: str

    def done(self) -> None:
        """Let the site see what was written, and see what the site writes."""
        self.session.commit()

    def grades(self, attempt: models.Attempt) -> list[models.Grade]:
        self.done()
        return super().grades(attempt)


@pytest.fixture
def desk(site: Site) -> Desk:
    begin_writing(site.session)
    desk = Desk.begin(site.session, site.cast, site.lesson)
    assert isinstance(desk, Desk)
    desk.url = f"/courses/{desk.course.id}"
    desk.quiz_url = f"{desk.url}/assignments/{desk.quiz.id}"
    return desk


@pytest.fixture
def attempt(desk: Desk) -> models.Attempt:
    """Astrid got the question about costs wrong, by the key that was wrong itself."""
    made = desk.hand_in(desk.cast.astrid, wrongly=[COST])
    desk.publish(*SWAPPED)
    desk.done()
    return made


@pytest.fixture
def teacher(site: Site, desk: Desk) -> Caller:
    desk.done()
    return site.logged_in("teacher")


def plan_fields(page: str) -> dict[str, str]:
    """Read the hidden fields of the form that does the plan."""
    fields = dict(re.findall(r'name="(digest|void|never_lower)" type="hidden" value="([^"]*)"', page))
    assert set(fields) == {"digest", "void", "never_lower"}
    return fields


@pytest.mark.parametrize("who", ["astrid", "outsider"])
def test_students_and_strangers_find_no_grades_of_others(
    site: Site, desk: Desk, attempt: models.Attempt, who: str
) -> None:
    caller = site.logged_in(who)
    below = ("/grades", "/grades.csv", "/grades.xlsx", "/grades.json", f"/attempts/{attempt.id}")
    pages = [desk.url + end for end in below] + [f"{desk.quiz_url}/grades", f"{desk.quiz_url}/regrade"]
    assert {caller.get(page).status_code for page in pages} == {404}
    assert caller.post(f"{desk.quiz_url}/regrade", {"reason": "r"}).status_code == 404
    assert caller.post(f"{desk.url}/attempts/{attempt.id}/grade", {"points": "4", "reason": "r"}).status_code == 404


def test_an_assistant_reads_grades_and_changes_none(site: Site, desk: Desk, attempt: models.Attempt) -> None:
    desk.session.add(
        models.Enrolment(course_id=desk.course.id, user_id=site.cast.outsider.id, role="assistant", joined_at=desk.now)
    )
    desk.done()
    caller = site.logged_in("outsider")
    page = caller.get(f"{desk.url}/attempts/{attempt.id}")
    assert page.status_code == 200
    assert "Set the grade" not in page.text
    assert caller.get(f"{desk.quiz_url}/regrade").status_code == 404
    assert caller.post(f"{desk.url}/attempts/{attempt.id}/grade", {"points": "4", "reason": "r"}).status_code == 404


def test_an_attempt_at_a_quiz_of_another_course_is_not_found(site: Site, desk: Desk, attempt: models.Attempt) -> None:
    other = models.Course(name="Other", code="ZZZZZZZZ", created_at=desk.now)
    desk.session.add(other)
    desk.session.flush()
    part = {"user_id": site.cast.outsider.id, "role": "instructor", "joined_at": desk.now}
    desk.session.add(models.Enrolment(course_id=other.id, **part))
    desk.done()
    caller = site.logged_in("outsider")
    assert caller.get(f"/courses/{other.id}/grades").status_code == 200
    assert caller.get(f"/courses/{other.id}/attempts/{attempt.id}").status_code == 404
    assert caller.get(f"/courses/{other.id}/assignments/{desk.quiz.id}/grades").status_code == 404
    assert caller.post(f"/courses/{other.id}/assignments/{desk.quiz.id}/regrade", {"reason": "r"}).status_code == 404


def test_a_course_without_quizzes_says_so(desk: Desk, teacher: Caller) -> None:
    desk.quiz.archived_at = desk.now
    desk.done()
    assert "No quiz yet" in teacher.get(f"{desk.url}/grades").text


def test_practice_has_no_grades(desk: Desk, teacher: Caller) -> None:
    practice = assignment(desk.session, desk.course, desk.now, kind="practice")
    desk.done()
    assert teacher.get(f"{desk.url}/assignments/{practice.id}/grades").status_code == 404
    assert teacher.get(f"{desk.url}/assignments/{practice.id}/regrade").status_code == 404


def test_the_table_shows_points_and_what_is_missing(desk: Desk, attempt: models.Attempt, teacher: Caller) -> None:
    text = teacher.get(f"{desk.url}/grades").text
    assert f'href="{desk.url}/attempts/{attempt.id}"' in text
    assert "not handed in" in text  # Jussi, after the due date
    late = teacher.get(f"{desk.url}/grades?show=missing").text
    assert "jussi@example.org" in late
    assert "astrid@example.org" not in late
    assert "astrid@example.org" in teacher.get(f"{desk.url}/grades?q=astr&sort=-q{desk.quiz.id}").text


def test_one_quiz_shows_the_spread_only_of_enough_grades(desk: Desk, attempt: models.Attempt, teacher: Caller) -> None:
    text = teacher.get(f"{desk.quiz_url}/grades").text
    assert "not enough data" in text
    assert "Show as a table" in text
    assert f'href="{desk.url}/attempts/{attempt.id}"' in text


def test_an_attempt_shows_answers_keys_and_its_history(desk: Desk, attempt: models.Attempt, teacher: Caller) -> None:
    text = teacher.get(f"{desk.url}/attempts/{attempt.id}").text
    assert "Monthly wages" in text
    assert "Handover" in text
    assert text.count('<li class="mark ') == 4
    assert "Handed in" in text


def test_looking_at_a_plan_changes_nothing_and_doing_it_gives_new_grades(
    desk: Desk, attempt: models.Attempt, teacher: Caller
) -> None:
    page = teacher.get(f"{desk.quiz_url}/regrade")
    assert "One attempt changes" in page.text
    assert "The right answer is now:" in page.text
    assert len(desk.grades(attempt)) == 1
    desk.done()
    done = teacher.post(f"{desk.quiz_url}/regrade", {**plan_fields(page.text), "reason": "The key was wrong."})
    assert (done.status_code, done.location) == (303, f"{desk.quiz_url}/grades")
    assert [grade.points for grade in desk.grades(attempt)] == [3, 4]
    assert "regraded" in teacher.get(f"{desk.url}/grades").text
    assert "The key was wrong." in teacher.get(f"{desk.url}/attempts/{attempt.id}").text
    assert "No grade changes" in teacher.get(f"{desk.quiz_url}/regrade").text


def test_a_plan_that_changed_is_shown_again_and_not_done(desk: Desk, attempt: models.Attempt, teacher: Caller) -> None:
    fields = plan_fields(teacher.get(f"{desk.quiz_url}/regrade").text)
    desk.hand_in(desk.cast.jussi, wrongly=[COST])
    desk.publish()
    desk.publish(*SWAPPED)
    desk.done()
    answer = teacher.post(f"{desk.quiz_url}/regrade", {**fields, "reason": "The key was wrong."})
    assert answer.status_code == 409
    assert "The plan is another one now" in answer.text
    assert "The key was wrong." in answer.text
    assert plan_fields(answer.text)["digest"] != fields["digest"]
    assert len(desk.grades(attempt)) == 1


def test_a_regrade_without_a_reason_keeps_the_plan(desk: Desk, attempt: models.Attempt, teacher: Caller) -> None:
    shown = plan_fields(teacher.get(f"{desk.quiz_url}/regrade?shown=1&void=leave-out").text)
    assert (shown["void"], shown["never_lower"]) == ("leave-out", "")
    answer = teacher.post(f"{desk.quiz_url}/regrade", {**shown, "reason": " "})
    assert answer.status_code == 422
    assert plan_fields(answer.text) == shown
    assert len(desk.grades(attempt)) == 1


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"points": "3.5", "reason": "Talked about it."}, 303),
        ({"points": "3.5", "reason": ""}, 422),
        ({"points": "9", "reason": "r"}, 422),
        ({"points": "nan", "reason": "r"}, 422),
        ({"points": "", "reason": "r"}, 422),
        ({"points": "3", "reason": "r", "base": "999"}, 409),
        ({"points": "3", "reason": "r", "base": "x"}, 409),
    ],
)
def test_a_grade_is_set_by_hand_with_a_reason_or_not_at_all(
    desk: Desk, attempt: models.Attempt, teacher: Caller, sent: dict[str, str], status: int
) -> None:
    base = str(desk.grades(attempt)[0].id)
    desk.done()
    answer = teacher.post(f"{desk.url}/attempts/{attempt.id}/grade", {"base": base, **sent})
    assert answer.status_code == status
    assert len(desk.grades(attempt)) == (2 if status == 303 else 1)
    if status != 303:
        assert f">{sent['reason']}</textarea>" in answer.text.replace("\r\n", "")  # nothing typed is lost
    if status == 409:
        assert "Somebody gave another grade meanwhile" in answer.text
        assert f'name="base" type="hidden" value="{base}"' in answer.text


@pytest.mark.usefixtures("attempt")
def test_the_csv_holds_a_line_for_each_student_and_no_formula(desk: Desk, teacher: Caller) -> None:
    desk.cast.jussi.name, desk.quiz.title = "=1+1", "@SUM(A1)"
    desk.done()
    answer = teacher.get(f"{desk.url}/grades.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="grades-sourcing-101-\d{4}-\d\d-\d\d\.csv"', answer.headers["Content-Disposition"]
    )
    assert "no-store" in answer.headers["Cache-Control"]
    head, *rows = csv.reader(StringIO(answer.data.decode("utf-8-sig")))
    assert head == [
        "Name", "E-mail", "Points", "Possible", "Handed in",
        "'@SUM(A1)", "'@SUM(A1): possible", "'@SUM(A1): standing",
    ]  # fmt: skip
    assert rows == [
        ["'=1+1", "jussi@example.org", "0", "0", "0", "", "", "not handed in"],
        ["Astrid", "astrid@example.org", "3.0", "4.0", "1", "3.0", "4.0", "handed in"],
    ]


def test_the_workbook_and_the_json_hold_every_attempt(desk: Desk, attempt: models.Attempt, teacher: Caller) -> None:
    with ZipFile(BytesIO(teacher.get(f"{desk.url}/grades.xlsx").data)) as book:
        assert "astrid@example.org" in book.read("xl/sharedStrings.xml").decode()
    running = desk.start(desk.cast.jussi)
    desk.done()
    book_of = json.loads(teacher.get(f"{desk.url}/grades.json").data)
    assert [each["id"] for each in book_of["attempts"]] == [attempt.id, running.id]
    assert [each["email"] for each in book_of["people"]] == ["astrid@example.org", "jussi@example.org"]
    assert len(book_of["items"]) == 8
    answered = next(each for each in book_of["items"] if each["facts"] == [COST])
    assert answered["result"]["marks"][0]["given"] == "Monthly wages"
    assert (answered["bank"], answered["bank_version"], len(answered["snapshot"])) == ("sourcing-test", 2, 64)
    (grade,) = book_of["grades"]
    assert (grade["kind"], grade["points"], grade["marks"][str(answered["slot"])]) == ("finished", 3, 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sourcing 101", "grades-sourcing-101-2026-03-02.csv"),
        ('../../etc/"x"\r\nSet-Cookie: a', "grades-etc-x-set-cookie-a-2026-03-02.csv"),
        ("Ärende Öst", "grades-arende-ost-2026-03-02.csv"),
        ("外包", "grades-course-7-2026-03-02.csv"),
        ("a" * 300, f"grades-{'a' * 40}-2026-03-02.csv"),
    ],
)
def test_file_names_are_plain_whatever_the_course_is_called(name: str, expected: str) -> None:
    assert file_name(name, 7, "2026-03-02", "csv") == expected


def test_a_student_reads_the_newest_grade_with_its_reason(site: Site, desk: Desk, attempt: models.Attempt) -> None:
    (first,) = desk.grades(attempt)
    slot = str(desk.slot(attempt, COST))
    desk.session.add(
        models.Grade(
            attempt_id=attempt.id,
            kind="regraded",
            key="k",
            points=4,
            possible=4,
            marks={**first.marks, slot: 1.0},
            reason="<b>The key</b> was wrong.",
            at=desk.now,
        )
    )
    desk.session.flush()
    entries = grades.history_of(desk.session, attempt.id)
    text = mine(site.app, entries)
    assert "Your grade: 4 of 4 points" in text
    assert "Before: 3 of 4" in text
    assert "&lt;b&gt;The key&lt;/b&gt; was wrong." in text
    assert f"Question {slot}: 1 instead of 0" in text
    assert mine(site.app, ()) == ""
    assert "Why" not in mine(site.app, entries[:1])


def mine(app: Flask, entries: tuple[grades.Entry, ...]) -> str:
    with app.test_request_context("/"):
        template = '{% from "grades/_mine.html" import mine %}{{ mine(entries) }}'
        return render_template_string(template, entries=entries).strip()
