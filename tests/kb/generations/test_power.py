"""Power is lost at any moment of a build: the content is the old or the new, and builds work again.

After a loss of power a disk has what was brought to it with fsync; of all else, names and bytes, it
may have any part. What is left is made up here from what was synced, and opened.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from kb.generations import CURRENT, Store
from tests.kb.generations.breaking import build, mark_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="open files are read in /proc")

BYTES = ""
Choose = Callable[[str], bool]
"""Of a name, or of the bytes of a file, whether the newest state is what is left."""


class Disk:
    """What is certainly on the disk of one folder."""

    def __init__(self, root: Path) -> None:
        self._bytes: dict[int, bytes] = {}
        self._names: dict[int, dict[str, int]] = {}
        self._folders: set[int] = set()
        self._held: list[int] = []
        """Descriptors that keep the numbers of files from being given to others."""
        for path in (root, *root.rglob("*")):
            descriptor = os.open(path, os.O_RDONLY)
            self.sync(descriptor)
            os.close(descriptor)

    def sync(self, descriptor: int) -> None:
        """Bring a file or the names of a folder to the disk."""
        status = os.fstat(descriptor)
        self._held.append(os.dup(descriptor))
        if not stat.S_ISDIR(status.st_mode):
            self._bytes[status.st_ino] = Path(f"/proc/self/fd/{descriptor}").read_bytes()
            return
        self._names[status.st_ino] = self._listed(Path(f"/proc/self/fd/{descriptor}"))
        self._folders.add(status.st_ino)

    def leave(self, here: Path | None, number: int, target: Path, choose: Choose) -> None:
        """Write to `target` what is left of the folder of this number, which may still be here."""
        target.mkdir(mode=0o700)
        synced, now = self._names.get(number, {}), self._listed(here) if here else {}
        for name in synced.keys() | now.keys():
            newest = choose(name)
            child = (now if newest else synced).get(name)
            if child is None:
                continue
            there = here / name if here and now.get(name) == child else None
            if child in self._folders:
                self.leave(there, child, target / name, choose)
            elif there and choose(BYTES):
                shutil.copyfile(there, target / name)
            else:
                (target / name).write_bytes(self._bytes.get(child, b""))

    def _listed(self, folder: Path) -> dict[str, int]:
        with os.scandir(folder) as entries:
            found = {one.name: (one.inode(), one.is_dir(follow_symlinks=False)) for one in entries}
        self._folders |= {number for number, is_folder in found.values() if is_folder}
        return {name: number for name, (number, _) in found.items()}

    def close(self) -> None:
        """Let go of what is held."""
        for one in self._held:
            os.close(one)


def test_power_is_lost_at_any_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever of the unsynced is left, the old generation or the new is whole."""
    root, random = tmp_path / "store", Random(6)
    for number in range(3):
        build(Store(root), f"before {number}")
    disk, moments, is_looking = Disk(root), [0], [False]
    ways: tuple[Choose, ...] = (
        lambda _: False,
        lambda name: name != BYTES,
        lambda name: name == CURRENT,
        lambda _: random.random() < 0.5,
    )
    really = {name: getattr(os, name) for name in ("fsync", "rename", "replace")}

    def look(marks: set[str]) -> None:
        is_looking[0] = True
        for choose in ways:
            left = tmp_path / "left"
            disk.leave(root, root.stat().st_ino, left, choose)
            assert mark_of(Store(left)) in marks, moments
            build(Store(left), "after")
            assert mark_of(Store(left)) == "after", moments
            shutil.rmtree(left)
        is_looking[0] = False

    def watched(name: str) -> Callable[..., None]:
        def step(*given: object) -> None:
            if is_looking[0]:
                really[name](*given)
                return
            moments[0] += 1
            look({"before 2", "new"})
            really[name](*given)
            if name == "fsync":
                disk.sync(given[0])  # type: ignore[arg-type] # a descriptor

        return step

    for name in really:
        monkeypatch.setattr(os, name, watched(name))
    build(Store(root), "new")
    look({"new"})
    disk.close()

    assert moments[0] > 10
