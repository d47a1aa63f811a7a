"""A page: its file, its front matter checked against the format, its body.

One page at a time: whether what it names exists is the matter of the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.diagnostics import Diagnostic, Place
from kb.frontmatter import FrontMatter, read_front_matter
from kb.markdown import Body, read_body
from kb.model import AnyPage
from kb.sources import SourceFile
from kb.pages.validation import check_values

__all__ = ["BrokenPage", "Page", "read_page"]


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
        return place_of(self.file.path, self.front, path)

    def key_place(self, *path: str | int) -> Place:
        """Return where the key at this path stands, or else the nearest value around it."""
        mark = self.front.keys.get(path)
        if mark is None:
            return self.place(*path)
        return Place(self.file.path, mark.line, mark.column)


@dataclass(frozen=True, slots=True)
class BrokenPage:
    """A page with errors of its own, and what it would have brought: others may name it."""

    file: SourceFile
    type: str | None
    """Its page type; None when that is not known, so that it may be any."""
    id: str
    front: FrontMatter | None
    """None when the front matter could not be read."""


def read_page(file: SourceFile) -> tuple[Page | BrokenPage, tuple[Diagnostic, ...]]:
    """Return the page that a file is, and all that is wrong with it by itself."""
    front, found = read_front_matter(file.path, file.text)
    if front is None:
        return BrokenPage(file, None, id_of_path(file.path), None), found
    entry, problems = check_values(file.path, front, found)
    body = read_body(front.body, front.body_line, _anchors(front.values))
    found = (*found, *problems)
    if any(one.is_error for one in found):
        stated, kind = front.values.get("id"), front.values.get("type")
        return (
            BrokenPage(
                file,
                kind if isinstance(kind, str) else None,
                stated if isinstance(stated, str) else id_of_path(file.path),
                front,
            ),
            found,
        )
    return Page(file, front, entry, body), found


def id_of_path(path: str) -> str:
    """Return the id that a file name gives: its stem, or its folder's for an index page.

    >>> id_of_path("components/x.md"), id_of_path("components/y/index.md")
    ('x', 'y')
    """
    *folders, name = path.split("/")
    stem = name.removesuffix(".md")
    return folders[-1] if stem in {"index", "README"} and folders else stem


def place_of(path: str, front: FrontMatter, keys: tuple[str | int, ...]) -> Place:
    """Return where the value at these keys stands, or else the nearest around it."""
    mark = front.nearest(keys)
    return Place(path, mark.line, mark.column) if mark else Place(path, 1, 1)


def _anchors(values: Mapping[str, Any]) -> frozenset[str]:
    """Return the ids of the requirements: they are anchors of the page."""
    listed = values.get("requirements")
    if not isinstance(listed, list):
        return frozenset()
    ids = (one.get("id") for one in listed if isinstance(one, Mapping))
    return frozenset(one for one in ids if isinstance(one, str))
