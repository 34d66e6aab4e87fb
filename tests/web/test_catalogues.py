"""The interface in five languages: every text gathered, translated, whole and compiled; none past the catalogues."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from jinja2 import Environment, nodes
from support.catalogues import FOLDER, breaks, catalogue, compiled, gaps, gathered

from quizapp.languages import INTERFACE
from quizapp.paths import bundled

TRANSLATED = [language for language in INTERFACE if language != "en"]
UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
SPOKEN = re.compile(r'\s(?:aria-label|title|placeholder|alt|data-[a-z-]+)="([^"]*)"')
WORDS = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"^[A-Z][a-z]+$|[A-Za-z]+ [a-z]+")
NO_WORDS = {"email,name ada@example.org,Ada Lovelace alan@example.org,Alan Turing", "image:", ", alt:", "Enter", "Esc"}
"""What a file or a keyboard calls by these names in every language."""
PIECES = {"button", "button--", 'aria-label="'}
"""Bits of HTML that a macro puts together."""
INNER = {"CSRFTokenField", "HiddenField", "FieldList", "BooleanField", "Multiple", "TicksField"}
"""Kinds of fields, which templates compare and nobody reads."""

GATHERED = {"_", "ngettext", "pgettext"}
"""Calls that say a text in the language of the page."""

ENGINE = Environment(autoescape=True)
TEMPLATES = [path for path in sorted(bundled("templates").rglob("*.html")) if path.parent.name != "styleguide"]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return gathered(tmp_path_factory.mktemp("catalogues") / "messages.pot")


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_program_is_translated(language: str, template: Catalog) -> None:
    assert len(template) > 1_000
    assert list(gaps(catalogue(language), template)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_breaks_a_slot_or_a_sign(language: str) -> None:
    assert list(breaks(catalogue(language))) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_left_in_english(language: str) -> None:
    known = catalogue(language)
    same = [m.id for m in known if m.id and m.string == m.id and len(re.findall(r"[a-z]{2,}", str(m.id))) > 3]
    assert same == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_that_of_its_source(language: str) -> None:
    folder = FOLDER / language / "LC_MESSAGES"
    assert (folder / "messages.mo").read_bytes() == compiled(catalogue(language))


def test_a_lacking_fuzzy_or_broken_entry_is_found(template: Catalog) -> None:
    known = Catalog(locale="sv")
    known.add("Log out", "Logga ut", flags=["fuzzy"])
    known.add("Nobody says this", "Ingen säger detta")
    known.add("Line %(number)s", "Rad %(nummer)s")
    known.add(("one fact", "%(num)d facts"), ("en fakta", "fakta"))
    found = list(gaps(known, template))
    assert [text for text in found if text.startswith("fuzzy")] == ["fuzzy: (None, 'Log out', '')"]
    assert "no longer in the program: (None, 'Nobody says this', '')" in found
    assert "not in the catalogue: (None, 'Log in', '')" in found
    assert list(breaks(known)) == ["'Line %(number)s' is 'Rad %(nummer)s'", "'%(num)d facts' is 'fakta'"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_says_nothing_past_the_catalogues(path: Path) -> None:
    source = path.read_text("utf-8")
    plain = {text for text in _plain_texts(source) if WORDS.search(text)} - NO_WORDS - PIECES
    assert plain == set()
    assert {text for text in _written(ENGINE.parse(source)) if SENTENCE.search(text)} - NO_WORDS - INNER == set()


@pytest.mark.parametrize(
    "source", ["<p>Due today</p>", '<p title="Due today">{{ x }}</p>', "<p>{{ 'Due today' if x }}</p>"]
)
def test_a_text_past_the_catalogues_is_found(source: str) -> None:
    assert "Due today" in {*_plain_texts(source), *_written(ENGINE.parse(source))}


def _plain_texts(source: str) -> Iterator[str]:
    """Give what a template shows or speaks outside of its expressions."""
    parts = []
    for _line, kind, text in ENGINE.lex(source):
        parts.append(text if kind == "data" else "\0" if kind in {"variable_begin", "block_begin"} else "")
    page = UNSEEN.sub("", re.sub(r"\0+", "\0", "".join(parts)))
    page = re.sub(r"\0(page--\w+|play(-main)?)\0", "\0", page)  # the class names of the page, which blocks give
    seen = re.sub(r"<[^>]*>", "<", page)
    for text in seen.split("<"):
        yield from (" ".join(one.split()) for one in text.split("\0"))
    for text in SPOKEN.findall(page):
        yield from (one for one in text.split("\0") if SENTENCE.search(one))


def _written(node: nodes.Node) -> Iterator[str]:
    """Give the texts in a template's expressions, without those that are looked up and the names of variants."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in GATHERED:
        for argument in node.kwargs:
            yield from _written(argument)
        return
    if isinstance(node, nodes.Keyword) and node.key == "variant":
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    for child in node.iter_child_nodes():
        yield from _written(child)
