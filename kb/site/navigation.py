"""The order of the pages in the navigation, where the site's configuration leaves it open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from kb.model import PageType
from kb.site.listing import TITLES

Navigation = list[Any]
"""As MkDocs has it: paths, or mappings of one title to a path or to a list of the same."""

_ORDER: tuple[PageType, ...] = (
    "product",
    "component",
    "topology",
    "resource",
    "condition",
    "procedure",
    "source",
)


def expanded(stated: Navigation, paths: Collection[str]) -> Navigation:
    """Return a stated navigation in which each folder (`guides/`) stands for the pages in it.

    Pages that are named elsewhere in the navigation are left out of their folder.
    """
    return _expand(stated, paths, frozenset(_named(stated)))


def _expand(items: Navigation, paths: Collection[str], named: frozenset[str]) -> Navigation:
    found: Navigation = []
    for one in items:
        if isinstance(one, Mapping):
            found.append({title: _inner(value, paths, named) for title, value in one.items()})
        else:
            found += _inside(one, paths, named) if _is_folder(one) else [one]
    return found


def _inner(value: Any, paths: Collection[str], named: frozenset[str]) -> Any:
    if isinstance(value, list):
        return _expand(value, paths, named)
    return _inside(value, paths, named) if _is_folder(value) else value


def _is_folder(item: Any) -> bool:
    return isinstance(item, str) and item.endswith("/") and "://" not in item


def _inside(folder: str, paths: Collection[str], named: frozenset[str]) -> Navigation:
    """Return the pages below a folder, without those that stand elsewhere by name or folder."""
    elsewhere = tuple(
        one for one in named if _is_folder(one) and one != folder and one.startswith(folder)
    )
    inside = [
        path
        for path in paths
        if path.startswith(folder) and path not in named and not path.startswith(elsewhere)
    ]
    return sorted(inside, key=_index_first)


def _named(item: Any) -> Sequence[str]:
    if isinstance(item, str):
        return [item]
    inner = item.values() if isinstance(item, Mapping) else item if isinstance(item, list) else ()
    return [name for one in inner for name in _named(one)]


def _index_first(path: str) -> tuple[str, bool, str]:
    folder, _, name = path.rpartition("/")
    return folder, name not in {"index.md", "README.md"}, name


def usual(
    paths: Collection[str], folders: Mapping[PageType, str], extra: Sequence[str]
) -> Navigation:
    """Return the navigation of a site that states none.

    The start page comes first, then the folders of the page types in the order of interest, the
    generated pages `extra`, then all else by name.
    """
    start = [path for path in ("index.md", "README.md") if path in paths]
    sections: Navigation = [
        {TITLES[kind]: expanded([folders[kind]], paths)} for kind in _ORDER if kind in folders
    ]
    placed = {*start, *extra, *_named(sections)}
    return [*start, *sections[:2], *extra, *sections[2:], *_rest(paths, placed)]


def _rest(paths: Collection[str], placed: Collection[str]) -> Navigation:
    """Return the other pages, those of each folder below its name."""
    found: dict[str, Navigation] = {}
    alone: Navigation = []
    for path in sorted(paths, key=_index_first):
        if path in placed:
            continue
        folder, slash, _ = path.partition("/")
        if slash:
            found.setdefault(folder, []).append(path)
        else:
            alone.append(path)
    titled = [
        {name.replace("-", " ").replace("_", " ").capitalize(): inner}
        for name, inner in found.items()
    ]
    return [*alone, *titled]
