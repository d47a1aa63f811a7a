"""The page for writers: how far each component is documented, and where that is changed."""

import re
from pathlib import Path

import pytest

from kb.catalog import Catalog
from kb.diagnostics import Diagnostic, Place, Severity
from kb.site.backlinks import backlinks
from kb.site.build import build_site
from kb.site.coverage import page
from kb.site.editing import Editing
from kb.site.view import View
from tests.kb.site.built import K0, addresses_of, catalog_of, read_html

PUMP = """---
type: component
title: Pump
role: Pumps.
reviewed: "2024-05-01"
source: {id: book, locator: p1}
requirements:
  - id: one
    must: Install it.
    why: It pumps.
    verify: {run: show pump, expect: it runs}
  - id: two
    must: Start it.
  - id: three
    may: Paint it.
---
"""
BOOK = "---\ntype: source\ntitle: Book\npublisher: Nobody\nlocators: {p1: page 1}\n---\n"
FORGE = Editing("https://forge.invalid/a/b/edit/main/docs/")


@pytest.fixture
def catalog() -> Catalog:
    """A component with gaps, and one of which nothing is asked."""
    nothing = "---\ntype: component\ntitle: Valve\nsource: book\nrequirements: none\n---\n"
    return catalog_of({"pump.md": PUMP, "book.md": BOOK, "valve.md": nothing})


def states(catalog: Catalog, name: str, editing: Editing = FORGE) -> dict[str, str]:
    """Return what the row of a component says, by facet."""
    view = View(catalog, addresses_of(catalog), "coverage/", backlinks(catalog))
    rows = page(view, [], editing).split("<tr>")
    [row] = [one for one in rows if f">{name}</a>" in one]
    cells = re.findall(r'<td class="kb-state-[a-z]+" data-facet="([A-Z][a-z]+)">(.*?)</td>', row)
    return {facet: re.sub(r"<[^>]+>", "", text) for facet, text in cells}


def test_each_facet_is_documented_missing_or_nothing_to_do(catalog: Catalog) -> None:
    """What a page states is counted against what could be stated of its requirements."""
    assert states(catalog, "Pump") == {
        "Role": "✓ yes",
        "Placement": "✗ missing",
        "Requirements": "✓ 3",
        "How": "✗ missing",
        "Check": "◐ 1 of 2",
        "Why": "◐ 1 of 2",
        "Source": "✓ 3",
        "Questions": "✗ missing",
        "Reviewed": "2024-05-01",
    }


def test_a_component_of_which_nothing_is_asked_needs_no_how(catalog: Catalog) -> None:
    """Nothing to do is another state than missing."""
    valve = states(catalog, "Valve")

    assert {valve[one] for one in ("Requirements", "How", "Check", "Why")} == {"– nothing"}
    assert valve["Source"] == "✗ missing"
    assert valve["Reviewed"] == "never"


def test_a_gap_leads_to_the_line_that_has_it(catalog: Catalog) -> None:
    """The first requirement without a check is where one is added; a forge shows the line."""
    view = View(catalog, addresses_of(catalog), "coverage/", backlinks(catalog))
    line = PUMP.splitlines().index("  - id: two") + 1

    written = page(view, [], FORGE)

    assert f'href="https://forge.invalid/a/b/blob/main/docs/pump.md#L{line}"' in written
    assert "forge" not in page(view, [], Editing())
    assert "<code>pump.md:" in page(view, [], Editing())


def test_what_the_check_warns_of_is_listed_with_its_place(catalog: Catalog) -> None:
    """Stale reviews, unused vocabulary and all else, below the name of the rule."""
    view = View(catalog, addresses_of(catalog), "coverage/", backlinks(catalog))
    found = Diagnostic(
        code="KB504",
        name="unused-vocabulary",
        severity=Severity.WARNING,
        place=Place("pair.md", 3, 1),
        message="nothing names <it>",
        help="",
    )

    written = page(view, [found], FORGE)

    assert "unused-vocabulary (KB504)" in written
    assert 'docs/pair.md#L3"' in written
    assert "nothing names &lt;it&gt;" in written
    assert "It warns of nothing." in page(view, [], FORGE)


def test_edit_links_lead_to_files_of_writers_alone(tmp_path: Path) -> None:
    """A page that is made has no file to edit, and shows no link to one."""
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "site_name: x\nrepo_url: https://forge.invalid/a/b\nedit_uri: edit/main/docs/\n"
        "theme: {name: material, features: [content.action.edit]}\nplugins: [kb]\n",
        encoding="utf-8",
    )

    build_site(K0 / "docs", tmp_path / "site", config)

    def edits(path: str) -> list[str]:
        links = read_html(tmp_path / "site" / path / "index.html").links
        return [one for one in links if "/edit/main/" in one]

    assert edits("components/arbiter") == [
        "https://forge.invalid/a/b/edit/main/docs/components/arbiter.md"
    ]
    assert edits("matrix") == edits("components") == edits("coverage") == []
    coverage = (tmp_path / "site" / "coverage" / "index.html").read_text("utf-8")
    assert "https://forge.invalid/a/b/blob/main/docs/components/arbiter.md#L" in coverage
