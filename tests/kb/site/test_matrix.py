"""The matrix page and its CSV: what the filters offer, what stands in a line."""

import csv
import io
import re

import pytest

from kb.catalog import Catalog
from kb.site import matrix, matrix_csv
from kb.site.backlinks import backlinks
from kb.site.view import View
from kb.spreadsheet import MARK
from tests.kb.site.built import addresses_of, catalog_of

SERVICE = """---
type: component
title: '{title}'
kind: service
source: book
requirements:
  - id: run
    must: Run the service.
    resource: disk
  - id: twice
    must-not: Run the service twice.
    placement: each-node
---
"""
FILES = {
    "service.md": SERVICE.format(title="=Service"),
    "idle.md": "---\ntype: component\ntitle: Idle\nkind: console\nsource: book\n"
    "requirements: none\n---\n",
    "storage.md": "---\ntype: resource\ntitle: storage\n---\n",
    "disk.md": "---\ntype: resource\ntitle: disk\nbroader: storage\n---\n",
}


def page_of(catalog: Catalog) -> str:
    return matrix.page(View(catalog, addresses_of(catalog), "matrix/", backlinks(catalog)))


def csv_of(catalog: Catalog, site: str = "") -> list[dict[str, str]]:
    made = matrix_csv.render(catalog, addresses_of(catalog), site)
    return list(csv.DictReader(io.StringIO(made.removeprefix(MARK), newline="")))


def test_filters_offer_what_occurs() -> None:
    """Kinds, places and resources of the table can be chosen, broader terms too, and no others."""
    page = page_of(catalog_of(FILES))

    offered = re.findall(r'<option value="([^"]+)"', page)

    assert offered == ["console", "service", "disk", "storage"]
    assert 'value="nothing"' in page


def test_a_line_of_a_cell_says_what_it_can_be_found_by() -> None:
    """Level, place and resources, with what these are kinds of, stand beside each sentence."""
    page = page_of(catalog_of(FILES))

    assert '<li data-level="must" data-what="disk storage">' in page
    assert '<li data-level="must-not" data-where="each-node">' in page


def test_a_level_is_a_symbol_that_is_drawn_once() -> None:
    """Of a thousand rows none draws its symbols anew; a screen reader hears the word."""
    page = page_of(catalog_of(FILES))

    assert page.count("<symbol id=") == 7
    assert '<use href="#kb-level-must-not"/></svg><span class="kb-heard">Must not: </span>' in page


def test_the_file_has_a_line_for_each_requirement() -> None:
    """Each with its level, its topologies and its address; formulas are text."""
    lines = csv_of(catalog_of(FILES), "https://kb.invalid/docs/")

    assert [(one["Component"], one["Level"], one["pair"]) for one in lines] == [
        ("Idle", "Nothing is asked", "yes"),
        ("'=Service", "Must", "yes"),
        ("'=Service", "Must not", "yes"),
    ]
    assert lines[1]["Address"] == "https://kb.invalid/docs/service/#run"
    assert lines[1]["Concerns"] == "disk"
    assert lines[2]["Where"] == "each node of the cluster"


def test_the_file_tells_topologies_apart(k0: Catalog) -> None:
    """Where a requirement does not hold stands a no; a topology of another product stays empty."""
    lines = csv_of(k0)

    line = next(one for one in lines if one["Address"].endswith("arbiter/#outside"))

    topologies = ("paired halls", "cell ring", "stretched ring")
    assert [line[one] for one in topologies] == ["no", "no", "yes"]
    other = next(one for one in lines if one["Product"] == "Kelpline")
    assert [other[one] for one in topologies] == ["yes", "", ""]


@pytest.mark.parametrize("title", ["A | B", "<b>bold</b>", '"quoted"'])
def test_a_hostile_title_stays_text(title: str) -> None:
    """Titles with markup are shown as they are."""
    page = page_of(catalog_of(FILES | {"service.md": SERVICE.format(title=title)}))

    assert "<b>" not in page


def test_the_way_to_the_differences_is_shown_where_there_are_any(k0: Catalog) -> None:
    """Who looks at columns that differ is led to what to do about it."""
    pages = {"differences.md": "differences/"}
    alike = catalog_of(FILES)

    def page(catalog: Catalog) -> str:
        addresses = addresses_of(catalog) | pages
        return matrix.page(View(catalog, addresses, "matrix/", backlinks(catalog)))

    assert 'href="../differences/"' in page(k0)
    assert 'href="../differences/"' not in page(alike)
