"""What the class mixes up steers the wrong answers of a quiz only where its teacher asked for that."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy.orm import Session
from support.assigned import Classroom, open_classroom
from support.cast import Cast

from quizapp.actions.banks import publish_bank
from quizapp.actions.scope import Scope
from quizapp.core.knowledge.limits import Text
from quizapp.store import library, models

NAMES = ("amber", "birch", "cedar", "dogwood", "elm", "fir", "gorse", "hazel", "iris", "juniper")
LURE = "trees.hazel.definition"
CLASS, TIMES = 6, 40
TERMS = (f"      {name}: {{name: {name.title()}, definition: It grows in valley {n}.}}" for n, name in enumerate(NAMES))
HEADER = """\
knowledge: 1
id: trees
language: en
title: Trees
taxonomies:
  trees:
    title: Trees
    terms:
"""
BANK = HEADER + "\n".join(TERMS)


@pytest.fixture
def school(session: Session, cast: Cast, now: datetime) -> Classroom:
    """A class that takes one tree for every other one."""
    done = publish_bank(session, [Text("trees.yaml", BANK)], origin="added", by=None, now=now)
    return open_classroom(session, cast, done.bank, now)


def mix_up(school: Classroom) -> None:
    facts = library.fact_ids(school.session, school.bank.id)
    people = [models.User(email=f"{n}@example.org", name=f"{n}", created_at=school.now) for n in range(CLASS)]
    school.session.add_all(people)
    school.session.flush()
    school.session.add_all(
        models.Confusion(
            learner_id=one.id,
            fact_id=facts[f"trees.{asked}.definition"],
            other_id=facts[f"trees.{other}.definition"],
            shown=TIMES,
            chosen=TIMES if f"trees.{other}.definition" == LURE else 0,
        )
        for one in people
        for asked in NAMES
        for other in NAMES
        if asked != other
    )
    school.session.flush()


def options(school: Classroom, *, popular: bool) -> list[set[str]]:
    """Give the facts behind the wrong answers of each question of a quiz that Astrid takes."""
    scope = replace(Scope(banks=(school.bank.id,), ahead=True), forms=("choice",))
    attempt = school.start(school.assign(scope=scope, questions=6, popular=popular))
    return [
        {option["fact"] for option in snapshot["options"] if not option["correct"]}
        for _, snapshot in school.asked(attempt)
    ]


def test_a_quiz_does_not_heed_what_the_class_mixes_up_unless_asked(school: Classroom) -> None:
    before = options(school, popular=False)
    mix_up(school)
    assert options(school, popular=False) == before


def test_where_asked_the_wrong_answer_that_the_class_gives_most_is_offered(school: Classroom) -> None:
    mix_up(school)
    plain, steered = options(school, popular=False), options(school, popular=True)
    assert sum(LURE in each for each in steered) >= len(steered) - 1  # its own question cannot offer it
    assert sum(LURE in each for each in plain) < len(plain) - 1
