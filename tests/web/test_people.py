"""The people of a course on their pages: added, listed, given roles and accommodations, imported from a roster."""

import io
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from support.caller import Caller
from support.site import Site

from quizapp.actions import courses
from quizapp.store import models
from quizapp.store.engine import begin_writing

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GRANTED = {"extra_time": "50", "no_time_limit": "y", "extra_attempts": "2"}


@pytest.fixture
def course(site: Site) -> models.Course:
    """A course of the teacher's with Astrid as its student."""
    begin_writing(site.session)
    made = courses.open_course(site.session, site.cast.teacher, name="Sourcing 1", zone="UTC", now=NOW)
    courses.join(site.session, site.cast.astrid, made.code, now=NOW)
    site.session.commit()
    return made


@pytest.fixture
def teacher(site: Site) -> Caller:
    return site.logged_in("teacher")


def role(site: Site, course: models.Course, user: models.User) -> str | None:
    site.session.rollback()
    site.session.expire_all()
    found = site.session.get(models.Enrolment, (course.id, user.id))
    return None if found is None or found.removed_at is not None else found.role


def test_an_address_that_is_none_is_refused_at_its_field(teacher: Caller, course: models.Course) -> None:
    answer = teacher.post(f"/courses/{course.id}/people", {"email": "nobody", "role": "student"})
    assert (answer.status_code, "This is not an e-mail address" in answer.text) == (422, True)


def test_somebody_is_added_or_invited(site: Site, teacher: Caller, course: models.Course) -> None:
    path = f"/courses/{course.id}/people"
    assert teacher.post(path, {"email": "jussi@example.org", "role": "assistant"}).headers["Location"] == path
    assert role(site, course, site.cast.jussi) == "assistant"
    teacher.post(path, {"email": "nova@example.org", "role": "student"})
    page = teacher.get(path).text
    found = re.search(r'action="([^"]+/invitations/\d+/remove)"', page)
    assert found
    assert teacher.post(found[1]).status_code == 303
    assert teacher.post(found[1]).status_code == 404
    assert "Withdraw" not in teacher.get(path).text


def test_the_list_is_searched_filtered_and_sorted(site: Site, teacher: Caller, course: models.Course) -> None:
    path = f"/courses/{course.id}/people"
    assert _names(teacher, path) == ["Astrid", "Teacher"]
    assert _names(teacher, f"{path}?sort=-name") == ["Teacher", "Astrid"]
    assert _names(teacher, f"{path}?role=student") == ["Astrid"]
    assert _names(teacher, f"{path}?q=teach") == ["Teacher"]
    teacher.post(f"{path}/{site.cast.astrid.id}/remove")
    assert _names(teacher, path) == ["Teacher"]
    assert _names(teacher, f"{path}?state=removed") == ["Astrid"]


def test_a_role_is_changed_and_the_last_instructor_keeps_theirs(
    site: Site, teacher: Caller, course: models.Course
) -> None:
    path = f"/courses/{course.id}/people"
    answer = teacher.post(f"{path}/{site.cast.teacher.id}/role", {"role": "student"})
    assert (answer.status_code, "needs an instructor" in answer.text) == (422, True)
    assert teacher.post(f"{path}/{site.cast.astrid.id}/role", {"role": "owner"}).status_code == 422
    assert teacher.post(f"{path}/{site.cast.astrid.id}/role", {"role": "instructor"}).status_code == 303
    assert role(site, course, site.cast.astrid) == "instructor"
    answer = teacher.post(f"{path}/{site.cast.teacher.id}/role", {"role": "student"})
    assert answer.headers["Location"] == f"/courses/{course.id}"
    assert teacher.get(path).status_code == 404


def test_somebody_is_removed_and_brought_back(
    site: Site, teacher: Caller, astrid: Caller, course: models.Course
) -> None:
    person = f"/courses/{course.id}/people/{site.cast.astrid.id}"
    assert teacher.post(f"{person}/remove").status_code == 303
    assert astrid.get(f"/courses/{course.id}").status_code == 404
    assert "Bring back" in teacher.get(person).text
    assert teacher.post(f"{person}/restore").headers["Location"] == person
    assert astrid.get(f"/courses/{course.id}").status_code == 200


def test_nobody_is_found_who_is_in_another_course(site: Site, teacher: Caller, course: models.Course) -> None:
    person = f"/courses/{course.id}/people/{site.cast.outsider.id}"
    assert teacher.get(person).status_code == 404
    for deed, data in (("role", {"role": "student"}), ("remove", {}), ("restore", {}), ("accommodations", GRANTED)):
        assert teacher.post(f"{person}/{deed}", data).status_code == 404


class TestAccommodations:
    """Assistants grant them, too."""

    def test_they_are_granted_and_shown(self, site: Site, teacher: Caller, course: models.Course) -> None:
        teacher.post(f"/courses/{course.id}/people", {"email": "jussi@example.org", "role": "assistant"})
        person = f"/courses/{course.id}/people/{site.cast.astrid.id}"
        assert site.logged_in("jussi").post(f"{person}/accommodations", GRANTED).headers["Location"] == person
        site.session.rollback()
        site.session.expire_all()
        user = site.cast.astrid
        assert (user.extra_time, user.no_time_limit, user.extra_attempts) == (50, True, 2)
        assert 'value="50"' in teacher.get(person).text
        assert "accommodations" in teacher.get(f"/courses/{course.id}/people?state=granted").text

    @pytest.mark.parametrize(("field", "value"), [("extra_time", "301"), ("extra_attempts", "x"), ("extra_time", "")])
    def test_what_cannot_be_is_refused_and_kept(
        self, field: str, value: str, site: Site, teacher: Caller, course: models.Course
    ) -> None:
        path = f"/courses/{course.id}/people/{site.cast.astrid.id}/accommodations"
        answer = teacher.post(path, {**GRANTED, field: value})
        assert (answer.status_code, f'value="{value}"' in answer.text) == (422, True)
        site.session.rollback()
        site.session.expire_all()
        assert site.cast.astrid.extra_time == 0


def test_a_private_person_says_so_in_the_settings_and_is_not_watched(
    site: Site, teacher: Caller, astrid: Caller, course: models.Course
) -> None:
    begin_writing(site.session)
    site.session.add(models.DayTotal(learner_id=site.cast.astrid.id, day=NOW.date(), reviews=3))
    site.session.commit()
    paths = (f"/courses/{course.id}/people", f"/courses/{course.id}/people/{site.cast.astrid.id}")
    assert all("2026" in teacher.get(path).text for path in paths)
    form = {"name": "Astrid", "minutes_a_day": "20", "retention": "0.9", "zone": "Europe/Stockholm", "private": "y"}
    assert astrid.post("/settings", form).status_code == 303
    assert re.search(r'<input[^>]*checked[^>]*name="private"', astrid.get("/settings").text)
    assert all("practises privately" in teacher.get(path).text for path in paths)
    form.pop("private")
    astrid.post("/settings", form)
    assert all("practises privately" not in teacher.get(path).text for path in paths)


class TestRoster:
    """A list is looked at, then taken as it was looked at."""

    def test_wrong_lines_are_named_and_the_list_comes_back(self, teacher: Caller, course: models.Course) -> None:
        text = "email,name\nnobody,N\nastrid@example.org,Å <b>"
        answer = teacher.post(f"/courses/{course.id}/roster", {"text": text})
        assert answer.status_code == 422
        assert "Line 2" in answer.text
        assert _content(answer.text) == text
        again = teacher.post(f"/courses/{course.id}/roster/apply", {"text": text})
        assert (again.status_code, _content(again.text)) == (422, text)

    @pytest.mark.parametrize("text", ["", "email,name", '"a'])
    def test_what_is_no_list_is_refused(self, text: str, teacher: Caller, course: models.Course) -> None:
        for path in ("/roster", "/roster/apply"):
            assert teacher.post(f"/courses/{course.id}{path}", {"text": text}).status_code == 422

    def test_a_list_is_tried_and_then_taken(self, site: Site, teacher: Caller, course: models.Course) -> None:
        text = "email;name\njussi@example.org;J\nnova@example.org;Nova"
        page = teacher.post(f"/courses/{course.id}/roster", {"text": text})
        assert (page.status_code, role(site, course, site.cast.jussi)) == (200, None)
        answer = teacher.post(f"/courses/{course.id}/roster/apply", {"text": _content(page.text)})
        assert answer.headers["Location"] == f"/courses/{course.id}/people"
        assert role(site, course, site.cast.jussi) == "student"
        page = teacher.get(f"/courses/{course.id}/people")
        assert "One student is enrolled, one invited." in page.text

    def test_a_file_is_taken_like_a_text(self, teacher: Caller, course: models.Course) -> None:
        path = f"/courses/{course.id}/roster"
        for data, status in (("\ufeffjussi@example.org".encode(), 200), ("jö".encode("latin-1"), 422), (b"a\0", 422)):
            form = {"csrf_token": teacher.token(), "file": (io.BytesIO(data), "class.csv"), "text": ""}
            assert teacher.client.post(path, data=form, content_type="multipart/form-data").status_code == status

    def test_a_name_like_a_script_is_only_a_name(self, teacher: Caller, course: models.Course) -> None:
        text = "nova@example.org,</textarea><script>alert(1)</script>"
        page = teacher.post(f"/courses/{course.id}/roster", {"text": text}).text
        assert "<script>alert" not in page


def _names(caller: Caller, path: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', caller.get(path).text)


def _content(page: str) -> str:
    found = re.search(r'<textarea[^>]*name="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found
    return unescape(found[1])
