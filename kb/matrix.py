"""Component by topology: what is asked where, as a table of values.

Topologies that do not differ for any component share a column. How a cell is shown is the matter
of the site, the API and the command line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.catalog import Catalog, Component, Product, Requirement
from kb.model import Level

IN_ORDER: tuple[Level, ...] = (
    "must",
    "must-not",
    "should",
    "should-not",
    "automatic",
    "need-not",
    "may",
)
"""Duties first, then advice, then what needs no doing, options last."""

Cell = tuple[Requirement, ...] | None
"""What is asked; empty: nothing is recorded for these topologies; None: its product does not have
them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One component, or a product where requirements hold of its cluster as a whole."""

    component: str
    """Id of the component or product."""
    product: str
    """Id of the product that it belongs to, or is."""
    asks_nothing: bool
    """Whether the source says that clustering asks nothing of it."""
    cells: tuple[Cell, ...]
    """One for each column of the matrix."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """What is asked of every published component, in every topology."""

    columns: tuple[tuple[str, ...], ...]
    """The topology ids of each column. One column without ids: no topology is documented."""
    rows: tuple[Row, ...]
    """A product with requirements of its own, then its components, by id."""


def matrix(catalog: Catalog, product: str | None = None) -> Matrix:
    """Return the matrix of one product, named in any spelling, or of all of them.

    Raises UnknownNameError or AmbiguousNameError as `Catalog.find` does.
    """
    if product is None:
        products = [one for one in catalog.products.values() if one.is_published]
    else:
        products = [catalog.products[catalog.find("product", product).id]]
    known = {one.id: topologies_of(catalog, one) for one in products}
    topologies = list(dict.fromkeys(name for names in known.values() for name in names))
    holders = [holder for one in products for holder in _holders(catalog, one)]
    if not topologies:
        alone = [_row(one, (in_order(one.requirements),)) for one in holders]
        return Matrix(((),), tuple(alone))
    grid = [_cells(catalog, one, topologies, known[_product_of(one)]) for one in holders]
    groups = _alike(topologies, grid)
    firsts = [topologies.index(group[0]) for group in groups]
    rows = [
        _row(one, tuple(line[at] for at in firsts)) for one, line in zip(holders, grid, strict=True)
    ]
    return Matrix(tuple(groups), tuple(rows))


def topologies_of(catalog: Catalog, product: Product) -> tuple[str, ...]:
    """Return the ids of a product's topologies: those that it names, else all, drafts left out."""
    named = product.topologies or tuple(catalog.topologies)
    return tuple(one for one in named if catalog.topologies[one].status != "draft")


def held(catalog: Catalog, holder: Product | Component) -> dict[str, tuple[str, ...]]:
    """Return `owner/id` of each requirement of `holder` -> the topologies in which it is in force.

    Of two statements about the same thing, the one for the narrower topology wins there, if it
    holds wherever the other one does. In the order of the product's topologies, drafts left out.
    """
    product = holder if isinstance(holder, Product) else catalog.products[holder.product]
    known = topologies_of(catalog, product)
    return {
        one.ref: tuple(
            name
            for name in known
            if name in one.topologies
            and not any(_overrides(catalog, other, one, name) for other in holder.requirements)
        )
        for one in holder.requirements
    }


def _overrides(catalog: Catalog, one: Requirement, other: Requirement, topology: str) -> bool:
    """Whether `one` takes the place of `other` in a topology."""
    about_the_same = (
        one.ref != other.ref
        and _subject(one) == _subject(other) != ((), None, None)
        and set(one.when) <= set(other.when)
        and set(one.unless) <= set(other.unless)
        and (one.versions is None or set(one.versions) >= set(other.versions or ()))
    )
    return (
        about_the_same
        and topology in one.topologies
        and _distance(catalog, one, topology) < _distance(catalog, other, topology)
    )


def _subject(one: Requirement) -> tuple[tuple[str, ...], str | None, str | None]:
    return tuple(sorted(one.resources)), one.placement, one.count.of if one.count else None


def _distance(catalog: Catalog, one: Requirement, topology: str) -> int:
    """Return how many steps broader than `topology` the statement is; very many if for all."""
    chain = (topology, *catalog.topologies[topology].ancestors)
    steps = [chain.index(name) for name in one.stated.in_ if name in chain]
    return min(steps, default=len(catalog.topologies) + 1)


def in_order(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Return requirements in the order in which readers are shown them, that of a page kept."""
    return tuple(sorted(requirements, key=lambda one: IN_ORDER.index(one.level)))


def _holders(catalog: Catalog, product: Product) -> list[Product | Component]:
    components = [one for one in catalog.published() if one.product == product.id]
    return [product, *components] if product.requirements else [*components]


def _product_of(holder: Product | Component) -> str:
    return holder.product if isinstance(holder, Component) else holder.id


def _cells(
    catalog: Catalog,
    holder: Product | Component,
    topologies: Sequence[str],
    known: Sequence[str],
) -> list[Cell]:
    force = held(catalog, holder)
    return [
        in_order(one for one in holder.requirements if name in force[one.ref])
        if name in known
        else None
        for name in topologies
    ]


def _row(holder: Product | Component, cells: tuple[Cell, ...]) -> Row:
    asks_nothing = isinstance(holder, Component) and holder.asks_nothing
    return Row(holder.id, _product_of(holder), asks_nothing, cells)


def _alike(topologies: Sequence[str], grid: Sequence[Sequence[Cell]]) -> list[tuple[str, ...]]:
    """Return the topologies in groups of which no line of the grid tells the members apart."""
    groups: dict[tuple[tuple[str, ...] | None, ...], list[str]] = {}
    for at, name in enumerate(topologies):
        column = tuple(
            None if line[at] is None else tuple(one.ref for one in line[at] or ()) for line in grid
        )
        groups.setdefault(column, []).append(name)
    return [tuple(group) for group in groups.values()]
