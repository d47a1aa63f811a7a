"""How far a statement reaches: the topologies of a product, and those in which something holds.

Drafts are left out: nobody is shown them.
"""

from __future__ import annotations

from kb.catalog.catalog import Catalog
from kb.catalog.things import Product, Requirement


def topologies_of(catalog: Catalog, product: Product) -> tuple[str, ...]:
    """Return the ids of a product's topologies: those that it names, else all, drafts left out.

    The narrower ones of those that it names belong to it.
    """
    named = product.topologies or tuple(catalog.topologies)
    narrower = (name for one in named for name in catalog.topologies[one].descendants)
    listed = dict.fromkeys((*named, *narrower))
    return tuple(one for one in listed if catalog.topologies[one].status != "draft")


def holds_in(catalog: Catalog, requirement: Requirement, topology: str) -> bool:
    """Whether a requirement holds in a topology: what holds in a broader one holds there."""
    chain = (topology, *catalog.topologies[topology].ancestors)
    return any(name in requirement.topologies for name in chain)


def held(catalog: Catalog, requirement: Requirement) -> tuple[str, ...]:
    """Return the topologies of its product in which a requirement holds, drafts left out."""
    known = topologies_of(catalog, catalog.product_of(requirement))
    return tuple(name for name in known if holds_in(catalog, requirement, name))
