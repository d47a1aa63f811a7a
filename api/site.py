"""The built site as files: which file an address means, and the reply that carries it.

The folder is listed once. A request looks its path up among the names that were found and never
becomes a path of the file system, so that nothing outside the folder can be reached.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from api.replies import Representation

MEDIA_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}
"""Suffix -> media type: the system's own table differs from one machine to the next."""


MOST_KEPT_BYTES = 33_554_432
"""Size of the files that are kept in memory with their encodings: some hundred pages."""


class _Kept:
    """Files that were read, up to a size; the oldest make room for new ones."""

    def __init__(self) -> None:
        self._files: dict[str, Representation] = {}
        self._lock = threading.Lock()
        self._room = MOST_KEPT_BYTES
        self.get = self._files.get

    def add(self, name: str, file: Representation) -> None:
        """Keep a file, where it leaves room for others."""
        size = 2 * len(file.body)
        with self._lock:
            if name in self._files or size > MOST_KEPT_BYTES // 4:
                return
            self._files[name] = file
            self._room -= size
            while self._room < 0:
                self._room += 2 * len(self._files.pop(next(iter(self._files))).body)


@dataclass(frozen=True, slots=True)
class Site:
    """The files of one built site, by the path under which each is served."""

    _files: Mapping[str, Path]
    _kept: _Kept = field(default_factory=_Kept, repr=False)

    @classmethod
    def of(cls, root: Path) -> Site:
        """Return the site in a folder. Raises OSError when it cannot be listed."""
        return cls({f"/{path.relative_to(root).as_posix()}": path for path in _regular_files(root)})

    def has(self, path: str) -> bool:
        """Whether a path, such as /guides/x/ or /assets/x.css, is one of the site."""
        return _file_of(path) in self._files

    def page_below(self, path: str) -> bool:
        """Whether a path without a slash at its end is that of a page with one."""
        return not path.endswith("/") and f"{path}/index.html" in self._files

    def read(self, path: str) -> Representation:
        """Return the file that a path means. Raises KeyError when there is none, OSError."""
        name = _file_of(path)
        kept = self._kept.get(name)
        if kept is not None:
            return kept
        file = self._files[name]
        body = file.read_bytes()
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        media_type = MEDIA_TYPES.get(file.suffix.lower(), "application/octet-stream")
        found = Representation(body, media_type, etag)
        self._kept.add(name, found)
        return found


def _file_of(path: str) -> str:
    return f"{path}index.html" if path.endswith("/") else path


def _regular_files(root: Path) -> list[Path]:
    """Return the regular files below a folder; links are neither followed nor served."""
    found: list[Path] = []
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                found.append(path)
    return found
