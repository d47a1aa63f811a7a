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


def test_a_row_is_found_by_what_people_write_short() -> None:
    """Aliases stand beside a row, and what its words are shortened to; nothing else's."""
    service = SERVICE.format(title="Volume Service").replace(
        "kind:", "aliases: [Vault of the Command Line]\nkind:"
    )
    page = page_of(catalog_of(FILES | {"service.md": service}))

    found = re.findall(r'<tbody data-name="(Volume[^"]*)"', page)

    assert len(found) == 1
    assert found[0].startswith("Volume Service Vault of the Command Line ")
    short = set(found[0].split())
    assert {"svc", "vol", "cmdline"} < short
    assert short.isdisjoint({"mgmt", "teh"})


def test_what_holds_in_every_topology_is_said_once(k0: Catalog) -> None:
    """Where topologies differ in part, one line spans them, and below it stands the difference."""
    page = page_of(k0)
    [row] = re.findall(r'<tbody data-name="Playout Service.*?</tbody>', page)

    common, differing = re.findall(r"<tr>.*?</tr>", row)

    assert '<th scope="rowgroup" rowspan="2">' in common
    assert re.findall(r'<td colspan="3" data-topologies="[^"]*">', common)
    assert common.count("<li") == 5
    assert re.findall(r"<li data-level=\"([^\"]+)", differing) == ["should"]
    assert "Nothing else" in differing
    assert row.count("on each node of the cluster") == 1


def test_a_level_is_a_symbol_that_is_drawn_once() -> None:
    """Of a thousand rows none draws its symbols anew; a screen reader hears the word."""
    page = page_of(catalog_of(FILES))

    assert page.count("<symbol id=") == 7
    assert (
        '<use xlink:href="#kb-level-must-not"/></svg><span class="kb-heard">Must not: </span>'
        in page
    )


def test_many_short_tables_are_as_long_as_one_of_many_rows() -> None:
    """What is out of sight is left alone from so many rows of the page on, in whatever tables."""
    other = "---\ntype: product\ntitle: Other\nsource: book\n---\n"
    resources = {name: FILES[name] for name in ("storage.md", "disk.md")}

    def tables(count: int) -> list[str]:
        services = {
            f"service{at}.md": SERVICE.format(title=f"Service {at}").replace(
                "kind:", f"product: {('p', 'other')[at % 2]}\nkind:"
            )
            for at in range(count)
        }
        page = page_of(catalog_of(resources | services | {"other.md": other}))
        return re.findall(r'<div class="kb-table([^"]*)"', page)

    assert tables(2) == ["", ""]
    assert tables(201) == [" kb-long", " kb-long"]


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
