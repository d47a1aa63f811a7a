"""A page: its file, its front matter checked against the format, its body.

One page at a time: whether what it names exists is the matter of the rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.diagnostics import Diagnostic, Place
from kb.frontmatter import FrontMatter, Path, read_front_matter
from kb.markdown import Body, read_body
from kb.model import AnyPage
from kb.pages.validation import check_values
from kb.sources import SourceFile, bad_characters

_STATED = re.compile(r"^(?P<key>id|type):[ \t]*[\"']?(?P<value>[a-z0-9-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that could be read."""

    file: SourceFile
    front: FrontMatter
    entry: AnyPage | None
    """What the front matter states; None for a guide page."""
    body: Body

    @property
    def id(self) -> str:
        """The id that the page states, else the one that its file name gives."""
        stated = self.entry.id if self.entry is not None else None
        return stated or id_of_path(self.file.path)

    def place(self, *path: str | int) -> Place:
        """Return where the value at this path stands, or else the nearest around it."""
        mark = self.front.nearest(path)
        return Place(self.file.path, mark.line, mark.column) if mark else self.top

    def key_place(self, *path: str | int) -> Place:
        """Return where the key at this path stands, or else the nearest value around it."""
        mark = self.front.keys.get(path)
        return Place(self.file.path, mark.line, mark.column) if mark else self.place(*path)

    def item(self, path: Path, index: int) -> Path:
        """Return the path of one item where an author may write a list or its only item."""
        return (*path, index) if (*path, index) in self.front.marks else path

    @property
    def top(self) -> Place:
        """The beginning of the file."""
        return Place(self.file.path, 1, 1)


@dataclass(frozen=True, slots=True)
class BrokenPage:
    """A page with errors of its own; other pages may still name what it was to bring."""

    file: SourceFile
    type: str | None
    """Its page type; None when that is not known, so that it may be any."""
    id: str
    rest: Page | None
    """The page without what is wrong with it; None when nothing could be read."""


def read_page(file: SourceFile) -> tuple[Page | BrokenPage, tuple[Diagnostic, ...]]:
    """Return the page that a file is, and all that is wrong with it by itself."""
    front, found = read_front_matter(file.path, file.text)
    bad = tuple(bad_characters(file))
    told = {one.place for one in bad}
    found = (*bad, *(one for one in found if one.place not in told))
    if front is None:
        return _unreadable(file), found
    checked = check_values(file.path, front, found, id_of_path(file.path))
    found = (*found, *checked.diagnostics)
    body = read_body(front.body, front.body_line, _anchors(front.values))
    page = Page(file, front, checked.entry, body)
    if not any(one.is_error for one in found):
        return page, found
    stated, kind = front.values.get("id"), front.values.get("type")
    usable = checked.entry is not None or not front.values
    return (
        BrokenPage(
            file,
            kind if isinstance(kind, str) and checked.entry is not None else None,
            stated if isinstance(stated, str) else id_of_path(file.path),
            page if usable else None,
        ),
        found,
    )


def lost_page(path: str) -> BrokenPage:
    """Return what is known of a file that could not be read at all: its name."""
    return BrokenPage(SourceFile(path, "", ""), None, id_of_path(path), None)


def id_of_path(path: str) -> str:
    """Return the id that a file name gives: its stem, or its folder's for an index page.

    >>> id_of_path("components/x.md"), id_of_path("components/y/index.md")
    ('x', 'y')
    """
    *folders, name = path.split("/")
    stem = name.removesuffix(".md")
    return folders[-1] if stem in {"index", "README"} and folders else stem


def _unreadable(file: SourceFile) -> BrokenPage:
    """Return a page of which only what a glance at its lines shows is known."""
    seen = {one["key"]: one["value"] for one in _STATED.finditer(file.text[:65536])}
    return BrokenPage(file, None, seen.get("id") or id_of_path(file.path), None)


def _anchors(values: Mapping[str, Any]) -> frozenset[str]:
    """Return the ids of the requirements: they are anchors of the page."""
    listed = values.get("requirements")
    if not isinstance(listed, list):
        return frozenset()
    ids = (one.get("id") for one in listed if isinstance(one, Mapping))
    return frozenset(one for one in ids if isinstance(one, str))
