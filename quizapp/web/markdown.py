"""Authors' texts as safe HTML: Markdown marks and maths; HTML in them is shown as text."""

import re
from functools import lru_cache

import math_core
import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markupsafe import Markup, escape

MOST_CHARACTERS = 20_000
MOST_MATHS = 1_000
MOST_NESTING = 20

_MARKS = re.compile(r"[\\`*_\[\]&$~<>\n]")
_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_SCHEMES = {"http", "https", "mailto"}
_INLINE_TAGS = {"em", "strong", "code", "a", "br", "s"}
_BLOCK_TAGS = {"p", "ul", "ol", "li", "blockquote", "pre", "hr", "table", "thead", "tbody", "tr", "th", "td"}
_MATHS_TAGS = {
    *("math", "menclose", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom"),
    *("mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd"),
    *("mtext", "mtr", "munder", "munderover"),
}
_MATHS_ATTRIBUTES = {
    *("accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle"),
    *("fence", "form", "height", "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize"),
    *("movablelimits", "notation", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy"),
    *("symmetric", "voffset", "width"),
}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, **dict.fromkeys(_MATHS_TAGS, _MATHS_ATTRIBUTES)}


@lru_cache(maxsize=8192)
def inline(text: str, lang: str = "") -> Markup:
    """Give one line of an author's text as HTML; `lang` names its language where that is not the page's."""
    html = escape(text) if _is_plain(text) else _clean(_INLINE.renderInline(text), _INLINE_TAGS | _MATHS_TAGS)
    return Markup('<span lang="{}">{}</span>').format(lang, html) if lang and html else html


@lru_cache(maxsize=1024)
def block(text: str) -> Markup:
    """Give a longer text of an author, with paragraphs, lists and tables, as HTML."""
    if len(text) > MOST_CHARACTERS:
        return Markup("<p>{}</p>").format(text)
    return _clean(_BLOCK.render(text), _INLINE_TAGS | _BLOCK_TAGS | _MATHS_TAGS)


@lru_cache(maxsize=2048)
def maths(latex: str) -> Markup:
    """Give LaTeX as MathML; what cannot be set is shown as it was written."""
    written = escape(f"${latex}$")
    if len(latex) > MOST_MATHS:
        return written
    try:
        return Markup(_LATEX.convert_with_local_state(latex, displaystyle=False))  # noqa: S704 -- made from cleaned markup
    except math_core.LatexError:
        return written


def _is_plain(text: str) -> bool:
    return len(text) > MOST_CHARACTERS or _MARKS.search(text) is None


def _clean(html: str, tags: set[str]) -> Markup:
    safe = nh3.clean(
        html,
        tags=tags,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
        url_relative="deny",
    )
    return Markup(safe.strip())  # noqa: S704 -- made from cleaned markup


def _maths_rule(state: StateInline, silent: bool) -> bool:
    """Read `$...$` as maths: no space inside the dollars and no digit after, so that prices stay prices."""
    start, text = state.pos + 1, state.src
    if text[state.pos] != "$" or start >= state.posMax or text[start] in " \n\t$":
        return False
    end = text.find("$", start, min(state.posMax, start + MOST_MATHS + 1))
    if end < 0 or text[end - 1] in " \n\t\\" or text[end + 1 : end + 2].isdigit():
        return False
    if not silent:
        token = state.push("maths", "", 0)
        token.content = text[start:end]
    state.pos = end + 1
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": MOST_NESTING})
    parser.disable(["html_block", "html_inline", "image", "autolink", "heading", "lheading", "reference"])
    parser.validateLink = lambda url: _LINK.match(url) is not None  # type: ignore[method-assign]  # its way
    parser.inline.ruler.before("escape", "maths", _maths_rule)
    parser.add_render_rule("maths", lambda _, tokens, at, *__: str(maths(tokens[at].content)))
    return parser


_LATEX = math_core.LatexToMathML(fancy_error=False)
_INLINE = _parser()
_BLOCK = _parser().enable("table")
