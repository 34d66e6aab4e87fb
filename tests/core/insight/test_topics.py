"""Topics: what a course learns, laid out."""

import pytest
from support.banks import sourcing

from quizapp.core.insight.model import Size
from quizapp.core.insight.topics import Syllabus, syllabus
from quizapp.core.items.blueprint import Row
from quizapp.core.knowledge.read import read


@pytest.fixture
def laid() -> Syllabus:
    source, *overlays = sourcing()
    bank = read(source, overlays).bank
    assert bank is not None
    ids = {key: number for number, key in enumerate(bank.facts, 1) if key != "cards.sla"}
    return syllabus([(Size(7, bank.id, bank.title, 1, len(ids)), bank, ids)])


def test_containers_are_topics_and_all_else_is_the_bank(laid: Syllabus) -> None:
    titles = {topic.key: topic.title for topic in laid.topics}
    assert titles["sourcing-test/models"] != titles["sourcing-test"]
    topic = {fact.key: laid.topics[fact.topic].key for fact in laid.facts}
    assert topic["models.staff.in"] == "sourcing-test/models"
    assert topic["cards.tco"] == "sourcing-test"


def test_a_fact_without_a_row_is_left_out(laid: Syllabus) -> None:
    assert "cards.sla" not in {fact.key for fact in laid.facts}


def test_an_empty_choice_is_everything_and_choices_add_up(laid: Syllabus) -> None:
    assert laid.within().all()
    assert not laid.within(banks=[8]).any()
    models = laid.within(topics=["sourcing-test/models"])
    assert {fact.key.split(".")[0] for fact, here in zip(laid.facts, models, strict=True) if here} == {"models"}
    assert not (laid.within(facts=[laid.facts[0].id]) & ~laid.within(banks=[7])).any()


def test_rows_of_a_blueprint_choose_as_quizzes_do(laid: Syllabus) -> None:
    assert laid.of_row(Row(7, "", "mixed", 3)).all()
    assert not laid.of_row(Row(8, "", "mixed", 3)).any()
    assert (laid.of_row(Row(7, "models", "mixed", 3)) == laid.within(topics=["sourcing-test/models"])).all()
    assert not laid.of_row(Row(7, "#nothing", "mixed", 3)).any()
