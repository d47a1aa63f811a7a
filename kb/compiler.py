"""From sources to a catalog: the stages in their order, all diagnostics gathered on the way.

Nothing is written and nothing raised for a writer's mistake: a compilation with errors has no
catalog, and says everything that is wrong in one run.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb import catalog as catalogs
from kb import rules
from kb.catalog import Catalog
from kb.diagnostics import Diagnostic, in_order
from kb.pages import BrokenPage, Page, lost_page, read_page
from kb.sources import SourceFile, content_digest, other_files, read_sources


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file was read as."""

    file: SourceFile
    page: Page | BrokenPage
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Compilation:
    """What came of compiling a folder of pages."""

    catalog: Catalog | None
    """None when there are errors."""
    diagnostics: tuple[Diagnostic, ...]
    """All that was found, in the order of places."""
    pages: tuple[Page, ...]
    """The pages that have no errors of their own, by path."""
    files: tuple[SourceFile, ...]
    """All files that were read, by path."""
    readings: Mapping[str, Reading] = field(repr=False)
    """What was read from each file, for a later compilation that finds it unchanged."""


@dataclass(slots=True)
class _Work:
    """What the stages hand on."""

    files: tuple[SourceFile, ...]
    found: list[Diagnostic]
    others: Collection[str] | None
    today: datetime.date | None
    known: Mapping[str, Reading]
    readings: dict[str, Reading] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    broken: list[BrokenPage] = field(default_factory=list)
    catalog: Catalog | None = None

    @property
    def failed(self) -> bool:
        return any(one.is_error for one in self.found)


def _read_pages(work: _Work) -> None:
    for file in work.files:
        reading = work.known.get(file.path)
        if reading is None or reading.file.digest != file.digest:
            reading = Reading(file, *read_page(file))
        work.readings[file.path] = reading
        work.found += reading.diagnostics
        if isinstance(reading.page, Page):
            work.pages.append(reading.page)
        else:
            work.broken.append(reading.page)
    unread = {one.place.path for one in work.found} - work.readings.keys()
    work.broken += [lost_page(path) for path in sorted(unread)]


def _check_pages(work: _Work) -> None:
    work.found += rules.check(rules.World(work.pages, work.broken, work.others, work.today))


def _build_catalog(work: _Work) -> None:
    if not work.failed:
        work.catalog = catalogs.build(work.pages, content_digest(work.files))


STAGES: tuple[tuple[str, Callable[[_Work], None]], ...] = (
    ("read pages", _read_pages),
    ("check pages", _check_pages),
    ("build catalog", _build_catalog),
)
"""The stages behind reading the files, in their order."""


def compile_folder(
    docs_dir: Path, today: datetime.date | None = None, previous: Compilation | None = None
) -> Compilation:
    """Compile all pages below `docs_dir`.

    `today` is the day against which reviews are held; without it none is too old, and the same
    pages give the same result on each day. Files that have not changed since the `previous`
    compilation are not parsed again. Raises OSError when the folder cannot be listed.
    """
    files, found = read_sources(docs_dir)
    return compile_sources(files, found, other_files(docs_dir), today, previous)


def compile_sources(
    files: Sequence[SourceFile],
    found: Sequence[Diagnostic] = (),
    others: Collection[str] | None = None,
    today: datetime.date | None = None,
    previous: Compilation | None = None,
) -> Compilation:
    """Compile files that have been read.

    `found` is what was wrong with reading them, `others` are the paths of files that are no pages
    (None: not known, links to them are not checked).
    """
    known = previous.readings if previous is not None else {}
    in_paths = tuple(sorted(files, key=lambda one: one.path))
    work = _Work(in_paths, list(found), others, today, known)
    for _, stage in STAGES:
        stage(work)
    return Compilation(
        work.catalog, in_order(work.found), tuple(work.pages), work.files, work.readings
    )
