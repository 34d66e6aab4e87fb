"""Zip archives taken apart in memory: nothing is believed of what they say, nothing is written to disk."""

import stat
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from quizapp.interop.names import ending, is_litter, last_part, leads_outside, shown
from quizapp.interop.wire import File
from quizapp.messages import Message, Number, msg

MOST_MEMBERS = 500
MOST_UNPACKED = 20_000_000
HIGHEST_RATIO = 200
SMALL = 100_000
"""Members up to this size may be packed at any ratio: a short text of one letter is no bomb."""

ARCHIVES = frozenset(
    {".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".apkg", ".colpkg", ".jar", ".docx", ".xlsx"}
)
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_PACKED = frozenset({ZIP_STORED, ZIP_DEFLATED})


class RefusedArchiveError(Exception):
    """Why nothing of an archive is taken, in one line."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


def unpack(file: File, most: int = MOST_UNPACKED) -> list[File]:
    """Give the members of an archive under their own names, folders dropped.

    `most` is how many bytes they may have together. RefusedArchiveError for an archive of which any part is hostile,
    broken, or more than the limits.
    """
    try:
        with ZipFile(BytesIO(file.content)) as archive:
            members = _checked(archive, most)
            return _read(archive, members, most)
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, OverflowError):
        raise RefusedArchiveError(msg("the archive is broken or not a zip archive")) from None


def _checked(archive: ZipFile, most: int) -> list[ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        count = Number(len(infos))
        raise RefusedArchiveError(
            msg("the archive has %(count)s entries; the most is %(most)d", count=count, most=MOST_MEMBERS)
        )
    for info in infos:
        _check(info)
    members = [info for info in infos if not info.is_dir() and not is_litter(info.filename)]
    if not members:
        raise RefusedArchiveError(msg("the archive is empty"))
    if sum(info.file_size for info in members) > most:
        raise RefusedArchiveError(msg("the archive unpacks to more than %(most)d MB", most=most // 1_000_000))
    return members


def _check(info: ZipInfo) -> None:
    name = shown(info.filename)
    if leads_outside(info.filename) or leads_outside(info.orig_filename):
        raise RefusedArchiveError(msg("the archive has a name that leads out of it: %(name)s", name=name))
    if stat.S_ISLNK(info.external_attr >> 16):
        raise RefusedArchiveError(msg("the archive has a link: %(name)s", name=name))
    if info.flag_bits & _ENCRYPTED:
        raise RefusedArchiveError(msg("the archive is encrypted"))
    if ending(info.filename) in ARCHIVES:
        raise RefusedArchiveError(msg("the archive has another archive in it: %(name)s", name=name))
    if info.compress_type not in _PACKED:
        raise RefusedArchiveError(msg("the archive is packed in a way that is not read here"))
    if info.file_size > SMALL and info.file_size > HIGHEST_RATIO * max(info.compress_size, 1):
        raise RefusedArchiveError(msg("the archive has a file that is packed too tightly: %(name)s", name=name))


def _read(archive: ZipFile, members: list[ZipInfo], most: int) -> list[File]:
    """Read no more than was promised: a member that goes on beyond its size is broken."""
    files, left = [], most
    for info in members:
        with archive.open(info) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0 or len(content) != info.file_size:
            raise BadZipFile
        files.append(File(last_part(info.filename), content))
    return files
