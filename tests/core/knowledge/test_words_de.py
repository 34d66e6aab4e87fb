"""German words: what is one answer in two forms, what is another answer, and what a typed answer may look like."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import typing_words

from quizapp.core.items.typed import TypedResult, Verdict
from quizapp.core.knowledge.normalise import ValueKind, clash, content_words, fold, kind, same
from quizapp.core.knowledge.words import words_of

judge = partial(typing_words.judge, "de")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("schon", "schön"),
        ("fordern", "fördern"),
        ("Lohn", "Löhne"),
        ("Kosten", "kosten nichts"),
        ("Mutterfirma", "Mütterfirma"),
        ("Auftragnehmer", "Auftraggeber"),
        ("Auslagerung", "Verlagerung"),
        ("Leistung", "Leitung"),
        ("Regel", "Regal"),
        ("Anbieter", "Drittanbieter"),
        ("Prozess", "Prozessor"),
        ("intern", "extern"),
        ("im Vertrag", "nicht im Vertrag"),
        ("mit Vertrag", "ohne Vertrag"),
        ("ein Kunde", "kein Kunde"),
        ("88,9", "889"),
        ("1.200", "1,2"),
    ],
)
def test_what_is_another_word_stays_another_answer(one: str, other: str) -> None:
    assert not same(one, other, "de")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Der Auftragnehmer", "ein Auftragnehmer"),
        ("die Auslagerung", "Auslagerungen"),
        ("Fähigkeit", "Fähigkeiten"),
        ("die Gewerkschaften", "Gewerkschaft"),
        ("Transkription", "Transkriptionen"),
        ("Technologien", "Technologie"),
        ("Kompetenzen", "die Kompetenz"),
        ("Sektoren", "Sektor"),
        ("Visionen", "Vision"),
        ("Spezialitäten", "Spezialität"),
        ("Maßnahme", "Massnahme"),
        ("GROSSBETRIEB", "Großbetrieb"),
        ("Café", "Cafe"),
        ("Back-Office-BPO", "Back Office BPO"),
        ("Back‑Office", "back-office"),
        ("Forschung & Entwicklung", "Forschung und Entwicklung"),
        ("88,9 Milliarden Dollar", "88,90 Milliarden $"),
        ("zwei Millionen Euro", "2.000.000 €"),
        ("zwölf Prozent", "12 %"),
        ("zwoelf Prozent", "12 %"),
        ("„Callcenter“", "»Callcenter«"),
    ],
)
def test_articles_plurals_foreign_accents_and_number_style_do_not_count(one: str, other: str) -> None:
    assert same(one, other, "de")


@pytest.mark.parametrize("word", ["auslöser", "zulässig", "überlassen", "qualität", "möglich"])
def test_umlauts_are_letters_and_are_kept(word: str) -> None:
    assert fold(word, "de") == word


def test_a_compound_is_one_word_and_does_not_clash_with_its_parts() -> None:
    assert not clash("Kundenservice", "Service", "de")
    assert not clash("Kerngeschäft", "Geschäft", "de")
    assert not clash("Drittanbieter", "Anbieter", "de")
    assert clash("Ein externer Anbieter", "Anbieter", "de")
    assert clash("Outsourcing-Anbieter", "Anbieter", "de")


def test_words_of_little_meaning_do_not_count_as_an_echo() -> None:
    assert content_words("Für wen arbeitet das Personal bei einem Anbieter?", "de") == {
        "arbeitet",
        "personal",
        "anbieter",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("88,9 Milliarden Dollar", ValueKind.QUANTITY),
        ("12", ValueKind.NUMBER),
        ("KPO", ValueKind.ACRONYM),
        ("Externe Auftragnehmer", ValueKind.PHRASE),
        ("Das Unternehmen kauft den Subunternehmer, der für es arbeitet", ValueKind.CLAUSE),
        ("3. Mai 2017", ValueKind.DATE),
    ],
)
def test_the_kind_of_a_german_value_is_seen(text: str, expected: ValueKind) -> None:
    assert kind(text, "de") is expected


@pytest.mark.parametrize("lists", ["stop", "negations", "absolutes", "hedges", "generic", "months", "verbs"])
def test_every_listed_word_is_written_as_it_is_looked_up(lists: str) -> None:
    found = getattr(words_of("de"), lists)
    assert found
    assert [word for word in found if word != word.casefold()] == []


@pytest.mark.parametrize(
    "text", ["Alle oben genannten", "Keine der Antworten", "Alle sind richtig", "Sowohl A als auch B", "Beide"]
)
def test_options_that_speak_of_the_others_are_found(text: str) -> None:
    assert words_of("de").above.search(text)


@pytest.mark.parametrize(
    "text",
    ["Alle Kunden zahlen", "Keine eigenen Angestellten", "Beide Seiten unterschreiben", "Oberhalb der Norm"],
)
def test_options_that_merely_begin_alike_are_left_alone(text: str) -> None:
    assert not words_of("de").above.search(text)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("Schön", "schon"),
        ("Löhne", "Lohne"),
        ("Insourcing", "Outsourcing"),
        ("Auslagerung", "Verlagerung"),
        ("Auftragnehmer", "Auftraggeber"),
        ("Nearshore-BPO", "Nearshore"),
        ("Dem Kunden gehört das System nicht", "Dem Kunden gehört das System"),
        ("Kein Anbieter", "Ein Anbieter"),
        ("Ohne Vertrag", "Mit Vertrag"),
        ("Unregelmäßige Arbeitszeiten", "regelmäßige Arbeitszeiten"),
        ("88,9 Milliarden Dollar", "8,89 Milliarden Dollar"),
        ("88,9 Milliarden Dollar", "88,9 Millionen Dollar"),
        ("Zwölf", "elf"),
        ("Kundenservice", "Kunden"),
        ("Qualität", "Qualitaeter"),
    ],
)
def test_what_says_something_else_is_wrong(key: str, typed: str) -> None:
    assert judge(typed, key).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("key", "other", "typed"),
    [
        ("Onshore-BPO", "Offshore-BPO", "Offshore BPO"),
        ("Prozessexpertise", "Fachexpertise", "der Fachexpertise"),
        ("Kostenarbitrage", "Wissensarbitrage", "Wissensarbitragen"),
        ("Drittanbieter", "Anbieter", "den Anbietern"),
        ("Insourcing", "Outsourcing", "outsorcing"),
        ("Kritiker", "Befürworter", "die Befuerworter"),
        ("Branchenverbände", "Gewerkschaften", "der Gewerkschaft"),
        ("Prozesse auf hoher Ebene", "Prozesse auf niedriger Ebene", "Prozessen auf niedriger Ebene"),
        ("Auftragsabwicklung", "Rechnungsstellung", "Rechnungsstellungen"),
    ],
)
def test_an_inflected_form_of_another_fact_s_answer_is_wrong(key: str, other: str, typed: str) -> None:
    assert judge(typed, key, refuse={other: "other"}) == TypedResult(Verdict.WRONG, confused_with="other")


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("Ein Auftragnehmer", "der Auftragnehmer"),
        ("Löhne", "loehne"),
        ("Qualität", "Qualitaet"),
        ("Büroräume", "Bueroraeume"),
        ("Übliche Maßnahmen", "uebliche Massnahmen"),
        ("Steuern", "steuern"),
        ("Neue Abläufe", "neue Ablaeufe"),
        ("Buchhaltung", "BUCHHALTUNGEN"),
        ("Back-Office", "back office"),
        ("IT-Dienste", "it dienste"),
        ("Der Hauptsitz des Unternehmens", "Hauptsitz Unternehmens"),
        ("12", "zwoelf"),
        ("88,9 Milliarden Dollar", "88,9 Milliarden $"),
    ],
)
def test_case_article_plural_hyphen_and_spelt_out_umlauts_do_not_count(key: str, typed: str) -> None:
    assert judge(typed, key) == TypedResult(Verdict.RIGHT)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("Back-Office", "Backoffice"),
        ("Prozessexpertise", "Prozess-Expertise"),
        ("Helpdesk", "Help Desk"),
        ("Auftragnehmer", "Auftragnehmern"),
        ("Limonadenhersteller", "Limonadenherstellers"),
        ("Produktführerschaft", "Produktfuhrerschaft"),
        ("Marktforschung", "Marktforchung"),
        ("Relativ niedrig", "relativ nidrig"),
    ],
)
def test_one_slip_in_a_long_word_is_forgiven_and_the_spelling_shown(key: str, typed: str) -> None:
    assert judge(typed, key) == TypedResult(Verdict.RIGHT, almost=key)


def test_a_long_word_with_two_umlauts_stripped_of_their_dots_is_wrong() -> None:
    assert judge("burotatigkeit", "Bürotätigkeit").verdict is Verdict.WRONG


@given(st.text(alphabet="abdeloqrtuxäöüß", min_size=1, max_size=20))
def test_an_umlaut_may_always_be_spelt_out(key: str) -> None:
    spelt = key.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    assert judge(spelt, key) == TypedResult(Verdict.RIGHT)
