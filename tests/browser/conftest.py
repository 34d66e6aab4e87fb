"""A real browser on a real server: whatever it writes to its console as an error fails the test."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from support.school import School, build_school, open_school
from support.visitor import PATIENCE, Visitor, serve

from quizapp.app import create_app
from quizapp.config import Config
from quizapp.store.engine import make_engine
from quizapp.store.schema import upgrade

NO_CHROMIUM = "no Chromium found, and none can be installed"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium from the system, else from playwright, else from Debian; without any the test is skipped."""
    with sync_playwright() as playwright:
        program = _find_chromium(playwright)
        if program is None:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_CHROMIUM)
        arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def debug_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with its style guide and a database without rows."""
    config = Config(data=str(tmp_path_factory.mktemp("data")), debug=True)
    engine = make_engine(config.url)
    upgrade(engine, backup_to=None)
    engine.dispose()
    return create_app(config)


@pytest.fixture(scope="session")
def debug_url(debug_app: Flask) -> Iterator[str]:
    yield from serve(debug_app)


@pytest.fixture
def guide(browser: Browser, debug_url: str) -> Iterator[Visitor]:
    """A visitor to the style guide."""
    visitor = Visitor(browser, debug_url)
    yield visitor
    visitor.leave()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with the shipped banks and a student; built once, to be copied."""
    folder = tmp_path_factory.mktemp("school")
    build_school(folder)
    return folder


@pytest.fixture
def school(tmp_path: Path, built: Path) -> Iterator[School]:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    yield from open_school(tmp_path)


@pytest.fixture
def visitor(browser: Browser, school: School) -> Iterator[Visitor]:
    """A visitor to the school, where a file has no other site."""
    for base in serve(school.app):
        visitor = Visitor(browser, base)
        yield visitor
        visitor.leave()


def _find_chromium(playwright: Playwright) -> str | None:
    own = playwright.chromium.executable_path
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found or Path(own).exists():
        return found or own
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    if Path(own).exists():
        return own
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _run("apt-get", "install", "-y", "-q", "chromium")
    return next(filter(None, map(shutil.which, NAMES)), None)


def _run(*command: str) -> None:
    subprocess.run(command, check=False, capture_output=True, timeout=600)  # noqa: S603 - fixed commands
