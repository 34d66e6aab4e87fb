"""Uploads of knowledge files and pictures, alone or in zip archives: taken apart in a child process with limits."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore

from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.reading import Problem
from quizapp.interop.names import last_part
from quizapp.interop.wire import Answer, BrokenWireError, File, read_answer, write_files
from quizapp.messages import Message, Number, msg

MOST_BYTES = 6 * 1024 * 1024
MOST_FILES = 500
SECONDS = 20
AT_ONCE = 2
"""Children that may run at the same time for one process; further uploads wait their turn."""

_LESS = msg("upload less at once")
_turns = BoundedSemaphore(AT_ONCE)
_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture that was decoded and written anew; `width` and `height` in pixels."""

    filename: str
    media_type: str
    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an upload held, and what of it was not taken; a problem with `warning` was merely left out."""

    texts: tuple[Text, ...]
    pictures: tuple[PictureFile, ...]
    problems: tuple[Problem, ...]


def unpack(files: Sequence[tuple[str, bytes]]) -> Unpacked:
    """Take the files of an upload apart: names as they were sent, and bytes.

    Never raises on any content, and takes at most `SECONDS` once it has its turn. Of a refused archive nothing is
    taken; of other files each stands for itself. Texts are UTF-8, under the last part of their names.
    """
    if sum(len(content) for _, content in files) > MOST_BYTES:
        return _refused(files, msg("the upload has more than %(most)d MB", most=MOST_BYTES // 1024**2))
    if len(files) > MOST_FILES:
        count = Number(len(files))
        message = msg("the upload has %(count)s files; the most is %(most)d", count=count, most=MOST_FILES)
        return _refused(files, message)
    sent = BytesIO()
    write_files(sent, [File(name, content) for name, content in files])
    with _turns:
        try:
            done = _run(sent.getvalue())
        except subprocess.TimeoutExpired:
            return _refused(files, msg("the upload took too long to read"))
    if done.returncode != 0:
        return _refused(files, msg("the upload took too much time or memory to read"))
    try:
        return _unpacked(read_answer(done.stdout))
    except BrokenWireError:
        return _refused(files, msg("the upload cannot be read"), msg("upload the files one by one"))


def _run(content: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run the child with an environment that holds no secret, away from the working folder."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(os.path.abspath(path) for path in sys.path)  # noqa: PTH100 -- "" is here
    command = [sys.executable, "-P", "-s", "-B", "-m", "quizapp.interop.unpacking"]
    return subprocess.run(  # noqa: S603 -- this program's own interpreter and module
        command, input=content, capture_output=True, check=False, timeout=SECONDS, env=environment, cwd=os.sep
    )


def _unpacked(answer: Answer) -> Unpacked:
    problems = [Problem(each.name, 1, 1, each.message, each.hint, warning=each.left_out) for each in answer.troubles]
    texts = []
    for file in answer.texts:
        content, problem = _decoded(file)
        if problem is None:
            texts.append(Text(file.name, content))
        else:
            problems.append(problem)
    pictures = tuple(
        PictureFile(each.name, each.media_type, each.width, each.height, each.content) for each in answer.pictures
    )
    return Unpacked(tuple(texts), pictures, tuple(problems))


def _decoded(file: File) -> tuple[str, Problem | None]:
    """Decode a text; one that no database can hold is refused before it becomes a draft."""
    try:
        content = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        said = msg("the file is not UTF-8 text from here on")
        return "", Problem(file.name, line, column, said, msg("save the file as UTF-8"))
    at = content.find("\0")
    if at >= 0:
        line, column = content.count("\n", 0, at) + 1, at - content.rfind("\n", 0, at)
        said = msg("%(what)s in the text", what=msg("a NUL character"))
        return "", Problem(file.name, line, column, said, msg("delete it"))
    return content, None


def _refused(files: Sequence[tuple[str, bytes]], message: Message, hint: Message = _LESS) -> Unpacked:
    name = last_part(files[0][0]) if len(files) == 1 else "upload"
    return Unpacked((), (), (Problem(name or "upload", 1, 1, message, hint),))
