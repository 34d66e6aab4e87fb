"""The play page without a browser: what it starts, shows, keeps and refuses."""

import re

import pytest
from sqlalchemy import select
from support.caller import Caller
from support.play import right
from support.site import Site

from quizapp.core.items import snapshot
from quizapp.core.items.model import MatchingItem
from quizapp.store import models


def begin(astrid: Caller, kind: str = "practice") -> str:
    started = astrid.post("/sittings", {"kind": kind})
    assert started.status_code == 303
    return str(started.location)


def waiting(site: Site) -> models.Item:
    site.session.rollback()
    query = select(models.Item).where(models.Item.answered_at.is_(None), models.Item.undone_at.is_(None))
    return site.session.scalars(query.order_by(models.Item.id.desc())).first() or pytest.fail("no item waits")


def fields_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(key|version)" value="([^"]+)"', page))


def test_an_unknown_kind_of_sitting_is_refused(astrid: Caller) -> None:
    assert astrid.post("/sittings", {"kind": "cramming"}).status_code == 422


def test_the_start_page_tells_what_there_is(astrid: Caller) -> None:
    page = astrid.get("/practice")
    assert page.status_code == 200
    assert "due now" in page.text


def test_an_answer_leads_to_its_feedback_and_on_to_the_next_question(site: Site, astrid: Caller) -> None:
    url = begin(astrid)
    item = waiting(site)
    sent = {**fields_of(astrid.get(url).text), **{name: values[0] for name, values in right(item).items()}}
    told = astrid.post(f"/items/{item.id}/answer", sent)
    assert told.location == f"{url}?answered={item.id}"
    page = astrid.get(told.location)
    assert "data-verdict" in page.text
    assert waiting(site).id != item.id


def test_a_set_that_was_not_finished_keeps_what_was_placed(site: Site, astrid: Caller) -> None:
    url = begin(astrid, "match")
    item = waiting(site)
    core = snapshot.load(item.snapshot)
    assert isinstance(core, MatchingItem)
    premise = core.premises[0].token
    sent = {**fields_of(astrid.get(url).text), f"pair-{premise}": core.responses[0].token}
    page = astrid.post(f"/items/{item.id}/answer", sent)
    assert page.status_code == 422
    assert "Some are still open" in page.text
    assert re.search(rf'name="pair-{premise}".*?value="{core.responses[0].token}" selected', page.text, re.DOTALL)


def test_a_sitting_that_is_over_shows_how_it_went(site: Site, astrid: Caller) -> None:
    url = begin(astrid)
    item = waiting(site)
    sent = {**fields_of(astrid.get(url).text), **{name: values[0] for name, values in right(item).items()}}
    astrid.post(f"/items/{item.id}/answer", sent)
    ended = astrid.post(f"{url}/end")
    page = astrid.get(ended.location)
    assert "data-summary" in page.text
    assert "right at the first try" in page.text


def test_a_set_of_a_quiz_that_was_not_finished_keeps_what_was_placed(site: Site, astrid: Caller) -> None:
    started = astrid.post("/attempts", {"questions": "3", "forms": "matching", "feedback": "end", "minutes": ""})
    assert started.status_code == 303
    query = select(models.Item).where(models.Item.form == "matching").order_by(models.Item.slot)
    site.session.rollback()
    item = site.session.scalars(query).first() or pytest.fail("no set of pairs")
    core = snapshot.load(item.snapshot)
    assert isinstance(core, MatchingItem)
    premise, response = core.premises[0].token, core.responses[0].token
    page = astrid.get(str(started.location)).text
    said = astrid.post(f"/items/{item.id}/answer", {**fields_of(page), f"pair-{premise}": response})
    assert said.status_code == 422
    assert "Some are still open" in said.text
    assert re.search(rf'name="pair-{premise}".*?value="{response}" selected', said.text, re.DOTALL)
