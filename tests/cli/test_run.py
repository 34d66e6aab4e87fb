"""`quizapp run`: from an empty folder to a page, and out again."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from support.command_line import Call

from quizapp.actions.demo_people import LOGINS, PASSWORD
from quizapp.store.backup import DATABASE_FILE


@contextmanager
def running(data: Path, *options: str, stop: signal.Signals = signal.SIGINT) -> Iterator[str]:
    """Run the program on a free port and give what it printed until it listens; it must end cleanly."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("QUIZAPP_", "DATABASE_"))}
    program = subprocess.Popen(  # noqa: S603 -- the program under test
        [sys.executable, "-m", "quizapp", "run", "--port", "0", "--data", str(data), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert program.stdout is not None
    lines: list[str] = []
    for line in program.stdout:
        lines.append(line)
        if line.startswith("address"):
            break
    try:
        yield "".join(lines)
    finally:
        program.send_signal(stop)
        rest, errors = program.communicate(timeout=120)
    assert program.returncode == 0, errors
    assert rest == "stopped\n"


def address_in(printed: str) -> str:
    found = re.search(r"^address +(http://127\.0\.0\.1:\d+/)", printed, re.MULTILINE)
    assert found, printed
    return found[1]


def test_a_busy_port_ends_it_before_anything_is_made(call: Call, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = call("run", "--port", port, "--data", tmp_path / "data")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: port {port} of 127.0.0.1 is in use")
    assert "--port" in result.stderr
    assert not (tmp_path / "data").exists()


def test_an_address_of_another_machine_is_refused(call: Call, tmp_path: Path) -> None:
    result = call("run", "--host", "192.0.2.1", "--port", "0", "--data", tmp_path)
    assert result.exit_code == 1
    assert "cannot listen" in result.stderr


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_an_empty_folder_becomes_a_site_with_a_link_for_the_first_admin(tmp_path: Path, stop: signal.Signals) -> None:
    with running(tmp_path, stop=stop) as printed:
        assert re.search(r"^banks +5 new$", printed, re.MULTILINE)
        assert re.search(rf"^data +{re.escape(str(tmp_path))}$", printed, re.MULTILINE)
        link = re.search(r"(http://\S+/setup/\S+)", printed)
        assert link
        for page in (address_in(printed), link[1]):
            with urlopen(page, timeout=120) as answer:  # noqa: S310 -- the program's own address
                assert answer.status == 200


def test_the_second_start_changes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        with running(tmp_path) as printed:
            pass
    assert "nothing to do" in printed
    assert "5 unchanged" in printed


def test_who_has_an_admin_gets_no_link(call: Call, tmp_path: Path) -> None:
    call("user", "add", "boss@example.org", "--role", "admin", "--data", tmp_path)
    with running(tmp_path) as printed:
        assert "/setup/" not in printed


def test_the_demo_lies_apart_from_real_data_and_prints_its_log_ins(small_demo: Path, tmp_path: Path) -> None:
    place = tmp_path / "demo"
    place.mkdir()
    shutil.copy(small_demo, place / DATABASE_FILE)
    with running(tmp_path, "--demo") as printed:
        assert f"data      {place}\n" in printed
        for email, role in LOGINS.items():
            assert f"{email} ({role}), password: {PASSWORD}" in printed
    assert not (tmp_path / DATABASE_FILE).exists()
