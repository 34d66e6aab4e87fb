"""The wheel, installed in a bare environment, serves the program; its dependencies are those of this environment."""

import os
import re
import signal
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent
INSIDE = ("store/migrations", "core/items/phrases", "translations")
PAGES = {"": b"quizapp", "login": b"password", "signup": b"password"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `quizapp` of an environment that has the wheel, and whose path ends with this one's packages."""
    place = tmp_path_factory.mktemp("bare")
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    _run(sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index", str(wheel))
    (packages,) = (place / "lib").glob("python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return place / "bin" / "quizapp"


@pytest.mark.parametrize("kind", ["templates", "static", "questions", *INSIDE])
def test_every_file_of_the_checkout_is_in_the_wheel(wheel: Path, kind: str) -> None:
    folder = ROOT / "quizapp" / kind if kind in INSIDE else ROOT / kind
    wanted = {
        f"quizapp/{kind}/{path.relative_to(folder).as_posix()}"
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted
    assert wanted <= set(ZipFile(wheel).namelist())


def test_the_wheel_holds_every_module_and_no_test(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "quizapp").rglob("*.py")}
    assert modules <= set(names)
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"quizapp"}


def test_a_bank_of_the_wheel_can_be_checked(program: Path, tmp_path: Path) -> None:
    (questions,) = program.parent.parent.glob("lib/python*/site-packages/quizapp/questions")
    done = _run(str(program), "bank", "check", str(questions), cwd=tmp_path)
    assert "0 errors" in done


@pytest.fixture(scope="module")
def address(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address printed by `quizapp run` in the bare environment."""
    folder = tmp_path_factory.mktemp("data")
    server = subprocess.Popen(  # noqa: S603 -- the program under test
        [program, "run", "--port", "0", "--data", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=_environment(),
    )
    assert server.stdout is not None
    printed = ""
    for line in server.stdout:
        printed += line
        if line.startswith("address"):
            break
    found = re.search(r"^address +(http://\S+)", printed, re.MULTILINE)
    assert found, printed
    yield found[1]
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=120) == 0
    server.stdout.close()


@pytest.mark.parametrize("page", PAGES)
def test_the_installed_program_serves_its_pages(address: str, page: str) -> None:
    with urlopen(address + page, timeout=120) as answer:  # noqa: S310 -- the program's own address
        assert answer.status == 200
        body = answer.read()
    assert PAGES[page] in body.lower()
    style = re.search(rb'href="/(static/[^"]+\.css)"', body)
    assert style
    with urlopen(address + style[1].decode(), timeout=120) as answer:  # noqa: S310 -- as above
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/css")


def _run(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(  # noqa: S603 -- tools of this environment and the program under test
        command, check=False, cwd=cwd, capture_output=True, text=True, env=_environment()
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _environment() -> dict[str, str]:
    """Leave out whatever would let the checkout show through."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("QUIZAPP_", "PYTHON", "DATABASE"))
    }
