"""What the terms of the site mean, for the tooltip that a link to a term's page shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from kb.catalog import Catalog, Component, Thing
from kb.model import PageType

TERMS = "assets/kb/terms.json"
"""Address of the file; the script reads it when a reader first points at a term."""
_KINDS: tuple[PageType, ...] = ("product", "component", "topology", "resource", "condition")


def data(catalog: Catalog, addresses: Mapping[str, str]) -> str:
    """Return the JSON: address of a page -> its term; `addresses` are those of pages by path."""
    found = {address: _entry(catalog, one) for one, address in _pages(catalog, addresses)}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"


def _pages(catalog: Catalog, addresses: Mapping[str, str]) -> Iterator[tuple[Thing, str]]:
    for kind in _KINDS:
        for thing in catalog.things(kind).values():
            if thing.path in addresses and thing.is_published and _meaning(thing):
                yield thing, addresses[thing.path]


def _entry(catalog: Catalog, thing: Thing) -> dict[str, object]:
    others = [_title(catalog, thing, name) for name in thing.stated.not_same_as]
    entry: dict[str, object] = {"title": thing.title, "meaning": _meaning(thing)}
    return entry | {"others": others} if others else entry


def _meaning(thing: Thing) -> str:
    role = thing.role if isinstance(thing, Component) else None
    return thing.summary or role or ""


def _title(catalog: Catalog, thing: Thing, name: str) -> str:
    other = catalog.things(thing.type).get(name) or catalog.object(name)
    return other.title if other else name
