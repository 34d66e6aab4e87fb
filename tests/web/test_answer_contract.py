"""An answer is kept once or not at all, and whoever sent it is told which."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session
from support.caller import Caller, Form
from support.play import right, wrong
from support.site import Site, on_both_databases
from werkzeug.test import TestResponse

from quizapp.actions import practice
from quizapp.actions.data import verify
from quizapp.actions.scope import Scope
from quizapp.core.items import snapshot
from quizapp.core.items.model import ChoiceItem
from quizapp.store import learning, models
from quizapp.store.db import db
from quizapp.store.engine import begin_writing

ROUNDS = 20

pytestmark = on_both_databases


@pytest.fixture
def item(site: Site) -> models.Item:
    """A question that waits for Astrid's answer."""
    return ask(site, Scope())


def ask(site: Site, scope: Scope, kind: str = "practice") -> models.Item:
    now = datetime.now(UTC)
    site.session.commit()
    begin_writing(site.session)
    sitting = practice.start_sitting(site.session, site.cast.astrid, kind, scope, now=now, seed=1)
    item = practice.serve_item(site.session, site.cast.astrid, sitting, now=now)
    assert item
    site.session.commit()
    return item


def send(
    caller: Caller, item: models.Item, fields: Form, *, key: str = "k" * 22, headers: Mapping[str, str] | None = None
) -> TestResponse:
    return caller.post(f"/items/{item.id}/answer", {**fields, "key": key, "version": "1"}, headers)


def count(site: Site) -> dict[str, int]:
    """Count the rows of every table."""
    site.session.rollback()
    tables = models.Base.metadata.sorted_tables
    return {table.name: site.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def answers(site: Site) -> int:
    return count(site)["review"]


def recorded(site: Site, item: models.Item) -> bool:
    site.session.rollback()
    site.session.refresh(item)
    return item.answered_at is not None


def waiting(site: Site, item: models.Item) -> models.Item:
    site.session.rollback()
    found = learning.open_item(site.session, item.sitting_id)
    assert found
    return found


def test_a_recorded_answer_leads_to_its_feedback(site: Site, astrid: Caller, item: models.Item) -> None:
    answer = send(astrid, item, right(item))
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/sittings/{item.sitting_id}?answered={item.id}"
    assert recorded(site, item)
    page = astrid.get(answer.headers["Location"])
    assert page.status_code == 200
    assert 'data-verdict="right"' in page.text


def test_the_same_key_again_gets_the_same_reply_and_adds_nothing(site: Site, astrid: Caller, item: models.Item) -> None:
    first = send(astrid, item, right(item))
    before = count(site)
    for fields in (right(item), wrong(item), {}):
        again = send(astrid, item, fields)
        assert (again.status_code, again.headers["Location"]) == (first.status_code, first.headers["Location"])
    assert count(site) == before
    assert 'data-verdict="right"' in astrid.get(first.headers["Location"]).text


def test_the_same_key_again_gets_the_same_fragment(astrid: Caller, item: models.Item) -> None:
    first, again = (send(astrid, item, wrong(item), headers={"X-Fragment": "1"}) for _ in range(2))
    assert first.status_code == again.status_code == 200
    assert without_keys(first.text) == without_keys(again.text)


def test_a_script_gets_the_verdict_and_the_next_question_as_a_fragment(
    site: Site, astrid: Caller, item: models.Item
) -> None:
    answer = send(astrid, item, wrong(item), headers={"X-Fragment": "1"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'data-verdict="wrong"' in answer.text
    assert f'data-question="{waiting(site, item).id}"' in answer.text


def test_the_second_tab_is_told_what_was_recorded(site: Site, astrid: Caller, item: models.Item) -> None:
    send(astrid, item, right(item))
    before = count(site)
    for headers in ({}, {"X-Fragment": "1"}):
        late = send(astrid, item, wrong(item), key="another-key-" + "k" * 10, headers=headers)
        assert late.status_code == 409
        assert 'data-verdict="right"' in late.text, "what the first tab answered"
        assert "answered before" in late.text
        assert ("<html" in late.text) != bool(headers)
    assert count(site) == before


def test_an_item_whose_sitting_was_ended_elsewhere_is_closed(site: Site, astrid: Caller, item: models.Item) -> None:
    astrid.post(f"/sittings/{item.sitting_id}/end")
    answer = send(astrid, item, right(item))
    assert answer.status_code == 409
    assert "no longer open" in answer.text
    assert answers(site) == 0


def test_an_answer_that_was_taken_back_elsewhere_is_not_taken_again(
    site: Site, astrid: Caller, item: models.Item
) -> None:
    send(astrid, item, right(item))
    astrid.post(f"/sittings/{item.sitting_id}/undo")
    before = count(site)
    assert send(astrid, item, right(item), key="another-key-" + "k" * 10).status_code == 409
    assert count(site) == before


def test_taking_back_twice_takes_back_once(site: Site, astrid: Caller, item: models.Item) -> None:
    send(astrid, item, right(item))
    assert astrid.post(f"/sittings/{item.sitting_id}/undo").status_code == 303
    before = count(site)
    assert astrid.post(f"/sittings/{item.sitting_id}/undo").status_code == 422
    assert count(site) == before


def test_a_blank_answer_is_refused_with_the_question(site: Site, astrid: Caller, item: models.Item) -> None:
    before = count(site)
    for fields in ({}, {"choice": "", "text": " ", "grade": ""}):
        for headers in ({}, {"X-Fragment": "1"}):
            answer = send(astrid, item, fields, headers=headers)
            assert answer.status_code == 422
            assert f'data-question="{item.id}"' in answer.text
            assert "no answer to save" in answer.text
    assert count(site) == before
    assert send(astrid, item, right(item)).status_code == 303, "the key is still good"


@pytest.mark.parametrize(
    "fields", [{"key": ""}, {"key": "short"}, {"key": "k" * 65}, {"version": ""}, {"version": "x"}, {"version": "1.0"}]
)
def test_a_form_that_no_page_made_is_a_bad_request(
    site: Site, astrid: Caller, item: models.Item, fields: dict[str, str]
) -> None:
    sent = {**right(item), "key": "k" * 22, "version": "1", **fields}
    assert astrid.post(f"/items/{item.id}/answer", sent).status_code == 400
    assert answers(site) == 0


def test_another_version_than_the_one_shown_is_a_conflict(site: Site, astrid: Caller, item: models.Item) -> None:
    for version in ("0", "2", "-1", "99999999999999999999"):
        sent = {**right(item), "key": "k" * 22, "version": version}
        assert astrid.post(f"/items/{item.id}/answer", sent).status_code == 409
    assert answers(site) == 0


def test_somebody_elses_item_does_not_exist(site: Site, item: models.Item) -> None:
    for name in ("jussi", "teacher", "admin"):
        caller = site.logged_in(name)
        real = send(caller, item, right(item))
        item_of_nobody = caller.post("/items/2147483647/answer", {**right(item), "key": "k" * 22, "version": "1"})
        assert real.status_code == item_of_nobody.status_code == 404
        assert without_keys(real.text) == without_keys(item_of_nobody.text)
    assert answers(site) == 0


def test_a_key_of_somebody_else_does_not_stand_in_the_way(site: Site, astrid: Caller, item: models.Item) -> None:
    send(astrid, item, right(item))
    site.session.rollback()
    begin_writing(site.session)
    now = datetime.now(UTC)
    sitting = practice.start_sitting(site.session, site.cast.jussi, "practice", Scope(), now=now, seed=1)
    other = practice.serve_item(site.session, site.cast.jussi, sitting, now=now)
    assert other
    site.session.commit()
    assert send(site.logged_in("jussi"), other, right(other)).status_code == 303
    assert recorded(site, other)


def test_with_the_database_locked_nothing_is_stored_and_the_same_key_works_later(
    site: Site, astrid: Caller, item: models.Item
) -> None:
    before = count(site)
    token = astrid.token()
    form = {**right(item), "key": "k" * 22, "version": "1", "csrf_token": token}
    with locked(site, item):
        for headers in ({}, {"X-Fragment": "1"}):
            answer = astrid.post_bare(f"/items/{item.id}/answer", form, headers)
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) >= 1
    assert count(site) == before
    assert not recorded(site, item)
    assert astrid.post_bare(f"/items/{item.id}/answer", form).status_code == 303
    assert recorded(site, item)
    assert answers(site) == len(item.snapshot["head"]["facts"])


def test_of_two_tabs_at_the_same_moment_exactly_one_counts(site: Site, item: models.Item) -> None:
    tabs = same_session(site)
    for number in range(ROUNDS):
        before = answers(site)
        fields = (right(item), wrong(item)) if number % 2 else (right(item), right(item))
        forms = [{**each, "key": f"tab-{tab}-{number:016}"} for tab, each in enumerate(fields)]
        statuses = at_once(item, tabs, forms)
        assert sorted(statuses) == [303, 409], f"round {number}"
        assert answers(site) == before + len(item.snapshot["head"]["facts"])
        item = next_item(site, item)
    assert verify(site.session) == []


def test_of_a_double_click_one_counts_and_both_are_told_so(site: Site, item: models.Item) -> None:
    tabs = same_session(site)
    for number in range(ROUNDS // 2):
        before = answers(site)
        forms = [{**right(item), "key": f"click-{number:016}"}] * 2
        assert at_once(item, tabs, forms) == [303, 303], f"round {number}"
        assert answers(site) == before + len(item.snapshot["head"]["facts"])
        item = next_item(site, item)
    assert verify(site.session) == []


def test_an_option_of_another_item_is_no_answer(site: Site, astrid: Caller) -> None:
    item = ask(site, Scope(forms=("choice",)))
    core = snapshot.load(item.snapshot)
    assert isinstance(core, ChoiceItem)
    for choice in ("0", "1", "true", core.options[0].text, core.options[0].fact or "", core.options[0].token.upper()):
        assert send(astrid, item, {"choice": [choice]}).status_code == 422
    assert answers(site) == 0


def without_keys(page: str) -> str:
    return re.sub(r'name="(key|csrf_token)" value="[^"]*"', r"\1", page)


def same_session(site: Site) -> list[Caller]:
    """Give two tabs of one browser."""
    first = site.logged_in("astrid")
    first.token()
    cookie = first.client.get_cookie("quizapp")
    assert cookie
    second = site.caller()
    second.client.set_cookie("quizapp", cookie.value)
    return [first, second]


def at_once(item: models.Item, tabs: list[Caller], forms: Sequence[Form]) -> list[int]:
    """Send one form from each tab at the same moment."""
    gate = threading.Barrier(len(tabs))
    statuses = [0] * len(tabs)
    path = f"/items/{item.id}/answer"
    ready = [{**form, "version": "1", "csrf_token": tabs[0].token()} for form in forms]

    def answer(tab: int) -> None:
        gate.wait(timeout=120)
        statuses[tab] = tabs[tab].post_bare(path, ready[tab]).status_code

    threads = [threading.Thread(target=answer, args=(tab,)) for tab in range(len(tabs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return statuses


def next_item(site: Site, item: models.Item) -> models.Item:
    """Give the question that waits after an answer, of a new sitting when the old one is over."""
    site.session.rollback()
    found = learning.open_item(site.session, item.sitting_id)
    return found or ask(site, Scope(ahead=True), "match")


@contextmanager
def locked(site: Site, item: models.Item) -> Iterator[None]:
    """Hold the write lock of SQLite, or the item's row on PostgreSQL, as another process might."""
    with site.app.app_context():
        db.engine.dispose()
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 50"))
        else:
            event.listen(db.engine, "connect", shorten_patience(site.app))
    with Session(site.session.get_bind()) as other:
        begin_writing(other)
        other.scalar(select(models.Item).where(models.Item.id == item.id).with_for_update())
        yield
        other.rollback()


def shorten_patience(_: Flask) -> Callable[..., None]:
    def shorten(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("SET lock_timeout = 200")
        connection.commit()

    return shorten
