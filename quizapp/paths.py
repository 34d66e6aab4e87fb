"""Where the bundled folders lie: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def bundled(name: str) -> Path:
    """Give the folder of `templates`, `static` or `questions`."""
    if (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / name).is_dir():
        return _CHECKOUT / name
    return _PACKAGE / name


def migrations() -> Path:
    """Give the folder of the migration history."""
    return _PACKAGE / "store" / "migrations"
