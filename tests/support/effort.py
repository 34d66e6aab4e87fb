"""How much work a deed is: counted, not timed, so that every machine finds the same."""

import gc
import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any


def calls(deed: Callable[[], object]) -> int:
    """Count the calls of functions, Python's and C's, that a deed makes."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    _watched(deed, count)
    return counted


def arguments(function: Callable[..., object], deed: Callable[[], object]) -> list[dict[str, Any]]:
    """Give the arguments of each call of one Python function that a deed makes."""
    code: CodeType = function.__code__
    seen: list[dict[str, Any]] = []

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code is code:
            seen.append(dict(frame.f_locals))

    _watched(deed, note)
    return seen


def _watched(deed: Callable[[], object], watch: Callable[[FrameType, str, Any], None]) -> None:
    before = sys.getprofile()
    gc.collect()
    gc.disable()  # or what others left behind is tidied away, and counted, now
    sys.setprofile(watch)
    try:
        deed()
    finally:
        sys.setprofile(before)
        gc.enable()
