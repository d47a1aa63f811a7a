"""Which topologies are compared, and for what: found in the catalog by the names people use."""

from __future__ import annotations

from collections.abc import Sequence

from kb import text
from kb.catalog import Catalog, Component, Product, topologies_of
from kb.diff.topologies import TopologyDiff, between
from kb.errors import DiffError


def compare(
    catalog: Catalog,
    before: str,
    after: str,
    *,
    components: Sequence[str] = (),
    product: str | None = None,
) -> TopologyDiff:
    """Return what differs between two topologies, all given by names in any spelling.

    Without components, or with `all`, a whole product is compared; its name may be left out where
    only one has both topologies. Raises UnknownNameError, AmbiguousNameError, or DiffError for what
    cannot be compared.
    """
    found = [_component(catalog, one) for one in components if text.key(one) != "all"]
    old, new = (catalog.find("topology", one) for one in (before, after))
    if old.id == new.id:
        raise DiffError("same-topology", f"From and to are the same topology: {old.title}.")
    home = _product(catalog, product, found, (old.id, new.id))
    known = topologies_of(catalog, home)
    for one in (old, new):
        if one.id not in known:
            raise DiffError(
                "wrong-topology",
                f"{home.title} has no topology called {one.title}.",
                [catalog.topologies[name].title for name in known],
            )
    named = tuple(dict.fromkeys(one.id for one in found))
    return between(catalog, home.id, old.id, new.id, named)


def _component(catalog: Catalog, name: str) -> Component:
    return catalog.components[catalog.find("component", name).id]


def _product(
    catalog: Catalog, name: str | None, components: Sequence[Component], topologies: Sequence[str]
) -> Product:
    published = [one for one in catalog.products.values() if one.is_published]
    if name is not None:
        homes = [catalog.products[catalog.find("product", name).id]]
    elif components:
        homes = [catalog.products[components[0].product]]
    else:
        homes = [one for one in published if set(topologies) <= {*topologies_of(catalog, one)}]
    if len(homes) != 1:
        raise DiffError("missing-product", "Name the product.", [one.id for one in published])
    strangers = [one.title for one in components if one.product != homes[0].id]
    if strangers:
        raise DiffError(
            "several-products",
            f"A comparison is of one product, and {text.join(strangers)} "
            f"{'is' if len(strangers) == 1 else 'are'} not of {homes[0].title}.",
        )
    return homes[0]
