"""Long lists of pages in the navigation, on shelves of a size that a reader can look over.

The navigation puts all neighbours of a page on it: without shelves a thousand pages would each
carry the links to a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

ROOM = 60
"""How many pages a list holds before it is put on shelves."""

Titles = Mapping[str, tuple[str, str]]
"""Path of a page -> the title of the shelf for it ("" for none), and its own title."""


def stacked(paths: Sequence[str], titles: Titles) -> list[Any]:
    """Return pages as they are; where they are too many, on shelves, in the order of titles.

    Pages without titles, such as an overview, stay in front.
    """
    if len(paths) <= ROOM:
        return list(paths)
    found: dict[str, list[str]] = {}
    titled = [path for path in paths if path in titles]
    for path in sorted(titled, key=lambda one: [part.casefold() for part in titles[one]]):
        found.setdefault(titles[path][0], []).append(path)
    front = [path for path in paths if path not in titles]
    return [*front, *(one for title in found for one in _shelf(title, found[title], titles))]


def _shelf(title: str, paths: Sequence[str], titles: Titles) -> Iterator[Any]:
    """Yield a shelf, or its pages alone where it has no title."""
    pages = list(paths) if len(paths) <= ROOM else list(_cut(paths, titles))
    if title:
        yield {title: pages}
    else:
        yield from pages


def _cut(paths: Sequence[str], titles: Titles) -> Iterator[dict[str, list[str]]]:
    """Yield equal parts, named by their first and last page."""
    size = -(-len(paths) // -(-len(paths) // ROOM))
    for start in range(0, len(paths), size):
        part = list(paths[start : start + size])
        yield {f"{titles[part[0]][1]} – {titles[part[-1]][1]}": part}
