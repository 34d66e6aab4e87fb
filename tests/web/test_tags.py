"""Tags are shown by their names in the language that somebody reads, and chosen by what the source calls them."""

import io

import pytest
from sqlalchemy import select
from support.caller import Caller
from support.site import Site

from quizapp.actions.banks import publish_bank
from quizapp.core.knowledge.limits import Text
from quizapp.store import models
from quizapp.store.engine import begin_writing

SOURCE = """knowledge: 1
id: tagged
language: en
title: Tagged
tags: [trade]
cards:
  a: {front: What is Adam?, back: The first of men, tags: [people]}
  b: {front: What is Eve?, back: The first of women, tags: [people]}
  c: {front: What is Nod?, back: A land in the east, tags: [places]}
"""
OVERLAY = """knowledge: 1
id: tagged
translates: en
language: sv
title: Taggat
tags: {trade: handel, people: "<b>folk</b>"}
"""


@pytest.fixture
def tagged(site: Site) -> models.Bank:
    """A bank in English and, as to some of its tags, in Swedish."""
    begin_writing(site.session)
    texts = (Text("tagged.yaml", SOURCE), Text("tagged.sv.yaml", OVERLAY))
    publish_bank(site.session, texts, origin="added", by=None, now=site.lesson.start)
    site.session.commit()
    return site.session.scalars(select(models.Bank).where(models.Bank.key == "tagged")).one()


def reads(site: Site, language: str) -> None:
    site.session.rollback()
    begin_writing(site.session)
    site.cast.astrid.content_language = language
    site.session.commit()


@pytest.mark.usefixtures("tagged")
@pytest.mark.parametrize("path", ["/practice", "/quiz"])
def test_the_tags_to_choose_from_are_named_in_the_language_read(site: Site, astrid: Caller, path: str) -> None:
    reads(site, "sv")
    page = astrid.get(path).text
    assert 'name="tag" value="trade"' in page
    assert '<span lang="sv">handel</span>' in page
    assert '<span lang="sv">&lt;b&gt;folk&lt;/b&gt;</span>' in page
    assert '<span lang="en">places</span>' in page
    assert page.index(">handel<") < page.index(">places<"), "they stand in the order of their names"
    reads(site, "fi")
    assert '<span lang="en">trade</span>' in astrid.get(path).text


def test_a_bank_and_a_fact_show_their_tags_in_the_language_read(
    site: Site, astrid: Caller, tagged: models.Bank
) -> None:
    fact = site.session.scalars(select(models.Fact.id).where(models.Fact.bank_id == tagged.id)).first()
    reads(site, "sv")
    assert "handel" in astrid.get("/banks/tagged").text
    assert "&lt;b&gt;folk&lt;/b&gt;" in astrid.get(f"/banks/tagged/facts/{fact}").text
    reads(site, "en")
    assert "handel" not in astrid.get("/banks/tagged").text


def test_what_is_chosen_is_the_tag_of_the_source(site: Site, astrid: Caller, tagged: models.Bank) -> None:
    reads(site, "sv")
    begun = astrid.post("/sittings", {"kind": "flashcards", "bank": str(tagged.id), "tag": "people"})
    assert begun.status_code == 303
    page = astrid.get(begun.headers["Location"]).text
    assert "Adam" in page or "Eve" in page
    site.session.rollback()
    sitting = site.session.scalars(select(models.Sitting).order_by(models.Sitting.id.desc())).first()
    assert sitting is not None
    assert sitting.scope["tags"] == ["people"]


def test_the_workshop_counts_what_a_translation_leaves_out(site: Site) -> None:
    teacher = site.logged_in("teacher")
    files = [(io.BytesIO(text.encode()), name) for text, name in ((SOURCE, "own.yaml"), (OVERLAY, "own.sv.yaml"))]
    begun = teacher.client.post(
        "/drafts",
        data={"files": files, "csrf_token": teacher.token()},
        content_type="multipart/form-data",
        environ_base={"REMOTE_ADDR": teacher.address},
    )
    page = teacher.get(begun.headers["Location"]).text
    assert "This translation leaves out: one tag, the texts of 3 facts." in page
