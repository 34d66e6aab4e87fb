"""What holds for typed answers in every language: keyboards, Unicode, compounds, and the answers of siblings."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.typing_words import judge

from quizapp.core.items.typed import TypedResult, Verdict
from quizapp.core.knowledge.normalise import fold, same
from quizapp.core.knowledge.words import words_of

LANGUAGES = ("en", "sv", "de", "fi", "nb")
LETTERS = {"en": "", "sv": "åäö", "de": "äöüß", "fi": "äöå", "nb": "æøå"}


@pytest.mark.parametrize(
    ("language", "key", "typed"),
    [
        ("sv", "Åtgärd", "atgärd"),
        ("sv", "Kåre", "Kare"),
        ("sv", "Löner", "Loner"),
        ("sv", "Lära", "Lara"),
        ("fi", "Sähkö", "Sahko"),
        ("fi", "Hae", "Hä"),
        ("fi", "Koe", "Kö"),
        ("fi", "Raahe", "Råhe"),
        ("nb", "Ærlig", "Arlig"),
        ("nb", "Økt", "Okt"),
        ("nb", "Får", "Far"),
        ("nb", "Bær", "Bør"),
        ("de", "Föhn", "Fohn"),
        ("de", "Büro", "Buro"),
        ("de", "Masse", "Mase"),
        ("en", "Lean", "Leän"),
    ],
)
def test_a_letter_of_the_language_is_no_other_letter(language: str, key: str, typed: str) -> None:
    assert judge(language, typed, key).verdict is (Verdict.RIGHT if language == "en" else Verdict.WRONG)


@pytest.mark.parametrize(
    ("language", "key", "typed"),
    [
        ("sv", "Åtgärd", "aatgaerd"),
        ("sv", "Överlåtelse", "oeverlaatelse"),
        ("sv", "Kärna", "kærna"),
        ("sv", "Löner", "løner"),
        ("nb", "Åpenhet", "aapenhet"),
        ("nb", "Ærlighet", "aerlighet"),
        ("nb", "Økonomi", "oekonomi"),
        ("nb", "Lønnskjøring", "lönnskjöring"),
        ("nb", "Bærekraft", "bärekraft"),
        ("de", "Büroräume", "Bueroraeume"),
        ("de", "Außenstelle", "Aussenstelle"),
        ("de", "STRASSE", "straße"),
        ("fi", "Työntekijä", "tyøntekijæ"),
    ],
)
def test_letters_that_a_keyboard_lacks_may_be_spelt_out_where_that_says_nothing_else(
    language: str, key: str, typed: str
) -> None:
    assert judge(language, typed, key) == TypedResult(Verdict.RIGHT)


@pytest.mark.parametrize(("language", "letters"), LETTERS.items())
@given(data=st.data())
def test_a_letter_may_be_composed_of_parts(language: str, letters: str, data: st.DataObject) -> None:
    key = data.draw(st.text(alphabet="abeiklnorstu" + letters, min_size=1, max_size=16))
    parts = unicodedata.normalize("NFD", key)
    assert fold(parts, language) == fold(key, language)
    assert judge(language, parts, key) == TypedResult(Verdict.RIGHT)


@pytest.mark.parametrize(
    ("language", "key", "typed"),
    [
        ("en", "Front-office work", "front office work"),
        ("sv", "Front office-tjänst", "front-office tjänst"),
        ("de", "Front-Office-Dienst", "front office dienst"),
        ("fi", "Front office -palvelu", "front-office-palvelu"),
        ("nb", "Front office-tjeneste", "front-office tjeneste"),
    ],
)
def test_a_hyphen_is_as_good_as_a_space(language: str, key: str, typed: str) -> None:
    assert same(key, typed, language)
    assert judge(language, typed, key) == TypedResult(Verdict.RIGHT)


@pytest.mark.parametrize(
    ("language", "key", "typed"),
    [
        ("en", "Subcontractor", "sub-contractor"),
        ("en", "Back office", "backoffice"),
        ("sv", "Underleverantör", "under leverantör"),
        ("sv", "E-post", "epost"),
        ("de", "Drittanbieter", "Dritt-Anbieter"),
        ("de", "Kostenarbitrage", "Kosten Arbitrage"),
        ("fi", "Asiakaspalvelu", "asiakas palvelu"),
        ("fi", "Web-hotelli", "webhotelli"),
        ("nb", "Underleverandør", "under-leverandør"),
        ("nb", "Kundeservice", "kunde service"),
    ],
)
def test_a_compound_parted_or_joined_is_forgiven_and_its_spelling_shown(language: str, key: str, typed: str) -> None:
    assert judge(language, typed, key) == TypedResult(Verdict.RIGHT, almost=key)


@pytest.mark.parametrize(
    ("language", "key", "sibling", "typed"),
    [
        ("en", "Insourcing", "Outsourcing", "outsourcin"),
        ("en", "Complement", "Compliment", "complment"),
        ("sv", "Utläggning", "Inläggning", "inlägning"),
        ("sv", "Onshoring", "Inshoring", "onshoringg inshoring"),
        ("de", "Auslagerung", "Verlagerung", "Verlagerng"),
        ("de", "Auftragnehmer", "Auftraggeber", "Auftraggebers"),
        ("fi", "Ulkoistaminen", "Sisäistäminen", "sisäistäminn"),
        ("fi", "Alihankkija", "Päähankkija", "päähankkijan"),
        ("nb", "Utsetting", "Innsetting", "innseting"),
        ("nb", "Kostnadsarbitrasje", "Kunnskapsarbitrasje", "kunskapsarbitrasje"),
    ],
)
def test_a_slip_in_a_sibling_s_answer_is_never_right(language: str, key: str, sibling: str, typed: str) -> None:
    assert judge(language, typed, key, refuse={sibling: "sibling"}).verdict is Verdict.WRONG


def test_another_case_of_a_sibling_s_answer_is_known_as_the_sibling() -> None:
    asked = judge("fi", "päähankkijan", "Alihankkija", refuse={"Päähankkija": "sibling"})
    assert asked == TypedResult(Verdict.WRONG, confused_with="sibling")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_spelling_turns_a_word_that_denies_into_another(language: str) -> None:
    words = words_of(language)
    for word in words.negations | words.lacking | words.articles:
        assert not any(before in word for before, _ in words.spelling if before.isascii()), word
