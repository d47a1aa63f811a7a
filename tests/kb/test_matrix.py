"""The matrix: which topologies share a column, and what stands in a cell."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from kb.catalog import Catalog
from kb.compiler import compile_folder, compile_sources
from kb.errors import UnknownNameError
from kb.matrix import matrix
from kb.sources import SourceFile, source_file

KNOWLEDGE_BASES = Path(__file__).parents[1] / "knowledge_bases"
DOCS = Path(__file__).parents[2] / "docs"

WORLD = {
    "p.md": "---\ntype: product\ntitle: P\ntopologies: [pair, ring]\nsource: book\n---\n",
    "pair.md": "---\ntype: topology\ntitle: pair\n---\n",
    "ring.md": "---\ntype: topology\ntitle: ring\n---\n",
    "wide-ring.md": "---\ntype: topology\ntitle: wide ring\nbroader: ring\n---\n",
    "book.md": "---\ntype: source\ntitle: Book\npublisher: Nobody\n---\n",
}
SERVICE = """---
type: component
title: Service
source: book
requirements:
  - id: option
    may: Run the service twice.
  - id: duty
    must: Run the service.
    in: [{topology}]
---
"""


def catalog_of(files: Mapping[str, str]) -> Catalog:
    sources = [source_file(path, text.encode()) for path, text in files.items()]
    made = compile_sources([one for one in sources if isinstance(one, SourceFile)])
    assert made.catalog is not None, made.diagnostics
    return made.catalog


def test_topologies_that_do_not_differ_share_a_column() -> None:
    """The reference pages ask the same in both topologies, so there is one column."""
    made = compile_folder(DOCS).catalog
    assert made is not None

    table = matrix(made)

    assert table.columns == (("active-passive", "active-active"),)
    assert [row.component for row in table.rows][:2] == ["sql-safe-backup", "backup-service"]


def test_a_requirement_of_one_topology_keeps_the_columns_apart() -> None:
    """A column of its own belongs to a topology in which something else is asked."""
    table = matrix(catalog_of(WORLD | {"service.md": SERVICE.format(topology="ring")}))

    assert table.columns == (("pair",), ("ring", "wide-ring"))
    (row,) = table.rows
    assert [[one.id for one in cell or ()] for cell in row.cells] == [
        ["option"],
        ["duty", "option"],
    ]


def test_a_narrower_topology_has_what_its_broader_one_has_and_more() -> None:
    """What is asked in a narrower topology only is not asked in the broader one."""
    table = matrix(catalog_of(WORLD | {"service.md": SERVICE.format(topology="wide-ring")}))

    assert table.columns == (("pair", "ring"), ("wide-ring",))


def test_a_component_that_is_asked_nothing_has_a_row_that_says_so() -> None:
    """`requirements: none` is not the same as an empty cell."""
    nothing = "---\ntype: component\ntitle: Console\nsource: book\nrequirements: none\n---\n"

    (row,) = matrix(catalog_of(WORLD | {"console.md": nothing})).rows

    assert row.asks_nothing
    assert set(row.cells) == {()}


def test_the_topologies_of_another_product_are_no_cells_of_a_component() -> None:
    """In the matrix of all products a component has nothing under topologies it cannot have."""
    made = compile_folder(KNOWLEDGE_BASES / "k0" / "docs").catalog
    assert made is not None

    table = matrix(made)
    row = next(one for one in table.rows if one.component == "uplink-agent")

    assert table.columns == (("paired-halls",), ("cell-ring",), ("stretched-ring",))
    assert row.cells[0]
    assert row.cells[1:] == (None, None)


def test_drafts_and_retired_components_have_no_row() -> None:
    """Only published components are in the matrix."""
    hidden = SERVICE.format(topology="ring").replace("title:", "status: {}\ntitle:")
    files = {"a.md": hidden.format("draft"), "b.md": hidden.format("retired")}
    files["b.md"] = files["b.md"].replace("Service", "Other")

    assert matrix(catalog_of(WORLD | files)).rows == ()


def test_without_topologies_there_is_one_column_for_all() -> None:
    """A knowledge base that documents no topology still has a matrix."""
    files = {path: text for path, text in WORLD.items() if "ring" not in path and path != "pair.md"}
    files["p.md"] = files["p.md"].replace("topologies: [pair, ring]\n", "")
    service = SERVICE.replace("    in: [{topology}]\n", "")

    table = matrix(catalog_of(files | {"service.md": service}))

    assert table.columns == ((),)
    assert [one.id for one in table.rows[0].cells[0] or ()] == ["duty", "option"]


def test_a_product_is_found_by_any_of_its_names() -> None:
    """The product may be named in any spelling; an unknown one is told with suggestions."""
    made = compile_folder(KNOWLEDGE_BASES / "k0" / "docs").catalog
    assert made is not None

    assert {row.product for row in matrix(made, "Kelp Vault").rows} == {"kelpvault"}
    with pytest.raises(UnknownNameError, match="did you mean kelpvault"):
        matrix(made, "kelpvaults")
