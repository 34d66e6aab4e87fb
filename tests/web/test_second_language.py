"""The languages of a learner on the pages: chosen in the settings, read beside each other, marked where missing."""

import re
from html import unescape

import pytest
from sqlalchemy import select
from support.caller import Caller
from support.site import Site
from support.tongues import river_files

from quizapp.actions.banks import publish_bank
from quizapp.core.items import snapshot
from quizapp.core.items.model import ChoiceItem, FlashcardItem, MatchingItem
from quizapp.store import models
from quizapp.store.engine import begin_writing

FORM = {"name": "Astrid", "minutes_a_day": "35", "retention": "0.85", "zone": "Europe/Stockholm", "language": "en"}
HOLE = ("  fen: {front: Vad kallas flack våtmark?, back: Kärr}\n", "")
SECOND = re.compile(r'class="second[^"]*">(?:<span lang="([\w-]+)">)?')


@pytest.fixture
def rivers(site: Site) -> models.Bank:
    return publish(site)


def publish(site: Site, *changes: tuple[str, str]) -> models.Bank:
    begin_writing(site.session)
    bank = publish_bank(
        site.session, river_files(*changes), origin="added", by=None, now=site.cast.astrid.created_at
    ).bank
    site.session.commit()
    return bank


def choose(caller: Caller, content: str = "", second: str = "", language: str = "en") -> int:
    form = {**FORM, "language": language, "content_language": content, "second_language": second}
    return caller.post("/settings", form).status_code


def begin(site: Site, caller: Caller, bank: models.Bank, key: str, kind: str = "practice") -> str:
    """Start a sitting about one fact and give its page."""
    query = select(models.Fact.id).where(models.Fact.bank_id == bank.id, models.Fact.key == key)
    fact = site.session.scalars(query).one()
    answer = caller.post("/sittings", {"kind": kind, "bank": str(bank.id), "fact": str(fact), "ahead": "y"})
    return str(answer.location)


def asked(site: Site) -> models.Item:
    site.session.rollback()  # what was read before is of an older moment
    item = site.session.scalars(select(models.Item).order_by(models.Item.id.desc())).first()
    assert item is not None
    return item


class TestSettings:
    """Three languages to choose."""

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"language": "xx"}, "Not a valid choice"),
            ({"content_language": "xx"}, "Not a valid choice"),
            ({"content_language": "sv", "second_language": "sv"}, "must be another one than that of the questions"),
            ({"second_language": "en"}, "must be another one than that of the questions"),
        ],
    )
    def test_what_does_not_fit_is_refused_beside_its_field(
        self, astrid: Caller, fields: dict[str, str], words: str
    ) -> None:
        answer = astrid.post("/settings", {**FORM, **fields})
        assert answer.status_code == 422
        assert words in answer.text

    def test_what_was_chosen_is_shown_again_each_language_by_its_own_name(self, astrid: Caller) -> None:
        assert choose(astrid, "de", "fi") == 303
        page = astrid.get("/settings").text
        for name, code, own in (
            ("language", "en", "English"),
            ("content_language", "de", "Deutsch"),
            ("second_language", "fi", "Suomi"),
        ):
            select_of = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
            assert select_of
            assert f'selected value="{code}">{own}<' in select_of[0]

    def test_the_pages_speak_the_language_chosen_at_once(self, astrid: Caller) -> None:
        assert choose(astrid, language="sv") == 303
        assert '<html lang="sv"' in astrid.get("/settings").text

    def test_a_language_of_a_bank_is_offered_by_its_own_name_and_an_unknown_code_as_it_is(
        self, site: Site, astrid: Caller
    ) -> None:
        begin_writing(site.session)
        for number, code in enumerate(("fr", "tlh"), 1):
            texts = river_files(number=number, language=code)
            publish_bank(site.session, texts, origin="added", by=None, now=site.cast.astrid.created_at)
        site.session.commit()
        page = astrid.get("/settings").text
        assert page.count('<option value="fr">Français</option>') == 2
        assert page.count('<option value="tlh">tlh</option>') == 2

    def test_a_form_that_says_nothing_of_languages_changes_none(self, site: Site, astrid: Caller) -> None:
        choose(astrid, "de", "fi")
        assert (
            astrid.post("/settings", {key: value for key, value in FORM.items() if key != "language"}).status_code
            == 303
        )
        user = site.session.get_one(models.User, site.cast.astrid.id)
        site.session.refresh(user)
        assert (user.content_language, user.second_language) == ("de", "fi")


class TestBeside:
    """A second language beside the first."""

    def test_no_second_line_stands_there_unless_it_is_wanted(
        self, site: Site, astrid: Caller, rivers: models.Bank
    ) -> None:
        choose(astrid, "sv")
        assert SECOND.findall(astrid.get(begin(site, astrid, rivers, "cards.delta")).text) == []

    def test_a_choice_has_stem_and_options_in_both_each_with_its_language(
        self, site: Site, astrid: Caller, rivers: models.Bank
    ) -> None:
        choose(astrid, "sv", "en")
        page = astrid.get(begin(site, astrid, rivers, "questions.longest")).text
        core = snapshot.load(asked(site).snapshot)
        assert isinstance(core, ChoiceItem)
        assert core.head.language == "sv"
        assert SECOND.findall(page) == ["en"] * 5
        assert '<span class="option__text"><span lang="sv">Volgafloden</span></span>' in page
        assert '<span class="second"><span lang="en">The Volga</span></span>' in page

    def test_the_back_of_a_card_comes_in_both_languages_and_only_when_it_is_turned(
        self, site: Site, astrid: Caller, rivers: models.Bank
    ) -> None:
        choose(astrid, "sv", "en")
        address = begin(site, astrid, rivers, "cards.ford", "flashcards")
        page = astrid.get(address).text
        assert "shallow place" in page
        assert "Ford" not in page
        astrid.post(f"/items/{asked(site).id}/reveal")
        turned = astrid.get(address).text
        assert '<span lang="en">Ford</span>' in turned
        assert isinstance(snapshot.load(asked(site).snapshot), FlashcardItem)

    def test_a_set_to_match_has_both_languages_without_a_script_too(
        self, site: Site, astrid: Caller, rivers: models.Bank
    ) -> None:
        choose(astrid, "sv", "en")
        page = astrid.get(begin(site, astrid, rivers, "seas.north.rhine", "match")).text
        core = snapshot.load(asked(site).snapshot)
        assert isinstance(core, MatchingItem)
        assert SECOND.findall(page).count("en") == len(core.premises) + len(core.responses) + 2
        assert "Svarta havet · Black Sea</option>" in page

    def test_the_verdict_says_the_right_answer_and_why_in_both(
        self, site: Site, astrid: Caller, rivers: models.Bank
    ) -> None:
        choose(astrid, "sv", "en")
        address = begin(site, astrid, rivers, "cards.delta", "practice")
        item = asked(site)
        core = snapshot.load(item.snapshot)
        fields = {"key": "a" * 16, "version": str(item.version), "unsure": "1"}
        if isinstance(core, ChoiceItem):
            fields["choice"] = next(option.token for option in core.options if not option.correct)
        elif isinstance(core, MatchingItem):
            fields |= {f"pair-{premise.token}": core.key[premise.token] for premise in core.premises}
        astrid.post(f"/items/{item.id}/answer", fields)
        page = astrid.get(f"{address}?answered={item.id}").text
        verdict = page[page.index("data-verdict=") :]
        assert SECOND.findall(verdict)
        if isinstance(core, ChoiceItem):
            right = '<span data-right-answer><span lang="sv">Deltaland</span></span>'
            assert f'{right} <span class="second"><span lang="en">Delta</span></span>' in verdict
            assert "It has a letter&#39;s form." in verdict

    def test_no_key_is_in_a_page_before_the_answer(self, site: Site, astrid: Caller, rivers: models.Bank) -> None:
        choose(astrid, "sv", "en")
        for key, kind in (("cards.delta", "flashcards"), ("cards.weir", "flashcards"), ("cards.fen", "flashcards")):
            page = unescape(astrid.get(begin(site, astrid, rivers, key, kind)).text)
            core = snapshot.load(asked(site).snapshot)
            assert isinstance(core, FlashcardItem)
            assert core.back not in page
            assert {"cards.delta": "Delta", "cards.weir": "Weir", "cards.fen": "Fen"}[key] not in page

    def test_a_quiz_and_its_score_have_both_languages(self, astrid: Caller, rivers: models.Bank) -> None:
        choose(astrid, "sv", "en")
        form = {"bank": str(rivers.id), "questions": "3", "feedback": "end", "minutes": "", "forms": "mixed"}
        answer = astrid.post("/attempts", form)
        assert answer.status_code == 303
        assert "en" in SECOND.findall(astrid.get(answer.location).text)
        attempt = answer.location.split("/")[2]
        astrid.post(f"/attempts/{attempt}/finish")
        assert "en" in SECOND.findall(astrid.get(f"/attempts/{attempt}").text)


class TestMissing:
    """What the language read has no words for."""

    def test_a_bank_in_one_language_says_so_in_every_way_to_practise(
        self, site: Site, astrid: Caller, rivers: models.Bank
    ) -> None:
        choose(astrid, "fi")
        for kind, key in (
            ("practice", "questions.longest"),
            ("match", "seas.north.rhine"),
            ("flashcards", "cards.fen"),
        ):
            assert "in English</span>" in astrid.get(begin(site, astrid, rivers, key, kind)).text
            assert snapshot.load(asked(site).snapshot).head.language == "en"
        assert "in English</span>" in astrid.get("/banks/rivers").text
        form = {"bank": str(rivers.id), "questions": "3", "feedback": "now", "minutes": "", "forms": "mixed"}
        assert "in English</span>" in astrid.get(astrid.post("/attempts", form).location).text

    def test_a_bank_that_has_the_language_says_nothing(self, site: Site, astrid: Caller, rivers: models.Bank) -> None:
        choose(astrid, "sv")
        assert "in English</span>" not in astrid.get(begin(site, astrid, rivers, "cards.fen")).text
        assert "in English</span>" not in astrid.get("/banks/rivers").text

    def test_the_language_is_named_in_that_of_the_page(self, astrid: Caller, site: Site) -> None:
        publish(site)
        choose(astrid, "fi", language="de")
        assert "Englisch" in astrid.get("/banks/rivers").text

    def test_a_fact_without_words_is_asked_in_the_source_language_and_marked(self, site: Site, astrid: Caller) -> None:
        bank = publish(site, HOLE)
        choose(astrid, "sv")
        page = astrid.get(begin(site, astrid, bank, "cards.fen", "flashcards")).text
        assert "not translated yet" in page
        assert '<span lang="en">What is flat wet land called?</span>' in page
        assert "not translated yet" not in astrid.get(begin(site, astrid, bank, "cards.ford", "flashcards")).text


class TestOneMemory:
    """Progress does not depend on the language."""

    def test_the_figures_of_every_page_are_the_same_after_a_switch(
        self, site: Site, astrid: Caller, rivers: models.Bank
    ) -> None:
        choose(astrid, "en")
        begin(site, astrid, rivers, "cards.ford", "flashcards")
        item = asked(site)
        astrid.post(f"/items/{item.id}/reveal")
        astrid.post(f"/items/{item.id}/answer", {"key": "a" * 16, "version": "1", "grade": "3"})
        before = [figures(astrid, path) for path in ("/", "/progress", "/progress/rivers", "/banks/rivers")]
        choose(astrid, "sv")
        assert [figures(astrid, path) for path in ("/", "/progress", "/progress/rivers", "/banks/rivers")] == before
        assert "Vad kallas ett grunt ställe" in astrid.get("/banks/rivers").text


def figures(caller: Caller, path: str) -> list[str]:
    """Give all numbers of a page that stand as figures of their own."""
    page = caller.get(path)
    assert page.status_code == 200
    return re.findall(r">\s*([\d.,]+(?:\s*%)?)\s*<", unescape(page.text))
