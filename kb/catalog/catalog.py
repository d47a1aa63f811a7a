"""The catalog: every thing of the pages, found by id or by any of its names.

Knows what follows from the pages (broader terms, ranges of versions); knows nothing of questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kb import text
from kb.catalog.things import (
    Component,
    Condition,
    Guide,
    Procedure,
    Product,
    Requirement,
    Resource,
    Source,
    Thing,
    Topology,
)
from kb.errors import AmbiguousNameError, UnknownNameError
from kb.model import PageType


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Everything that the pages say. Mappings are in order of the alphabet of their ids."""

    version: str
    """Digest of the content: 64 hex digits."""
    products: Mapping[str, Product]
    components: Mapping[str, Component]
    topologies: Mapping[str, Topology]
    resources: Mapping[str, Resource]
    conditions: Mapping[str, Condition]
    procedures: Mapping[str, Procedure]
    sources: Mapping[str, Source]
    guides: tuple[Guide, ...]
    names: Mapping[tuple[PageType, str], tuple[str, ...]] = field(repr=False)
    """Page type and normal form of a name (`kb.text.key`) -> ids that bear it."""
    _published: tuple[Component, ...] = field(init=False, repr=False)
    _spellings: dict[PageType, text.Spellings] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    """What wrong names are compared with, made when the first of a type is looked up."""

    def __post_init__(self) -> None:
        published = tuple(one for one in self.components.values() if one.is_published)
        object.__setattr__(self, "_published", published)

    def things(self, kind: PageType) -> Mapping[str, Thing]:
        """Return all things of one page type by id."""
        tables: Mapping[PageType, Mapping[str, Thing]] = {
            "product": self.products,
            "component": self.components,
            "topology": self.topologies,
            "resource": self.resources,
            "condition": self.conditions,
            "procedure": self.procedures,
            "source": self.sources,
        }
        return tables[kind]

    def find(self, kind: PageType, name: str) -> Thing:
        """Return the thing of this type with this id, former id, title or alias, in any spelling.

        Raises UnknownNameError with suggestions, or AmbiguousNameError when several products
        have one of this name. Drafts are not found.
        """
        table = self.things(kind)
        if name in table and table[name].status != "draft":
            return table[name]
        ids = [one for one in self.names.get((kind, text.key(name)), ()) if _shown(table[one])]
        if len(ids) == 1:
            return table[ids[0]]
        if ids:
            raise AmbiguousNameError(kind, name, ids)
        raise UnknownNameError(kind, name, self.suggest(kind, name))

    def suggest(self, kind: PageType, name: str, limit: int = 3) -> list[str]:
        """Return up to `limit` ids of things whose names resemble `name`, best first."""
        if kind not in self._spellings:
            self._spellings[kind] = text.Spellings(
                {
                    spelling: thing.id
                    for thing in self.things(kind).values()
                    if _shown(thing)
                    for spelling in (thing.id, *thing.names)
                }
            )
        return self._spellings[kind].nearest(text.normalise(name[:200]), limit)

    def published(self) -> tuple[Component, ...]:
        """Return the components that may be part of an answer, in order of their ids."""
        return self._published

    def requirements(self) -> Iterable[Requirement]:
        """Yield every requirement of published products and components, sharers' copies too."""
        for product in self.products.values():
            if product.is_published:
                yield from product.requirements
        for component in self.published():
            yield from component.requirements

    def requirement(self, ref: str) -> Requirement | None:
        """Return the requirement with this `owner/id`, as it holds for its owner."""
        owner, _, _ = ref.partition("/")
        holder = self.components.get(owner) or self.products.get(owner)
        if holder is None:
            return None
        return next((one for one in holder.requirements if one.ref == ref), None)

    def product_of(self, requirement: Requirement) -> Product:
        """Return the product that a requirement belongs to."""
        component = self.components.get(requirement.component)
        return self.products[component.product if component else requirement.component]

    def object(self, name: str) -> Resource | Component | None:
        """Return the resource or component with this id: what a level can apply to."""
        return self.resources.get(name) or self.components.get(name)

    def title_of(self, name: str) -> str:
        """Return the title of any resource, component, topology, condition or product id."""
        for table in (
            self.resources,
            self.components,
            self.topologies,
            self.conditions,
            self.products,
            self.procedures,
        ):
            if name in table:
                return table[name].title
        return name


def _shown(thing: Thing) -> bool:
    return thing.status != "draft"
