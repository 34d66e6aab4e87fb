"""Browsing a bank: as it was written, with what the learner keeps of each fact."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from support.caller import Caller
from support.site import Site, on_both_databases

from quizapp.actions.banks import publish_bank
from quizapp.core.knowledge.limits import Text
from quizapp.store import models
from quizapp.store.engine import begin_writing


def url(site: Site, key: str, deed: str = "") -> str:
    return f"/banks/sourcing-test/facts/{site.lesson.id(key)}" + (f"/{deed}" if deed else "")


def published(site: Site, content: str) -> None:
    begin_writing(site.session)
    texts = (Text("more.yaml", content),)
    publish_bank(site.session, texts, origin="added", by=None, now=site.lesson.start)
    site.session.commit()


@on_both_databases
def test_every_section_is_shown_as_it_was_written(astrid: Caller) -> None:
    page = astrid.get("/banks/sourcing-test").text
    for words in (
        "Insourcing and outsourcing",
        "Control through contract",
        "contracting out",
        "Who owns the service centre",
        "A bank opens its own centre in Gdansk.",
        "Kinds of cost",
        "Knowledge transfer",
        "Total cost of ownership",
        "The cost of transition",
        "It is stated in the offer.",
        "A captive centre belongs to the supplier.",
        "It belongs to the client.",
        "<mark>labour arbitrage</mark>",
        "a wage gap",
        "Lecture 4, sourcing models",
    ):
        assert words in page, words
    assert page.count('class="memory"') == page.count('class="fact-cell"') == 17
    assert "The supplier&#39;s staff" in page


@on_both_databases
def test_what_is_kept_of_a_fact_stands_beside_it(site: Site) -> None:
    begin_writing(site.session)
    site.lesson.answer(site.cast.astrid, "cards.tco", days=0)
    site.session.commit()
    with time_machine.travel(site.lesson.start + timedelta(days=1), tick=False):
        page = site.logged_in("astrid").get("/banks/sourcing-test").text
        other = site.logged_in("jussi").get("/banks/sourcing-test").text
    assert page.count("memory__share") == 1
    assert "due tomorrow" in page or "due in" in page or "due today" in page
    assert "memory__share" not in other


def test_a_learner_reads_the_language_they_chose(site: Site, astrid: Caller) -> None:
    site.cast.astrid.language, site.cast.astrid.content_language = "en", "sv"
    site.session.commit()
    page = astrid.get("/banks/sourcing-test").text
    assert "Totalkostnad för ägandet" in page
    assert 'lang="sv"' in page
    assert "not translated yet" in page


@pytest.mark.parametrize("path", ["/banks/{}", "/progress/{}"])
def test_an_archived_bank_is_not_found(site: Site, astrid: Caller, path: str) -> None:
    assert astrid.get(path.format("sourcing-test")).status_code == 200
    site.lesson.bank.archived_at = site.lesson.start
    site.session.commit()
    assert astrid.get(path.format("sourcing-test")).status_code == 404
    assert astrid.get("/banks").text.count("bank-card__end") == 0


def test_a_long_bank_comes_in_pages(site: Site, astrid: Caller) -> None:
    cards = "\n".join(f"  c{number}: {{front: Question {number}?, back: Answer {number}}}" for number in range(450))
    published(site, f"knowledge: 1\nid: long\nlanguage: en\ntitle: Long\ncards:\n{cards}\n")
    first, third = astrid.get("/banks/long").text, astrid.get("/banks/long?page=3").text
    assert first.count('class="fact-cell"') == 200
    assert "Page 1 of 3" in first
    assert "Answer 199" in first
    assert "Answer 200" not in first
    assert third.count('class="fact-cell"') == 50
    assert astrid.get("/banks/long?page=4").status_code == 404


def test_what_an_author_writes_never_runs(site: Site, astrid: Caller) -> None:
    evil = "<script>alert(1)</script>"
    published(
        site,
        "knowledge: 1\nid: evil\nlanguage: en\n"
        f'title: "{evil}"\ndescription: "{evil}"\ntags: ["{evil}"]\nlicence: "{evil}"\n'
        f'sources: {{s: "{evil}"}}\n'
        f'cards:\n  a: {{front: "{evil} a", back: "{evil} b", why: "{evil}", source: s, accept: ["{evil}"]}}\n'
        f'cloze:\n  t: "So =={evil}==^[{evil}] ends."\n',
    )
    bank = site.session.scalars(select(models.Bank).where(models.Bank.key == "evil")).one()
    fact = site.session.scalars(select(models.Fact.id).where(models.Fact.bank_id == bank.id)).first()
    for path in ("/", "/banks", "/banks/evil", f"/banks/evil/facts/{fact}", "/progress/evil", "/quiz", "/practice"):
        page = astrid.get(path)
        assert page.status_code == 200, path
        assert evil not in page.text, path


class TestOneFact:
    """A fact has a page, where it can be suspended and reset."""

    @on_both_databases
    def test_it_shows_the_answer_its_source_and_what_happened(self, site: Site, astrid: Caller) -> None:
        begin_writing(site.session)
        site.lesson.answer(site.cast.astrid, "models.staff.in", days=0)
        site.lesson.answer(site.cast.astrid, "models.staff.in", days=3, right=False)
        site.session.commit()
        page = astrid.get(url(site, "models.staff.in")).text
        for words in ("Whose staff does the work in Insourcing?", "Our own staff", "Lecture 4, sourcing models"):
            assert words in page
        assert page.count("Typed") == 2
        assert "forgotten once" in page

    def test_what_was_taken_back_is_not_shown(self, site: Site, astrid: Caller) -> None:
        begin_writing(site.session)
        item = site.lesson.answer(site.cast.astrid, "cards.tco", days=0)
        item.undone_at = site.lesson.start
        site.lesson.take_back(site.cast.astrid, item, days=0.1)
        site.session.commit()
        page = astrid.get(url(site, "cards.tco")).text
        assert "You have not been asked this yet." in page
        assert "What happened last" not in page

    def test_a_statement_answers_in_words(self, site: Site, astrid: Caller) -> None:
        assert '<p class="page-header__lead">False</p>' in astrid.get(url(site, "statements.captive-owned")).text

    @on_both_databases
    def test_it_can_be_suspended_and_resumed(self, site: Site, astrid: Caller) -> None:
        assert astrid.post(url(site, "cards.tco", "suspend")).headers["Location"] == url(site, "cards.tco")
        assert "You are not asked this until you press" in astrid.get(url(site, "cards.tco")).text
        assert "suspended" in astrid.get("/banks/sourcing-test").text
        assert "suspended" not in site.logged_in("jussi").get("/banks/sourcing-test").text
        assert astrid.post(url(site, "cards.tco", "resume")).status_code == 303
        assert "suspended" not in astrid.get("/banks/sourcing-test").text

    def test_it_can_be_reset(self, site: Site, astrid: Caller) -> None:
        begin_writing(site.session)
        site.lesson.answer(site.cast.astrid, "cards.tco", days=0)
        site.lesson.answer(site.cast.jussi, "cards.tco", days=0)
        site.session.commit()
        assert astrid.post(url(site, "cards.tco", "reset")).status_code == 303
        assert "reset by you" in astrid.get(url(site, "cards.tco")).text
        assert "memory__share" not in astrid.get("/banks/sourcing-test").text
        assert "memory__share" in site.logged_in("jussi").get("/banks/sourcing-test").text

    def test_a_fact_of_another_bank_or_a_retired_one_is_not_found(self, site: Site, astrid: Caller) -> None:
        published(site, "knowledge: 1\nid: other\nlanguage: en\ntitle: O\ncards:\n  a: {front: F?, back: B}\n")
        mine = site.lesson.id("cards.tco")
        assert astrid.get(f"/banks/other/facts/{mine}").status_code == 404
        for deed in ("suspend", "resume", "reset"):
            assert astrid.post(f"/banks/other/facts/{mine}/{deed}").status_code == 404
            assert astrid.post(f"/banks/sourcing-test/facts/999999/{deed}").status_code == 404
