"""What passes between the program and the child that takes uploads apart: one line of JSON, then bytes; no pickles."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from quizapp.messages import as_plain, from_plain

MOST_HEADER = 1_000_000
"""Bytes of the line that says what follows."""


@dataclass(frozen=True, slots=True)
class File:
    """A file by its last name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture written anew: `width` and `height` in pixels."""

    name: str
    media_type: str
    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file was not taken, in one line; one that is merely `left_out` stands in nobody's way.

    `message` and `hint` are messages, and arrive as such.
    """

    name: str
    message: str
    hint: str = ""
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child made of an upload."""

    texts: tuple[File, ...]
    pictures: tuple[Picture, ...]
    troubles: tuple[Trouble, ...]


class BrokenWireError(ValueError):
    """What came through the pipe is not what the other end writes."""


def write_files(stream: BinaryIO, files: Sequence[File]) -> None:
    """Send files to the child."""
    _write(stream, {"files": [[file.name, len(file.content)] for file in files]}, [file.content for file in files])


def read_files(stream: BinaryIO) -> list[File]:
    """Receive what `write_files` sent."""
    header, body = _read(stream.read())
    files, rest = [], body
    for name, size in header["files"]:
        files.append(File(name, rest[:size]))
        rest = rest[size:]
    return files


def write_answer(stream: BinaryIO, answer: Answer) -> None:
    """Send what became of the files."""
    header = {
        "texts": [[text.name, len(text.content)] for text in answer.texts],
        "pictures": [[p.name, p.media_type, p.width, p.height, len(p.content)] for p in answer.pictures],
        "troubles": [[t.name, as_plain(t.message), as_plain(t.hint), t.left_out] for t in answer.troubles],
    }
    contents = [text.content for text in answer.texts] + [picture.content for picture in answer.pictures]
    _write(stream, header, contents)


def read_answer(content: bytes) -> Answer:
    """Receive what `write_answer` sent; the child read hostile bytes, so that every type is looked at again."""
    try:
        header, body = _read(content)
        texts = [(str(name), int(size)) for name, size in header["texts"]]
        pictures = [(str(n), str(kind), int(w), int(h), int(size)) for n, kind, w, h, size in header["pictures"]]
        troubles = tuple(Trouble(str(n), _text(m), _text(h), bool(out)) for n, m, h, out in header["troubles"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BrokenWireError(str(error)) from error
    sizes = [size for _, size in texts] + [picture[-1] for picture in pictures]
    if any(size < 0 for size in sizes) or sum(sizes) != len(body):
        raise BrokenWireError("the sizes do not add up")
    parts = _parted(body, sizes)
    return Answer(
        tuple(File(name, part) for (name, _), part in zip(texts, parts, strict=False)),
        tuple(
            Picture(name, kind, width, height, part)
            for (name, kind, width, height, _), part in zip(pictures, parts[len(texts) :], strict=True)
        ),
        troubles,
    )


def _write(stream: BinaryIO, header: dict[str, Any], parts: Sequence[bytes]) -> None:
    stream.write(json.dumps(header).encode("ascii") + b"\n")
    stream.writelines(parts)
    stream.flush()


def _read(content: bytes) -> tuple[dict[str, Any], bytes]:
    end = content.find(b"\n", 0, MOST_HEADER)
    if end < 0:
        raise ValueError("no header")
    header = json.loads(content[:end])
    if not isinstance(header, dict):
        raise ValueError("no header")  # noqa: TRY004 -- wrong bytes, not a wrong type of argument
    return header, content[end + 1 :]


def _text(value: object) -> str:
    text = from_plain(value)
    return text if isinstance(text, str) else str(text)


def _parted(body: bytes, sizes: Sequence[int]) -> list[bytes]:
    parts, start = [], 0
    for size in sizes:
        parts.append(body[start : start + size])
        start += size
    return parts
