"""A generation that is being used: checked from end to end, and kept from being deleted."""

from __future__ import annotations

import hashlib
import os
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.errors import GenerationError
from kb.generations import locks
from kb.generations.disk import others_may_write
from kb.generations.manifest import MANIFEST, NAME, Manifest, corrupt


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Held:
    """A generation whose every file was what its manifest says.

    No process deletes it while this value, in any process, is referred to.
    """

    name: str
    folder: Path
    manifest: Manifest

    @classmethod
    def of(cls, folder: Path) -> Held:
        """Return the generation in a folder, which has its name.

        Raises GenerationError (missing, unsafe, corrupt), and OSError where it cannot be read.
        """
        name = folder.name
        if not NAME.fullmatch(name):
            raise GenerationError("missing", name, f"{folder} is not the folder of a generation")
        try:
            descriptor = os.open(folder / MANIFEST, os.O_RDONLY)
        except FileNotFoundError:
            if folder.is_dir():
                raise corrupt(name, MANIFEST, "is missing") from None
            raise _missing(folder) from None
        try:
            held = cls._opened(folder, descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        weakref.finalize(held, os.close, descriptor)  # which ends the lock, too
        return held

    @classmethod
    def _opened(cls, folder: Path, descriptor: int) -> Held:
        opened = os.fstat(descriptor)
        # Whoever deletes has the lock alone and renames first: then this is not the file any more.
        if not locks.take(descriptor, shared=True) or not _is_at(folder / MANIFEST, opened):
            raise _missing(folder)
        if others_may_write(folder) or others_may_write(folder.parent):
            told = f"any user may write to {folder}: a generation is opened only from its builder"
            raise GenerationError("unsafe", folder.name, told)
        content = b""
        while len(content) < opened.st_size and (piece := os.read(descriptor, 1 << 20)):
            content += piece
        manifest = Manifest.read(content, folder.name)
        manifest.check(folder, folder.name)
        return cls(folder.name, folder, manifest)

    @property
    def about(self) -> Mapping[str, str]:
        """What its maker stated."""
        return self.manifest.about

    def below(self, folder: str) -> list[str]:
        """Return the paths of the files that begin with this, in order."""
        return [path for path in self.manifest.files if path.startswith(folder)]

    def read(self, path: str) -> bytes:
        """Return the content of a file: these very bytes are what the manifest says.

        Raises GenerationError where the generation has no such file or it has changed, and OSError.
        """
        stated = self.manifest.files.get(path)
        if stated is None:
            raise corrupt(self.name, path, "is missing")
        content = (self.folder / path).read_bytes()
        if hashlib.sha256(content).hexdigest() != stated.digest:
            raise corrupt(self.name, path, "has another digest")
        return content


def _is_at(path: Path, opened: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), opened)
    except OSError:
        return False


def _missing(folder: Path) -> GenerationError:
    return GenerationError("missing", folder.name, f"there is no generation {folder}")
