"""Pictures on pages: shown with their words and size, kept from who may not see them, and never more than a picture."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from support.pictures import PIXEL, Drawn, pictured
from support.site import Site

from quizapp.actions import pictures
from quizapp.actions.banks import publish_bank
from quizapp.store import models
from quizapp.store.engine import begin_writing


@pytest.fixture
def token(site: Site) -> str:
    """The picture of a card, published with its bank."""
    begin_writing(site.session)
    now = site.lesson.start + timedelta(hours=1)
    publish_bank(site.session, pictured(), origin="added", by=None, now=now)
    draft = models.Draft(owner_id=site.cast.teacher.id, title="Ours", created_at=now, updated_at=now)
    site.session.add(draft)
    site.session.flush()
    (row,) = pictures.keep_pictures(site.session, site.cast.teacher, draft, [Drawn()], now)
    pictures.adopt(site.session, draft, site.lesson.bank)
    token = row.token
    site.session.commit()
    return token


def image(page: str) -> str:
    found = re.search(r"<img [^>]*/pictures/[^>]*>", page)
    assert found, page
    return found[0]


def test_a_stranger_is_sent_to_log_in(site: Site, token: str) -> None:
    assert site.caller().get(f"/pictures/{token}").status_code == 303


@pytest.mark.parametrize("name", ["x" * 43, "..", "a", "%00", "x" * 5000])
def test_an_unknown_name_is_not_found(site: Site, name: str) -> None:
    assert site.logged_in("astrid").get(f"/pictures/{name}").status_code in {400, 404}


def test_a_picture_of_a_bank_that_is_not_ones_own_is_not_found(site: Site, token: str) -> None:
    begin_writing(site.session)
    site.lesson.bank.visibility, site.lesson.bank.owner_id = "private", site.cast.teacher.id
    site.session.commit()
    assert site.logged_in("astrid").get(f"/pictures/{token}").status_code == 404
    assert site.logged_in("teacher").get(f"/pictures/{token}").status_code == 200


def test_a_picture_is_sent_as_nothing_but_a_picture(site: Site, token: str) -> None:
    response = site.logged_in("astrid").get(f"/pictures/{token}")
    assert response.data == PIXEL
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox;")
    assert response.headers["Cache-Control"].startswith("private, ")


def test_a_browser_that_has_the_picture_is_not_sent_it_again(site: Site, token: str) -> None:
    caller = site.logged_in("astrid")
    tag = caller.get(f"/pictures/{token}").headers["ETag"]
    response = caller.get(f"/pictures/{token}", {"If-None-Match": tag})
    assert (response.status_code, response.data) == (304, b"")


def test_bank_and_fact_pages_show_the_picture_with_words_and_size(site: Site, token: str) -> None:
    caller = site.logged_in("astrid")
    fact = f"/banks/sourcing-test/facts/{site.lesson.id('cards.sla')}"
    for path, height in (("/banks/sourcing-test", 160), (fact, 384)):
        shown = image(caller.get(path).text)
        assert f'src="/pictures/{token}"' in shown
        assert 'alt="A contract with a seal"' in shown
        assert f'height="{height}"' in shown
        assert f'width="{round(640 * height / 480)}"' in shown
        assert 'loading="lazy"' in shown


def test_a_question_and_what_its_answer_showed_have_the_picture(site: Site, token: str) -> None:
    caller = site.logged_in("astrid")
    fact = site.lesson.id("cards.sla")
    place = caller.post("/sittings", {"kind": "practice", "fact": str(fact), "ahead": "y"}).headers["Location"]
    page = caller.get(place).text
    assert f"/pictures/{token}" in image(page)
    site.session.rollback()
    item = site.session.scalars(select(models.Item).order_by(models.Item.id.desc())).first()
    assert item is not None
    fields = {"key": "k" * 22, "version": str(item.version), "unsure": "1", "text": ""}
    answered = caller.post(f"/items/{item.id}/answer", fields)
    assert answered.status_code == 303
    assert f"/pictures/{token}" in image(caller.get(answered.headers["Location"]).text)


def test_a_picture_that_was_never_uploaded_shows_its_words(site: Site) -> None:
    begin_writing(site.session)
    publish_bank(site.session, pictured(), origin="added", by=None, now=site.lesson.start)
    site.session.commit()
    caller = site.logged_in("astrid")
    fact = site.lesson.id("cards.sla")
    place = caller.post("/sittings", {"kind": "practice", "fact": str(fact), "ahead": "y"}).headers["Location"]
    for path in (place, "/banks/sourcing-test", f"/banks/sourcing-test/facts/{fact}"):
        page = caller.get(path).text
        assert "A contract with a seal" in page
        assert "/pictures/" not in page
