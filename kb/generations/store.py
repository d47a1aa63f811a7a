"""A folder of generations, and the pointer to the one that is served.

A generation is written beside its place, has every file on the disk, and comes to its place by one
rename; the pointer is exchanged by another. Whenever a process or the machine ends, there is the
old state or the new one. Builders wait for one another; readers wait for nobody.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from kb.errors import GenerationError
from kb.generations import disk, locks
from kb.generations.held import Held
from kb.generations.manifest import MANIFEST, NAME, Manifest, name_of

CURRENT = "CURRENT"
"""The pointer: the name of the generation that is served, then of those before it, one a line."""
KEPT = 2
"""How many generations stay that were served before."""
SPARE = 2
"""How many stay that are not served, the newest: built and not published yet, or rolled back."""
_UNFINISHED, _CORRUPT = ".new-", ".corrupt-"

Fill = Callable[[Path], Mapping[str, str]]
"""Writes a generation into an empty folder, and returns what its manifest is to say about it."""


class Store:
    """One folder of generations. Processes may use it at the same time."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()

    def add(self, fill: Fill, *, wait: bool = True) -> str:
        """Make a generation and return its name; it is not published.

        One process does so at a time. Raises GenerationError "busy" where another does and there is
        no `wait`, what `fill` raises, and OSError. Nothing is left behind then.
        """
        self.root.mkdir(mode=disk.PRIVATE, parents=True, exist_ok=True)
        with locks.alone(self.root / ".building", wait=wait) as is_alone:
            if not is_alone:
                told = f"another process is building a generation in {self.root}"
                raise GenerationError("busy", "", told)
            self._sweep()
            with self._unfinished() as folder:
                manifest = Manifest.of(folder, fill(folder)).encoded()
                disk.write(folder / MANIFEST, manifest)
                disk.sync_below(folder)
                return self._settle(folder, name_of(manifest))

    def adopt(self, folder: Path) -> str:
        """Copy a generation that was built elsewhere and return its name.

        Raises GenerationError where it is not whole, and OSError.
        """
        held = Held.of(folder.absolute())
        if held.folder.parent == self.root or self._has(held.name):
            return held.name

        def copy(target: Path) -> Mapping[str, str]:
            for path in held.manifest.files:
                (target / path).parent.mkdir(mode=disk.PRIVATE, parents=True, exist_ok=True)
                disk.write(target / path, held.read(path))
            return held.manifest.about

        return self.add(copy)

    def publish(self, name: str) -> None:
        """Let a generation of this store be the one that is served.

        Raises GenerationError where it is not whole, and OSError; then nothing has changed.
        """
        with self._pointing():
            held = Held.of(self.root / name)
            before = [one for one in self._listed() if one != name]
            self._point([held.name, *before][: KEPT + 1])

    def rollback(self, name: str | None = None) -> str:
        """Let the generation before be served again, or the one named, and return its name.

        Raises GenerationError where there is none or it is not whole, and OSError.
        """
        with self._pointing():
            listed = self._listed()
            if name is None:
                if len(listed) < 2:
                    told = f"{self.root} has no generation that was published before this one"
                    raise GenerationError("missing", "", told)
                name = listed[1]
            held = Held.of(self.root / name)
            older = listed[listed.index(name) + 1 :] if name in listed else listed
            self._point([held.name, *older][: KEPT + 1])
        return held.name

    def published(self) -> tuple[str, ...]:
        """Return the names in the pointer, the one to be served first; none without a pointer.

        Lines that are no names are passed over, so that one flipped bit costs one generation.
        Raises GenerationError "corrupt" where no line is a name, and OSError.
        """
        try:
            content = (self.root / CURRENT).read_bytes()
        except FileNotFoundError:
            return ()
        lines = content.decode("ascii", "replace").splitlines()
        found = tuple(one for one in lines if NAME.fullmatch(one))
        if not found:
            told = f"{self.root / CURRENT} does not name a generation: publish one again"
            raise GenerationError("corrupt", "", told)
        return found

    def stamp(self) -> tuple[int, int, int] | None:
        """Return what changes whenever the pointer does, at the price of one look; None: none."""
        try:
            status = (self.root / CURRENT).stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size

    def names(self) -> tuple[str, ...]:
        """Return the names of all generations, whole or not, the newest first. Raises OSError."""
        found = [one for one in self.root.iterdir() if NAME.fullmatch(one.name)]
        return tuple(one.name for one in sorted(found, key=_age, reverse=True))

    def hold(self, name: str) -> Held:
        """Return a generation to be read. Raises GenerationError and OSError, as `Held.of`."""
        return Held.of(self.root / name)

    def quarantine(self, name: str) -> Path:
        """Put a corrupt generation aside, for people to look at. Raises OSError."""
        aside = self.root / f"{name}{_CORRUPT}{time.time_ns()}"
        disk.move(self.root / name, aside)
        return aside

    @contextmanager
    def _unfinished(self) -> Iterator[Path]:
        folder = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.root))
        try:
            yield folder
        finally:
            if folder.exists():
                disk.remove(folder)

    def _settle(self, folder: Path, name: str) -> str:
        """Give a finished folder its name; where the same is there already, that one stays."""
        if not self._has(name):
            disk.move(folder, self.root / name)
        return name

    def _has(self, name: str) -> bool:
        """Return whether a generation is here and whole; one that is corrupt is put aside."""
        try:
            self.hold(name)
        except GenerationError as error:
            if error.problem == "corrupt":
                self.quarantine(name)
            return False
        return True

    @contextmanager
    def _pointing(self) -> Iterator[None]:
        if not self.root.is_dir():
            raise GenerationError("missing", "", f"there is no folder {self.root}")
        with locks.alone(self.root / ".publishing"):
            yield

    def _listed(self) -> tuple[str, ...]:
        try:
            return self.published()
        except GenerationError:
            return ()  # a pointer that points nowhere is replaced

    def _point(self, names: Sequence[str]) -> None:
        disk.replace(self.root / CURRENT, "".join(f"{one}\n" for one in names).encode())
        others = [one for one in self.names() if one not in names]
        for name in others[SPARE:]:
            self._discard(name)

    def _discard(self, name: str) -> None:
        """Delete a generation unless somebody reads it."""
        try:
            descriptor = os.open(self.root / name / MANIFEST, os.O_RDONLY)
        except OSError:
            descriptor = None
        try:
            if descriptor is None or locks.take(descriptor, shared=False):
                gone = self.root / f"{_UNFINISHED}gone-{name}"
                disk.move(self.root / name, gone)
                disk.remove(gone)
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def _sweep(self) -> None:
        """Delete what builds left behind that were ended, and all but the last of the corrupt."""
        for left in self.root.glob(f"{_UNFINISHED}*"):
            disk.remove(left)
        aside = sorted(self.root.glob(f"g-*{_CORRUPT}*"), key=_age, reverse=True)
        for old in aside[SPARE:]:
            disk.remove(old)


def _age(folder: Path) -> tuple[int, str]:
    try:
        return folder.stat().st_mtime_ns, folder.name
    except OSError:
        return 0, folder.name
