"""How much a knowledge file may hold, and what is checked before it is parsed: size, encoding, characters, lines.

The limits keep the worst file within two seconds and 300 MB, and are four times what a bank of 10,000 facts needs.
"""

import re
from dataclasses import dataclass

from quizapp.core.knowledge.problems import Problems
from quizapp.messages import Message, Number, msg

MOST_BYTES = 5_000_000
LONGEST_LINE = 20_000
DEEPEST = 12
MOST_LINES = 200_000
MOST_ENTRIES = 120_000
MOST_FACTS = 40_000
MOST_FORMER = 16

_LINE_ENDS = re.compile(r"\r\n?")
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u2028\u2029]")
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)
_NAMED = {
    "\x00": msg("a NUL character"),
    "\ufeff": msg("a byte order mark inside the text"),
    "\x85": msg("an invisible line separator"),
    "\u2028": msg("an invisible line separator"),
    "\u2029": msg("an invisible line separator"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """One file as it came: its name for messages and its content, bytes or text."""

    path: str
    content: str | bytes


def prepare(text: Text) -> tuple[str | None, Problems]:
    """Decode a file and check its limits; the text is None when it must not be parsed.

    Positions stay those of the author's file: a line end becomes one line feed, a refused character or a tab inside a
    line one other character.
    """
    if len(text.content) > MOST_BYTES:
        return None, _too_much(
            text, msg("the file has %(count)s bytes; the most is %(most)s", **_over(len(text.content), MOST_BYTES))
        )
    content, undecodable = _decode(text.content)
    content = _LINE_ENDS.sub("\n", content).removeprefix("\ufeff")
    lines = content.count("\n")
    if lines > MOST_LINES:
        return None, _too_much(
            text, msg("the file has %(count)s lines; the most is %(most)s", **_over(lines, MOST_LINES))
        )
    problems = Problems(text.path, content.split("\n"))
    if undecodable is not None:
        line = content.count("\n", 0, undecodable)
        column = undecodable - (content.rfind("\n", 0, undecodable) + 1)
        problems.add(line, column, msg("the file is not UTF-8 text from here on"), msg("save the file as UTF-8"))
        return None, problems
    if _too_long(problems) or _tab_indent(content, problems):
        return None, problems
    return _visible(content, problems), problems


def strange_escape(text: str) -> str:
    r"""Name what an escape in double quotes made that no author means, or give an empty text.

    Control characters and lone surrogates break databases; `$\times$` in double quotes becomes a tab and "imes".
    """
    found = _REFUSED.search(text)
    if found:
        return _name_of(found[0])
    if "\t" in text:
        return msg("a tab")
    return msg("a line break inside a formula") if "$" in text and "\n" in text else ""


def _too_much(text: Text, message: Message) -> Problems:
    problems = Problems(text.path, [""])
    problems.add(0, 0, message, msg("split it into several banks"))
    return problems


def _over(count: int, most: int) -> dict[str, Number]:
    return {"count": Number(count), "most": Number(most)}


def _decode(content: str | bytes) -> tuple[str, int | None]:
    if isinstance(content, str):
        return content, None
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError as error:
        readable = content[: error.start].decode("utf-8")
        return readable, len(_LINE_ENDS.sub("\n", readable).removeprefix("\ufeff"))


def _too_long(problems: Problems) -> bool:
    for number, line in enumerate(problems.lines):
        if len(line) > LONGEST_LINE:
            over = _over(len(line), LONGEST_LINE)
            message = msg("the line has %(count)s characters; the most is %(most)s", **over)
            problems.add(number, LONGEST_LINE, message, msg("break the line"))
    return len(problems) > 0


def _tab_indent(content: str, problems: Problems) -> bool:
    for found in _TAB_INDENT.finditer(content):
        line = content.count("\n", 0, found.start())
        column = found.end() - found.start() - 1
        problems.add(line, column, msg("a tab indents the line"), msg("indent with spaces"))
        if len(problems) > 20:  # noqa: PLR2004 - the rest of the file is indented alike
            break
    return len(problems) > 0


def _visible(content: str, problems: Problems) -> str:
    if "\t" not in content and not _REFUSED.search(content):
        return content
    for number, line in enumerate(problems.lines):
        if problems.full:
            break
        for found in _REFUSED.finditer(line):
            message = msg("%(what)s in the text", what=_name_of(found[0]))
            problems.add(number, found.start(), message, msg("delete it"))
        tab = line.find("\t")
        if tab >= 0:
            problems.add(number, tab, msg("a tab in the line"), msg("write spaces"))
    return _REFUSED.sub("\ufffd", content).replace("\t", " ")


def _name_of(character: str) -> Message:
    code = f"{ord(character):04X}"
    if "\ud800" <= character <= "\udfff":
        return msg("half a character (lone surrogate U+%(code)s)", code=code)
    return _NAMED.get(character) or msg("a control character (U+%(code)s)", code=code)
