"""A roster is tried line by line, taken as a whole or not at all, and removes nobody."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.cast import Cast

from quizapp.actions import courses, people, roster
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.roster import MOST_BYTES, Line, read_roster, text_of
from quizapp.store import courses as shelf
from quizapp.store import models
from quizapp.store import people as register


@pytest.fixture
def course(session: Session, cast: Cast, now: datetime) -> models.Course:
    return courses.open_course(session, cast.teacher, name="Sourcing 1", zone="Europe/Stockholm", now=now)


def pairs(text: str) -> list[tuple[int, str, str]]:
    return [(line.number, line.email, line.name) for line in read_roster(text)]


@pytest.mark.parametrize("data", [b"\xff\xfea\x00", b"N\xf6el,n@example.org", b"a\0b", b"x" * (MOST_BYTES + 1)])
def test_a_file_that_is_no_small_text_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        text_of(data)
    assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing"),
        ("\n , ,\n", "nothing"),
        ("email,name\n", "only a header"),
        ('a@example.org,"Ada\nb@example.org', "line 1"),
        ("x@example.org\n" * 2001, "2,000"),
        ("å" * MOST_BYTES, "1 MB"),
    ],
)
def test_a_roster_that_cannot_be_read_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_roster(text)


@pytest.mark.parametrize(
    "text",
    [
        "email,name\nada@example.org,Ada Lovelace\n",
        "Name;E-mail;Group\r\nAda Lovelace;ada@example.org;B\r\n",
        "Förnamn;Efternamn;E-postadress\nAda;Lovelace;ada@example.org\n",
        "Nachname;Vorname;E-Mail-Adresse\nLovelace;Ada;ada@example.org\n",
        "Sukunimi\tEtunimi\tSähköposti\nLovelace\tAda\tada@example.org\n",
        "Navn,E-post\nAda Lovelace,ada@example.org\n",
        "First name\tLast name\tEmail address\nAda\tLovelace\tADA@example.org\n",
        '\ufeff\n"Lovelace, Ada";ada@example.org'.replace('"Lovelace, Ada"', '"Ada Lovelace"'),
        "\n\nada@example.org, Ada   Lovelace ",
    ],
)
def test_columns_are_found_however_the_list_is_written(text: str) -> None:
    ((_, email, name),) = pairs(text)
    assert (email, name) == ("ada@example.org", "Ada Lovelace")


def test_lines_keep_the_numbers_of_the_file() -> None:
    text = 'email,name\n\na@example.org,"A\nB"\n\nb@example.org,B\n'
    assert pairs(text) == [(3, "a@example.org", "A B"), (6, "b@example.org", "B")]


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        lines = read_roster(text)
    except Refused:
        return
    assert lines
    assert all(line.email or line.problem for line in lines)


def test_each_line_says_what_will_happen_and_nothing_does(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    for person in (cast.astrid, cast.jussi):
        courses.join(session, person, course.code, now=now)
    people.remove(session, cast.teacher, course.id, cast.jussi.id, now=now)
    people.add_person(session, cast.teacher, course.id, email="soon@example.org", role="student", now=now)
    text = "\n".join(
        [
            "ASTRID@example.org",
            "jussi@example.org",
            "outsider@example.org",
            "nova@example.org",
            "soon@example.org",
            "nobody",
            "nova@EXAMPLE.org",
            "two@at@example.org",
            f"long@example.org,{'x' * 121}",
        ]
    )
    before = register.people(session, course.id)
    lines = roster.try_roster(session, course.id, text)
    assert [line.outcome for line in lines] == ["there", "restore", "enrol", "invite", "expected", *["error"] * 4]
    assert lines[6] == Line(7, "nova@example.org", "", "error", "The same address stands in line 4.")
    assert all(line.problem for line in lines[5:])
    assert register.people(session, course.id) == before
    assert len(register.invitations(session, course.id)) == 1


def test_one_wrong_line_enrols_nobody(session: Session, cast: Cast, course: models.Course, now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        roster.take_roster(session, cast.teacher, course.id, "astrid@example.org\nnobody", now=now)
    assert refused.value.field == "text"
    assert [each.id for each in shelf.students(session, course.id)] == []


def test_a_roster_enrols_invites_brings_back_and_removes_nobody(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    for person in (cast.astrid, cast.jussi):
        courses.join(session, person, course.code, now=now)
    people.remove(session, cast.teacher, course.id, cast.jussi.id, now=now)
    text = "email,name\njussi@example.org,J\noutsider@example.org,O\nnova@example.org,Nova\nteacher@example.org,T"
    roster.take_roster(session, cast.teacher, course.id, text, now=now)
    assert {each.id for each in shelf.students(session, course.id)} == {
        cast.astrid.id,
        cast.jussi.id,
        cast.outsider.id,
    }
    assert [(each.email, each.name) for each in register.invitations(session, course.id)] == [
        ("nova@example.org", "Nova")
    ]
    assert session.get_one(models.Enrolment, (course.id, cast.teacher.id)).role == "instructor"
    entry = session.scalars(select(models.AuditEntry).where(models.AuditEntry.action == "roster.import")).one()
    assert entry.detail == {"enrol": 1, "restore": 1, "invite": 1}
    again = roster.take_roster(session, cast.teacher, course.id, text, now=now)
    assert {line.outcome for line in again} == {"there", "expected"}


def test_only_instructors_import(session: Session, cast: Cast, course: models.Course, now: datetime) -> None:
    people.add_person(session, cast.teacher, course.id, email=cast.jussi.email, role="assistant", now=now)
    for person in (cast.jussi, cast.outsider):
        with pytest.raises(NotFound):
            roster.take_roster(session, person, course.id, "astrid@example.org", now=now)


@pytest.mark.usefixtures("cast")
def test_a_roster_of_two_thousand_lines_is_tried(session: Session, course: models.Course) -> None:
    text = "\n".join(f"s{number}@example.org,Student {number}" for number in range(1999)) + "\nastrid@example.org"
    outcomes = [line.outcome for line in roster.try_roster(session, course.id, text)]
    assert (outcomes.count("invite"), outcomes.count("enrol")) == (1999, 1)
