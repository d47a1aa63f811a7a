"""The history of the docs folder, read with git: which files each revision has changed, and how.

Never raises for what it finds: without git, without a repository or with a shallow one, there is
less history, and a reason. Who made a change is not read.
"""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kb.history.git import git

Lack = Literal["no-git", "no-repository", "no-revision", "failed"]
"""Why there is no history: no program, no repository around the folder, nothing committed."""

MOST_REVISIONS = 200
"""How many revisions are read; older ones are left out."""
_FORMAT = "%x01%H %ct %P"
_NOTHING = "0" * 40


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a revision did to one page."""

    path_before: str
    """Relative to the docs folder; the same as `path` unless the file was renamed."""
    path: str
    before: str | None
    """Name of the content that git keeps; None: there was no such file."""
    after: str | None
    """None: there is no such file any more."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision that changed pages."""

    id: str
    """40 hex digits."""
    time: datetime.datetime
    """When it was committed, in UTC."""
    files: tuple[FileChange, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The revisions of a docs folder."""

    revisions: tuple[Revision, ...]
    """Newest first."""
    lack: Lack | None
    """Why there are none; None where there are."""
    is_shallow: bool
    """Whether older revisions are missing in this copy of the repository."""
    is_cut: bool
    """Whether there are older revisions that were not read."""
    is_edited: bool
    """Whether pages have been edited since the newest revision."""


def read_history(docs_dir: Path, most: int = MOST_REVISIONS) -> History:
    """Return the newest revisions that changed pages below `docs_dir`, `most` of them."""
    try:
        shallow = git(docs_dir, "rev-parse", "--is-shallow-repository").strip() == b"true"
    except FileNotFoundError:
        return _without("no-git")
    except (OSError, subprocess.SubprocessError):
        return _without("no-repository")
    try:
        log = git(
            *(docs_dir, "log", "--first-parent", "--diff-merges=first-parent", "--raw", "-z", "-M"),
            *("--no-abbrev", "--no-ext-diff", "--relative", f"--max-count={most + 1}"),
            *(f"--format={_FORMAT}", "HEAD", "--", "*.md"),
        )
        edited = is_edited(docs_dir)
    except subprocess.CalledProcessError:
        return _without("no-revision")
    except (OSError, subprocess.SubprocessError):
        return _without("failed")
    found = [_revision(one) for one in log.decode("utf-8", "replace").split("\x01")[1:]]
    # The oldest revision of a shallow copy seems to have added every page that there was.
    kept = [one for one, has_parent in found[:most] if one.files and (has_parent or not shallow)]
    lack: Lack | None = None if kept else "no-revision"
    return History(tuple(kept), lack, shallow, len(found) > most, edited)


def is_edited(docs_dir: Path) -> bool:
    """Whether pages have been edited since the newest revision. Raises as `git` does."""
    return bool(git(docs_dir, "status", "--porcelain", "-z", "--", "*.md"))


def _revision(told: str) -> tuple[Revision, bool]:
    """Return a revision, and whether it has a parent."""
    head, _, rest = told.partition("\x00")
    name, time, *parents = head.split()
    stamp = datetime.datetime.fromtimestamp(int(time), datetime.UTC)
    parts = [one.lstrip("\n") for one in rest.split("\x00")]
    return Revision(name, stamp, tuple(_files(parts))), bool(parents)


def _files(parts: list[str]) -> Iterable[FileChange]:
    at = 0
    while at < len(parts) and parts[at].startswith(":"):
        _, _, before, after, status = parts[at].split()
        count = 2 if status[0] in "RC" else 1
        paths = parts[at + 1 : at + 1 + count]
        at += 1 + count
        old = None if before == _NOTHING or status[0] == "C" else before
        yield FileChange(paths[0], paths[-1], old, None if after == _NOTHING else after)


def _without(lack: Lack) -> History:
    return History((), lack, is_shallow=False, is_cut=False, is_edited=False)
