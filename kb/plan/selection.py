"""What a plan is wanted for, found in the catalog by the names that people use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb import text
from kb.catalog import Catalog, Component, Product, topologies_of
from kb.errors import PlanError

MOST_NODES = 64
"""Nodes that are written out in a plan."""
LONGEST_NODE = 63
"""Characters of a node's name: as many as a label of a host name has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a plan is wanted for. Ids, as the catalog has them."""

    product: str
    topology: str | None = None
    """None: not decided."""
    version: str | None = None
    components: tuple[str, ...] = ()
    """None named: all of the product."""
    need: tuple[str, ...] = ()
    """Conditions that are the case."""
    no: tuple[str, ...] = ()
    """Conditions that are not."""
    nodes: tuple[str, ...] = ()
    """Names of the cluster's nodes; none: each-node steps are not written out."""


def select(
    catalog: Catalog,
    *,
    product: str | None = None,
    topology: str | None = None,
    version: str | None = None,
    components: Sequence[str] = (),
    need: Sequence[str] = (),
    no: Sequence[str] = (),
    nodes: Sequence[str] = (),
) -> Selection:
    """Return the selection that names in any spelling state; `all` stands for all components.

    Raises UnknownNameError, AmbiguousNameError, or PlanError for what cannot be planned together.
    """
    found = [_component(catalog, one) for one in components if text.key(one) != "all"]
    place = catalog.find("topology", topology).id if topology else None
    home = _product(catalog, product, found, place)
    known = topologies_of(catalog, home)
    if place is not None and place not in known:
        titles = [catalog.topologies[one].title for one in known]
        raise PlanError(
            "wrong-topology",
            f"{home.title} has no topology called {catalog.topologies[place].title}.",
            titles,
        )
    if version is not None and version not in home.versions:
        raise PlanError(
            "unknown-version",
            f"The pages of {home.title} do not know this version.",
            home.versions,
        )
    return Selection(
        product=home.id,
        topology=place,
        version=version,
        components=tuple(dict.fromkeys(one.id for one in found)),
        need=_conditions(catalog, need),
        no=_conditions(catalog, no),
        nodes=_nodes(nodes),
    )


def _component(catalog: Catalog, name: str) -> Component:
    found = catalog.components[catalog.find("component", name).id]
    if not found.is_published:
        raise PlanError("retired-component", f"{found.title} is retired: it is not planned.")
    return found


def _product(
    catalog: Catalog, name: str | None, components: Sequence[Component], topology: str | None
) -> Product:
    published = [one for one in catalog.products.values() if one.is_published]
    if name is not None:
        homes = [catalog.products[catalog.find("product", name).id]]
    elif components:
        homes = [catalog.products[one] for one in dict.fromkeys(c.product for c in components)]
    elif topology is not None:
        homes = [one for one in published if topology in topologies_of(catalog, one)]
    else:
        homes = published
    if not components and len(homes) != 1:
        raise PlanError("missing-product", "Name the product.", [one.id for one in published])
    strangers = [one.title for one in components if one.product != homes[0].id]
    if strangers:
        raise PlanError(
            "several-products",
            f"A plan is of one product, and {text.join(strangers)} "
            f"{'is' if len(strangers) == 1 else 'are'} not of {homes[0].title}.",
        )
    return homes[0]


def _conditions(catalog: Catalog, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(catalog.find("condition", one).id for one in names))


def _nodes(names: Sequence[str]) -> tuple[str, ...]:
    given = [one for one in (text.normalise(name[: LONGEST_NODE * 4]) for name in names) if one]
    if len(given) > MOST_NODES:
        raise PlanError("too-many-nodes", f"At most {MOST_NODES} nodes are written out.")
    for one in given:
        if len(one) > LONGEST_NODE:
            raise PlanError("long-node-name", f"A node's name has at most {LONGEST_NODE} letters.")
    folded = [one.casefold() for one in given]
    for at, one in enumerate(folded):
        if one in folded[:at]:
            raise PlanError("same-node", f"The node {given[at]} is named twice.")
    return tuple(given)
