"""Knowledge files on disk: found in files and folders, overlays beside their sources, read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from quizapp.cli.terminal import Failed, Misused, say_note
from quizapp.core.knowledge.files import Grouping, group
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.read import read
from quizapp.core.knowledge.reading import Problem, Reading

ENDINGS = (".yaml", ".yml")
Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Loaded:
    """One bank's files and what the reader made of them."""

    source: Text
    overlays: tuple[Text, ...]
    reading: Reading


def paths_argument(command: Command) -> Command:
    """Let a command take knowledge files and folders of them."""
    return click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=PATH)(command)


PATH = click.Path(exists=True, path_type=Path)


def grouped(paths: Iterable[Path]) -> Grouping:
    """Read the bytes of files and folders and pair overlays with their sources."""
    return group(Text(str(path), _content(path)) for path in _files(paths))


def load(paths: Iterable[Path]) -> tuple[tuple[Loaded, ...], tuple[Problem, ...]]:
    """Read the banks of files and folders; the problems are those of the grouping and of every reading."""
    grouping = grouped(paths)
    loaded = tuple(Loaded(source, overlays, read(source, overlays)) for source, overlays in grouping.banks)
    return loaded, (*grouping.problems, *(problem for each in loaded for problem in each.reading.problems))


def load_sound(paths: Iterable[Path]) -> tuple[Loaded, ...]:
    """Read banks that must be sound: the first error ends the command."""
    loaded, problems = load(paths)
    if problems:
        more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
        raise Failed(f"{problems[0]}{more}", "quizapp bank check tells all")
    return loaded


def editions(loaded: Iterable[Loaded], language: str | None) -> Iterator[tuple[Loaded, Bank, str]]:
    """Give each bank in a language with the language meant; without one its source language.

    A bank without an edition in the language is given in its source language, as learners see it, with a note.
    """
    for each in loaded:
        known = each.reading.editions
        source = next(iter(known.values()))
        if language is not None and language not in known:
            say_note(f"{each.source.path} has no edition in {language}: its texts are in {source.language}")
        yield each, known.get(language or "", source), language or source.language


def _files(paths: Iterable[Path]) -> Sequence[Path]:
    found: dict[Path, None] = {}
    for path in paths:
        inside = [path] if path.is_file() else sorted(each for each in path.iterdir() if each.suffix in ENDINGS)
        if not inside:
            raise Misused(f"no knowledge file in {path}", f"their names end in {' or '.join(ENDINGS)}")
        found.update(dict.fromkeys(inside))
    return list(found)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Failed(f"{path} cannot be read: {error.strerror}") from error
