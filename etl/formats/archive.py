"""Members of zip files as streams: read as they are unpacked, never whole in memory or on disk.

Windows packs files above 2 GB with Deflate64, which Python's zipfile lists and cannot unpack.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import inflate64

DEFLATE64 = 9
BLOCK = 1 << 16
LOCAL_HEAD = struct.Struct("<4s22xHH")
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, zlib.error, ValueError, struct.error)


class Inflated64(io.RawIOBase):
    """The bytes of a Deflate64 member; its length and checksum are verified at its end.

    Raises zipfile.BadZipFile while it is read, if the member is cut off or damaged.
    """

    def __init__(self, file: IO[bytes], member: zipfile.ZipInfo) -> None:
        """Begin at the member's first byte."""
        file.seek(member.header_offset)
        _, name, extra = LOCAL_HEAD.unpack(file.read(LOCAL_HEAD.size))
        file.seek(name + extra, io.SEEK_CUR)
        self._file, self._member = file, member
        self._packed = member.compress_size
        self._inflater = inflate64.Inflater()
        self._block = memoryview(bytearray(BLOCK))
        self._ready = memoryview(b"")
        self._size = self._checksum = 0

    def readable(self) -> bool:
        """Say that this is a stream to read from."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` with the next bytes and return how many came, 0 at the end."""
        while not self._ready and self._packed:
            self._more()
        if not self._ready:
            self._verify()
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _more(self) -> None:
        # inflate64 never lets go of what it is given: always the same buffer, not 400 MB of them.
        count = self._file.readinto(self._block[: self._packed])  # type: ignore[attr-defined]
        if not count:
            raise zipfile.BadZipFile(f"{self._packed} packed bytes are absent")
        self._packed -= count
        data = self._inflater.inflate(self._block[:count])
        self._size += len(data)
        if self._size > self._member.file_size:
            raise zipfile.BadZipFile(f"more than the stated {self._member.file_size} bytes")
        self._checksum = zlib.crc32(data, self._checksum)
        self._ready = memoryview(data)

    def _verify(self) -> None:
        found = (self._size, self._checksum)
        if found != (self._member.file_size, self._member.CRC):
            raise zipfile.BadZipFile(
                f"expected {self._member.file_size} bytes with checksum {self._member.CRC:08x}, "
                f"got {self._size} with {self._checksum:08x}"
            )


@contextmanager
def opened(path: Path, member: zipfile.ZipInfo) -> Iterator[io.BufferedReader[Any]]:
    """Yield a member of the zip file at `path` as a stream of its unpacked bytes.

    Raises:
        One of `BROKEN`, also while it is read: the zip is cut off or damaged.
    """
    if member.compress_type == DEFLATE64:
        with path.open("rb") as file, io.BufferedReader(Inflated64(file, member), BLOCK) as stream:
            yield stream
        return
    with zipfile.ZipFile(path) as archive, archive.open(member) as plain:
        yield io.BufferedReader(plain, BLOCK)


def members(path: Path) -> list[zipfile.ZipInfo]:
    """Return the files in a zip, without folders.

    Raises:
        One of `BROKEN`: this is no zip, or it was cut off.
    """
    with zipfile.ZipFile(path) as archive:
        return [member for member in archive.infolist() if not member.is_dir()]
