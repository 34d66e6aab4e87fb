"""Write-back as text patches at known places: what an author laid out stays as it is.

Lines and columns count from 1, as in problems. Line ends stay those of the file.
"""

import re

from quizapp.core.knowledge.keys import propose_key

__all__ = ["insert_id", "insert_key", "propose_key", "quote_scalar"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_KEYED = re.compile(r" *(?:- +)*(?:[a-z0-9][a-z0-9-]*:(?: +|$))?")
_FLOW_KEY = re.compile(r" *[a-z0-9][a-z0-9-]*: +")
_NEXT_KEY = re.compile(r" *, *[a-z0-9][a-z0-9-]*: ")
_NEXT_ENTRY = re.compile(r" *, *")
_CLOSING = re.compile(r"[ \]}]*$")
_VERSION_LINE = re.compile(r"^knowledge *:[^\r\n]*(\r\n|\r|\n|$)", re.MULTILINE)
_LIST_ENTRY = re.compile(r"( *)- +(.*)", re.DOTALL)


def quote_scalar(content: str, line: int, column: int) -> str:
    """Put double quotes around the plain text in which a place lies; text in quotes stays as it is.

    Everything up to the end of the line belongs to the text, a `#` too; inside braces, everything up to the next
    `, key: ` or the closing brace. ValueError when the line has no text at the place.
    """
    before, text, after = _split(content, line)
    start, end = _scalar_span(text, column - 1)
    scalar = text[start:end]
    if not scalar or scalar[0] in "\"'":
        if scalar:
            return content
        raise ValueError(f"no text at line {line}, column {column}")
    quoted = scalar.replace("\\", "\\\\").replace('"', '\\"')
    return f'{before}{text[:start]}"{quoted}"{text[end:]}{after}'


def insert_id(content: str, bank_id: str) -> str:
    """Put `id: ...` below the line with the version, or first in the file."""
    found = _VERSION_LINE.search(content)
    line_end = found[1] if found else ""
    if found is None:
        return f"id: {bank_id}\n{content}"
    if not line_end:
        return f"{content}\nid: {bank_id}\n"
    return f"{content[: found.end()]}id: {bank_id}{line_end}{content[found.end() :]}"


def insert_key(content: str, line: int, key: str) -> str:
    """Turn a list entry `- text` into `key: text`; an entry with keys of its own moves below the key.

    ValueError when no list entry begins on the line.
    """
    before, text, after = _split(content, line)
    found = _LIST_ENTRY.fullmatch(text)
    if found is None:
        raise ValueError(f"no list entry begins on line {line}")
    indent, value = found.groups()
    if _FLOW_KEY.match(value):
        line_end = re.match(r"\r\n|\r|\n", after)
        return f"{before}{indent}{key}:{line_end[0] if line_end else chr(10)}{indent}  {value}{after}"
    return f"{before}{indent}{key}: {value}{after}"


def _split(content: str, line: int) -> tuple[str, str, str]:
    """Cut a file into what is before a line, the line without its end, and the rest."""
    lines = _LINE.findall(content)
    if not 0 < line <= len(lines):
        raise ValueError(f"no line {line}")
    text = lines[line - 1]
    bare = text.rstrip("\r\n")
    return "".join(lines[: line - 1]), bare, text[len(bare) :] + "".join(lines[line:])


def _scalar_span(text: str, place: int) -> tuple[int, int]:
    """Give start and end of the plain text around a place from 0 in a line."""
    keyed = _KEYED.match(text)
    start = keyed.end() if keyed else 0
    end = len(text.rstrip())
    if not _in_braces(text, start):
        return start, end
    listed = text[start] == "["
    end = max(end - len((_CLOSING.search(text[:end]) or [""])[0]), start)
    start += 1
    for found in (_NEXT_ENTRY if listed else _NEXT_KEY).finditer(text, start, end):
        if found.end() > place + 1:
            end = found.start()
            break
        start = text.index(",", found.start()) + 1
    key = None if listed else _FLOW_KEY.match(text, start, end)
    start = key.end() if key else start + len(text[start:end]) - len(text[start:end].lstrip())
    return start, end


def _in_braces(text: str, start: int) -> bool:
    """Tell a mapping or list in braces from a text that begins with a placeholder such as `{concept}`."""
    opening = text[start : start + 1]
    return opening == "[" or (opening == "{" and _FLOW_KEY.match(text, start + 1) is not None)
