"""Entries of the navigation, each rendered once for all pages on which it is the same text.

The theme renders the whole navigation anew on each page, and in a large site that takes as long as
anything. An entry that does not lead to the page at hand depends on that page only by its
addresses, which are relative. The theme's own template makes them all: here is only remembered
what it made.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, Environment, TemplateNotFound

TEMPLATE = "partials/nav-item.html"
"""The theme's template of entries."""
_CALL = 'render(item, path ~ "_" ~ loop.index, level + 1, nav_item)'
"""Where it renders an entry that stands below another."""
OURS = _CALL.replace("render(", "kb_entry(page, render, ")
"""What stands there while a site is built."""


class Entries:
    """What the entries of one build's navigation were rendered to."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], str] = {}
        self._known: dict[int, tuple[Any, frozenset[str] | None]] = {}
        """By identity: an entry, held so that no other gets it, and what `_folders_in` says."""

    def entry(
        self, page: Any, render: Callable[..., str], item: Any, path: str, level: int, above: Any
    ) -> str:
        """Return an entry as `render` makes it for a page: `above` it stands another."""
        folders = None if page is None or item.active else self._folders(item)
        if folders is None or plain(page.url) in folders:  # a page may be listed twice
            return render(item, path, level, above)
        seen = seen_from(page.url)
        shared = next(one for one in seen if one in folders)
        key = (id(item), path, level, above.active, len(seen), shared)
        made = self._kept.get(key)
        if made is None:
            made = self._kept[key] = render(item, path, level, above)
        return made

    def _folders(self, item: Any) -> frozenset[str] | None:
        known = self._known.get(id(item))
        if known is None:
            known = self._known[id(item)] = item, _folders_in(item)
        return known[1]


def remember(env: Environment, own: str | None, entries: Entries) -> None:
    """Let the theme ask `entries` for the entries of its navigation.

    `own` is the folder of the project's templates, if any: one of these may look at more of a page
    than the theme's does, so it is left alone. So is one that is not written as we know it.
    """
    if env.loader is None:
        return
    try:
        source, file, _ = env.loader.get_source(env, TEMPLATE)
    except TemplateNotFound:  # another theme
        return
    if _CALL not in source or (own and file and file.startswith(own)):
        return
    env.globals["kb_entry"] = entries.entry
    env.loader = ChoiceLoader([DictLoader({TEMPLATE: source.replace(_CALL, OURS)}), env.loader])


@lru_cache(maxsize=1)  # asked for each entry of one page after the other
def seen_from(url: str) -> tuple[str, ...]:
    """Return the folders from which a page at an address is seen, the nearest first.

    >>> seen_from("components/x/"), seen_from("components/x.html"), seen_from("")
    (('components/x', 'components', ''), ('components', ''), ('',))
    """
    folder, _, name = url.rpartition("/")
    return tuple(_upwards(folder if "." in name else url))


@lru_cache(maxsize=1)
def plain(address: str) -> str:
    """Return an address without what does not tell it from others; the site's root is empty."""
    return posixpath.normpath(f"/{address}").lstrip("/")


def _upwards(address: str) -> Iterator[str]:
    """Yield an address and all above it, up to the site's root."""
    at = plain(address)
    while at:
        yield at
        at = at.rpartition("/")[0]
    yield ""


def _folders_in(item: Any) -> frozenset[str] | None:
    """Return the addresses of all that an entry may lead to, with those above them.

    What a page shares with these decides how they are written on it. None for an entry that has
    pages which are not its children: it may lead to the page at hand and not say so.
    """
    if getattr(item, "pages", None):
        return None
    found = set(_upwards(getattr(item, "url", None) or ""))
    for one in item.children or ():
        inner = _folders_in(one)
        if inner is None:
            return None
        found |= inner
    return frozenset(found)
