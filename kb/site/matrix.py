"""The matrix page: every component by every topology."""

from __future__ import annotations

from collections.abc import Iterator

from kb import text
from kb.catalog import Product
from kb.matrix import Cell, Matrix, Row, matrix
from kb.site import markup, parts, words
from kb.site.parts import Headings
from kb.site.references import aside, conditions, reference
from kb.site.view import View, holder_of

TITLE = "Matrix"
MATRIX = "matrix.md"
"""The path of the page."""


def page(view: View) -> str:
    """Return the matrix page as Markdown."""
    products = [one for one in view.catalog.products.values() if one.is_published]
    headings = Headings({"matrix"})
    blocks = [
        f"# {TITLE} {{#matrix}}",
        markup.element(
            "p", "What clustering asks of each component, by topology.", class_="kb-lead"
        ),
        words.legend(),
    ]
    for product in products:
        made = matrix(view.catalog, product.id)
        if made.rows:
            if len(products) > 1:
                blocks.append(headings(product.title, product.id))
            blocks += [_same(view, made), _table(view, product, made)]
    return parts.joined(blocks)


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
    head = ["Component", *columns]
    header = markup.row(*(markup.element("th", one, scope="col") for one in head))
    rows = [_row(view, product, made, row) for row in made.rows]
    body = [markup.element("thead", header), markup.block("tbody", rows)]
    return markup.element(
        "div",
        markup.block("table", body, class_="kb-matrix"),
        class_="kb-table",
        tabindex="0",
        role="region",
        aria_label=f"Matrix of {product.title}",
    )


def _row(view: View, product: Product, made: Matrix, row: Row) -> str:
    holder = holder_of(view.catalog, row.component)
    name = view.link(holder)
    if row.component == product.id:
        name = f"The whole cluster ({name})"
    cells = [_spanning(view, made, row, start, end) for start, end in _spans(row)]
    return markup.row(markup.element("th", name, scope="row"), *cells)


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
    if row.asks_nothing:
        return markup.element("span", "Nothing is asked", class_="kb-quiet")
    if not cell:
        return markup.element("span", "Nothing recorded", class_="kb-quiet")
    lines = (reference(view, one, aside(conditions(view, one))) for one in cell)
    return markup.bullets(lines, class_="kb-references")
