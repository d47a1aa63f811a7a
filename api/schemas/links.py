"""Addresses of things and of their pages, as they stand in replies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from kb import PageType, PlanSelection, Thing, page_address

COLLECTIONS: Mapping[PageType, str] = {
    "component": "components",
    "product": "products",
    "topology": "topologies",
    "resource": "resources",
    "condition": "conditions",
    "procedure": "procedures",
    "source": "sources",
}
"""Page type -> the path segment under which things of this type are looked up."""


@dataclass(frozen=True, slots=True)
class Links:
    """Makes addresses that begin with one base."""

    base: str = "/"
    """A path or an absolute address, with a slash at its end."""

    def to(self, path: str) -> str:
        """Return the address of a path that begins with a slash."""
        return self.base + path.removeprefix("/")

    def thing(self, thing: Thing) -> str:
        """Return the address under which programs look a thing up."""
        return self.to(f"{COLLECTIONS[thing.type]}/{quote(thing.id, safe='')}")

    def page(self, path: str, anchor: str | None = None) -> str:
        """Return the address of the page made from a file, or of a place on it."""
        fragment = f"#{quote(anchor)}" if anchor else ""
        return self.to(page_address(path)) + fragment


def planner_query(chosen: PlanSelection) -> str:
    """Return the query with which the planner opens at a selection."""
    named = {
        "product": chosen.product,
        "topology": chosen.topology or "",
        "version": chosen.version or "",
        "components": ",".join(chosen.components),
        "need": ",".join(chosen.need),
        "no": ",".join(chosen.no),
        "nodes": ",".join(chosen.nodes),
    }
    return f"?{urlencode({name: value for name, value in named.items() if value}, safe=',')}"
