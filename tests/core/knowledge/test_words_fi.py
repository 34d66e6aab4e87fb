"""Finnish words: what is one answer in two forms, what is another answer, and what a typed answer may look like."""

from functools import partial

import pytest
from support import typing_words

from quizapp.core.items.typed import TypedResult, Verdict
from quizapp.core.knowledge.normalise import ValueKind, clash, content_words, fold, kind, same
from quizapp.core.knowledge.words import words_of

judge = partial(typing_words.judge, "fi")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sää", "saa"),
        ("työ", "tyo"),
        ("länsi", "lansi"),
        ("tuli", "tuuli"),
        ("tili", "tilli"),
        ("hoitaa", "hoittaa"),
        ("tieto", "tietämys"),
        ("palvelu", "palvelin"),
        ("sopimus", "sovitus"),
        ("hankinta", "hankkia"),
        ("maksaa", "ei maksa"),
        ("ilman sopimusta", "sopimusta"),
        ("vailla osaamista", "osaamista"),
        ("kotona eikä ulkomailla", "kotona ja ulkomailla"),
        ("88,9", "889"),
        ("1,200", "1 200"),
    ],
)
def test_what_is_another_word_stays_another_answer(one: str, other: str) -> None:
    assert not same(one, other, "fi")


@pytest.mark.parametrize("word", ["sopimuksen", "sopimuksessa", "sopimusta", "sopimuksia"])
def test_cases_stay_apart_since_the_author_lists_those_that_count(word: str) -> None:
    assert not same("sopimus", word, "fi")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("palvelut", "Palvelu"),
        ("sopimukset", "sopimus"),
        ("yritykset", "yritys"),
        ("tuotokset", "tuotos"),
        ("asiakkaat", "asiakas"),
        ("ulkoiset toimittajat", "ulkoinen toimittaja"),
        ("mahdollisuudet", "mahdollisuus"),
        ("yhteydet", "yhteys"),
        ("oikeudet", "oikeus"),
        ("kiinteät säännöt", "kiinteä sääntö"),
        ("toiminnot", "toiminto"),
        ("hankinnat", "hankinta"),
        ("palkat", "palkka"),
        ("pankit", "pankki"),
        ("ammattiliitot", "ammattiliitto"),
        ("viestintätaidot", "viestintätaito"),
        ("tiedot", "tieto"),
        ("tietomurrot", "tietomurto"),
        ("tietovuodot", "tietovuoto"),
        ("tuotteet", "tuote"),
        ("laitteet", "laite"),
        ("viestimet", "viestin"),
        ("vaikuttimet", "vaikutin"),
    ],
)
def test_the_plural_of_the_base_form_does_not_count(one: str, other: str) -> None:
    assert same(one, other, "fi")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("B2B-ympäristö", "b2b ympäristö"),
        ("IT-yritys", "it-yritys"),
        ("back office -palvelu", "back-office-palvelu"),
        ("Onshore‑BPO", "onshore-BPO"),
        ("ydin- ja tukityöt", "ydin ja tukityöt"),
        ("tutkimus & kehitys", "tutkimus ja kehitys"),
        ("idéa", "idea"),
        ("”call center”", "call center"),
        ("88,9 miljardia dollaria", "88,90 miljardia $"),
        ("88,9 mrd. dollaria", "88,9 miljardia dollaria"),
        ("kaksi miljoonaa euroa", "2 000 000 €"),
        ("neljätoista prosenttia", "14 %"),
        ("kaksitoista", "12"),
    ],
)
def test_hyphens_quotes_foreign_accents_and_number_style_do_not_count(one: str, other: str) -> None:
    assert same(one, other, "fi")


@pytest.mark.parametrize("word", ["työntekijä", "hyöty", "tytäryhtiö", "päätös", "ångström"])
def test_the_last_letters_of_the_alphabet_are_kept(word: str) -> None:
    assert fold(word, "fi") == word


def test_a_compound_is_one_word_and_does_not_clash_with_its_parts() -> None:
    assert not clash("Asiakaspalvelu", "palvelu", "fi")
    assert not clash("Alihankkijan omistaja", "alihankkija", "fi")
    assert not clash("Lyhyestä pitkään, tapauksen mukaan", "pitkä", "fi")
    assert clash("Ulkopuolinen toimittaja", "toimittaja", "fi")


def test_words_of_little_meaning_do_not_count_as_an_echo() -> None:
    assert content_words("Mikä näistä on se, minkä asiakas maksaa?", "fi") == {"asiakas", "maksaa"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("88,9 miljardia dollaria", ValueKind.QUANTITY),
        ("12", ValueKind.NUMBER),
        ("KPO", ValueKind.ACRONYM),
        ("Tekninen tuki", ValueKind.PHRASE),
        ("Yritys ostaa alihankkijan, joka tekee sille työtä", ValueKind.CLAUSE),
        ("3. toukokuuta 2017", ValueKind.DATE),
    ],
)
def test_the_kind_of_a_finnish_value_is_seen(text: str, expected: ValueKind) -> None:
    assert kind(text, "fi") is expected


@pytest.mark.parametrize(
    "text", ["Kaikki yllä mainitut", "Ei mikään näistä", "Kaikki vastaukset ovat oikein", "Sekä A että B", "Molemmat"]
)
def test_options_that_speak_of_the_others_are_found(text: str) -> None:
    assert words_of("fi").above.search(text)


@pytest.mark.parametrize("text", ["Kaikki asiakkaat maksavat", "Molemmat osapuolet allekirjoittavat", "Ei omaa väkeä"])
def test_options_that_merely_begin_alike_are_left_alone(text: str) -> None:
    assert not words_of("fi").above.search(text)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("Työ", "Tyo"),
        ("Tuuli", "Tuli"),
        ("Sisäistäminen", "ulkoistaminen"),
        ("Onshore-BPO", "BPO"),
        ("Asiakas ei omista järjestelmää", "Asiakas omistaa järjestelmän"),
        ("Ilman sopimusta", "Sopimuksella"),
        ("88,9 miljardia dollaria", "8,89 miljardia dollaria"),
        ("88,9 miljardia dollaria", "88,9 miljoonaa dollaria"),
        ("Kaksitoista", "yksitoista"),
        ("Asiakaspalvelu", "asiakas"),
        ("Ulkoistaminen", "ulkoistaa"),
        ("Kirjanpito", "kirjanpitäjä"),
    ],
)
def test_what_says_something_else_is_wrong(key: str, typed: str) -> None:
    assert judge(typed, key).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("key", "other", "typed"),
    [
        ("Kustannusarbitraasi", "Tietämysarbitraasi", "tietämysarbitraasin"),
        ("Prosessiosaaminen", "Tietämysosaaminen", "tietämysosaamisen"),
        ("Matalan tason prosessit", "Korkean tason prosessit", "korkean tason prosessin"),
        ("Onshore-BPO", "Offshore-BPO", "offshore-BPO:n"),
        ("Ulkoistaminen", "Sisäistäminen", "sisäistämisen"),
        ("Suhteellisen pienet", "Suhteellisen suuret", "suhteellisen suuren"),
        ("Liiketoimintaprosessien ulkoistaminen", "Tietoprosessien ulkoistaminen", "tietoprosessin ulkoistamisen"),
        ("Ammattiliitot", "Toimialaliitot", "toimialaliitto"),
    ],
)
def test_an_inflected_form_of_another_fact_s_answer_is_wrong(key: str, other: str, typed: str) -> None:
    assert judge(typed, key, refuse={other: "other"}).verdict is Verdict.WRONG


def test_another_fact_s_answer_in_the_plural_is_known_as_that_answer() -> None:
    asked = judge("asiakkaat", "Toimittaja", refuse={"Asiakas": "client"})
    assert asked == TypedResult(Verdict.WRONG, confused_with="client")


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("Ammattiliitot", "ammattiliitto"),
        ("Kiinteät säännöt", "KIINTEÄ SÄÄNTÖ"),
        ("Back office", "back-office"),
        ("IT-alan yritys", "it alan yritykset"),
        ("B2B-ympäristö", "B2B ympäristö"),
        ("Freelance-kirjoittaja", "freelance kirjoittajat"),
        ("12", "kaksitoista"),
        ("88,9 miljardia dollaria", "88,9 miljardia $"),
    ],
)
def test_case_plural_and_hyphen_do_not_count(key: str, typed: str) -> None:
    assert judge(typed, key) == TypedResult(Verdict.RIGHT)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("Kustannusarbitraasi", "kustannusarbitrasi"),
        ("Palveluntarjoaja", "palvelun tarjoaja"),
        ("Webhotelli", "web-hotelli"),
        ("Back office", "backoffice"),
        ("Tytäryhtiö", "tytäryhtio"),
        ("Alihankkija", "alihankija"),
    ],
)
def test_one_letter_or_a_word_parted_is_forgiven_and_the_spelling_shown(key: str, typed: str) -> None:
    assert judge(typed, key) == TypedResult(Verdict.RIGHT, almost=key)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("Kustannukset", "kustannuksista"),
        ("Kustannukset", "kustannuksiin"),
        ("Kustannukset", "kustannuksitta"),
        ("Ulkoistaminen", "ulkoistamisen"),
        ("Kustannusarbitraasi", "kustannusarbitraasin"),
        ("Alihankkija", "alihankkijaa"),
        ("Alihankkijan", "alihankkija"),
        ("Alihankkijaa", "alihankkijan"),
        ("Työntekijä", "työntekijän"),
        ("Työntekijä", "työntekijää"),
        ("Toimistossa", "toimistosta"),
        ("Palvelukeskukselta", "palvelukeskukselle"),
        ("Harkinta", "harkintaa"),
    ],
)
def test_another_case_is_right_only_where_it_is_listed(key: str, typed: str) -> None:
    assert judge(typed, key).verdict is Verdict.WRONG
    assert judge(typed, key, typed) == TypedResult(Verdict.RIGHT)


def test_a_long_word_with_two_letters_stripped_of_their_marks_is_wrong() -> None:
    assert judge("tytaryhtio", "tytäryhtiö").verdict is Verdict.WRONG
