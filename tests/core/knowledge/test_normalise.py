"""What counts as the same text, in each language that has word lists."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.effort import calls
from support.hostile import PIECES

from quizapp.core.knowledge.normalise import ValueKind, clash, content_words, fold, kind, same
from quizapp.core.knowledge.words import Words, words_of

LANGUAGES = st.sampled_from(["en", "sv", "de", "fi", "nb", "nn", "pt-BR", "ja"])
TEXTS = st.text(max_size=60) | st.text(alphabet="aå1 $*`_^+-.,/()[]{}'&%€½²ß\ue000\x00\ud800", max_size=30)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "The supplier's staff", "Supplier staff"),
        ("en", "the **Supplier’s** staff.", "supplier's staff"),
        ("en", "e-mail policy", "E mail policies"),
        ("en", "Café", "cafe"),
        ("en", "10 %", "ten per cent"),
        ("en", "10%", "10 percent"),
        ("en", "1,000", "1 000"),
        ("en", "one thousand", "1000"),
        ("en", "twenty-five days", "25 days"),
        ("en", "€5", "5 euros"),
        ("en", "2.5 million", "2,500,000"),
        ("en", "5km", "5 kilometres"),
        ("en", "$O(n^2)$", "O(n^2)"),
        ("en", "H₂O", "H2O"),
        ("en", "x²", "$x^{2}$"),
        ("en", "U.S.A.", "USA"),
        ("en", "Rules & processes", "rule and process"),
        ("en", "isn't owned", "is not owned"),
        ("en", "[The contract](https://example.org/a)", "contract"),
        ("sv", "En leverantör", "leverantörerna"),
        ("sv", "Idé", "ide"),
        ("sv", "1,5 procent", "1,50 %"),
        ("sv", "1 000 kr", "1000 kronor"),
        ("sv", "tio dagar", "10 dagar"),
        ("de", "Die Straße", "strasse"),
        ("de", "Leistungen", "eine Leistung"),
        ("de", "1.000", "1 000"),
        ("de", "zehn Prozent", "10 %"),
        ("fi", "Palvelut", "palvelu"),
        ("fi", "kymmenen prosenttia", "10 %"),
        ("nb", "Et selskap", "selskap"),
        ("nb", "Løsninger", "løsning"),
        ("nb", "fem prosent", "5 %"),
    ],
)
def test_one_answer_written_two_ways_folds_alike(language: str, one: str, other: str) -> None:
    assert fold(one, language) == fold(other, language)
    assert same(one, other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "C++", "C#"),
        ("en", "C", "C++"),
        ("en", "A+", "A-"),
        ("en", "10²", "102"),
        ("en", "O(n)", "O(n^2)"),
        ("en", "-5", "5"),
        ("en", "€5", "$5"),
        ("en", "1.5", "15"),
        ("en", "1.2.3", "1.23"),
        ("en", "?", "!"),
        ("en", "Owned", "Not owned"),
        ("sv", "mål", "mal"),
        ("sv", "höra", "hora"),
        ("de", "schon", "schön"),
        ("de", "Maße", "Mäse"),
        ("de", "für", "fuer"),
        ("fi", "sää", "saa"),
        ("nb", "øre", "ore"),
        ("nb", "får", "far"),
        ("hi", "कि", "का"),
        ("en", "1,000", "1.000"),
        ("de", "1.000", "1,000"),
    ],
)
def test_different_answers_stay_apart(language: str, one: str, other: str) -> None:
    assert fold(one, language) != fold(other, language)


def test_the_decimal_sign_is_the_language_s_own() -> None:
    assert fold("1,500", "en") == "1500"
    assert fold("1,500", "sv") == "1.5"
    assert fold("1.500", "de") == "1500"
    assert fold("1.500", "en") == "1.5"


def test_a_text_that_is_only_an_article_is_kept() -> None:
    assert fold("The", "en") == "the"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "The cost of transition", "transition"),
        ("en", "Direct control", "Direct control through contract"),
        ("en", "ten per cent", "10 % of the price"),
        ("en", "", " "),
        ("sv", "Kundens egen personal", "Egen personal"),
        ("fi", "Palvelukeskus ulkomailla", "palvelukeskus"),
        ("de", "Vertrag", "Kontrolle durch den Vertrag"),
        ("nb", "kundens ansatte", "Ansatte"),
    ],
)
def test_a_text_held_in_another_clashes_with_it(language: str, one: str, other: str) -> None:
    assert clash(one, other, language)
    assert clash(other, one, language)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cost", "costly"),
        ("the", "the cost of the transition"),
        ("direct contract", "direct control through contract"),
        ("5 %", "15 %"),
        ("", "control"),
        ("O(n)", "Runs in O(n^2)"),
    ],
)
def test_parts_of_words_and_mere_stop_words_do_not_clash(one: str, other: str) -> None:
    assert not clash(one, other, "en")


def test_content_words_leave_out_what_carries_no_meaning() -> None:
    assert content_words("Whose staff does the work in {concept}?", "en") == {"staff", "work", "concept"}
    assert content_words("Vem betalar kostnaderna för övergången?", "sv") == {"betalar", "kostnad", "övergången"}
    assert content_words("Wer trägt die Kosten?", "de") == {"trägt", "kosten"}
    assert content_words("Kuka omistaa palvelut?", "fi") == {"omistaa", "palvelu"}
    assert content_words("Hvem eier selskapet?", "nb") == {"eier", "selskapet"}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "1,200", ValueKind.NUMBER),
        ("sv", "3,5", ValueKind.NUMBER),
        ("en", "ten per cent", ValueKind.QUANTITY),
        ("de", "5 Tage", ValueKind.QUANTITY),
        ("fi", "20 km", ValueKind.QUANTITY),
        ("en", "2024-01-31", ValueKind.DATE),
        ("nb", "17. mai 1814", ValueKind.DATE),
        ("de", "3.10.1990", ValueKind.DATE),
        ("en", "BPO", ValueKind.ACRONYM),
        ("en", "TCP/IP", ValueKind.ACRONYM),
        ("en", "KPIs", ValueKind.ACRONYM),
        ("en", "Isaac Newton", ValueKind.NAME),
        ("sv", "Selma Lagerlöf", ValueKind.NAME),
        ("de", "Direkte Kontrolle", ValueKind.PHRASE),
        ("en", "Direct control", ValueKind.PHRASE),
        ("en", "The supplier owns it", ValueKind.CLAUSE),
        ("sv", "Leverantören äger maskinerna", ValueKind.CLAUSE),
        ("en", "", ValueKind.PHRASE),
    ],
)
def test_the_kind_of_a_value_shows_in_its_form(language: str, text: str, expected: ValueKind) -> None:
    assert kind(text, language) is expected


def test_an_unknown_language_keeps_its_accents_and_its_words() -> None:
    assert words_of("xx") == Words()
    assert not same("é", "e", "pt-BR")
    assert same("Ação", "ação", "pt-BR")


@given(TEXTS, LANGUAGES)
def test_any_text_folds_without_error_into_single_spaces(text: str, language: str) -> None:
    folded = fold(text, language)
    assert folded == " ".join(folded.split(" "))
    assert "  " not in folded
    assert bool(folded) == bool(text.split())
    assert kind(text, language) in ValueKind
    assert len(content_words(text, language)) <= len(text)


@given(TEXTS, TEXTS, LANGUAGES)
def test_clash_is_symmetric_and_holds_of_a_text_and_itself(one: str, other: str, language: str) -> None:
    assert clash(one, other, language) == clash(other, one, language)
    assert clash(one, one, language)


@given(st.integers(min_value=1, max_value=10**9), LANGUAGES)
def test_a_grouped_number_is_the_plain_one(number: int, language: str) -> None:
    assert same(f"{number:,}".replace(",", " "), str(number), language)


@given(st.text(alphabet="abcdefgh ", max_size=40), LANGUAGES)
def test_capitals_never_matter(text: str, language: str) -> None:
    assert same(text.upper(), text, language)


@pytest.mark.parametrize("piece", PIECES)
def test_the_work_of_folding_a_hostile_text_grows_with_its_length(piece: str) -> None:
    half, whole = (calls(partial(fold, piece * times, "en")) for times in (10_000, 20_000))
    assert whole < 3 * half
