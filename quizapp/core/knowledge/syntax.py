"""What a YAML syntax error means to an author: where the slip is and what to do."""

import re
from typing import NamedTuple

from yaml.error import MarkedYAMLError

from quizapp.core.knowledge.problems import COMMENT_HINT, QUOTE_IT
from quizapp.messages import Message, msg

_NO_SPACE = re.compile(r"""^ *[a-z0-9][a-z0-9-]*:[^\s]""")
_OPENED = re.compile(r"""(?:^|[:,\[{-]) *(")""")
_VALUE = re.compile(r"""^ *(?:- +)?[^\s:'"]+: +(\S)""")
_FLOW_HINT = msg("put texts with : , [ ] { } in double quotes, and close every brace")
_KEY_HINT = msg("write key: text")
_NO_SPACE_SAID = msg("a space is missing after the colon")
_COLON_SAID = msg("a colon inside a text ends it here")
_QUOTE_SAID = msg("a quote is opened here and not closed")
UNREADABLE = msg("the file cannot be read as YAML")
GUIDE_HINT = msg("see the guide to knowledge files")
ESCAPE_HINT = msg(r"write \\ for a backslash, or put the text in single quotes")


class Slip(NamedTuple):
    """A syntax error in an author's words; line and column from 0."""

    line: int
    column: int
    message: Message
    hint: Message


def explain(error: MarkedYAMLError, lines: list[str]) -> Slip:
    """Tell what is wrong at a syntax error of the C parser, at the place where the slip began."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Slip(0, 0, UNREADABLE, GUIDE_HINT)
    began = error.context_mark or mark
    span = _Span(lines, began.line, began.column, mark.line, mark.column)
    words = f"{error.context or ''}: {error.problem or ''}"
    for pattern, explainer in _EXPLAINERS:
        if pattern.search(words):
            return explainer(span)
    message = msg("the file cannot be read as YAML (%(problem)s)", problem=str(error.problem))
    return Slip(mark.line, mark.column, message, QUOTE_IT)


class _Span(NamedTuple):
    """Where the parser began what it was reading, and where it gave up."""

    lines: list[str]
    first: int
    first_column: int
    line: int
    column: int

    def text(self, line: int) -> str:
        return self.lines[line] if line < len(self.lines) else ""

    def above(self) -> int:
        """The last line with text above the place."""
        above = self.line - 1
        while above > 0 and not self.lines[above].strip():
            above -= 1
        return max(above, 0)

    def open_quote(self) -> Slip | None:
        """A double quote on the way that opens and does not close in its line."""
        for number in range(self.first, min(self.line, len(self.lines))):
            opened = _OPENED.search(self.lines[number])
            if opened and self.lines[number].replace('\\"', "").count('"') % 2:
                return Slip(number, opened.start(1), _QUOTE_SAID, msg("close it"))
        return None


def _colon(span: _Span) -> Slip:
    if ": " in span.text(span.line)[: span.column]:
        return Slip(span.line, span.column, _COLON_SAID, QUOTE_IT)
    above = span.above()
    if _NO_SPACE.match(span.text(above)):
        return Slip(above, span.text(above).index(":"), _NO_SPACE_SAID, _KEY_HINT)
    message = msg("this line is indented deeper than the text above, which goes on into it")
    return Slip(span.line, span.column, message, msg("begin the line under its neighbours"))


def _quote(span: _Span) -> Slip:
    return Slip(span.first, span.first_column, _QUOTE_SAID, msg("close it, or put the text in double quotes"))


def _misfit(span: _Span) -> Slip:
    if slip := span.open_quote():
        return slip
    value = _VALUE.match(span.text(span.line))
    if value and value.start(1) < span.column:
        if value[1] in "\"'":
            hint = msg(r"put the whole text in double quotes and write \" for a quote inside")
            return Slip(span.line, span.column, msg("the text goes on after its closing quote"), hint)
        if value[1] in "{[":
            return Slip(span.line, value.start(1), msg("a text cannot begin with %(mark)s", mark=value[1]), QUOTE_IT)
    above = span.above()
    comment = span.text(above).find(" #")
    if comment >= 0:
        message = msg("a # after a space begins a comment, which cuts the text")
        return Slip(above, comment + 1, message, COMMENT_HINT)
    hint = msg("begin it in the column of the keys it belongs to")
    return Slip(span.line, span.column, msg("the line does not fit its neighbours"), hint)


def _flow(span: _Span) -> Slip:
    if span.first == span.line and span.text(span.line)[span.column : span.column + 1] == ":":
        return Slip(span.line, span.column, _COLON_SAID, QUOTE_IT)
    if slip := span.open_quote():
        return slip
    if span.first == span.line:
        return Slip(span.line, span.column, msg("a text in braces cannot go on like this"), _FLOW_HINT)
    bracket = span.text(span.first)[span.first_column : span.first_column + 1]
    return Slip(span.first, span.first_column, msg("%(mark)s is opened here and not closed", mark=bracket), _FLOW_HINT)


def _no_colon(span: _Span) -> Slip:
    text = span.text(span.first)
    if _NO_SPACE.match(text):
        return Slip(span.first, text.index(":"), _NO_SPACE_SAID, _KEY_HINT)
    message = msg("this line is neither a key with a value nor part of the text above")
    hint = msg("write key: text, or indent it deeper than the key above")
    return Slip(span.first, span.first_column, message, hint)


def _cannot_begin(span: _Span) -> Slip:
    mark = span.text(span.first)[span.first_column : span.first_column + 1]
    return Slip(span.first, span.first_column, msg("a text cannot begin with %(mark)s", mark=mark), QUOTE_IT)


def _escape(span: _Span) -> Slip:
    message = msg("a backslash in double quotes begins an escape, and there is none like this")
    return Slip(span.line, span.column, message, ESCAPE_HINT)


def _directive(span: _Span) -> Slip:
    return Slip(
        span.line, span.column, msg("a line that begins with %(mark)s is a YAML directive", mark="%"), msg("delete it")
    )


_EXPLAINERS = tuple(
    (re.compile(pattern), explainer)
    for pattern, explainer in (
        ("mapping values", _colon),
        ("quoted.*end of stream", _quote),
        ("expected key|expected '-'|document start", _misfit),
        ("',' or|node content", _flow),
        ("could not find expected ':'", _no_colon),
        ("escape", _escape),
        ("start any token|block sequence entries|an alias|an anchor|a tag|block scalar|tag handle", _cannot_begin),
        ("YAML document|directive", _directive),
    )
)
