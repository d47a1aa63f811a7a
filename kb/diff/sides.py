"""The two sides of a comparison of content: each a folder of pages, or a revision of one."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.catalog import Catalog
from kb.compiler import Compilation, compile_folder, compile_sources
from kb.diagnostics import Diagnostic, Place
from kb.errors import CompilationError, RevisionError
from kb.history import Tree, TreeFile, contents, is_edited, read_tree
from kb.pages import Page
from kb.sources import MOST_BYTES, SourceFile, source_file
from kb.sources.kinds import NOT_A_FILE, TOO_LARGE

_DIGITS = 7
"""Digits of a revision's name that are shown."""


@dataclass(frozen=True, slots=True)
class Side:
    """One state of the pages that compiles."""

    label: str
    """What readers call it: a folder, or a revision with the first digits of its name."""
    pages: tuple[Page, ...]
    catalog: Catalog


class SideError(CompilationError):
    """The pages of one side have errors; `label` says of which."""

    def __init__(self, label: str, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(diagnostics)
        self.label = label


def folder_side(folder: Path) -> Side:
    """Return the pages of a folder as they are, with edits that are not committed.

    Raises SideError where they have errors, OSError where the folder cannot be listed.
    """
    label = f"{folder.as_posix()} with edits that are not committed"
    return _side(label if _is_edited(folder) else folder.as_posix(), compile_folder(folder))


def revision_side(docs_dir: Path, revision: str) -> Side:
    """Return the pages below `docs_dir` as they were in a revision.

    Raises RevisionError where they cannot be read, SideError where they have errors.
    """
    tree = read_tree(docs_dir, revision)
    shown = tree.id[:_DIGITS]
    label = f"revision {shown}" if tree.id.startswith(revision) else f"{revision} ({shown})"
    files, found = _pages(docs_dir, revision, tree)
    others = frozenset(one.path for one in tree.files if not one.path.endswith(".md"))
    return _side(label, compile_sources(files, found, others))


def _side(label: str, made: Compilation) -> Side:
    if made.catalog is None:
        raise SideError(label, made.diagnostics)
    return Side(label, made.pages, made.catalog)


def _pages(docs_dir: Path, revision: str, tree: Tree) -> tuple[list[SourceFile], list[Diagnostic]]:
    listed = [one for one in tree.files if one.path.endswith(".md") and _is_seen(one.path)]
    if not listed:
        message = f"there is no page in {docs_dir.as_posix()} of revision {revision!r}"
        raise RevisionError("no-pages", revision, message)
    refused = {one.path: _refusal(one) for one in listed}
    found = [one for one in refused.values() if one is not None]
    wanted = [one for one in listed if refused[one.path] is None]
    read = contents(docs_dir, (one.name for one in wanted))
    files: list[SourceFile] = []
    for one in wanted:
        if one.name not in read:
            message = f"git cannot read {one.path} of revision {revision!r}"
            raise RevisionError("failed", revision, message)
        file = source_file(one.path, read[one.name])
        if isinstance(file, SourceFile):
            files.append(file)
        else:
            found.append(file)
    return files, found


def _refusal(one: TreeFile) -> Diagnostic | None:
    """Return why a file is not read, if it is not."""
    place = Place(one.path, 1, 1)
    if not one.is_regular:
        return NOT_A_FILE.at(place, "this is no regular file", "put a text file here")
    if one.size > MOST_BYTES:
        message = f"the page is larger than {MOST_BYTES // 1024} KiB"
        return TOO_LARGE.at(place, message, "split the page")
    return None


def _is_seen(path: str) -> bool:
    """Whether a page is read at all: names that begin with a dot are passed over."""
    return not any(part.startswith(".") for part in path.split("/"))


def _is_edited(folder: Path) -> bool:
    try:
        return is_edited(folder)
    except (OSError, subprocess.SubprocessError):
        return False
