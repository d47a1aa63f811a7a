"""Component by topology: what is asked where, as a table of values.

Topologies that do not differ for any component share a column. How a cell is shown is the matter
of the site, the API and the command line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.catalog import Catalog, Component, Product, Requirement, holds_in, topologies_of
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
    grid = [
        [_cell(catalog, one, name, known[_product_of(one)]) for name in topologies]
        for one in holders
    ]
    groups = _alike(topologies, grid)
    firsts = [topologies.index(group[0]) for group in groups]
    rows = [
        _row(one, tuple(line[at] for at in firsts)) for one, line in zip(holders, grid, strict=True)
    ]
    return Matrix(tuple(groups), tuple(rows))


def in_order(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Return requirements in the order in which readers are shown them, that of a page kept."""
    return tuple(sorted(requirements, key=lambda one: IN_ORDER.index(one.level)))


def _holders(catalog: Catalog, product: Product) -> list[Product | Component]:
    components = [one for one in catalog.published() if one.product == product.id]
    return [product, *components] if product.requirements else [*components]


def _product_of(holder: Product | Component) -> str:
    return holder.product if isinstance(holder, Component) else holder.id


def _cell(
    catalog: Catalog, holder: Product | Component, topology: str, known: Sequence[str]
) -> Cell:
    if topology not in known:
        return None
    return in_order(one for one in holder.requirements if holds_in(catalog, one, topology))


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
