"""A bank is laid out whole, in order, and cut between its units."""

import pytest
from support.banks import sourcing

from quizapp.core.insight import sheets
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.read import read


def bank(texts: tuple[Text, ...]) -> Bank:
    found = read(texts[0], texts[1:]).bank
    assert found is not None
    return found


@pytest.mark.parametrize("most", [1, 2, 3, 5, 200])
def test_every_fact_is_on_exactly_one_page(most: int) -> None:
    edition = bank(sourcing())
    keys = [key for page in sheets.pages(edition, most) for key in sheets.keys_of(page)]
    assert sorted(keys) == sorted(edition.facts)


@pytest.mark.parametrize("most", [1, 2, 3, 5])
def test_a_page_holds_no_more_than_asked_unless_one_unit_does(most: int) -> None:
    for page in sheets.pages(bank(sourcing()), most):
        units = [unit for part in page for unit in part.units]
        assert sum(unit.size for unit in units) <= most or len(units) == 1


def test_a_short_bank_is_one_page_with_its_sections_in_order() -> None:
    (page,) = sheets.pages(bank(sourcing()))
    kinds = [part.kind for part in page]
    assert kinds == ["comparison", "taxonomy", "groups", "cards", "questions", "statements", "cloze"]


def test_a_comparison_keeps_its_columns_and_its_holes() -> None:
    texts = sourcing(("| control | Direct control | Control through contract |", "| control | Direct control | - |"))
    (page,) = sheets.pages(bank(texts))
    assert page[0].heads == (("Insourcing", ""), ("Outsourcing", "contracting out"))
    assert [unit.facts for unit in page[0].units] == [
        ("models.staff.in", "models.staff.out"),
        ("models.control.in", None),
    ]


def test_a_term_has_its_definition_first() -> None:
    (page,) = sheets.pages(bank(sourcing()))
    captive = page[1].units[0]
    assert captive.facts == ("ownership.captive.definition", "ownership.captive.examples.bank")


def test_a_bank_without_facts_has_one_empty_page() -> None:
    assert sheets.pages(Bank("x", "en", "X")) == [[]]
