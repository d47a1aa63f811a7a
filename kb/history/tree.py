"""The files of the docs folder in one revision, listed without a checkout."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from kb.errors import RevisionError
from kb.history.git import git


@dataclass(frozen=True, slots=True)
class TreeFile:
    """A file of a revision."""

    path: str
    """Relative to the docs folder."""
    name: str
    """The name under which git keeps its content."""
    size: int
    """In bytes."""
    is_regular: bool
    """False: a symbolic link, or a repository within the repository."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The docs folder in one revision."""

    id: str
    """40 hex digits."""
    files: tuple[TreeFile, ...]
    """By path."""


def read_tree(docs_dir: Path, revision: str) -> Tree:
    """Return the files below `docs_dir` as they were in a revision, by any name that git knows.

    Raises RevisionError where git, the repository or the revision is missing.
    """
    try:
        is_shallow = git(docs_dir, "rev-parse", "--is-shallow-repository").strip() == b"true"
    except FileNotFoundError:
        raise RevisionError("no-git", revision, "the program git was not found") from None
    except (OSError, subprocess.SubprocessError):
        message = f"{docs_dir} is in no git repository"
        raise RevisionError("no-repository", revision, message) from None
    # So ended, and to be verified, it is the name of one revision or nothing: never an option.
    asked = f"{revision}^{{commit}}"
    try:
        found = git(docs_dir, "rev-parse", "--verify", "--quiet", asked)
        name = found.decode("ascii").strip()
        listed = git(docs_dir, "ls-tree", "-r", "-z", "-l", name)
    except (OSError, subprocess.SubprocessError, ValueError):
        problem = "shallow" if is_shallow else "unknown-revision"
        raise RevisionError(problem, revision, f"git knows no revision {revision!r}") from None
    files = (_file(one) for one in listed.decode("utf-8", "replace").split("\0") if one)
    return Tree(name, tuple(sorted(files, key=lambda one: one.path)))


def _file(listed: str) -> TreeFile:
    head, _, path = listed.partition("\t")
    mode, _, name, size = head.split()
    is_regular = mode.startswith("100")
    return TreeFile(path, name, int(size) if size.isdigit() else 0, is_regular)
