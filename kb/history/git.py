"""Runs git, which only reads, and takes contents out of its store."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

_SECONDS = 20
_OPTIONS = (
    *("-c", "core.quotepath=off", "-c", "log.showSignature=false", "-c", "core.fsmonitor=false"),
    *("-c", "diff.renameLimit=2000", "--no-pager", "--no-optional-locks"),
)


def git(folder: Path, *arguments: str, given: str | None = None) -> bytes:
    """Return what git writes when it is run in a folder.

    Raises FileNotFoundError without git, OSError, or a SubprocessError where it fails.
    """
    program = shutil.which("git")
    if program is None:
        raise FileNotFoundError("git")
    done = subprocess.run(  # noqa: S603 - no shell; a name from a user is made one of a revision
        [program, "-C", str(folder), *_OPTIONS, *arguments],
        input=given.encode() if given is not None else None,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        timeout=_SECONDS,
        check=True,
    )
    return done.stdout


def contents(docs_dir: Path, names: Iterable[str]) -> Mapping[str, bytes]:
    """Return the contents that git keeps under these names; those that are missing are left out."""
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return {}
    try:
        read = git(docs_dir, "cat-file", "--batch", given="".join(f"{one}\n" for one in wanted))
    except (OSError, subprocess.SubprocessError):
        return {}
    return dict(_batch(read, wanted))


def _batch(read: bytes, names: Iterable[str]) -> Iterable[tuple[str, bytes]]:
    at = 0
    for name in names:
        end = read.index(b"\n", at)
        head = read[at:end].split()
        at = end + 1
        if len(head) == 3 and head[1] == b"blob":
            size = int(head[2])
            yield name, read[at : at + size]
            at += size + 1
