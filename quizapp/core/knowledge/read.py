"""Knowledge files to banks: one source file and its overlays become editions by language, or problems.

The reader is the law of the format. The JSON Schema beside it helps editors to complete; a test holds it to the reader.
"""

from collections.abc import Iterable, Mapping

from quizapp.core.knowledge.limits import Text, prepare
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.overlay import read_overlay
from quizapp.core.knowledge.reading import Problem, Reading
from quizapp.core.knowledge.source import read_source
from quizapp.core.knowledge.tree import parse
from quizapp.messages import msg

__all__ = ["Text", "read"]


def read(source: Text, overlays: Iterable[Text] = ()) -> Reading:
    """Read a knowledge file with its overlays.

    Never raises on any content. `Reading.bank` is None and `editions` empty exactly when a problem is an error; all
    problems of all files are told in one pass, by file and then by place (line and column from 1).
    """
    content, problems = prepare(source)
    root = parse(content, problems) if content is not None else None
    bank, places = None, {}
    if root is not None:
        bank, draft = read_source(root, problems)
        places = draft.places
    told, editions = list(problems.sorted()), {bank.language: bank} if bank is not None else {}
    for text in overlays:
        more, edition = _read_overlay(text, bank, editions, strict=not problems)
        told.extend(more)
        if edition is not None:
            editions[edition.language] = edition
    if told:
        return Reading(None, {}, tuple(told), places)
    return Reading(bank, editions, (), places)


def _read_overlay(
    text: Text, bank: Bank | None, editions: Mapping[str, Bank], *, strict: bool
) -> tuple[tuple[Problem, ...], Bank | None]:
    content, problems = prepare(text)
    root = parse(content, problems) if content is not None else None
    if root is None or bank is None:
        return problems.sorted(), None
    edition = read_overlay(root, bank, problems, strict=strict)
    place = root.entries.get("language")
    if edition.language in editions and edition.language != bank.language and place is not None:
        message = msg("another overlay is in %(language)s too", language=edition.language)
        problems.at(place.value, message, msg("give each language one overlay"))
    return problems.sorted(), edition
