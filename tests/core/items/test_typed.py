"""Judging typed answers: refusals first, then what is forgiven."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.effort import calls

from quizapp.core.items.model import Form, Head, TypedItem
from quizapp.core.items.typed import LONGEST_ANSWER, TypedResult, Verdict, check_typed, distance, tidy


def item(
    key: str, *accept: str, refuse: dict[str, str] | None = None, language: str = "en", form: Form = Form.TYPED
) -> TypedItem:
    head = Head("bank", language, ("fact",), "surface", "stem?", "topic")
    return TypedItem(head, form, key, accept, refuse or {})


def verdict(text: str, key: str, *accept: str, language: str = "en") -> Verdict:
    return check_typed(text, item(key, *accept, language=language)).verdict


@pytest.mark.parametrize(
    ("language", "key", "typed"),
    [
        ("en", "Not owned by the client", "Owned by the client"),
        ("en", "Owned by the client", "Not owned by the client"),
        ("en", "It isn't owned", "It is owned"),
        ("en", "Without a contract", "With a contract"),
        ("sv", "Kunden äger inte servern", "Kunden äger servern"),
        ("de", "Nicht im Vertrag", "im Vertrag"),
        ("de", "nichts", "nicht"),
        ("fi", "Asiakas ei omista", "Asiakas omista"),
        ("nb", "Kunden eier ikke", "Kunden eier"),
    ],
)
def test_a_lost_or_added_negation_is_wrong(language: str, key: str, typed: str) -> None:
    assert verdict(typed, key, language=language) is Verdict.WRONG


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("1000", "100"),
        ("1914", "1915"),
        ("2.5 million", "25 million"),
        ("10 %", "10"),
        ("eleven", "elevne"),
        ("30 days", "31 days"),
        ("-5 °C", "5 °C"),
        ("10:30", "10:31"),
    ],
)
def test_a_slip_in_a_number_is_wrong(key: str, typed: str) -> None:
    assert verdict(typed, key) is Verdict.WRONG


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("typical", "atypical"),
        ("efferent", "afferent"),
        ("lease", "leese"),
        ("outsourcing", "outsuorcign"),
        ("direct control", "control direct"),
        ("captive centre", "captive"),
        ("captive", "captive centre"),
        ("C++", "C#"),
        ("ö", "o"),
    ],
)
def test_what_is_more_than_a_slip_is_wrong(key: str, typed: str) -> None:
    assert verdict(typed, key, language="sv" if key == "ö" else "en") is Verdict.WRONG


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\x00", "\u200f\u202e", "\ud800"])
def test_nothing_visible_is_blank(typed: str) -> None:
    assert verdict(typed, "control") is Verdict.BLANK


def test_another_fact_s_answer_is_wrong_however_near_it_lies() -> None:
    asked = item("complement", refuse={"compliment": "cards.praise"})
    assert check_typed("Compliment", asked) == TypedResult(Verdict.WRONG, confused_with="cards.praise")
    assert check_typed("complement", asked) == TypedResult(Verdict.RIGHT)


def test_what_lies_as_near_to_another_fact_s_answer_as_to_the_key_is_wrong() -> None:
    asked = item("complement", refuse={"compliment": "cards.praise"})
    assert check_typed("complment", asked) == TypedResult(Verdict.WRONG, confused_with="cards.praise")
    assert check_typed("complemennt", asked) == TypedResult(Verdict.RIGHT, almost="complement")


def test_a_slip_in_another_fact_s_answer_is_a_confusion_too() -> None:
    asked = item("Insourcing", refuse={"Outsourcing": "models.staff.out", "Offshoring": "models.staff.off"})
    assert check_typed("outsorcing", asked).confused_with == "models.staff.out"
    assert check_typed("nothing of the kind", asked).confused_with is None


def test_an_answer_that_is_both_the_key_and_refused_is_right() -> None:
    assert check_typed("the contract", item("Contract", refuse={"contract": "other"})).verdict is Verdict.RIGHT


@pytest.mark.parametrize(
    ("language", "key", "typed"),
    [
        ("en", "Labour arbitrage", "labor arbitrage"),
        ("en", "Captive **centre**", "the captive center"),
        ("en", "Organisation of labour", "organization of labor"),
        ("en", "Control through the contract", "control through contract"),
        ("en", "The supplier's staff", "supplier staff"),
        ("en", "Café", "CAFE"),
        ("en", "ten per cent", "10%"),
        ("en", "1,000", "1000"),
        ("en", "$O(n^2)$", "o(n^2)"),
        ("en", "U.S.", "us"),
        ("sv", "Kundens egen personal", "kundens egen personal."),
        ("sv", "En leverantör", "leverantör"),
        ("sv", "1,5 miljoner kronor", "1 500 000 kr"),
        ("de", "Die Straße", "strasse"),
        ("de", "Wahl des Anbieters", "Wahl Anbieters"),
        ("fi", "Palvelukeskus", "palvelukeskus"),
        ("nb", "Et selskap", "selskap"),
    ],
)
def test_case_accents_articles_and_spelling_habits_do_not_count(language: str, key: str, typed: str) -> None:
    assert check_typed(typed, item(key, language=language)) == TypedResult(Verdict.RIGHT)


@pytest.mark.parametrize(
    ("language", "key", "typed"),
    [
        ("en", "Outsourcing", "outsorcing"),
        ("en", "Outsourcing", "outsuorcing"),
        ("en", "Outsourcing", "outsourccing"),
        ("en", "Knowledge transfer", "knowlege tranfer"),
        ("en", "near-shoring", "nearshoring"),
        ("sv", "leverantör", "leverantor"),
        ("de", "Dienstleister", "Dienstleiter"),
        ("fi", "palvelukeskus", "palvelukesku"),
        ("nb", "leverandør", "leverandor"),
    ],
)
def test_one_slip_in_a_long_word_is_forgiven_and_the_spelling_shown(language: str, key: str, typed: str) -> None:
    assert check_typed(typed, item(key, language=language)) == TypedResult(Verdict.RIGHT, almost=key)


def test_every_accepted_answer_is_right_and_its_own_spelling_is_shown() -> None:
    assert verdict("contracting out", "Outsourcing", "Contracting out") is Verdict.RIGHT
    assert check_typed("contrcting out", item("Outsourcing", "Contracting out")).almost == "Contracting out"


WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=6, max_size=12).filter(lambda word: word[-1] != "s")


@given(st.text(max_size=80), st.text(min_size=1, max_size=40), st.dictionaries(st.text(max_size=20), st.just("f")))
def test_any_text_gets_a_verdict(typed: str, key: str, refuse: dict[str, str]) -> None:
    result = check_typed(typed, item(key, refuse=refuse))
    assert result.verdict in Verdict
    assert not (result.verdict is Verdict.RIGHT and result.confused_with)


@given(st.text(min_size=1, max_size=80))
def test_the_key_itself_is_right_unless_it_cannot_be_seen(key: str) -> None:
    assert check_typed(key, item(key)).verdict is (Verdict.RIGHT if tidy(key) else Verdict.BLANK)


@given(WORDS, WORDS)
def test_a_refused_answer_typed_exactly_is_never_right(key: str, other: str) -> None:
    result = check_typed(other, item(key, refuse={other: "other"}))
    assert (result.verdict is Verdict.RIGHT) == (verdict(other, key) is Verdict.RIGHT and not result.almost)


@given(WORDS, st.data())
def test_two_dropped_letters_are_never_forgiven(key: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=1, max_value=len(key) - 3))
    assert verdict(key[:at] + key[at + 2 :], key) is Verdict.WRONG


SHORT = st.text(alphabet="abc", max_size=7)


@given(SHORT, SHORT)
def test_the_distance_is_symmetric_zero_for_equals_and_capped(one: str, other: str) -> None:
    full = distance(one, other, 20)
    assert full == distance(other, one, 20)
    assert (full == 0) == (one == other)
    assert distance(one, other, 2) == min(full, 3)
    assert abs(len(one) - len(other)) <= full <= max(len(one), len(other))


def test_a_swap_of_neighbours_is_one_slip() -> None:
    assert distance("centre", "center", 3) == 1


@pytest.mark.parametrize("piece", ["a", "a ", "9,", "[", "$a", "\u202e", "\x00", "ﷺ", "\u0301"])
def test_a_megabyte_is_judged_by_its_beginning(piece: str) -> None:
    asked = item("control" * 100, refuse={f"{n} rival" * 50: "x" for n in range(20)})
    beginning, all_of_it = (piece * 1_000_000)[:LONGEST_ANSWER], piece * 1_000_000
    assert check_typed(all_of_it, asked) == check_typed(beginning, asked)
    assert calls(lambda: check_typed(all_of_it, asked)) < 1.1 * calls(lambda: check_typed(beginning, asked))
    assert len(tidy(all_of_it)) <= LONGEST_ANSWER
