"""With a full disk answers are refused for now, pages open, and nothing is lost; with space everything goes on."""

import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from reliability.conftest import copied
from reliability.crowd import Crowd, audit, crowd, receipt
from reliability.server import Server, running

LEARNERS = 3


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a file system of its own, where that is allowed."""
    place = folder / "disk"
    place.mkdir()
    mount = shutil.which("mount") or "mount"
    command = [mount, "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)]
    if subprocess.run(command, check=False, capture_output=True).returncode:  # noqa: S603 - fixed words and own folder
        pytest.skip("mounting a small disk is not allowed here")
    try:
        yield place
    finally:
        subprocess.run([shutil.which("umount") or "umount", "-l", str(place)], check=True)  # noqa: S603 - as above


@contextmanager
def no_space(place: Path) -> Iterator[None]:
    """Fill the disk to its last byte."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 1):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                continue
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def no_growth(server: Server) -> Iterator[None]:
    """Forbid the server to write beyond the first bytes of any file, as a quota does."""
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def refused_then_taken(server: Server, full: AbstractContextManager[None]) -> list[str]:
    """Let one learner answer into the full disk while others try, too; say what the audit finds at the end."""
    people = crowd(server.port, LEARNERS, seed=7)
    one = people.learners[0]
    one.log_in()
    one.answer()
    form = one.question()
    fields = form.filled(one.chance)
    with Crowd(people.learners[1:]).at_work(8):
        with full:
            for _ in range(3):
                reply = one.visit.send(form.action, fields)
                assert (reply.status, bool(reply.retry_after)) == (503, True)
            for path in ("/", one.sitting, "/practice", "/progress"):
                assert one.visit.send(path).status == 200
        assert one.visit.insist(form.action, fields).status == 303
    one.receipts.append(receipt(one.email, form))
    one.answer()
    return audit(server.url, people.receipts)


def test_on_a_full_disk_answers_wait_and_pages_open(furnished_sqlite: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path) as place, running(tmp_path, copied(furnished_sqlite, place)) as server:
        assert refused_then_taken(server, no_space(place)) == []


def test_at_a_limit_of_file_size_answers_wait_and_pages_open(server: Server) -> None:
    assert refused_then_taken(server, no_growth(server)) == []
