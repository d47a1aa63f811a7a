"""The matrix page: every component by every topology.

Each sentence is there once for each topology that differs; what the filters need stands in
attributes beside it. Of a page with thousands of rows each sign counts, so the symbol of a level is
drawn once and used by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb import text
from kb.catalog import Component, Product, Requirement
from kb.matrix import Cell, Matrix, Row, matrix
from kb.site import differences, filters, markup, matrix_csv, parts, words
from kb.site.backlinks import named
from kb.site.parts import Headings
from kb.site.references import aside, conditions
from kb.site.view import View, holder_of, relative

TITLE = "Matrix"
MATRIX = "matrix.md"
"""The path of the page."""
_MANY_COLUMNS = 3
"""With more of them a table scrolls inside its own frame."""
_MANY_ROWS = 200
"""With more of them, what is out of sight is not laid out."""


def page(view: View) -> str:
    """Return the matrix page as Markdown."""
    tables = [
        (product, made)
        for product in view.catalog.products.values()
        if product.is_published and (made := matrix(view.catalog, product.id)).rows
    ]
    headings = Headings({"matrix"})
    blocks = [
        f"# {TITLE} {{#matrix}}",
        markup.element(
            "p", "What clustering asks of each component, by topology.", class_="kb-lead"
        ),
        _differences(view),
        words.symbols(),
        filters.form(view, [made for _, made in tables], _csv_link(view)) if tables else "",
    ]
    for product, made in tables:
        if len(tables) > 1:
            blocks.append(headings(product.title, product.id))
        blocks += [_same(view, made), _table(view, product, made)]
    return parts.joined(blocks)


def _differences(view: View) -> str:
    """Return the way to what changes between topologies; "" where nothing does."""
    href = view.address(differences.DIFFERENCES)
    if href is None or not differences.differ(view.catalog):
        return ""
    link = markup.element("a", "differences", href=href)
    said = f"From one topology to another: the {link} say what to add, change and stop."
    return markup.element("p", said)


def _csv_link(view: View) -> str:
    href = relative(matrix_csv.ADDRESS, view.here)
    return markup.element("a", "Download as CSV", href=href, download="", class_="kb-csv")


def _same(view: View, made: Matrix) -> str:
    if len(made.columns) > 1 or len(made.columns[0]) < 2:
        return ""
    names = view.links(view.catalog.topologies[one] for one in made.columns[0])
    return markup.element("p", f"Nothing differs between {names}.", class_="kb-same")


def _table(view: View, product: Product, made: Matrix) -> str:
    columns = [
        text.join(view.link(view.catalog.topologies[one]) for one in names) or "In any topology"
        for names in made.columns
    ]
    header = markup.row(
        *(markup.element("th", one, scope="col") for one in ("Component", *columns))
    )
    rows = [_row(view, product, made, row) for row in made.rows]
    body = [markup.element("thead", header), markup.block("tbody", rows)]
    return markup.element(
        "div",
        markup.block("table", body, class_="kb-matrix"),
        class_="kb-table"
        + (" kb-many" if len(columns) > _MANY_COLUMNS else "")
        + (" kb-long" if len(rows) > _MANY_ROWS else ""),
        tabindex="0",
        role="region",
        aria_label=f"Matrix of {product.title}",
    )


def _row(view: View, product: Product, made: Matrix, row: Row) -> str:
    holder = holder_of(view.catalog, row.component)
    name = view.link(holder)
    kind = holder.kind if isinstance(holder, Component) else None
    if row.component == product.id:
        name = f"The whole cluster ({name})"
    if kind:
        name += markup.element("span", markup.text(kind), class_="kb-aside kb-kind-of")
    cells = [_spanning(view, made, row, start, end) for start, end in _spans(row)]
    return markup.element(
        "tr",
        markup.element("th", name, scope="row"),
        *cells,
        data_name=" ".join(holder.names),
        data_kind=kind,
    )


def _spanning(view: View, made: Matrix, row: Row, start: int, end: int) -> str:
    """Return a cell; where rows are stacked for want of room, it names its topologies."""
    names = [name for column in made.columns[start:end] for name in column]
    titles = ", ".join(view.catalog.topologies[one].title for one in names)
    return markup.element(
        "td",
        _cell(view, row, row.cells[start]),
        colspan=str(end - start) if end - start > 1 else None,
        data_topologies=titles if end - start < len(row.cells) else None,
    )


def _spans(row: Row) -> Iterator[tuple[int, int]]:
    """Yield where runs of cells that are alike begin and end."""
    start = 0
    for end in range(1, len(row.cells) + 1):
        if end == len(row.cells) or _refs(row.cells[end]) != _refs(row.cells[start]):
            yield start, end
            start = end


def _refs(cell: Cell) -> list[str] | None:
    return None if cell is None else [one.ref for one in cell]


def _cell(view: View, row: Row, cell: Cell) -> str:
    holder = holder_of(view.catalog, row.component)
    where = holder.placement if isinstance(holder, Component) else None
    if row.asks_nothing:
        return _none("Nothing is asked", filters.NOTHING, where)
    if not cell:
        return _none("Nothing recorded", filters.UNRECORDED, where)
    return markup.element("ul", *(_item(view, one, where) for one in cell), class_="kb-asked")


def _none(said: str, level: str, where: str | None) -> str:
    return markup.element("span", said, class_="kb-quiet", data_level=level, data_where=where)


def _item(view: View, one: Requirement, where: str | None) -> str:
    note = aside(conditions(view, one))
    return markup.element(
        "li",
        words.symbol(one.level),
        markup.element("span", view.requirement(one, with_holder=False), " " if note else "", note),
        data_level=one.level,
        data_where=one.placement or where,
        data_what=" ".join(filters.concerned(view, named(one))) or None,
    )
