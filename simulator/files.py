"""Files that bot and phones sent, kept in memory; an id is good on its own platform only."""

from __future__ import annotations

import hashlib
import mimetypes
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from simulator.flavours import Flavour
from simulator.wire import JsonObject, refused

MOST_BYTES = 256 << 20
PICTURE_BYTES = 10 << 20
DOWNLOAD_BYTES = 20 << 20

Kind = Literal["picture", "document"]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file with the ids and the path its platform gave it; width and height in pixels, 0 for no picture."""

    id: str
    unique_id: str
    path: str
    name: str
    mime: str
    kind: Kind
    content: bytes
    width: int = 0
    height: int = 0

    def as_json(self) -> JsonObject:
        """Write the file as a Document or a PhotoSize of the Bot API."""
        known: JsonObject = {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }
        if self.kind == "picture":
            return known | {"width": self.width, "height": self.height}
        return known | {"file_name": self.name, "mime_type": self.mime}


class FileStore:
    """The files of one platform, the oldest forgotten when the memory allowed is used up."""

    def __init__(self, flavour: Flavour) -> None:
        """Begin without files."""
        self._flavour = flavour
        self._count = 0
        self._files: dict[str, StoredFile] = {}

    def keep(self, content: bytes, name: str, kind: Kind) -> StoredFile:
        """Store a file. Raises Refused for a picture that is none."""
        size = picture_size(content)
        if kind == "picture" and (size is None or len(content) > PICTURE_BYTES):
            raise refused(400, "Bad Request: IMAGE_PROCESS_FAILED")
        if not content:
            raise refused(400, "Bad Request: file must be non-empty")
        width, height = size or (0, 0)
        digest = hashlib.sha256(f"{self._flavour}{self._count}".encode() + content).hexdigest()
        folder, ending = ("photos", ".jpg") if kind == "picture" else ("documents", _ending(name))
        stored = StoredFile(
            f"{self._flavour[0].upper()}{digest[:40]}",
            digest[40:56],
            f"{folder}/file_{self._count}{ending}",
            name,
            _mime(content, name),
            kind,
            content,
            width,
            height,
        )
        self._count += 1
        self._files[stored.id] = stored
        self._forget_oldest()
        return stored

    def _forget_oldest(self) -> None:
        while sum(len(file.content) for file in self._files.values()) > MOST_BYTES and len(self._files) > 1:
            del self._files[next(iter(self._files))]

    def by_id(self, file_id: str) -> StoredFile:
        """Find a file. Raises Refused for an id that is unknown here."""
        if file_id not in self._files:
            raise refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
        return self._files[file_id]

    def by_path(self, path: str) -> StoredFile | None:
        """Find a file by the path that getFile gave."""
        return next((file for file in self._files.values() if file.path == path), None)


def _ending(name: str) -> str:
    dot = name.rfind(".")
    ending = name[dot:].lower() if dot > 0 else ""
    return ending if ending[1:].isalnum() and ending.isascii() else ""


_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD = 24
_MARKER = 0xFF
# JPEG's start-of-frame markers, which carry the size.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SIGNATURES = {_PNG: "image/png", b"\xff\xd8\xff": "image/jpeg", b"%PDF-": "application/pdf"}


def _mime(content: bytes, name: str) -> str:
    for signature, mime in _SIGNATURES.items():
        if content.startswith(signature):
            return mime
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Read width and height of a PNG or JPEG, None for anything else."""
    if content.startswith(_PNG) and len(content) >= _PNG_HEAD:
        width, height = struct.unpack(">II", content[_PNG_HEAD - 8 : _PNG_HEAD])
        return int(width), int(height)
    if content.startswith(b"\xff\xd8\xff"):
        return next(_jpeg_sizes(content), None)
    return None


def _jpeg_sizes(content: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at + 9 <= len(content) and content[at] == _MARKER:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            yield int(width), int(height)
        at += 2 + length
