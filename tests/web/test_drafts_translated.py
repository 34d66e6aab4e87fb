"""What is told to authors stands in the language of the page: problems, hints, plans and what versions did."""

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from support.caller import Caller
from support.catalogues import compiled
from support.site import Site
from werkzeug.test import TestResponse

from quizapp.store import models
from quizapp.store.summaries import read_summary

SMALL = "knowledge: 1\nid: small\nlanguage: en\ntitle: Small\ncards:\n  a: {front: F?, back: B}\n"
LACKS = SMALL.replace(", back: B", "")
WORDY = (
    "knowledge: 1\nid: wordy\nlanguage: en\ntitle: Wordy\n"
    "questions:\n  q: {ask: 'Who pays?', right: A client, wrong: {a: A client}}\n"
)
SAID = {
    "%(what)s has no %(key)s": "XX %(what)s saknar %(key)s",
    "the card %(key)s": "XX kortet %(key)s",
    "add %(key)s: and a text": "XX lägg till %(key)s: och en text",
    'the wrong answer "%(text)s" is the right answer': "XX fel svar är rätt: %(text)s",
    "the archive is empty": "XX arkivet är tomt",
    "the table has only its first row": "XX bara en rad",
    "each row below is an attribute": "XX raderna",
    "the file is broken or not a PNG, JPEG, WebP or GIF picture": "XX ingen bild",
    "left out: not a kind of file that is read here": "XX utelämnad",
    "the line has %(count)s characters; the most is %(most)s": "XX %(count)s tecken; högst %(most)s",
}
COUNTED = {
    ("%(num)d fact added", "%(num)d facts added"): ("XX %(num)d faktum kom till", "XX %(num)d fakta kom till"),
    ("%(num)d value changed: %(memories)s", "%(num)d values changed: %(memories)s"): (
        "XX %(num)d värde ändrat: %(memories)s",
        "XX %(num)d värden ändrade: %(memories)s",
    ),
    ("%(num)d learner relearns it", "%(num)d learners relearn it"): (
        "XX %(num)d lär om det",
        "XX %(num)d lär om det (flera)",
    ),
}


@pytest.fixture
def swedish(site: Site, tmp_path: Path) -> Caller:
    """Log a teacher in who reads Swedish, in a site whose words are marked."""
    catalogue = Catalog(locale="sv")
    for text, said in SAID.items():
        catalogue.add(text, said)
    for texts, said_of in COUNTED.items():
        catalogue.add(texts, said_of)
    folder = tmp_path / "sv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.mo").write_bytes(compiled(catalogue))
    site.app.extensions["babel"].translation_directories.append(str(tmp_path))
    teacher = site.logged_in("teacher")
    teacher.post("/language", {"language": "sv"})
    return teacher


def upload(caller: Caller, *files: tuple[str, bytes]) -> TestResponse:
    sent = [(io.BytesIO(content), name) for name, content in files]
    return caller.client.post(
        "/drafts",
        data={"files": sent, "csrf_token": caller.token()},
        content_type="multipart/form-data",
        environ_base={"REMOTE_ADDR": caller.address},
    )


def test_a_problem_and_its_hint_stand_in_the_editor(swedish: Caller) -> None:
    begun = upload(swedish, ("small.yaml", LACKS.encode()))
    page = swedish.get(begun.headers["Location"]).text
    assert "XX XX kortet &#34;a&#34; saknar back" in page
    assert "XX lägg till back: och en text" in page


def test_a_number_in_a_problem_is_written_as_the_language_does(swedish: Caller) -> None:
    long = SMALL + f"  b: {{front: {'x' * 20_000}, back: B}}\n"
    page = swedish.get(upload(swedish, ("small.yaml", long.encode())).headers["Location"]).text
    assert "tecken; högst 20\N{NO-BREAK SPACE}000" in page


def test_a_remark_keeps_its_fact_before_it_and_leaves_it_out_beside_the_line(swedish: Caller) -> None:
    page = swedish.get(upload(swedish, ("wordy.yaml", WORDY.encode())).headers["Location"]).text
    assert "questions.q: XX fel svar är rätt: A client" in page
    assert 'data-short="XX fel svar är rätt: A client"' in page


def test_what_the_child_process_would_not_take_is_told(swedish: Caller) -> None:
    page = upload(swedish, ("empty.zip", b"PK\x05\x06" + bytes(18))).text
    assert "XX arkivet är tomt" in page


def test_what_was_left_out_of_an_upload_is_told_on_the_next_page(swedish: Caller) -> None:
    begun = upload(swedish, ("small.yaml", SMALL.encode()), ("notes.txt", b"x"))
    assert "notes.txt: XX utelämnad" in swedish.get(begun.headers["Location"]).text


def test_a_pasted_table_is_refused_in_the_language(swedish: Caller) -> None:
    page = swedish.post("/drafts/table", {"title": "T", "language": "en", "table": "\ta\tb\n", "bank_id": "t"}).text
    assert "XX bara en rad (XX raderna)" in page


def test_a_plan_and_the_version_it_made_are_told(site: Site, swedish: Caller) -> None:
    address = upload(swedish, ("small.yaml", SMALL.encode())).headers["Location"].partition("?")[0]
    page = swedish.get(f"{address}/plan").text
    assert "XX 1 faktum kom till" in page
    published = swedish.post(f"{address}/publish", {"version": "1", "against": ""})
    assert published.status_code == 303, published.text
    version = site.session.query(models.BankVersion).join(models.Bank, models.Bank.version_id == models.BankVersion.id)
    kept = version.filter(models.Bank.key == "small").one()
    assert read_summary(kept.summary) == ("1 fact added",)
    listed = swedish.get("/banks/small/versions").text
    assert "XX 1 faktum kom till" in listed
    assert "XX 1 faktum kom till" in swedish.get("/banks/small/versions/1").text
    assert "1 fact added" not in listed


def test_a_version_is_found_by_the_words_of_the_page(swedish: Caller) -> None:
    address = upload(swedish, ("small.yaml", SMALL.encode())).headers["Location"].partition("?")[0]
    swedish.post(f"{address}/publish", {"version": "1", "against": ""})
    assert "/banks/small/versions/1" in swedish.get("/banks/small/versions?q=faktum").text


def test_a_version_kept_as_a_text_stands_as_it_was_written_and_says_its_language(site: Site, swedish: Caller) -> None:
    address = upload(swedish, ("small.yaml", SMALL.encode())).headers["Location"].partition("?")[0]
    swedish.post(f"{address}/publish", {"version": "1", "against": ""})
    bank = site.session.query(models.Bank).filter_by(key="small").one()
    kept = site.session.get_one(models.BankVersion, bank.version_id)
    kept.summary = "1 fact added"
    site.session.commit()
    assert '<li lang="en">1 fact added</li>' in swedish.get("/banks/small/versions").text
