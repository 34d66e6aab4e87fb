"""Every file from elsewhere is listed, unchanged and licensed."""

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from quizapp.paths import bundled

VENDOR = bundled("static") / "vendor"
PACKAGES: list[dict[str, Any]] = tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))["package"]
FILES = [(name, checksum) for package in PACKAGES for name, checksum in package["files"].items()]
ICON = re.compile(r"icon\('([a-z0-9-]+)'|icon='([a-z0-9-]+)'|icons\.svg'\) }}#([a-z0-9-]+)")


def test_no_vendored_file_is_missing_from_the_list() -> None:
    lying = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    licences = {f"LICENSES/{path.name}" for path in (VENDOR / "LICENSES").iterdir()}
    assert lying - licences - {"vendor.toml"} == {name for name, _ in FILES}


@pytest.mark.parametrize(("name", "checksum"), FILES)
def test_a_vendored_file_is_the_one_that_was_taken(name: str, checksum: str) -> None:
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == checksum


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_a_vendored_package_names_its_version_and_brings_its_licence(package: dict[str, Any]) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
    assert package["licence"] in {"OFL-1.1", "ISC", "MIT", "0BSD"}
    assert len((VENDOR / package["licence-file"]).read_text(encoding="utf-8")) > 500


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = set(
        re.findall(r'<symbol id="([a-z0-9-]+)"', (VENDOR / "lucide" / "icons.svg").read_text(encoding="utf-8"))
    )
    assert named_icons(bundled("templates")) <= sprite


def named_icons(templates: Path) -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in templates.rglob("*.html"))
    return {next(filter(None, found)) for text in texts for found in ICON.findall(text)}
