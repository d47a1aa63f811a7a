"""The order of the pages in the navigation, where the site's configuration leaves it open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kb.model import PageType
from kb.site.listing import TITLES
from kb.site.shelves import Titles, stacked

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


_NO_TITLES: Titles = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages that folders stand for."""

    paths: Collection[str]
    named: frozenset[str]
    """Pages and folders that the navigation names: none of them stands in its folder as well."""
    titles: Titles


def expanded(stated: Navigation, paths: Collection[str], titles: Titles = _NO_TITLES) -> Navigation:
    """Return a stated navigation in which each folder (`guides/`) stands for the pages in it.

    Pages that are named elsewhere in the navigation are left out of their folder. Where `titles`
    are known, a folder with more pages than a reader looks over has them on shelves.
    """
    return _expand(stated, _Pages(paths, frozenset(_named(stated)), titles))


def _expand(items: Navigation, pages: _Pages) -> Navigation:
    found: Navigation = []
    for one in items:
        if isinstance(one, Mapping):
            found.append({title: _inner(value, pages) for title, value in one.items()})
        else:
            found += _inside(one, pages) if _is_folder(one) else [one]
    return found


def _inner(value: Any, pages: _Pages) -> Any:
    if isinstance(value, list):
        return _expand(value, pages)
    return _inside(value, pages) if _is_folder(value) else value


def _is_folder(item: Any) -> bool:
    return isinstance(item, str) and item.endswith("/") and "://" not in item


def _inside(folder: str, pages: _Pages) -> Navigation:
    """Return the pages below a folder, without those that stand elsewhere by name or folder."""
    elsewhere = tuple(
        one for one in pages.named if _is_folder(one) and one != folder and one.startswith(folder)
    )
    inside = [
        path
        for path in pages.paths
        if path.startswith(folder) and path not in pages.named and not path.startswith(elsewhere)
    ]
    return stacked(sorted(inside, key=_index_first), pages.titles)


def _named(item: Any) -> Sequence[str]:
    if isinstance(item, str):
        return [item]
    inner = item.values() if isinstance(item, Mapping) else item if isinstance(item, list) else ()
    return [name for one in inner for name in _named(one)]


def _index_first(path: str) -> tuple[str, bool, str]:
    folder, _, name = path.rpartition("/")
    return folder, name not in {"index.md", "README.md"}, name


def usual(
    paths: Collection[str],
    folders: Mapping[PageType, str],
    extra: Sequence[str],
    titles: Titles = _NO_TITLES,
) -> Navigation:
    """Return the navigation of a site that states none.

    The start page comes first, then the folders of the page types in the order of interest, the
    generated pages `extra`, then all else by name.
    """
    start = [path for path in ("index.md", "README.md") if path in paths]
    sections: Navigation = [
        {TITLES[kind]: expanded([folders[kind]], paths, titles)}
        for kind in _ORDER
        if kind in folders
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
