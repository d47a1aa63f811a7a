"""Writing that survives: what these functions have done is on the disk when they return.

Only folders of this package are written; nothing here decides what is written, or when.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

PRIVATE = 0o700
"""Mode of the folders: a search index is code to whoever opens it, so nobody else may write."""


def write(path: Path, content: bytes) -> None:
    """Write a new file. Raises OSError, also where there is one already."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, content: bytes) -> None:
    """Put content in the place of a file: readers see the old one or the new one, never a part."""
    beside = path.with_name(f".{path.name}-new")  # whoever replaces has a lock
    beside.unlink(missing_ok=True)
    write(beside, content)
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder written: a new or renamed file is there after a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_below(folder: Path) -> None:
    """Have all files and folders below a folder written, and its own names at last."""
    for path, _, names in os.walk(folder, topdown=False):
        for name in names:
            descriptor = os.open(Path(path, name), os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        sync_folder(Path(path))


def move(folder: Path, target: Path) -> None:
    """Rename a folder within its parent. Raises OSError, also where the target is there."""
    folder.rename(target)
    sync_folder(target.parent)


def remove(folder: Path) -> None:
    """Delete a folder as far as that is possible; what is left is swept by the next build."""
    shutil.rmtree(folder, ignore_errors=True)


def files_below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield each file below a folder, as its path with forward slashes and what it is.

    Links are not followed: they come as what they are. Raises OSError.
    """
    waiting = [(folder, "")]
    while waiting:
        here, prefix = waiting.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                path = f"{prefix}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((here / entry.name, f"{path}/"))
                else:
                    yield path, entry.stat(follow_symlinks=False)


def others_may_write(path: Path) -> bool:
    """Return whether users other than the owner and the group may write. Raises OSError."""
    return bool(path.stat().st_mode & stat.S_IWOTH)
