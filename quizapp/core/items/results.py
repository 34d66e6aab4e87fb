"""Graded answers as JSON keeps them beside the item."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from quizapp.core.items.model import Form, Graded, Mark


def dump(graded: Graded) -> dict[str, Any]:
    """Turn a graded answer into JSON-ready values."""
    return {"score": graded.score, "marks": [asdict(mark) for mark in graded.marks]}


def load(data: Mapping[str, Any]) -> Graded:
    """Read what `dump` wrote."""
    marks = (Mark(**{**mark, "form": Form(mark["form"])}) for mark in data["marks"])
    return Graded(marks=tuple(marks), score=data["score"])
