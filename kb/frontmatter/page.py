"""Splits a page into front matter and body.

Front matter stands between two lines of three hyphens, the first of which is the first line of the
file. What its keys mean is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.diagnostics import Diagnostic, Place
from kb.frontmatter.kinds import KINDS, LIMIT, NO_FENCE, NOT_CLOSED
from kb.frontmatter.tree import Mark, Path, read_tree

__all__ = ["KINDS", "FrontMatter", "read_front_matter"]

MOST_BYTES = 64 * 1024

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_ALMOST = re.compile(r"\s*(?P<line>-{2,}[ \t]*\n\s*(?:type|title|id)[ \t]*:|type[ \t]*:[ \t]*\w)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before the body of a page, and where."""

    values: dict[str, Any]
    """Key -> value, as YAML reads it; empty when the page has no front matter."""
    marks: Mapping[Path, Mark]
    """Path of a value -> where the value stands."""
    keys: Mapping[Path, Mark]
    """Path of a value -> where its key stands."""
    body: str
    """All that follows the front matter."""
    body_line: int
    """The line of the file in which the body begins, counted from 1."""

    def nearest(self, path: Path) -> Mark | None:
        """Return where the value at `path` stands, or else the nearest value around it."""
        while path:
            if path in self.marks:
                return self.marks[path]
            if path in self.keys:
                return self.keys[path]
            path = path[:-1]
        return self.marks.get(())


def read_front_matter(path: str, text: str) -> tuple[FrontMatter | None, tuple[Diagnostic, ...]]:
    """Return the front matter of the page `path`, or None, and all that is wrong with it.

    `text` has LF as line breaks and no byte order mark.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return FrontMatter({}, {}, {}, text, 1), _lost_fence(path, text)
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        message = "the front matter that begins here is never closed"
        advice = "end it with a line of three hyphens"
        return None, (NOT_CLOSED.at(Place(path, 1, 1), message, advice),)
    yaml_text = text[opening.end() : closing.start()]
    if len(yaml_text.encode()) > MOST_BYTES:
        message = f"the front matter has more than {MOST_BYTES // 1024} KiB"
        return None, (LIMIT.at(Place(path, 1, 1), message, "split the page"),)
    tree, found = read_tree(path, yaml_text, first=2)
    if tree is None:
        return None, found
    body_line = text.count("\n", 0, closing.end()) + 1
    body = text[closing.end() :]
    return FrontMatter(tree.values, tree.marks, tree.keys, body, body_line), found


def _lost_fence(path: str, text: str) -> tuple[Diagnostic, ...]:
    almost = _ALMOST.match(text)
    if almost is None:
        return ()
    place = Place(path, text.count("\n", 0, almost.start("line")) + 1, 1)
    message = "this looks like front matter, but the first line of the file is not `---`"
    advice = "begin the file with a line of exactly three hyphens"
    return (NO_FENCE.at(place, message, advice),)
