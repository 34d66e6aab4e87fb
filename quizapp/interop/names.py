"""The names that files of an upload come with: hostile until shown otherwise, and never a place on this disk."""

import re
import unicodedata

LONGEST = 120

_DRIVE = re.compile(r"[A-Za-z]:")
_HIDDEN = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


def last_part(name: str) -> str:
    """Give the file's own name without folders, in composed letters, without what no screen can show."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/")).rstrip("/").rpartition("/")[2]
    return _printable(last)[-LONGEST:]


def ending(name: str) -> str:
    """Give the ending of a name in lower case, with its dot."""
    stem, dot, last = name.rpartition(".")
    return f".{last.lower()}" if dot and stem else ""


def leads_outside(name: str) -> bool:
    """Tell whether a name in an archive points out of the folder it would be unpacked into."""
    plain = name.replace("\\", "/")
    return plain.startswith("/") or _DRIVE.match(plain) is not None or ".." in plain.split("/")


def is_litter(name: str) -> bool:
    """Tell the files that desktops add by themselves."""
    parts = name.replace("\\", "/").split("/")
    return any(part in _HIDDEN or part.startswith("._") for part in parts)


def shown(name: str) -> str:
    """Give a name for a message: one line, cut when it is long."""
    plain = _printable(name)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def _printable(name: str) -> str:
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in name)
