"""Norwegian words: what is one answer in two forms, what is another answer, and what a typed answer may look like."""

from functools import partial

import pytest
from support import typing_words

from quizapp.core.items.typed import TypedResult, Verdict
from quizapp.core.knowledge.normalise import ValueKind, clash, content_words, fold, kind, same
from quizapp.core.knowledge.words import words_of

judge = partial(typing_words.judge, "nb")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mål", "mal"),
        ("lønn", "lonn"),
        ("bør", "bær"),
        ("lån", "løn"),
        ("kjøper", "kjoper"),
        ("lære", "lare"),
        ("avgift", "avgiften"),
        ("kunde", "kunder"),
        ("bedrift", "bedrifter"),
        ("kostnad", "kostnadsfri"),
        ("leverandør", "underleverandør"),
        ("ledning", "ledig"),
        ("prosess", "prosessor"),
        ("ikke ansatt", "ansatt"),
        ("uten kontrakt", "kontrakt"),
        ("88,9", "889"),
        ("1,200", "1 200"),
    ],
)
def test_what_is_another_word_stays_another_answer(one: str, other: str) -> None:
    assert not same(one, other, "nb")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("En leverandør", "leverandøren"),
        ("leverandører", "leverandørene"),
        ("kostnad", "kostnadene"),
        ("kostnader", "kostnaden"),
        ("den organisasjonen", "organisasjon"),
        ("faktureringen", "Fakturering"),
        ("utbetalinga", "utbetalingen"),
        ("avhengigheten", "avhengigheter"),
        ("kvaliteten", "kvalitet"),
        ("markedsundersøkelsene", "markedsundersøkelse"),
        ("direktøren", "direktører"),
        ("et selskap", "Selskap"),
        ("én oppgave", "oppgave"),
        ("idé", "ide"),
        ("à la carte", "a la carte"),
        ("back office-tjeneste", "back-office-tjeneste"),
        ("IT-drift", "it drift"),
        ("forskning & utvikling", "forskning og utvikling"),
        ("88,9 milliarder dollar", "88,90 milliarder $"),
        ("to millioner kroner", "2 000 000 kr"),
        ("tolv prosent", "12 %"),
        ("syv", "sju"),
        ("«callsenter»", "callsenter"),
    ],
)
def test_articles_plurals_foreign_accents_and_number_style_do_not_count(one: str, other: str) -> None:
    assert same(one, other, "nb")


@pytest.mark.parametrize("word", ["åpning", "ærend", "ønske", "tilføre", "påstå"])
def test_the_three_last_letters_of_the_alphabet_are_kept(word: str) -> None:
    assert fold(word, "nb") == word


def test_a_compound_is_one_word_and_does_not_clash_with_its_parts() -> None:
    assert not clash("Kundeservice", "service", "nb")
    assert not clash("Kjernevirksomhet", "virksomhet", "nb")
    assert clash("En ekstern leverandør", "leverandør", "nb")


def test_words_of_little_meaning_do_not_count_as_an_echo() -> None:
    assert content_words("Hva er det kunden betaler seg ut av?", "nb") == {"kunden", "betaler"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("88,9 milliarder dollar", ValueKind.QUANTITY),
        ("12", ValueKind.NUMBER),
        ("KPO", ValueKind.ACRONYM),
        ("Løpende bokføring", ValueKind.PHRASE),
        ("Virksomheten kjøper opp underleverandøren som arbeider for den", ValueKind.CLAUSE),
        ("3. mai 2017", ValueKind.DATE),
    ],
)
def test_the_kind_of_a_norwegian_value_is_seen(text: str, expected: ValueKind) -> None:
    assert kind(text, "nb") is expected


@pytest.mark.parametrize(
    "text", ["Alle ovenfor", "Ingen av alternativene", "Alle svarene er riktige", "Både A og B", "Begge"]
)
def test_options_that_speak_of_the_others_are_found(text: str) -> None:
    assert words_of("nb").above.search(text)


@pytest.mark.parametrize(
    "text", ["Alle kunder betaler", "Ingen egne ansatte", "Begge parter skriver under", "Alt færre ansatte"]
)
def test_options_that_merely_begin_alike_are_left_alone(text: str) -> None:
    assert not words_of("nb").above.search(text)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("Lån", "Lan"),
        ("Mål", "Mal"),
        ("Insourcing", "outsourcing"),
        ("Nearshore-BPO", "offshore-BPO"),
        ("Kunden eier ikke systemet", "Kunden eier systemet"),
        ("Ingen leverandør", "En leverandør"),
        ("Uten avtale", "Med avtale"),
        ("88,9 milliarder dollar", "8,89 milliarder dollar"),
        ("88,9 milliarder dollar", "88,9 millioner dollar"),
        ("Tolv", "elleve"),
        ("Kundeservice", "kunde"),
    ],
)
def test_what_says_something_else_is_wrong(key: str, typed: str) -> None:
    assert judge(typed, key).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("key", "other", "typed"),
    [
        ("Onshore outsourcing", "Offshore outsourcing", "offshore outsourcingen"),
        ("Utkontraktering", "Innkontraktering", "innkontrakteringen"),
        ("Kostnadsarbitrasje", "Kunnskapsarbitrasje", "kunnskapsarbitrasjen"),
        ("Leverandør", "Underleverandør", "underleverandørene"),
        ("Insourcing", "Outsourcing", "outsorcing"),
        ("Prosesser på høyt nivå", "Prosesser på lavt nivå", "prosessene på lavt nivå"),
    ],
)
def test_an_inflected_form_of_another_fact_s_answer_is_wrong(key: str, other: str, typed: str) -> None:
    assert judge(typed, key, refuse={other: "other"}).verdict is Verdict.WRONG


def test_another_fact_s_answer_in_the_definite_form_is_known_as_that_answer() -> None:
    asked = judge("kostnadene", "Leverandører", refuse={"Kostnader": "costs"})
    assert asked == TypedResult(Verdict.WRONG, confused_with="costs")


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("En tredjepartsleverandør", "tredjepartsleverandøren"),
        ("Kostnader", "kostnadene"),
        ("Fakturering", "FAKTURERINGEN"),
        ("Konkurranseutsetting", "konkurranseutsettinga"),
        ("Back office", "back-office"),
        ("IT-drift", "it drift"),
        ("Avhengighet", "avhengigheten"),
        ("12", "tolv"),
        ("88,9 milliarder dollar", "88,9 milliarder $"),
    ],
)
def test_case_article_plural_and_hyphen_do_not_count(key: str, typed: str) -> None:
    assert judge(typed, key) == TypedResult(Verdict.RIGHT)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("Back office", "backoffice"),
        ("Brusprodusenter", "brusprodusentar"),
        ("Kjernevirksomhet", "kjernevirksomet"),
        ("Kontraktproduksjon", "kontraktsproduksjon"),
        ("Lønnskjøring", "lønskjøring"),
        ("Helpdesk", "help desk"),
    ],
)
def test_one_slip_in_a_long_word_is_forgiven_and_the_spelling_shown(key: str, typed: str) -> None:
    assert judge(typed, key) == TypedResult(Verdict.RIGHT, almost=key)


def test_a_long_word_with_two_letters_stripped_of_their_marks_is_wrong() -> None:
    assert judge("lonnskjoring", "lønnskjøring").verdict is Verdict.WRONG
