"""The matrix as a file for spreadsheets: a line a requirement, a column a topology."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from kb import spreadsheet, text
from kb.catalog import Catalog, Component, Product, Requirement
from kb.matrix import Matrix, Row, matrix
from kb.site import words
from kb.site.backlinks import named
from kb.site.view import holder_of

ADDRESS = "matrix.csv"
"""Where the file stands, relative to the site's root."""

_HEAD = ("Product", "Component", "Kind", "Level", "Requirement", "Only if", "Not if", "Versions")
_TAIL = ("Where", "Concerns", "Address")


def render(catalog: Catalog, addresses: Mapping[str, str], site: str) -> str:
    """Return the matrices of all published products as CSV.

    `addresses` are those of the pages, relative to the site's root; `site` is the address of the
    root, if it is known.
    """
    products = [one for one in catalog.products.values() if one.is_published]
    tables = [(one, made) for one in products if (made := matrix(catalog, one.id)).rows]
    columns = {name: None for _, made in tables for names in made.columns for name in names}
    titles = [catalog.topologies[name].title for name in columns]
    lines = [[*_HEAD, *titles, *_TAIL]]
    for product, made in tables:
        for row in made.rows:
            lines += _lines(catalog, product, made, row, tuple(columns), addresses, site)
    return spreadsheet.MARK + spreadsheet.as_csv(lines)


def _lines(
    catalog: Catalog,
    product: Product,
    made: Matrix,
    row: Row,
    columns: tuple[str, ...],
    addresses: Mapping[str, str],
    site: str,
) -> Iterator[list[str]]:
    """Yield the lines of one component, or of the product as a whole."""
    holder = holder_of(catalog, row.component)
    kind = holder.kind if isinstance(holder, Component) else None
    begin = [product.title, holder.title, kind or ("" if holder is not product else "product")]
    held: dict[str, tuple[Requirement, set[str]]] = {}
    for names, cell in zip(made.columns, row.cells, strict=True):
        for one in cell or ():
            held.setdefault(one.ref, (one, set()))[1].update(names)
    known = {name for names in made.columns for name in names}
    page = _address(addresses, holder.path, "", site)
    if not held:
        said = "Nothing is asked" if row.asks_nothing else "Nothing recorded"
        marks = [("yes" if row.asks_nothing else "") if one in known else "" for one in columns]
        yield [*begin, said, "", "", "", "", *marks, "", "", page]
    for one, where in held.values():
        marks = ["" if name not in known else "yes" if name in where else "no" for name in columns]
        yield [
            *begin,
            *_facts(catalog, product, one),
            *marks,
            _place(catalog, one),
            text.join(catalog.title_of(name) for name in dict.fromkeys(named(one))),
            _address(addresses, holder.path, one.id, site),
        ]


def _facts(catalog: Catalog, product: Product, one: Requirement) -> list[str]:
    return [
        words.LEVELS[one.level].name,
        one.text,
        text.join(catalog.conditions[name].title for name in one.when),
        text.join((catalog.conditions[name].title for name in one.unless), "or"),
        words.span(one.versions, product.versions) or "",
    ]


def _place(catalog: Catalog, one: Requirement) -> str:
    members = catalog.title_of(one.nodes) if one.nodes else None
    return words.place(one.placement, members) if one.placement else ""


def _address(addresses: Mapping[str, str], path: str, anchor: str, site: str) -> str:
    """Return the address of a page; "" where the site has none."""
    if path not in addresses:
        return ""
    fragment = f"#{anchor}" if anchor else ""
    return (urljoin(site, addresses[path]) if site else addresses[path]) + fragment
