"""The pages of courses: opened, joined by code and link, changed by instructors, seen by who belongs."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from support.caller import Caller
from support.cast import PASSWORD
from support.site import Site

from quizapp.actions import course_banks, courses, people
from quizapp.store import models
from quizapp.store.engine import begin_writing

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SETTINGS = {"name": "Sourcing 1", "note": "", "zone": "UTC", "open": "y", "version": "1"}


@pytest.fixture
def course(site: Site) -> models.Course:
    """A course of the teacher's with Jussi as its assistant."""
    begin_writing(site.session)
    made = courses.open_course(site.session, site.cast.teacher, name="Sourcing 1", zone="UTC", now=NOW)
    people.add_person(site.session, site.cast.teacher, made.id, email=site.cast.jussi.email, role="assistant", now=NOW)
    site.session.commit()
    return made


@pytest.fixture
def teacher(site: Site) -> Caller:
    return site.logged_in("teacher")


def fresh(site: Site, course: models.Course) -> models.Course:
    site.session.rollback()
    site.session.expire_all()
    return site.session.get_one(models.Course, course.id)


def part(site: Site, course: models.Course, user: models.User) -> str | None:
    site.session.rollback()
    site.session.expire_all()
    found = site.session.get(models.Enrolment, (course.id, user.id))
    return None if found is None or found.removed_at is not None else found.role


class TestOpening:
    """Authors open courses."""

    def test_students_can_not(self, site: Site, astrid: Caller) -> None:
        page = astrid.get("/courses").text
        assert "Join a course" in page
        assert "Open a course" not in page
        assert astrid.post("/courses", {"name": "Mine"}).status_code == 404
        assert site.session.scalars(select(models.Course)).all() == []

    def test_a_course_without_a_name_is_refused_at_its_field(self, teacher: Caller) -> None:
        answer = teacher.post("/courses", {"name": "  "})
        assert (answer.status_code, "Give the course a name." in answer.text) == (422, True)

    def test_it_leads_to_the_course_with_its_code_and_link(self, site: Site, teacher: Caller) -> None:
        answer = teacher.post("/courses", {"name": "Sourcing 2", "zone": "Europe/Helsinki"})
        made = site.session.scalars(select(models.Course)).one()
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/courses/{made.id}")
        page = teacher.get(f"/courses/{made.id}").text
        assert (made.code in page, f"/join/{made.code}" in page, made.zone) == (True, True, "Europe/Helsinki")
        assert "Sourcing 2" in teacher.get("/courses").text


class TestJoining:
    """By the code, or by the link, which asks."""

    def test_a_wrong_code_is_refused_and_stays_in_its_field(self, astrid: Caller) -> None:
        answer = astrid.post("/courses/join", {"code": "NOTACODE"})
        assert (answer.status_code, 'value="NOTACODE"' in answer.text) == (422, True)
        assert "No course has this code" in answer.text

    def test_codes_cannot_be_guessed_for_long(self, astrid: Caller) -> None:
        answers = [astrid.post("/courses/join", {"code": f"GUESS{number}"}).status_code for number in range(11)]
        assert answers == [422] * 10 + [429]

    def test_the_code_leads_into_the_course(self, site: Site, astrid: Caller, course: models.Course) -> None:
        answer = astrid.post("/courses/join", {"code": course.code.lower()})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/courses/{course.id}")
        assert part(site, course, site.cast.astrid) == "student"

    def test_the_link_asks_before_it_does_anything(self, site: Site, astrid: Caller, course: models.Course) -> None:
        page = astrid.get(f"/join/{course.code}")
        assert (page.status_code, "Taught by Teacher" in page.text) == (200, True)
        assert part(site, course, site.cast.astrid) is None
        assert astrid.post(f"/join/{course.code}").headers["Location"] == f"/courses/{course.id}"
        assert part(site, course, site.cast.astrid) == "student"
        assert astrid.get(f"/join/{course.code}").headers["Location"] == f"/courses/{course.id}"

    def test_a_link_of_no_course_leads_nowhere(self, astrid: Caller) -> None:
        assert astrid.get("/join/NOTACODE").status_code == 404
        assert astrid.post("/join/NOTACODE").status_code == 404

    def test_the_link_of_a_closed_course_says_so(self, site: Site, astrid: Caller, course: models.Course) -> None:
        begin_writing(site.session)
        fresh(site, course).open = False
        site.session.commit()
        assert "takes nobody in just now" in astrid.get(f"/join/{course.code}").text
        assert astrid.post(f"/join/{course.code}").status_code == 422
        assert part(site, course, site.cast.astrid) is None

    def test_a_stranger_logs_in_or_signs_up_and_comes_back(
        self, site: Site, stranger: Caller, course: models.Course
    ) -> None:
        target = stranger.get(f"/join/{course.code}").headers["Location"]
        assert target == f"/login?next=%2Fjoin%2F{course.code}"
        sign_up = re.search(r'<a href="(/signup\?[^"]+)"', stranger.get(target).text)
        assert sign_up
        new = {"name": "Nova", "email": "nova@example.org", "password": PASSWORD, "zone": "UTC"}
        assert stranger.post(sign_up[1], new).headers["Location"] == f"/join/{course.code}"
        again = site.caller()
        answer = again.post(target, {"email": "nova@example.org", "password": PASSWORD})
        assert answer.headers["Location"] == f"/join/{course.code}"

    def test_signing_up_never_leads_off_the_site(self, stranger: Caller) -> None:
        new = {"name": "Nova", "email": "nova@example.org", "password": PASSWORD, "zone": "UTC"}
        assert stranger.post("/signup?next=https://example.org/", new).headers["Location"] == "/"


class TestSeeing:
    """A course is there for who belongs to it, each role with its own page."""

    def test_others_find_nothing(self, site: Site, course: models.Course) -> None:
        outsider = site.logged_in("outsider")
        for path in ("", "/settings", "/banks", "/people", "/roster"):
            assert outsider.get(f"/courses/{course.id}{path}").status_code == 404

    def test_students_see_what_is_to_do_and_the_banks_and_no_staff_pages(
        self, site: Site, astrid: Caller, course: models.Course
    ) -> None:
        begin_writing(site.session)
        courses.join(site.session, site.cast.astrid, course.code, now=NOW)
        bank = site.session.scalars(select(models.Bank)).first()
        assert bank
        course_banks.add_bank(site.session, site.cast.teacher, course.id, bank.id, share=False, now=NOW)
        soon = datetime.now(UTC) + timedelta(days=2)
        for title, published, opens in (
            ("Quiz now", NOW, None),
            ("Quiz to come", NOW, soon),
            ("Quiz in the drawer", None, None),
        ):
            site.session.add(
                models.Assignment(
                    course_id=course.id,
                    kind="quiz",
                    title=title,
                    scope={},
                    blueprint=[],
                    due_at=soon + timedelta(days=2),
                    opens_at=opens,
                    seed=1,
                    created_at=NOW,
                    published_at=published,
                )
            )
        site.session.commit()
        page = astrid.get(f"/courses/{course.id}").text
        assert page.index("To do") < page.index("Quiz now") < page.index("Coming") < page.index("Quiz to come")
        assert "Quiz in the drawer" not in page
        assert course.code not in page
        assert f"/banks/{bank.key}" in page
        assert "tabs__tab" not in page
        for path in ("/settings", "/banks", "/people", "/roster"):
            assert astrid.get(f"/courses/{course.id}{path}").status_code == 404
        staff = site.logged_in("teacher").get(f"/courses/{course.id}").text
        assert all(title in staff for title in ("Quiz now", "Quiz to come", "Quiz in the drawer"))

    def test_assistants_look_and_change_nothing(self, site: Site, course: models.Course) -> None:
        jussi = site.logged_in("jussi")
        for path in ("", "/banks", "/people", f"/people/{site.cast.teacher.id}"):
            assert jussi.get(f"/courses/{course.id}{path}").status_code == 200
        assert jussi.get(f"/courses/{course.id}/settings").status_code == 404
        assert jussi.get(f"/courses/{course.id}/roster").status_code == 404
        for path in ("/settings", "/archive", "/unarchive", "/code", "/banks", "/people", "/roster/apply"):
            assert jussi.post(f"/courses/{course.id}{path}", {**SETTINGS, "text": "x@example.org"}).status_code == 404
        assert "Settings" not in re.findall(r'class="tabs__tab"[^>]*>([^<]+)', jussi.get(f"/courses/{course.id}").text)

    def test_an_admin_sits_in_every_course(self, site: Site, course: models.Course) -> None:
        admin = site.logged_in("admin")
        assert admin.get(f"/courses/{course.id}/settings").status_code == 200

    def test_private_people_count_only_among_five(self, site: Site, teacher: Caller, course: models.Course) -> None:
        begin_writing(site.session)
        for number in range(6):
            user = models.User(
                email=f"s{number}@example.org", name=f"S{number}", role="student", created_at=NOW, private=number < 4
            )
            site.session.add(user)
            site.session.flush()
            courses.join(site.session, user, course.code, now=NOW)
            site.session.add(models.DayTotal(learner_id=user.id, day=datetime.now(UTC).date(), reviews=1))
        site.session.commit()
        page = teacher.get(f"/courses/{course.id}").text
        assert "2 of 2" in page
        assert "4 who practise privately are left out" in page


class TestSettings:
    """Instructors change a course; the second of two is told and loses nothing."""

    def test_a_change_is_saved(self, site: Site, teacher: Caller, course: models.Course) -> None:
        answer = teacher.post(f"/courses/{course.id}/settings", {**SETTINGS, "name": "New", "note": "*Hi*"})
        assert answer.status_code == 303
        now = fresh(site, course)
        assert (now.name, now.note, now.version) == ("New", "*Hi*", 2)
        assert "<em>Hi</em>" in teacher.get(f"/courses/{course.id}").text

    @pytest.mark.parametrize("field", ["name", "zone"])
    def test_what_cannot_be_is_refused_and_kept(self, field: str, teacher: Caller, course: models.Course) -> None:
        answer = teacher.post(f"/courses/{course.id}/settings", {**SETTINGS, "note": "kept words", field: ""})
        assert (answer.status_code, "kept words" in answer.text) == (422, True)

    def test_the_second_of_two_is_told_and_may_save_again(
        self, site: Site, teacher: Caller, course: models.Course
    ) -> None:
        teacher.post(f"/courses/{course.id}/settings", {**SETTINGS, "name": "The first"})
        answer = teacher.post(f"/courses/{course.id}/settings", {**SETTINGS, "name": "The second"})
        assert answer.status_code == 409
        assert 'value="The second"' in answer.text
        assert "<dd>The first</dd>" in answer.text
        assert fresh(site, course).name == "The first"
        version = re.search(r'name="version"[^>]*value="(\d+)"', answer.text)
        assert version
        teacher.post(f"/courses/{course.id}/settings", {**SETTINGS, "name": "The second", "version": version[1]})
        assert fresh(site, course).name == "The second"

    def test_archiving_and_bringing_back(self, site: Site, teacher: Caller, course: models.Course) -> None:
        assert teacher.post(f"/courses/{course.id}/archive").status_code == 303
        assert "This course is archived" in teacher.get(f"/courses/{course.id}/settings").text
        assert "Sourcing 1" not in teacher.get("/courses").text
        assert "Sourcing 1" in teacher.get("/courses?state=archived").text
        assert teacher.post(f"/courses/{course.id}/settings", {**SETTINGS, "name": "New"}).status_code == 422
        assert teacher.post(f"/courses/{course.id}/unarchive").status_code == 303
        assert fresh(site, course).archived_at is None

    def test_a_new_code(self, site: Site, teacher: Caller, course: models.Course) -> None:
        old = course.code
        assert teacher.post(f"/courses/{course.id}/code").status_code == 303
        assert fresh(site, course).code != old

    def test_the_last_instructor_stays(self, site: Site, teacher: Caller, course: models.Course) -> None:
        answer = teacher.post(f"/courses/{course.id}/leave")
        assert (answer.status_code, "needs an instructor" in answer.text) == (422, True)
        jussi = site.logged_in("jussi")
        assert jussi.post(f"/courses/{course.id}/leave").headers["Location"] == "/courses"
        assert part(site, course, site.cast.jussi) is None
