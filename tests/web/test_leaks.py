"""Nothing of an answer leaves the server before the answer is recorded, and what people write comes back as written."""

import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count
from pathlib import Path
from random import Random

import pytest
from sqlalchemy.orm import Session
from support.caller import Caller
from support.play import right
from support.site import Site

from quizapp.actions import quiz
from quizapp.actions.banks import publish_bank
from quizapp.actions.planning import Plan
from quizapp.actions.scope import Scope
from quizapp.core.items import snapshot
from quizapp.core.items.generate import generate
from quizapp.core.items.model import ChoiceItem, Form, Item, MatchingItem, TypedItem
from quizapp.core.knowledge.limits import Text
from quizapp.store import library, models
from quizapp.store.engine import begin_writing

LISTS = Path(os.environ.get("QUIZAPP_HOSTILE") or "no-samples") / "lists"
NO_LIST = "QUIZAPP_HOSTILE names no folder with the Big List of Naughty Strings"
MARKER = re.compile(r"zq\d+q")
FORMS = tuple(Form)
SEEDS = range(6)

MARKED = """\
knowledge: 1
id: marked
language: en
title: Bank @
description: About @
tags: [tag-@]
sources: {s: Source @}
comparisons:
  c-@:
    title: Comparison @
    source: s
    concepts: {a: Concept @, b: Concept @, c: {name: Concept @, also: [Also @]}, d: Concept @}
    attributes: {x: "How is the first @ of {concept} made?", y: "What is the second @ of {concept} like?"}
    facts: |
      |   | a       | b       | c       | d       |
      | x | Value @ | Value @ | Value @ | Value @ |
      | y | Grade @ | Grade @ | Grade @ | Grade @ |
    cells: {x: {a: {accept: [Accepted @], why: Why @}}}
taxonomies:
  t-@:
    title: Terms @
    source: s
    terms:
      p: {name: Term @, also: [Also @], definition: {text: The definition @., why: Why @}, examples: {e: Example @}}
      q: {name: Term @, definition: The definition @., examples: {e: Example @}}
      r: {name: Term @, definition: The definition @., examples: {e: Example @}}
      s: {name: Term @, definition: The definition @., examples: {e: Example @}}
groups:
  g-@:
    title: Groups @
    ask: Which kind is {member}?
    groups:
      one: {name: Kind @, members: {a-@: Member @, b-@: {text: Member @, why: Why @}}}
      two: {name: Kind @, members: {c-@: Member @, d-@: Member @}}
      three: {name: Kind @, members: {e-@: Member @, f-@: Member @}}
cards:
  both-@: {front: Front @, back: Back @, both-ways: true, accept: [Accepted @], why: Why @, source: s}
  way-@: {front: Front @, back: Back @}
  third-@: {front: Front @, back: Back @}
  fourth-@: {front: Front @, back: Back @}
questions:
  q-@:
    ask: Which one @?
    right: Option @
    wrong: {u: {text: Option @, because: Because @}, v: {text: Option @, because: Because @}, w: Option @}
    why: Why @
statements:
  yes-@: {say: It is so @., is: true, why: Why @}
  no-@: {say: It is not so @., is: false, why: Why @}
cloze:
  gaps-@: {text: "The first ==gap @==^[hint @] and the second ==gap @== and the third ==gap @==.", why: Why @}
"""

COMPARED = (
    "comparisons: {q: {title: C, concepts: {a: A one, b: B two, c: C three, d: D four}, "
    "attributes: {x: 'What is {concept}?'}, cells: {x: {%s}}}}"
)
SWAPS = {
    "question": (
        Form.CHOICE,
        "questions: {q: {ask: Which is it?, right: Red, wrong: {u: Green, v: Blue, w: Grey}}}",
        "questions: {q: {ask: Which is it?, right: Grey, wrong: {u: Green, v: Blue, w: Red}}}",
    ),
    "question of two": (
        Form.CHOICE,
        "questions: {q: {ask: Which is it?, right: Red, wrong: {u: Green}}}",
        "questions: {q: {ask: Which is it?, right: Green, wrong: {u: Red}}}",
    ),
    "reasons": (
        Form.CHOICE,
        "questions: {q: {ask: Which?, right: Red, wrong: {u: {text: Green, because: No.}, v: Blue}, why: So.}}",
        "questions: {q: {ask: Which?, right: Blue, wrong: {u: Green, v: {text: Red, because: Never.}}}}",
    ),
    "statement": (
        Form.TRUE_FALSE,
        "statements: {q: {say: Grass is blue., is: false, why: It is green.}}",
        "statements: {q: {say: Grass is blue., is: true}}",
    ),
    "flashcard": (
        Form.FLASHCARD,
        "cards: {q: {front: Front, back: One}}",
        "cards: {q: {front: Front, back: Two words}}",
    ),
    "typed": (
        Form.TYPED,
        "cards: {q: {front: Front, back: One}}",
        "cards: {q: {front: Front, back: Two, accept: [2]}}",
    ),
    "cloze": (Form.CLOZE, "cloze: {q: Grass is ==green==.}", "cloze: {q: Grass is ==blue or dark==.}"),
    "comparison": (
        Form.CHOICE,
        COMPARED % "a: Red wood, b: Green leaf, c: Blue lake, d: Grey rock",
        COMPARED % "a: Grey rock, b: Green leaf, c: Blue lake, d: Red wood",
    ),
}
"""Two banks that differ in nothing but what is right."""


def marked() -> Text:
    numbers = count(100)
    return Text("marked.yaml", re.sub("@", lambda _: f"zq{next(numbers)}q", MARKED))


def shown(core: Item) -> str:
    """Give all that a page may show of an item before it is answered."""
    parts = [core.head.stem, core.head.topic]
    match core:
        case ChoiceItem(options=options):
            parts += [option.text for option in options]
        case MatchingItem(premises=premises, responses=responses):
            parts += [*(each.text for each in premises), *(each.text for each in responses)]
        case TypedItem(hint=hint):
            parts.append(hint)
        case _:
            pass
    return " ".join(parts)


def markers(text: str) -> set[str]:
    return set(MARKER.findall(text))


class Tables:
    """Lays made items before Astrid as a sitting or a quiz does."""

    def __init__(self, site: Site, text: Text) -> None:
        self.site, self.session = site, site.session
        self.session.rollback()
        begin_writing(self.session)
        self.bank = publish_bank(
            self.session, [text], origin="added", by=None, now=datetime.now(UTC) - timedelta(days=1)
        ).bank
        self.session.commit()
        self.edition = library.edition(self.session, self.bank.version_id or 0, None)

    def made(self, seed: int = 1) -> Iterator[Item]:
        """Make a fact of every section in every form and on every surface it affords."""
        known: set[tuple[str, Form, str]] = set()
        for fact in self.edition.facts:
            for form in FORMS:
                item = generate(self.edition, fact, form, Random(seed))
                kind = (fact.split(".")[0], form, item.head.surface if item else "")
                if item is not None and kind not in known:
                    known.add(kind)
                    yield item

    def lay(self, core: Item, feedback: str = "") -> models.Item:
        """Store an item as the only open one of a sitting, or of a quiz with feedback now or at the end."""
        now = datetime.now(UTC)
        self.session.rollback()
        begin_writing(self.session)
        learner = self.site.cast.astrid
        kind = "quiz" if feedback else "practice"
        scope, plan = Scope().to_json(), Plan(()).to_json()
        sitting = models.Sitting(learner_id=learner.id, kind=kind, scope=scope, plan=plan, seed=1, started_at=now)
        self.session.add(sitting)
        self.session.flush()
        data = snapshot.dump(core)
        item = models.Item(learner_id=learner.id, sitting_id=sitting.id, slot=1, snapshot=data, form=str(data["form"]))
        item.bank_id, item.version_id, item.served_at = self.bank.id, self.bank.version_id or 0, now
        self.session.add(item)
        if feedback:
            self.session.add(_attempt(sitting, feedback, now))
        self.session.commit()
        return item


def _attempt(sitting: models.Sitting, feedback: str, now: datetime) -> models.Attempt:
    return models.Attempt(
        sitting_id=sitting.id, learner_id=sitting.learner_id, feedback=feedback, questions=1, started_at=now
    )


def attempt_of(session: Session, item: models.Item) -> int:
    return quiz.attempt_of(session, item).id


def everything(caller: Caller, path: str, fields: Mapping[str, str] | None = None, *, script: bool = False) -> str:
    """Give all bytes of a response, its headers and the session cookie's content included."""
    headers = {"X-Fragment": "1"} if script else {}
    answer = caller.get(path, headers) if fields is None else caller.post(path, fields, headers)
    assert answer.status_code in {200, 303, 422}
    with caller.client.session_transaction() as held:
        return f"{answer.headers} {dict(held)} {unescape(answer.text)}"


def test_no_page_of_practice_tells_more_than_the_question(site: Site, astrid: Caller) -> None:
    tables = Tables(site, marked())
    seen: set[str] = set()
    for core in tables.made():
        item = tables.lay(core)
        hidden = markers(json.dumps(item.snapshot)) - markers(shown(core))
        pages = [
            everything(astrid, f"/sittings/{item.sitting_id}"),
            everything(astrid, f"/items/{item.id}/answer", {"key": "k" * 22, "version": "1"}, script=True),
        ]
        for page in pages:
            assert markers(page) <= markers(shown(core)) | markers(tables.bank.title), item.form
            assert not re.search(r"\bcorrect\b", page.lower())
            assert not any(f'"{fact}"' in page for fact in core.head.facts)
        assert hidden, "there was something to leak"
        seen.add(item.form)
    assert seen == set(FORMS)


@pytest.mark.parametrize("feedback", ["now", "end"])
def test_no_page_of_a_running_quiz_tells_more_than_the_question(site: Site, astrid: Caller, feedback: str) -> None:
    tables = Tables(site, marked())
    for core in tables.made(2):
        item = tables.lay(core, feedback)
        attempt = attempt_of(site.session, item)
        allowed = markers(shown(core)) | markers(tables.bank.title)
        pages = [everything(astrid, f"/attempts/{attempt}/1"), everything(astrid, f"/attempts/{attempt}/finish")]
        if feedback == "end" and item.form != Form.FLASHCARD:
            fields = {**right(item), "key": f"quiz-{item.id:017}", "version": "1"}
            if item.form in {Form.TYPED, Form.CLOZE}:
                fields["text"] = ["a guess"]
            pages += [everything(astrid, f"/items/{item.id}/answer", fields)]  # type: ignore[arg-type]  # forms hold lists too
            pages += [everything(astrid, f"/attempts/{attempt}/1"), everything(astrid, f"/sittings/{item.sitting_id}")]
            pages += [everything(astrid, f"/items/{item.id}/after"), everything(astrid, f"/attempts/{attempt}/finish")]
        for page in pages:
            assert markers(page) <= allowed, item.form
            assert "data-verdict" not in page
            assert not re.search(r"\bcorrect\b", page.lower())


def test_the_export_of_an_account_holds_no_keys_of_open_questions(site: Site, astrid: Caller) -> None:
    tables = Tables(site, marked())
    for core in tables.made():
        tables.lay(core)
        tables.lay(core, "end")
    assert markers(everything(astrid, "/settings/export")) == set()


def test_feedback_on_one_question_tells_nothing_of_the_next(site: Site, astrid: Caller) -> None:
    tables = Tables(site, marked())
    form = {"kind": "practice", "bank": str(tables.bank.id)}
    path = astrid.post("/sittings", form).headers["Location"]
    for number in range(12):
        site.session.rollback()
        item = site.session.query(models.Item).order_by(models.Item.id.desc()).first()
        assert item
        fields = {**right(item), "key": f"answer-{number:015}", "version": "1"}
        page = everything(astrid, f"/items/{item.id}/answer", fields, script=True)  # type: ignore[arg-type]  # forms hold lists too
        site.session.rollback()
        following = site.session.query(models.Item).order_by(models.Item.id.desc()).first()
        assert following
        assert following.id != item.id
        bank = markers(f"{tables.bank.title} {' '.join(tables.edition.sources.values())}")
        told = markers(json.dumps(item.snapshot)) | bank
        assert markers(page) <= told | markers(shown(snapshot.load(following.snapshot)))
    assert astrid.get(path).status_code == 200


@pytest.mark.parametrize("form,one,other", SWAPS.values(), ids=SWAPS)  # noqa: PT006 -- one string reads better
def test_banks_that_differ_in_what_is_right_give_the_same_pages(
    site: Site, astrid: Caller, form: Form, one: str, other: str
) -> None:
    head = "knowledge: 1\nid: swap-{}\nlanguage: en\ntitle: Swap\n{}\n"
    tables = [
        Tables(site, Text(f"swap-{name}.yaml", head.format(name, body))) for name, body in (("a", one), ("b", other))
    ]
    fact = next(iter(tables[0].edition.facts))
    compared = 0
    for seed in SEEDS:
        cores = [generate(each.edition, fact, form, Random(seed)) for each in tables]
        assert cores[0]
        assert cores[1]
        if cores[0].head.stem != cores[1].head.stem:
            continue  # asked from the answer's side: the question itself is another
        items = [each.lay(core) for each, core in zip(tables, cores, strict=True) if core]
        assert items[0].snapshot != items[1].snapshot
        pages = [_faceless(astrid.get(f"/sittings/{item.sitting_id}").text, item) for item in items]
        assert pages[0] == pages[1]
        compared += 1
    assert compared >= 2


def _faceless(page: str, item: models.Item) -> str:
    """Take out of a page what differs with each page: token, key and ids."""
    page = re.sub(r'name="(key|csrf_token)" value="[^"]*"', r"\1", page)
    page = page.replace(f"/items/{item.id}/", "/items/N/").replace(f'data-question="{item.id}"', "")
    page = re.sub(rf'"(text|hint)-{item.id}"', r"\1-N", page)
    return page.replace(f"/sittings/{item.sitting_id}", "/sittings/N")


@pytest.fixture(scope="module")
def naughty() -> list[str]:
    """The Big List of Naughty Strings (https://github.com/minimaxir/big-list-of-naughty-strings)."""
    path = LISTS / "blns.json"
    if not path.exists():
        pytest.skip(NO_LIST)
    strings: list[str] = json.loads(path.read_text("utf-8"))
    return strings


def test_every_name_comes_back_as_it_was_written(site: Site, astrid: Caller, naughty: list[str]) -> None:
    token = astrid.token()
    form = {"minutes_a_day": "20", "retention": "0.9", "zone": "UTC", "csrf_token": token}
    kept = 0
    for name in naughty:
        before = site.cast.astrid.name
        answer = astrid.post_bare("/settings", {**form, "name": name})
        site.session.rollback()
        fits = 0 < len(name.strip()) <= 120
        written = " ".join(name.split())
        assert answer.status_code == (303 if fits else 422), repr(name)
        assert site.cast.astrid.name == (written if fits else before)
        if fits and kept % 12 == 0:
            found = re.search(r'<span class="site-bar__name">(.*?)</span>', astrid.get("/quiz").text, re.DOTALL)
            assert found
            assert unescape(found[1]) == written
        kept += fits
    assert kept > 480


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def test_every_typed_answer_comes_back_as_it_was_written(site: Site, astrid: Caller, naughty: list[str]) -> None:
    tables = Tables(
        site, Text("a.yaml", "knowledge: 1\nid: a\nlanguage: en\ntitle: A\ncards: {q: {front: Q, back: A}}\n")
    )
    core = next(core for core in tables.made() if isinstance(core, TypedItem))
    item = tables.lay(core, "end")
    page, token = f"/attempts/{attempt_of(site.session, item)}/1", astrid.token()
    kept = 0
    for number, text in enumerate(naughty):
        form = {"text": text, "key": f"naughty-{number:014}", "version": str(item.version), "csrf_token": token}
        answer = astrid.post_bare(f"/items/{item.id}/answer", form)
        site.session.rollback()
        fits = answer.status_code == 303
        assert fits or not any(_is_visible(character) for character in text), repr(text)
        if fits:
            assert (item.answer or {})["text"] == text
        if fits and kept % 12 == 0:
            found = re.search(r'name="text"[^>]*\bvalue="([^"]*)"', astrid.get(page).text)
            assert found
            assert unescape(found[1]) == text
        kept += fits
    assert kept > 480
