"""English words: what is one answer in two forms, what is another answer, and what a typed answer may look like."""

from functools import partial

import pytest
from support import typing_words

from quizapp.core.items.typed import TypedResult, Verdict
from quizapp.core.knowledge.normalise import ValueKind, clash, content_words, kind, same
from quizapp.core.knowledge.words import words_of

judge = partial(typing_words.judge, "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("affect", "effect"),
        ("supplier", "client"),
        ("subcontractor", "contractor"),
        ("process", "processor"),
        ("analysis", "analyst"),
        ("news", "new"),
        ("business", "busy"),
        ("cost", "costly"),
        ("with a contract", "without a contract"),
        ("staff", "no staff"),
        ("88.9", "889"),
        ("1,200", "1.2"),
    ],
)
def test_what_is_another_word_stays_another_answer(one: str, other: str) -> None:
    assert not same(one, other, "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A supplier", "the suppliers"),
        ("an agency", "Agencies"),
        ("processes", "process"),
        ("analyses of risk", "analyses of risks"),
        ("the client's staff", "client’s staff"),
        ("résumé", "resume"),
        ("Straße", "strasse"),
        ("smørrebrød", "smorrebrod"),
        ("back-office work", "back office work"),
        ("research & development", "research and development"),
        ("88.9 billion dollars", "$88.90 billion"),
        ("two million euros", "€2,000,000"),
        ("twelve per cent", "12 %"),
        ("“call centre”", "call centre"),
    ],
)
def test_articles_plurals_foreign_accents_and_number_style_do_not_count(one: str, other: str) -> None:
    assert same(one, other, "en")


def test_a_compound_of_two_words_clashes_with_each_of_them() -> None:
    assert clash("Customer service", "service", "en")
    assert not clash("Subcontractor", "contractor", "en")


def test_words_of_little_meaning_do_not_count_as_an_echo() -> None:
    assert content_words("What is it that the client pays for?", "en") == {"client", "pay"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("88.9 billion dollars", ValueKind.QUANTITY),
        ("KPO", ValueKind.ACRONYM),
        ("Routine bookkeeping", ValueKind.PHRASE),
        ("The company buys the subcontractor that works for it", ValueKind.CLAUSE),
        ("3 May 2017", ValueKind.DATE),
    ],
)
def test_the_kind_of_an_english_value_is_seen(text: str, expected: ValueKind) -> None:
    assert kind(text, "en") is expected


@pytest.mark.parametrize("text", ["All of the above", "None of these", "Both A and B", "All are right", "Both"])
def test_options_that_speak_of_the_others_are_found(text: str) -> None:
    assert words_of("en").above.search(text)


@pytest.mark.parametrize("text", ["All clients pay", "No staff of its own", "Both parties sign", "Above the norm"])
def test_options_that_merely_begin_alike_are_left_alone(text: str) -> None:
    assert not words_of("en").above.search(text)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("Insourcing", "outsourcing"),
        ("Onshoring", "offshoring"),
        ("Nearshore outsourcing", "nearshore"),
        ("The client does not own it", "The client owns it"),
        ("88.9 billion dollars", "88.9 million dollars"),
        ("Twelve", "eleven"),
        ("Cost", "cast"),
    ],
)
def test_what_says_something_else_is_wrong(key: str, typed: str) -> None:
    assert judge(typed, key).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("key", "other", "typed"),
    [
        ("Onshore outsourcing", "Offshore outsourcing", "offshore outsourcings"),
        ("Cost arbitrage", "Knowledge arbitrage", "the knowledge arbitrage"),
        ("Subcontractor", "Contractor", "contractors"),
        ("Insourcing", "Outsourcing", "outsorcing"),
    ],
)
def test_an_inflected_form_of_another_fact_s_answer_is_wrong(key: str, other: str, typed: str) -> None:
    assert judge(typed, key, refuse={other: "other"}) == TypedResult(Verdict.WRONG, confused_with="other")


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("A contractor", "contractors"),
        ("Labour unions", "the labor union"),
        ("Standardised", "standardized"),
        ("Service centre", "service center"),
        ("Third-party provider", "third party providers"),
        ("IT services", "it service"),
    ],
)
def test_case_article_plural_hyphen_and_american_spelling_do_not_count(key: str, typed: str) -> None:
    assert judge(typed, key) == TypedResult(Verdict.RIGHT)
