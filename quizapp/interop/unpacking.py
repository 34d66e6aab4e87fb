"""The child process that takes uploads apart, with limits on memory, time and files: `python -m` runs it."""

import sys
from contextlib import suppress

from quizapp.interop.archives import ARCHIVES, MOST_UNPACKED, RefusedArchiveError, unpack
from quizapp.interop.images import RefusedPictureError, rewrite
from quizapp.interop.names import ending, is_litter, last_part, shown
from quizapp.interop.wire import Answer, File, Picture, Trouble, read_files, write_answer
from quizapp.messages import msg

if sys.platform != "win32":
    import resource

MEMORY = 300_000_000
CPU_SECONDS = 10
OPEN_FILES = 64

TEXTS = frozenset({".yaml", ".yml"})
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif"})
_TAKEN = msg("knowledge files (.yaml), pictures (.png, .jpg, .webp, .gif) and zip archives of them are taken")


def main() -> None:
    """Read files from standard input and write what became of them to standard output."""
    _confine()
    write_answer(sys.stdout.buffer, sort_out(read_files(sys.stdin.buffer)))


def sort_out(files: list[File]) -> Answer:
    """Take archives apart, look at every file, and give texts, pictures and what was not taken."""
    troubles: list[Trouble] = []
    texts: list[File] = []
    pictures: list[Picture] = []
    seen: set[str] = set()
    room = MOST_UNPACKED
    for file in _members(files, troubles):
        key = file.name.casefold()
        if key in seen:
            hint = msg("give each file a name of its own")
            troubles.append(Trouble(file.name, msg("two files have this name"), hint))
        elif ending(file.name) in TEXTS:
            texts.append(file)
        else:
            try:
                picture = rewrite(file)
            except RefusedPictureError as error:
                troubles.append(Trouble(file.name, error.reason))
            else:
                room -= len(picture.content)
                pictures.append(picture)
        seen.add(key)
        if room < 0:
            reason = msg("the pictures have more than %(most)d MB together", most=MOST_UNPACKED // 1_000_000)
            return Answer((), (), (Trouble(file.name, reason, msg("upload them in several turns")),))
    return Answer(tuple(texts), tuple(pictures), tuple(troubles))


def _members(files: list[File], troubles: list[Trouble]) -> list[File]:
    """Give the files of an upload and of the archives in it, as far as they are of a kind that is read."""
    found: list[File] = []
    room = MOST_UNPACKED
    for sent in files:
        name = last_part(sent.name)
        if is_litter(sent.name) or not name:
            continue
        if ending(name) != ".zip":
            found.append(File(name, sent.content))
            continue
        try:
            inside = unpack(sent, room)
        except RefusedArchiveError as error:
            troubles.append(Trouble(name, error.reason))
        else:
            room -= sum(len(member.content) for member in inside)
            found += inside
    known = [file for file in found if ending(file.name) in TEXTS | PICTURES]
    troubles += [_unknown(file) for file in found if ending(file.name) not in TEXTS | PICTURES]
    return known


def _unknown(file: File) -> Trouble:
    if ending(file.name) == ".svg":
        return Trouble(file.name, msg("SVG pictures are not taken"), msg("save it as PNG"))
    if ending(file.name) in ARCHIVES:
        return Trouble(file.name, msg("this kind of archive is not taken"), msg("pack it as .zip"))
    reason = msg("left out: not a kind of file that is read here")
    return Trouble(shown(file.name), reason, _TAKEN, left_out=True)


def _confine() -> None:
    """Give this process little memory and time, and no file that it could write."""
    if sys.platform == "win32":
        return
    limits = {
        resource.RLIMIT_AS: 2 * MEMORY,
        resource.RLIMIT_DATA: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in limits.items():
        with suppress(OSError, ValueError):  # a system that knows no such limit
            resource.setrlimit(which, (most, most))


if __name__ == "__main__":
    main()
