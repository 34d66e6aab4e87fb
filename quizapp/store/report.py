"""What a backup says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class BackupError(Exception):
    """A backup that could not be made, or cannot be believed; the message says why."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A checked copy: where it lies, its schema revision, its rows by table, its size in bytes."""

    path: Path
    revision: str | None
    counts: Mapping[str, int]
    size: int
