"""The pages of a class: who may look, what they say, and what they keep to themselves."""

import re
from datetime import timedelta

import pytest
import time_machine
from support.classes import CARDS, CELLS, Group
from support.site import Site, on_both_databases

from quizapp.actions.forecasting import record_forecasts
from quizapp.store import models
from quizapp.store.engine import begin_writing

CAPTIVE, JOINT = "ownership.captive.definition", "ownership.joint.definition"
PAGES = ("map", "students", "forecast", "activity")


@pytest.fixture
def group(site: Site) -> Group:
    """Astrid and Jussi learn the test bank with the teacher; nobody has begun."""
    write(site)
    group = Group.begin(site.lesson, site.cast.teacher, [site.cast.astrid, site.cast.jussi])
    site.session.commit()
    return group


@pytest.fixture
def studied(site: Site, group: Group) -> Group:
    """Astrid keeps what she learns, Jussi does not; a practice assignment and a quiz lie ahead."""
    write(site)
    for day in (-9, -5, -1):
        for key in (*CARDS, *CELLS):
            site.lesson.answer(site.cast.astrid, key, days=day)
    for day in (-12, -11, -10):
        site.lesson.choose(site.cast.jussi, CAPTIVE, CAPTIVE if day == -12 else JOINT, days=day)
        for key in CELLS:
            site.lesson.answer(site.cast.jussi, key, days=day, right=day == -12)
    group.assign(days=10)
    group.assign("quiz", days=12)
    site.session.commit()
    return group


def look(site: Site, group: Group, page: str, name: str = "teacher", *, days: float = 0) -> str:
    with time_machine.travel(site.lesson.start + timedelta(days=days), tick=False):
        answer = site.logged_in(name).get(f"/courses/{group.course.id}/{page}")
    assert answer.status_code == 200, page
    return answer.text


def stat(text: str, label: str) -> str:
    found = re.search(rf'{label}</dt><dd class="stat__value">([^<]+)', text)
    assert found, label
    return found[1]


@pytest.mark.parametrize("page", [*PAGES, "students/1"])
def test_students_and_strangers_find_nothing(site: Site, group: Group, page: str) -> None:
    address = f"/courses/{group.course.id}/{page}"
    for name in ("astrid", "outsider"):
        assert site.logged_in(name).get(address).status_code == 404
    assert site.caller().get(address).status_code == 303
    assert site.logged_in("teacher").get(address.replace(str(group.course.id), "987", 1)).status_code == 404


def test_a_student_of_another_course_is_not_found(site: Site, group: Group) -> None:
    address = f"/courses/{group.course.id}/students/"
    assert site.logged_in("teacher").get(f"{address}{site.cast.outsider.id}").status_code == 404
    assert site.logged_in("teacher").get(f"{address}{site.cast.teacher.id}").status_code == 404


@on_both_databases
@pytest.mark.parametrize("page", PAGES)
def test_before_anybody_has_practised_the_page_says_so(site: Site, group: Group, page: str) -> None:
    text = look(site, group, page)
    assert ("Nobody has practised yet" in text) == (page != "forecast")


@pytest.mark.parametrize("page", PAGES)
def test_a_course_without_students_or_banks_says_what_is_missing(site: Site, group: Group, page: str) -> None:
    write(site)
    for row in site.session.query(models.CourseBank):
        site.session.delete(row)
    site.session.commit()
    assert "No banks yet" in look(site, group, page) or page == "activity"
    write(site)
    for student in group.students:
        site.session.get_one(models.Enrolment, (group.course.id, student.id)).removed_at = site.lesson.start
    site.session.commit()
    assert "No students yet" in look(site, group, page)


@on_both_databases
def test_the_map_shades_what_was_begun_and_names_who_needs_help(site: Site, studied: Group) -> None:
    text = look(site, studied, "map")
    levels = text.partition('<table class="levels">')[2].partition("</table>")[0]
    assert levels.count("data-level") == 2
    assert "not begun" in levels
    helped = text.partition("Who needs help")[2].partition("Fact by fact")[0]
    assert "Jussi" in helped or "three facts" in helped
    table = text.partition("Recall of each fact")[2]
    assert "2 of 2" in table
    assert "not enough data" in table


def test_recall_on_a_later_day_is_lower(site: Site, studied: Group) -> None:
    later = (site.lesson.start + timedelta(days=60)).date().isoformat()
    now = stat(look(site, studied, "map"), "recalled today")
    then = stat(look(site, studied, f"map?day={later}"), r"recalled on [^<]+")
    assert int(then.removesuffix("%")) < int(now.removesuffix("%"))


@pytest.mark.parametrize(
    "query",
    ["?day=never", "?day=1999-01-01", "?bank=zero&topic=nothing", "?page=99&sort=nonsense", "?minutes=-4"],
)
def test_what_cannot_be_read_in_the_address_counts_as_not_asked_for(site: Site, studied: Group, query: str) -> None:
    for page in PAGES:
        look(site, studied, f"{page}{query}")


def test_a_topic_narrows_the_map_and_the_students(site: Site, studied: Group) -> None:
    text = look(site, studied, "map?topic=sourcing-test/models")
    assert text.count('<table class="levels">') == 1
    assert "What does SLA stand for?" not in text
    heads = look(site, studied, "students?topic=sourcing-test/models").partition("<thead>")[2].partition("</thead>")[0]
    assert heads.count("<th") == 4


@on_both_databases
def test_students_against_topics(site: Site, studied: Group) -> None:
    text = look(site, studied, "students?sort=recall")
    body = text.partition("<tbody>")[2]
    assert body.index("Jussi") < body.index("Astrid")
    assert "data-level" in body


@on_both_databases
def test_the_forecast_of_the_next_date(site: Site, studied: Group) -> None:
    text = look(site, studied, "forecast")
    assert "The practice" in text
    alone = stat(text, r"recalled on 12 Mar if nobody studies")
    practised = stat(text, "with 10 minutes a day")
    assert int(alone.removesuffix("%")) < int(practised.removesuffix("%"))
    assert "chart__band" in text
    assert "Facts whose reteaching buys most" in text
    assert text.count("<caption>") >= 3


def test_more_minutes_bring_more(site: Site, studied: Group) -> None:
    few = stat(look(site, studied, "forecast?minutes=1"), "with one minute a day")
    many = stat(look(site, studied, "forecast?minutes=20"), "with 20 minutes a day")
    assert int(few.removesuffix("%")) <= int(many.removesuffix("%"))


@on_both_databases
def test_a_quiz_that_is_over_is_held_against_its_forecasts(site: Site, studied: Group) -> None:
    write(site)
    students = studied.newcomers(6)
    quiz = studied.assign("quiz", days=2, title="The test")
    for days in (-5, -1, 1):
        record_forecasts(site.session, now=site.lesson.start + timedelta(days=days))
    for number, student in enumerate(students):
        studied.sit(quiz, student, [True, True, number % 2 == 0, False], site.lesson.start + timedelta(days=1.9))
    site.session.commit()
    text = look(site, studied, "forecast", days=3)
    record = text.partition("Did it come true?")[2].partition("Can you trust it?")[0]
    assert "The test" in record
    assert re.findall(r'class="num">(\d)</td>\s*<td class="num">\d+%', record)[:3] == ["1", "3", "7"]
    assert "24" in record


@on_both_databases
def test_activity_names_who_is_at_risk_and_why(site: Site, studied: Group) -> None:
    text = look(site, studied, "activity")
    risk = text.partition("At risk</h2>")[2].partition("Who practised")[0]
    assert "Jussi" in risk
    assert "has not practised for" in risk
    assert 'class="strip"' in text
    assert "The practice" in text.partition("On time")[2]


@on_both_databases
def test_one_student_is_shown_to_staff(site: Site, studied: Group) -> None:
    write(site)
    quiz = studied.assign("quiz", days=-1, title="An old quiz")
    studied.sit(quiz, site.cast.jussi, [True, False, True, True], site.lesson.start - timedelta(days=2))
    site.session.commit()
    text = look(site, studied, f"students/{site.cast.jussi.id}")
    assert "Hardest facts" in text
    assert "Captive centre" in text.partition("Mixed up")[2]
    assert "3 of 4" in text.partition("An old quiz")[2]
    fresh = look(site, studied, f"students/{site.cast.astrid.id}")
    assert "no two facts have changed places" in fresh


def test_a_private_student_is_shown_by_name_and_quizzes_alone(site: Site, studied: Group) -> None:
    write(site)
    site.cast.jussi.private = True
    quiz = studied.assign("quiz", days=-1, title="An old quiz")
    studied.sit(quiz, site.cast.jussi, [True, False, True, True], site.lesson.start - timedelta(days=2))
    site.session.commit()
    text = look(site, studied, f"students/{site.cast.jussi.id}")
    assert "Practises privately" in text
    assert "3 of 4" in text
    assert "Hardest facts" not in text
    assert "data-level" not in text
    for page in ("students", "activity"):
        assert "practises privately" in look(site, studied, page)
    assert "Jussi" not in look(site, studied, "map")
    assert "Jussi" not in look(site, studied, "activity").partition("At risk</h2>")[2].partition("Who practised")[0]


@pytest.mark.parametrize("page", [*PAGES, "map?q=sla", "forecast?assignment=&day=2026-04-01"])
def test_nothing_changes_with_a_private_students_data_while_fewer_than_five_are_private(
    site: Site, studied: Group, page: str
) -> None:
    write(site)
    private = studied.newcomers(4, private=True)
    for student in private[:3]:
        for key in CARDS:
            site.lesson.answer(student, key, days=-3)
    site.session.commit()
    before = numbers(look(site, studied, page))
    write(site)
    for key in (*CARDS, *CELLS):
        for day in (-2, -1):
            site.lesson.answer(private[3], key, days=day, right=day == -1)
    site.session.commit()
    assert numbers(look(site, studied, page)) == before


def test_one_private_student_alone_leaves_the_pages_empty(site: Site, group: Group) -> None:
    before = {page: numbers(look(site, group, page)) for page in PAGES}
    write(site)
    site.cast.jussi.private = True
    site.session.commit()
    hidden = {page: numbers(look(site, group, page)) for page in PAGES}
    write(site)
    site.lesson.answer(site.cast.jussi, CARDS[0], days=-1)
    site.session.commit()
    assert {page: numbers(look(site, group, page)) for page in PAGES} == hidden
    assert "Nobody has practised yet" in before["activity"]
    assert "Nobody has practised yet" in hidden["activity"]


def test_five_private_students_count_in_the_aggregate(site: Site, studied: Group) -> None:
    before = look(site, studied, "map")
    write(site)
    for student in studied.newcomers(5, private=True):
        site.lesson.answer(student, CARDS[0], days=-1, right=False)
    site.session.commit()
    after = look(site, studied, "map")
    assert "6 of 7" in after
    assert "6 of 7" not in before


def test_an_assistant_may_look(site: Site, studied: Group) -> None:
    write(site)
    studied.enrol(site.cast.outsider, "assistant")
    site.session.commit()
    for page in (*PAGES, f"students/{site.cast.astrid.id}"):
        look(site, studied, page, "outsider")
        look(site, studied, page, "admin")


def test_long_lists_come_in_pages(site: Site, studied: Group) -> None:
    write(site)
    studied.newcomers(60)
    site.session.commit()
    text = look(site, studied, "students")
    assert text.count('class="who"') == 50
    assert "Page 1 of 2" in text
    assert look(site, studied, "students?page=2").count('class="who"') == 12
    assert look(site, studied, "students?q=astrid").count('class="who"') == 1


def write(site: Site) -> None:
    """Begin to write, whatever was read."""
    site.session.rollback()
    begin_writing(site.session)


def numbers(text: str) -> str:
    """Leave out of a page what differs from one request to the next."""
    return re.sub(r'name="csrf_token"[^>]*value="[^"]+"', "", text)
