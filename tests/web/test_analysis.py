"""The pages of item analysis and of mix-ups: who may open them, and that they say what the log says."""

import re

import pytest
from support.answered import CAPTIVE, JOINT, THIRD, Answered
from support.caller import Caller
from support.site import Site, on_both_databases

from quizapp.store import models
from quizapp.store.engine import begin_writing


@pytest.fixture
def school(site: Site) -> Answered:
    """Thirty students, each with six other answers; the better ones take one wrong value for the right one."""
    write(site)
    made = Answered.begin(site.session, site.lesson, site.cast.teacher, 30)
    for at, student in enumerate(made.students):
        made.meet(student, at % 6)
        made.choose(student, CAPTIVE, JOINT if at % 6 > 2 else "")
    site.session.commit()
    return made


@pytest.fixture
def few(site: Site) -> Answered:
    write(site)
    made = Answered.begin(site.session, site.lesson, site.cast.teacher, 2)
    site.session.commit()
    return made


@pytest.fixture
def teacher(site: Site) -> Caller:
    return site.logged_in("teacher")


def write(site: Site) -> None:
    """Begin to write; what was read before is let go."""
    site.session.rollback()
    begin_writing(site.session)


def url(school: Answered, rest: str = "items") -> str:
    return f"/courses/{school.course.id}/{rest}"


def page(caller: Caller, path: str) -> str:
    answer = caller.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.text


def enrol(site: Site, school: Answered, name: str, role: str) -> Caller:
    write(site)
    user = getattr(site.cast, name)
    row = models.Enrolment(course_id=school.course.id, user_id=user.id, role=role, joined_at=site.lesson.start)
    site.session.add(row)
    site.session.commit()
    return site.logged_in(name)


@pytest.mark.parametrize("rest", ["items", "confusions", "item"])
def test_only_the_staff_of_the_course_may_look(site: Site, few: Answered, stranger: Caller, rest: str) -> None:
    path = url(few, rest if rest != "item" else f"items/{site.lesson.id(CAPTIVE)}")
    assert stranger.get(path).status_code == 303
    assert site.logged_in("jussi").get(path).status_code == 404
    assert enrol(site, few, "astrid", "student").get(path).status_code == 404
    assert enrol(site, few, "outsider", "assistant").get(path).status_code == 200
    assert site.logged_in("admin").get(path).status_code == 200


def test_a_fact_of_no_bank_of_the_course_is_not_there(site: Site, few: Answered, teacher: Caller) -> None:
    write(site)
    site.session.delete(site.session.get_one(models.CourseBank, (few.course.id, site.lesson.bank.id)))
    site.session.commit()
    assert teacher.get(url(few, f"items/{site.lesson.id(CAPTIVE)}")).status_code == 404
    assert teacher.get(url(few, "items/999999")).status_code == 404
    assert "This course has no banks" in page(teacher, url(few))


def test_without_answers_the_pages_say_so(site: Site, few: Answered, teacher: Caller) -> None:
    assert "No answers yet" in page(teacher, url(few))
    assert "No first answers here" in page(teacher, url(few, f"items/{site.lesson.id(CAPTIVE)}"))
    assert "No mix-ups to show yet" in page(teacher, url(few, "confusions"))
    assert "not taken one fact for another" in page(teacher, url(few, f"confusions?student={few.students[0].id}"))


@on_both_databases
def test_the_list_has_every_item_with_its_numbers(school: Answered, teacher: Caller) -> None:
    text = page(teacher, url(school))
    row = text.partition("A service centre abroad that the client itself owns")[2].partition("</tr>")[0]
    assert re.search(r'<td class="num">30</td>\s*<td class="num">50%', row)
    assert "Perhaps also true" in row
    assert "Does not separate" in row
    assert text.count('<th scope="row"><a') == 7


def test_the_list_filters_sorts_and_searches(school: Answered, teacher: Caller) -> None:
    assert page(teacher, url(school, "items?form=choice")).count('<th scope="row"><a') == 1
    assert page(teacher, url(school, "items?flag=also-true")).count('<th scope="row"><a') == 1
    assert page(teacher, url(school, "items?q=SLA")).count('<th scope="row"><a') == 1
    assert "Nothing in this list fits" in page(teacher, url(school, "items?form=cloze"))
    easiest = re.findall(r'lang="en">([^<]+)</a>', page(teacher, url(school, "items?sort=-facility&where=practice")))
    hardest = re.findall(r'lang="en">([^<]+)</a>', page(teacher, url(school, "items?sort=facility&where=practice")))
    assert easiest[0] == hardest[-1] == "What does TCO stand for?"
    assert "No answers yet" in page(teacher, url(school, "items?where=tests"))
    assert page(teacher, url(school, "items?where=nowhere")).count('<th scope="row"><a') == 7


@on_both_databases
def test_a_fact_shows_what_was_taken_for_it(site: Site, school: Answered, teacher: Caller) -> None:
    text = page(teacher, url(school, f"items/{site.lesson.id(CAPTIVE)}"))
    table = text.partition("The wrong answers beside it")[2].partition("</table>")[0]
    joint, third = re.findall(r"<tr>\s*<th scope=\"row\"(.*?)</tr>", table, re.DOTALL)[-2:]
    assert "client and supplier own together" in joint
    assert re.search(r'<td class="num">30</td><td class="num">15</td>', joint)
    assert "100%" in joint
    assert "Perhaps also true" in joint
    assert re.search(r'<td class="num">30</td><td class="num">0</td>', third)
    assert "Idle wrong answer" in third


def test_the_list_and_the_page_of_a_fact_notice_the_same(site: Site, school: Answered, teacher: Caller) -> None:
    row = page(teacher, url(school, "items?form=choice")).partition('<th scope="row"><a')[2].partition("</tr>")[0]
    text = page(teacher, url(school, f"items/{site.lesson.id(CAPTIVE)}"))
    shown = text.partition('id="choice"')[2].partition("</section>")[0]
    words = ("Hard", "Easy", "Does not separate", "Perhaps also true", "Idle wrong answer")
    assert (
        [f">{word}<" in row for word in words]
        == [f">{word}<" in shown for word in words]
        == [False, False, True, True, True]
    )


def test_typed_words_are_told_only_if_two_wrote_them(site: Site, school: Answered, teacher: Caller) -> None:
    write(site)
    alone = school.enrol("Alone")
    school.type(alone, "cards.sla", right=False, text="my own secret guess")
    site.session.commit()
    text = page(teacher, url(school, f"items/{site.lesson.id('cards.sla')}"))
    table = text.partition("What was given instead")[2].partition("</table>")[0]
    assert "no idea at all" in table
    assert "my own secret guess" not in text
    assert "other words" in table


def test_who_may_edit_the_bank_is_led_there(site: Site, few: Answered, teacher: Caller) -> None:
    path = url(few, f"items/{site.lesson.id(CAPTIVE)}")
    assert "Edit the bank" not in page(teacher, path)
    assert "See it in its bank" in page(teacher, path)
    write(site)
    site.session.get_one(models.CourseBank, (few.course.id, site.lesson.bank.id)).editable = True
    site.session.commit()
    assert f'action="/banks/{site.lesson.bank.key}/edit"' in page(teacher, path)


@on_both_databases
def test_mix_ups_are_counted_both_ways(school: Answered, teacher: Caller) -> None:
    text = page(teacher, url(school, "confusions"))
    assert "15 of 30" in text
    assert 'class="chart__link"' in text
    assert "15/30" in text
    assert text.count('<th scope="row"><a') == 1


def test_a_private_student_is_named_nowhere(site: Site, school: Answered, teacher: Caller) -> None:
    write(site)
    hidden = school.students[3]
    hidden.private = True
    site.session.commit()
    text = page(teacher, url(school, "confusions"))
    assert hidden.name not in text
    assert "14 of 29" in text
    theirs = page(teacher, url(school, f"confusions?student={hidden.id}"))
    assert "practises privately" in theirs
    assert "chart__link" not in theirs
    listed = page(teacher, url(school)).partition("A service centre abroad that the client itself owns")[2]
    assert '<td class="num">29</td>' in listed.partition("</tr>")[0]


def test_one_student_is_shown_alone_and_strangers_are_not(site: Site, school: Answered, teacher: Caller) -> None:
    text = page(teacher, url(school, f"confusions?student={school.students[3].id}"))
    assert "1 of 1" in text
    assert teacher.get(url(school, f"confusions?student={site.cast.astrid.id}")).status_code == 404
    assert teacher.get(url(school, "confusions?student=x")).status_code == 404


def test_a_wrong_value_that_was_never_shown_is_not_judged(site: Site, school: Answered, teacher: Caller) -> None:
    text = page(teacher, url(school, f"items/{site.lesson.id(THIRD)}"))
    assert "The wrong answers beside it" not in text
