"""What a generation consists of: every file with its size and digest. Its own digest is its name.

So a changed byte anywhere, in the manifest too, shows when the generation is opened.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import GenerationError
from kb.generations.disk import files_below

MANIFEST = "manifest.json"
NAME = re.compile(r"g-[0-9a-f]{64}")
"""The form of a generation's name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file."""

    size: int
    """In bytes."""
    digest: str
    """SHA-256 in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All files of a generation, and what is said of it as a whole."""

    about: Mapping[str, str]
    """What its maker states, such as the version of the format and the digest of the sources."""
    files: Mapping[str, Entry]
    """Path below the folder, with forward slashes -> what the file is; without the manifest."""

    @classmethod
    def of(cls, folder: Path, about: Mapping[str, str]) -> Manifest:
        """Return the manifest of what is in a folder. Raises OSError."""
        found: dict[str, Entry] = {}
        for path, status in files_below(folder):
            if not stat.S_ISREG(status.st_mode):
                raise OSError(0, "is no regular file", str(folder / path))
            found[path] = Entry(status.st_size, digest_of(folder / path))
        return cls(dict(about), dict(sorted(found.items())))

    @classmethod
    def read(cls, content: bytes, name: str) -> Manifest:
        """Return the manifest that these bytes are. Raises GenerationError: corrupt."""
        if name_of(content) != name:
            raise corrupt(name, MANIFEST, "has another digest than the name of its folder")
        try:
            stated: Any = json.loads(content)
            files = {path: Entry(*entry) for path, entry in stated["files"].items()}
            return cls(stated["about"], files)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise corrupt(name, MANIFEST, "is not in the form of a manifest") from None

    def encoded(self) -> bytes:
        """Return the manifest as it is written."""
        files = {path: [one.size, one.digest] for path, one in self.files.items()}
        return json.dumps({"about": self.about, "files": files}, indent=1, sort_keys=True).encode()

    def check(self, folder: Path, name: str) -> None:
        """Compare every file below a folder. Raises GenerationError: corrupt, and OSError."""
        sizes = {path: status for path, status in files_below(folder) if path != MANIFEST}
        for path in sorted(self.files.keys() | sizes.keys()):
            if path not in self.files:
                raise corrupt(name, path, "does not belong to it")
            if path not in sizes:
                raise corrupt(name, path, "is missing")
            if not stat.S_ISREG(sizes[path].st_mode):
                raise corrupt(name, path, "is no regular file")
            stated = self.files[path]
            if sizes[path].st_size != stated.size:
                told = f"has {sizes[path].st_size} bytes instead of {stated.size}"
                raise corrupt(name, path, told)
            if digest_of(folder / path) != stated.digest:
                raise corrupt(name, path, "has another digest")


def name_of(manifest: bytes) -> str:
    """Return the name of the generation that has this manifest."""
    return f"g-{hashlib.sha256(manifest).hexdigest()}"


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def corrupt(name: str, path: str, told: str) -> GenerationError:
    """Return the error of a file that is not what it was made as."""
    return GenerationError("corrupt", name, f"generation {name[:10]} is corrupt: {path} {told}")
