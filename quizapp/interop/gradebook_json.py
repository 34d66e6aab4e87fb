"""The gradebook of a course without loss: every attempt, answer and grade with its reason, as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeAlias

FORMAT = "quizapp-gradebook"
VERSION = 1
"""Raised when the meaning of a name changes or one goes away; names that are added leave it alone."""

Plain: TypeAlias = Mapping[str, Any]
"""Names with values that JSON knows; instants as ISO 8601 in UTC."""


@dataclass(frozen=True, slots=True)
class Gradebook:
    """What is written, each row plain; docs/grades-json.md says what the names mean."""

    exported_at: str
    course: Plain
    people: Sequence[Plain]
    assignments: Sequence[Plain]
    attempts: Sequence[Plain]
    items: Sequence[Plain]
    grades: Sequence[Plain]


def write_json(book: Gradebook) -> bytes:
    """Write the gradebook as UTF-8; the same gradebook gives the same bytes."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": book.exported_at,
        "course": book.course,
        "people": book.people,
        "assignments": book.assignments,
        "attempts": book.attempts,
        "items": book.items,
        "grades": book.grades,
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8", errors="replace") + b"\n"


def reference(snapshot: Plain) -> str:
    """Name an item as it was shown: the SHA-256 of its snapshot as JSON with sorted names."""
    plain = json.dumps(snapshot, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()
