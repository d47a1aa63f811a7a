"""What has changed on each day, from the history of the docs folder.

A day shows what came of it: from the state before its first revision to that after its last. Only
pages that changed are read, and no more of them than a build has time for.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from kb.diff.content import Change, changes
from kb.history import FileChange, History, Revision, contents
from kb.pages import Page, read_page
from kb.sources import SourceFile, source_file

MOST_OF_A_DAY = 100
"""With more files than these, only their number is told: that is an import, not an edit."""
MOST_READ = 150
"""How many changed files are read in all; days before that are left out."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which pages changed."""

    date: datetime.date
    """In UTC."""
    time: datetime.datetime
    """Of the last revision."""
    changes: tuple[Change, ...]
    unread: tuple[str, ...]
    """Paths of pages of which one of the two states could not be read."""
    files: int | None
    """How many files changed, where they are too many to be told one by one."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What has changed on which days."""

    history: History
    days: tuple[Day, ...]
    """Newest first; days on which no typed page changed are left out."""
    is_cut: bool
    """Whether there were changes before the oldest day."""


_Ends = tuple[str, str | None, str, str | None]
"""Path and content of a file before a day and after it."""


def timeline(docs_dir: Path, history: History) -> Timeline:
    """Return what has changed on each day of a history."""
    found: list[Day] = []
    left = MOST_READ
    is_cut = history.is_cut
    for date, revisions in groupby(history.revisions, lambda one: one.time.date()):
        listed = list(revisions)
        ends = list(_ends(listed))
        if len(ends) > MOST_OF_A_DAY:
            found.append(Day(date, listed[0].time, (), (), len(ends)))
            continue
        left -= len(ends)
        if left < 0:
            is_cut = True
            break
        made, unread = _compared(docs_dir, ends)
        if made or unread:
            found.append(Day(date, listed[0].time, made, unread, None))
    return Timeline(history, tuple(found), is_cut)


def _ends(revisions: Sequence[Revision]) -> Iterator[_Ends]:
    """Yield what each file was before the first of these revisions and after the last."""
    state: dict[str, tuple[str, str | None, str | None]] = {}
    for one in (file for revision in reversed(revisions) for file in revision.files):
        path, before = _origin(state, one)
        state[one.path] = path, before, one.after
    for path, (old_path, before, after) in sorted(state.items()):
        if (old_path, before) != (path, after):
            yield old_path, before, path, after


def _origin(
    state: dict[str, tuple[str, str | None, str | None]], one: FileChange
) -> tuple[str, str | None]:
    known = state.pop(one.path_before, None)
    return (known[0], known[1]) if known else (one.path_before, one.before)


def _compared(docs_dir: Path, ends: Sequence[_Ends]) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    names = [name for _, before, _, after in ends for name in (before, after) if name]
    read = contents(docs_dir, names)
    old: list[Page] = []
    new: list[Page] = []
    unread: list[str] = []
    for old_path, before, path, after in ends:
        pair = [_state(read, old_path, before), _state(read, path, after)]
        if False in pair:
            unread.append(path)
            continue
        old += [pair[0]] if isinstance(pair[0], Page) else []
        new += [pair[1]] if isinstance(pair[1], Page) else []
    return changes(old, new), tuple(unread)


def _state(read: Mapping[str, bytes], path: str, name: str | None) -> Page | bool | None:
    """Return what stood at a path, as `_page` does; None also where there was nothing."""
    if name is None:
        return None
    return _page(path, read[name]) if name in read else False


@lru_cache(maxsize=4 * MOST_READ)
def _page(path: str, content: bytes) -> Page | bool | None:
    """Return a typed page; None for a guide, False for what cannot be read."""
    if b"\ntype:" not in content[:65536]:
        return None
    file = source_file(path, content)
    if not isinstance(file, SourceFile):
        return False
    page, _ = read_page(file)
    known = page if isinstance(page, Page) else page.rest
    return known or False
