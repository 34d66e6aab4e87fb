"""Swedish words: what is one answer in two forms, what is another answer, and what a typed answer may look like."""

from functools import partial

import pytest
from support import typing_words

from quizapp.core.items.typed import TypedResult, Verdict
from quizapp.core.knowledge.normalise import ValueKind, clash, content_words, fold, kind, same
from quizapp.core.knowledge.words import words_of

judge = partial(typing_words.judge, "sv")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mål", "mal"),
        ("mål", "mäl"),
        ("får", "far"),
        ("lön", "lon"),
        ("läsk", "lask"),
        ("säljare", "saljare"),
        ("tjänst", "tjanst"),
        ("avgift", "avgiften"),
        ("kund", "kunder"),
        ("kostnad", "kostnadsfri"),
        ("leverantör", "underleverantör"),
        ("ledning", "ledig"),
        ("process", "processor"),
        ("inte anställd", "anställd"),
        ("utan kontrakt", "kontrakt"),
        ("88,9", "889"),
        ("1,200", "1 200"),
    ],
)
def test_what_is_another_word_stays_another_answer(one: str, other: str) -> None:
    assert not same(one, other, "sv")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("En leverantör", "leverantören"),
        ("leverantörer", "leverantörerna"),
        ("kostnad", "kostnaderna"),
        ("marknaden", "marknad"),
        ("den organisationen", "organisation"),
        ("faktureringen", "Fakturering"),
        ("säkerheten", "säkerheter"),
        ("flexibiliteten", "flexibilitet"),
        ("ett avtal", "Avtal"),
        ("idé", "ide"),
        ("à la carte", "a la carte"),
        ("back office-tjänst", "back-office-tjänst"),
        ("IT-drift", "it drift"),
        ("forskning & utveckling", "forskning och utveckling"),
        ("88,9 miljarder dollar", "88,90 miljarder $"),
        ("två miljoner kronor", "2 000 000 kr"),
        ("tolv procent", "12 %"),
        ("”callcenter”", "callcenter"),
    ],
)
def test_articles_plurals_foreign_accents_and_number_style_do_not_count(one: str, other: str) -> None:
    assert same(one, other, "sv")


@pytest.mark.parametrize("word", ["åtgärd", "ärende", "överlåta", "påstående", "försäljning"])
def test_the_three_last_letters_of_the_alphabet_are_kept(word: str) -> None:
    assert fold(word, "sv") == word


def test_a_compound_is_one_word_and_does_not_clash_with_its_parts() -> None:
    assert not clash("Kundservice", "service", "sv")
    assert not clash("Kärnverksamhet", "verksamhet", "sv")
    assert clash("En extern leverantör", "leverantör", "sv")


def test_words_of_little_meaning_do_not_count_as_an_echo() -> None:
    assert content_words("Vad är det som kunden betalar för?", "sv") == {"kunden", "betalar"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("88,9 miljarder dollar", ValueKind.QUANTITY),
        ("12", ValueKind.NUMBER),
        ("KPO", ValueKind.ACRONYM),
        ("Löpande bokföring", ValueKind.PHRASE),
        ("Företaget köper den underleverantör som arbetar åt det", ValueKind.CLAUSE),
        ("3 maj 2017", ValueKind.DATE),
    ],
)
def test_the_kind_of_a_swedish_value_is_seen(text: str, expected: ValueKind) -> None:
    assert kind(text, "sv") is expected


@pytest.mark.parametrize(
    "text", ["Alla ovanstående", "Inget av alternativen", "Alla svaren är rätt", "Både A och B", "Båda"]
)
def test_options_that_speak_of_the_others_are_found(text: str) -> None:
    assert words_of("sv").above.search(text)


@pytest.mark.parametrize(
    "text", ["Alla kunder betalar", "Inga egna anställda", "Båda parter skriver på", "Allt färre anställda"]
)
def test_options_that_merely_begin_alike_are_left_alone(text: str) -> None:
    assert not words_of("sv").above.search(text)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("Lön", "Lon"),
        ("Mål", "Mal"),
        ("Insourcing", "outsourcing"),
        ("Nearshore outsourcing", "nearshore"),
        ("Kunden äger inte systemet", "Kunden äger systemet"),
        ("Ingen leverantör", "En leverantör"),
        ("Utan avtal", "Med avtal"),
        ("88,9 miljarder dollar", "8,89 miljarder dollar"),
        ("88,9 miljarder dollar", "88,9 miljoner dollar"),
        ("Tolv", "elva"),
        ("Kundservice", "kund"),
    ],
)
def test_what_says_something_else_is_wrong(key: str, typed: str) -> None:
    assert judge(typed, key).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("key", "other", "typed"),
    [
        ("Onshore outsourcing", "Offshore outsourcing", "offshore outsourcingen"),
        ("Kostnadsarbitrage", "Kunskapsarbitrage", "kunskapsarbitraget"),
        ("Kostnader", "Kunder", "kunderna"),
        ("Leverantör", "Underleverantör", "underleverantörerna"),
        ("Insourcing", "Outsourcing", "outsorcing"),
        ("Processer på hög nivå", "Processer på låg nivå", "processerna på låg nivå"),
    ],
)
def test_an_inflected_form_of_another_fact_s_answer_is_wrong(key: str, other: str, typed: str) -> None:
    assert judge(typed, key, refuse={other: "other"}).verdict is Verdict.WRONG


def test_another_fact_s_answer_in_the_definite_form_is_known_as_that_answer() -> None:
    asked = judge("kostnaderna", "Leverantörer", refuse={"Kostnader": "costs"})
    assert asked == TypedResult(Verdict.WRONG, confused_with="costs")


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("En tredjepartsleverantör", "tredjepartsleverantören"),
        ("Kostnader", "kostnaderna"),
        ("Fakturering", "FAKTURERINGEN"),
        ("Back office", "back-office"),
        ("IT-tjänster", "it tjänster"),
        ("Icke-kärnfunktioner", "icke kärnfunktionerna"),
        ("Flexibilitet", "flexibiliteten"),
        ("12", "tolv"),
        ("88,9 miljarder dollar", "88,9 miljarder $"),
    ],
)
def test_case_article_plural_and_hyphen_do_not_count(key: str, typed: str) -> None:
    assert judge(typed, key) == TypedResult(Verdict.RIGHT)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("Back office", "backoffice"),
        ("Läsktillverkare", "lasktillverkare"),
        ("Kärnverksamhet", "kärnverksamet"),
        ("Löpande bokföring", "löpande bokförning"),
        ("Helpdesk", "help desk"),
    ],
)
def test_one_slip_in_a_long_word_is_forgiven_and_the_spelling_shown(key: str, typed: str) -> None:
    assert judge(typed, key) == TypedResult(Verdict.RIGHT, almost=key)


def test_a_long_word_with_two_letters_stripped_of_their_marks_is_wrong() -> None:
    assert judge("overlatelse", "överlåtelse").verdict is Verdict.WRONG
