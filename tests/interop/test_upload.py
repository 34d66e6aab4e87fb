"""Uploads are taken apart in a child process: what is hostile is refused in one line, the rest comes through whole."""

import json
import os
import stat
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZIP_STORED, ZipInfo

import pytest
from support.translatable import all_translatable

from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.read import read
from quizapp.interop import upload
from quizapp.interop.upload import Unpacked, unpack
from quizapp.interop.wire import BrokenWireError, read_answer

TEXT = b"knowledge: 1\n"
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "hostile"
"""Files collected elsewhere that broke other programs; the tests that need them are skipped where they are not."""


def told(found: Unpacked) -> list[str]:
    return [f"{problem.path}: {problem.message}" for problem in found.problems]


def only(content: bytes, name: str = "bank.zip") -> str:
    """Give the one reason why nothing of a file is taken."""
    found = unpack([(name, content)])
    assert (found.texts, found.pictures) == ((), ())
    (problem,) = found.problems
    assert not problem.warning
    assert "\n" not in problem.message
    assert all_translatable(found.problems)
    return problem.message


def test_more_bytes_than_a_request_may_have_are_refused() -> None:
    found = unpack([("a.yaml", b"x" * (upload.MOST_BYTES + 1))])
    assert told(found) == ["a.yaml: the upload has more than 6 MB"]


def test_more_files_than_one_upload_may_have_are_refused() -> None:
    found = unpack([(f"{number}.yaml", b"") for number in range(501)])
    assert told(found) == ["upload: the upload has 501 files; the most is 500"]


@pytest.mark.parametrize(
    "name",
    ["../up.yaml", "a/../../up.yaml", "/etc/up.yaml", "C:\\up.yaml", "\\\\host\\share\\up.yaml", "a\\..\\up.yaml"],
)
def test_a_name_that_leads_out_of_the_archive_refuses_it(pack: Callable[..., bytes], name: str) -> None:
    assert "leads out of it" in only(pack(("good.yaml", TEXT), (name, TEXT)))


def test_a_link_refuses_the_archive(pack: Callable[..., bytes]) -> None:
    link = ZipInfo("link.yaml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert only(pack((link, b"/etc/passwd"))) == "the archive has a link: link.yaml"


def test_an_archive_inside_an_archive_refuses_it(pack: Callable[..., bytes]) -> None:
    assert only(pack(("inner.ZIP", pack(("a.yaml", TEXT))))) == "the archive has another archive in it: inner.ZIP"


def test_an_encrypted_archive_is_refused(pack: Callable[..., bytes]) -> None:
    content = bytearray(pack(("a.yaml", TEXT)))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert only(bytes(content)) == "the archive is encrypted"


@pytest.mark.parametrize("compression", [ZIP_BZIP2, ZIP_LZMA])
def test_ways_of_packing_that_need_much_memory_are_refused(pack: Callable[..., bytes], compression: int) -> None:
    assert (
        only(pack(("a.yaml", TEXT), compression=compression)) == "the archive is packed in a way that is not read here"
    )


def test_more_entries_than_allowed_refuse_the_archive(pack: Callable[..., bytes]) -> None:
    many = [(f"{number}.yaml", b"") for number in range(501)]
    assert only(pack(*many)) == "the archive has 501 entries; the most is 500"


def test_an_archive_that_unpacks_to_too_much_is_refused(pack: Callable[..., bytes]) -> None:
    part = os.urandom(10_000).hex().encode() * 150
    assert only(pack(*((f"{number}.yaml", part) for number in range(7)))) == "the archive unpacks to more than 20 MB"


def test_several_archives_share_the_room_of_one(pack: Callable[..., bytes]) -> None:
    part = os.urandom(10_000).hex().encode() * 150
    halves = [pack(*((f"{half}-{number}.yaml", part) for number in range(4))) for half in range(2)]
    found = unpack([("a.zip", halves[0]), ("b.zip", halves[1])])
    assert len(found.texts) == 4
    assert told(found) == ["b.zip: the archive unpacks to more than 8 MB"]


def test_a_file_that_is_packed_too_tightly_refuses_the_archive(pack: Callable[..., bytes]) -> None:
    assert "packed too tightly" in only(pack(("bomb.yaml", b"\0" * 15_000_000)))


def test_a_member_that_lies_about_its_size_refuses_the_archive(pack: Callable[..., bytes]) -> None:
    content = bytearray(pack(("a.yaml", b"x" * 5000), compression=ZIP_STORED))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<L", 100)
    assert only(bytes(content)) == "the archive is broken or not a zip archive"


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    assert only(content) in {"the archive is broken or not a zip archive", "the archive is empty"}


def test_a_broken_archive_is_refused(pack: Callable[..., bytes]) -> None:
    content = pack(("a.yaml", os.urandom(5000)))
    assert only(content[:2000] + b"garbage" + content[2007:]) == "the archive is broken or not a zip archive"


def test_a_refused_archive_does_not_harm_the_files_beside_it(pack: Callable[..., bytes]) -> None:
    found = unpack([("good.yaml", TEXT), ("bad.zip", pack(("../a.yaml", TEXT)))])
    assert [text.path for text in found.texts] == ["good.yaml"]
    assert len(found.problems) == 1


def test_two_files_of_one_name_are_a_problem(pack: Callable[..., bytes]) -> None:
    found = unpack([("A.yaml", TEXT), ("x.zip", pack(("one/a.yaml", b"other")))])
    assert [text.content for text in found.texts] == ["knowledge: 1\n"]
    assert told(found) == ["a.yaml: two files have this name"]


def test_other_kinds_of_files_are_left_out_and_named(pack: Callable[..., bytes]) -> None:
    found = unpack([("x.zip", pack(("a.yaml", TEXT), ("README.md", b"# hi"), ("__MACOSX/._a.yaml", b"x")))])
    assert [text.path for text in found.texts] == ["a.yaml"]
    (problem,) = found.problems
    assert problem.warning
    assert (problem.path, problem.line, problem.column) == ("README.md", 1, 1)


@pytest.mark.parametrize(("name", "hint"), [("a.svg", "save it as PNG"), ("a.7z", "pack it as .zip")])
def test_a_kind_that_is_not_taken_says_what_to_do(name: str, hint: str) -> None:
    (problem,) = unpack([(name, b"<svg onload=alert(1)>")]).problems
    assert not problem.warning
    assert problem.hint == hint


def test_a_name_is_shown_on_one_line_however_it_is_written() -> None:
    (problem,) = unpack([("\x1b[31m\nred\u202e.exe", b"")]).problems
    assert problem.path == "\ufffd[31m\ufffdred\ufffd.exe"


def test_a_text_that_is_not_utf8_is_refused_with_its_place() -> None:
    found = unpack([("a.yaml", "knowledge: 1\ntitle: Öl\n".encode("latin-1"))])
    assert [str(problem) for problem in found.problems] == ["a.yaml:2:8: the file is not UTF-8 text from here on"]


def test_a_nul_never_reaches_the_database() -> None:
    found = unpack([("a.yaml", b"knowledge: 1\nti\0tle: x\n")])
    assert [str(problem) for problem in found.problems] == ["a.yaml:2:3: a NUL character in the text"]


def test_a_child_that_needs_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "SECONDS", 0.001)
    assert told(unpack([("a.yaml", TEXT)])) == ["a.yaml: the upload took too long to read"]


def test_a_child_that_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert told(unpack([("a.yaml", TEXT)])) == ["a.yaml: the upload took too much time or memory to read"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_child_is_confined(tmp_path: Path) -> None:
    probe = (
        "from quizapp.interop.unpacking import _confine; _confine()\n"
        "try: bytearray(400_000_000); print('memory')\n"
        "except MemoryError: pass\n"
        "try:\n"
        "    with open('written', 'wb') as file: file.write(b'x'); file.flush(); print('disk')\n"
        "except OSError: pass\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False, cwd=tmp_path)  # noqa: S603 -- this interpreter
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def test_the_child_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZAPP_SECRET_KEY", "s" * 40)
    seen: dict[str, str] = {}

    def run(*_: object, env: dict[str, str], **__: object) -> subprocess.CompletedProcess[bytes]:
        seen.update(env)
        return subprocess.CompletedProcess([], 1, b"", b"")

    monkeypatch.setattr(subprocess, "run", run)
    unpack([("a.yaml", TEXT)])
    assert seen
    assert not {name for name in seen if name.startswith("QUIZAPP")}


def test_what_the_child_says_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    for said in (
        b"",
        b"[]\n",
        b'{"texts": [["a", 5]], "pictures": [], "troubles": []}\n',
        b'{"texts": 1}\n',
        b"\xff\n",
    ):
        monkeypatch.setattr(upload, "_run", lambda _, said=said: subprocess.CompletedProcess([], 0, said, b""))
        assert told(unpack([("a.yaml", TEXT)])) == ["a.yaml: the upload cannot be read"]


def test_files_come_through_as_they_were_written(pack: Callable[..., bytes], draw: Callable[..., bytes]) -> None:
    found = unpack(
        [
            ("folder/bank.yaml", b"\xef\xbb\xbfknowledge: 1\r\n"),
            ("rest.zip", pack(("deep/er/bank.sv.yml", "å: ä\n".encode()), ("deep/", b""), ("pic.png", draw()))),
        ]
    )
    assert found.problems == ()
    assert found.texts == (Text("bank.yaml", "knowledge: 1\r\n"), Text("bank.sv.yml", "å: ä\n"))
    assert [picture.filename for picture in found.pictures] == ["pic.png"]


def test_nothing_in_an_upload_is_nothing() -> None:
    assert unpack([]) == Unpacked((), (), ())


def manifest() -> list[dict[str, str]]:
    path = SAMPLES / "manifest.json"
    listed = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return [each for each in listed if each["path"].split("/")[0] in KINDS]


KINDS = {"yaml": "{}", "zip": "{}.zip", "image": "{}"}


@pytest.mark.parametrize("sample", manifest(), ids=lambda sample: sample["path"])
def test_collected_hostile_files_do_no_harm(sample: dict[str, str]) -> None:
    path = SAMPLES / sample["path"]
    name = KINDS[path.parent.name].format(path.name)
    found = unpack([(name, path.read_bytes())])
    assert all("\n" not in problem.message and "Traceback" not in problem.message for problem in found.problems)
    assert not any("PWNED" in each.name for each in Path(os.sep, "tmp").iterdir())
    if sample["expect"] == "reject":
        readings = [read(text) for text in found.texts]
        assert found.pictures == ()
        assert all(reading.bank is None for reading in readings)
        assert found.problems or readings


def test_a_picture_that_says_it_is_as_large_as_a_country_is_refused() -> None:
    header = struct.pack(">LLBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0)
    chunks = b"".join(
        struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))
        for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 99)), (b"IEND", b""))
    )
    assert only(b"\x89PNG\r\n\x1a\n" + chunks, "huge.png") == "the picture has more than 25 megapixels"


def test_what_is_left_out_comes_through_as_messages(pack: Callable[..., bytes]) -> None:
    found = unpack([("bank.zip", pack(("a.yaml", TEXT), ("notes.txt", b"x"), ("p.png", b"x"), ("p.svg", b"x")))])
    assert len(found.problems) == 3
    assert all_translatable(found.problems)


@pytest.mark.parametrize(
    "message",
    ['["x"]', "{}", '{"template": "%(x)9999999d", "values": {"x": 1}, "plural": "", "number": 1}', "[" * 100_000],
)
def test_a_trouble_that_is_no_message_breaks_the_wire(message: str) -> None:
    header = f'{{"texts": [], "pictures": [], "troubles": [["a", {message}, "", false]]}}\n'
    with pytest.raises(BrokenWireError):
        read_answer(header.encode())
