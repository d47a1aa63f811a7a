"""The matrix page: every component by every topology.

What a component needs in every topology is said once, across them; below it stands what differs.
What the filters need stands in attributes beside each sentence. Of a page with thousands of rows
each sign counts, so the symbol of a level is drawn once and used by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
"""With more of them on the page, what is out of sight is not laid out."""


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
    is_long = sum(len(made.rows) for _, made in tables) > _MANY_ROWS
    for product, made in tables:
        if len(tables) > 1:
            blocks.append(headings(product.title, product.id))
        blocks += [_same(view, made), _table(view, product, made, is_long=is_long)]
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


def _table(view: View, product: Product, made: Matrix, *, is_long: bool) -> str:
    columns = [
        text.join(view.link(view.catalog.topologies[one]) for one in names) or "In any topology"
        for names in made.columns
    ]
    header = markup.row(
        *(markup.element("th", one, scope="col") for one in ("Component", *columns))
    )
    rows = [_row(view, product, made, row) for row in made.rows]
    body = [markup.element("thead", header), *rows]
    return markup.element(
        "div",
        markup.block("table", body, class_="kb-matrix"),
        class_="kb-table"
        + (" kb-many" if len(columns) > _MANY_COLUMNS else "")
        + (" kb-long" if is_long else ""),
        tabindex="0",
        role="region",
        aria_label=f"Matrix of {product.title}",
    )


def _row(view: View, product: Product, made: Matrix, row: Row) -> str:
    """Return what is asked of one component: a line, or two where its topologies differ in part."""
    holder = holder_of(view.catalog, row.component)
    name = view.link(holder)
    kind = holder.kind if isinstance(holder, Component) else None
    if row.component == product.id:
        name = f"The whole cluster ({name})"
    if kind:
        name += markup.element("span", markup.text(kind), class_="kb-aside kb-kind-of")
    lines = list(_lines(view, made, row))
    rows = str(len(lines)) if len(lines) > 1 else None
    head = markup.element("th", name, scope="rowgroup" if rows else "row", rowspan=rows)
    return markup.element(
        "tbody",
        *(markup.element("tr", head if at == 0 else "", *cells) for at, cells in enumerate(lines)),
        data_name=" ".join(filters.found_by(holder)),
        data_kind=kind,
    )


def _lines(view: View, made: Matrix, row: Row) -> Iterator[list[str]]:
    """Yield the cells of each line of a row: what holds throughout, then what differs."""
    runs = list(_runs(row.cells))
    common = _common(row.cells) if len(runs) > 1 else ()
    every = [name for column in made.columns for name in column]
    if common:
        yield [_spanning(view, every, len(row.cells), _listed(view, row, common))]
    line = []
    for start, end in runs:
        cell = row.cells[start]
        if common:
            rest = tuple(one for one in cell or () if one not in common)
            content = _listed(view, row, rest) if rest else _nothing_else()
        else:
            content = _cell(view, row, cell)
        names = [name for column in made.columns[start:end] for name in column]
        line.append(_spanning(view, names if len(runs) > 1 else (), end - start, content))
    yield line


def _spanning(view: View, topologies: Sequence[str], columns: int, content: str) -> str:
    """Return a cell; where rows are stacked for want of room, it names its topologies."""
    titles = ", ".join(view.catalog.topologies[one].title for one in topologies)
    return markup.element(
        "td",
        content,
        colspan=str(columns) if columns > 1 else None,
        data_topologies=titles or None,
    )


def _runs(cells: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """Yield where runs of cells that are alike begin and end."""
    start = 0
    for end in range(1, len(cells) + 1):
        if end == len(cells) or _refs(cells[end]) != _refs(cells[start]):
            yield start, end
            start = end


def _common(cells: Sequence[Cell]) -> Sequence[Requirement]:
    """Return what stands in every one of some cells."""
    refs = [set(_refs(one) or ()) for one in cells]
    return tuple(one for one in cells[0] or () if all(one.ref in each for each in refs))


def _refs(cell: Cell) -> list[str] | None:
    return None if cell is None else [one.ref for one in cell]


def _cell(view: View, row: Row, cell: Cell) -> str:
    if row.asks_nothing:
        return _none("Nothing is asked", filters.NOTHING, _placement(view, row))
    if not cell:
        return _none("Nothing recorded", filters.UNRECORDED, _placement(view, row))
    return _listed(view, row, cell)


def _placement(view: View, row: Row) -> str | None:
    holder = holder_of(view.catalog, row.component)
    return holder.placement if isinstance(holder, Component) else None


def _listed(view: View, row: Row, asked: Sequence[Requirement]) -> str:
    where = _placement(view, row)
    return markup.element("ul", *(_item(view, one, where) for one in asked), class_="kb-asked")


def _nothing_else() -> str:
    return markup.element("span", "Nothing else", class_="kb-quiet")


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
