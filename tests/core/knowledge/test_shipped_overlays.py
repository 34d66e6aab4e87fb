"""The overlays that are shipped leave nothing out, and their gaps take the forms that a learner types."""

from random import Random

import pytest
from support.translations import BANKS, LANGUAGES, bank_of

from quizapp.core.items.generate import generate
from quizapp.core.items.model import Form, TypedItem
from quizapp.core.items.typed import Verdict, check_typed
from quizapp.core.items.unasked import unasked
from quizapp.core.knowledge.coverage import tags_of
from quizapp.core.knowledge.model import Gap

TELLING = {
    "de": {"der", "das", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "kein", "keine", "keinen"},
    "sv": {"en", "ett", "den", "det", "denna", "detta", "ingen", "inget", "någon", "något"},
    "nb": {"en", "ei", "et", "den", "det", "denne", "dette", "ingen", "intet", "noen", "noe"},
}
"""Words that tell the gender of the noun behind them; "die" stands before a feminine and before every plural."""


@pytest.mark.parametrize("name", BANKS)
@pytest.mark.parametrize("language", LANGUAGES)
class TestOverlay:
    """One bank in one language."""

    def test_nothing_is_left_out(self, name: str, language: str) -> None:
        bank = bank_of(name, language)
        assert bank.left_out == {}
        assert bank.untranslated == frozenset()

    def test_no_two_tags_have_the_same_name(self, name: str, language: str) -> None:
        bank = bank_of(name, language)
        names = [bank.tag_names[tag] for tag in tags_of(bank)]
        assert len(set(names)) == len(names)

    def test_every_fact_is_asked_in_some_form(self, name: str, language: str) -> None:
        bank = bank_of(name, language)
        assert [fact.id for fact in bank if unasked(bank, fact)] == []

    def test_no_gap_stands_behind_an_article_that_tells_its_gender(self, name: str, language: str) -> None:
        gaps = [fact for fact in bank_of(name, language) if isinstance(fact, Gap)]
        assert gaps
        telling = TELLING.get(language, set())
        assert [gap.id for gap in gaps if telling.intersection(gap.before.casefold().split()[-1:])] == []


@pytest.mark.parametrize(
    ("name", "fact", "typed"),
    [
        ("back-office-bpo", "cloze.aims.1", ("kustannukset", "kuluja", "kulut")),
        ("back-office-bpo", "cloze.aims.2", ("joustavuus", "joustoa")),
        ("bpo-and-kpo", "cloze.bpo-reasons.2", ("tehokkuus",)),
        ("bpo-and-outsourcing", "cloze.flexible.1", ("kertaluonteinen", "kertatyötä")),
        ("bpo-and-outsourcing", "cloze.flexible.2", ("jatkuva",)),
        ("business-process-outsourcing", "cloze.freed.1", ("oheistoiminnot", "oheistyötä")),
        ("business-process-outsourcing", "cloze.freed.2", ("aika",)),
        ("business-process-outsourcing", "cloze.cheaper-countries.1", ("verot", "veroa")),
        ("business-process-outsourcing", "cloze.cheaper-countries.2", ("työvoima",)),
    ],
)
def test_each_of_two_finnish_gaps_takes_its_own_other_forms(name: str, fact: str, typed: tuple[str, ...]) -> None:
    item = generate(bank_of(name, "fi"), fact, Form.CLOZE, Random(0))
    assert isinstance(item, TypedItem)
    assert {word: check_typed(word, item).verdict for word in typed} == dict.fromkeys(typed, Verdict.RIGHT)
    assert check_typed("ulkoistamista", item).verdict is Verdict.WRONG
