"""The planner page says what it is without a script, and gives its script what it plans from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.catalog import Catalog
from kb.site import planner
from kb.site.backlinks import backlinks
from kb.site.tree import Tree
from kb.site.view import View
from tests.kb.site.built import MINIMAL, addresses_of, catalog_of, compiled, read_html

HERE = "planner/"


@pytest.fixture(scope="module")
def page(k0: Catalog) -> str:
    return planner.page(View(k0, {"planner.md": HERE}, HERE, backlinks(k0)))


def sheets(catalog: Catalog) -> dict[str, str]:
    addresses = addresses_of(catalog) | {"planner.md": HERE}
    return dict(planner.files(catalog, addresses))


def test_the_page_names_what_its_script_plans_from(page: str) -> None:
    """The script finds its data by an attribute, as seen from the page."""
    assert 'data-kb-planner="../planner.json"' in page


def test_without_a_script_one_line_leads_to_the_full_plans(page: str) -> None:
    """Who has no JavaScript is told so once, and gets a plan for each topology."""
    assert page.count("Choosing needs JavaScript") == 1
    assert '<a href="../plans/kelpvault/cell-ring.html">Kelpvault, cell ring</a>' in page


def test_the_data_lead_to_each_requirement(k0: Catalog) -> None:
    """Steps have the address of the requirement on its page; files of writers are not named."""
    text = sheets(k0)["plans/kelpvault/plan.json"]
    items = {one["id"]: one for one in json.loads(text)["items"]}

    assert items["arbiter/outside"]["url"] == "components/arbiter/#outside"
    assert ".md" not in text


def test_drafts_are_in_no_plan(k0: Catalog) -> None:
    """What is not published is not planned."""
    assert all("thumbnail" not in text.casefold() for text in sheets(k0).values())


def test_there_is_a_sheet_for_each_topology(k0: Catalog) -> None:
    """Each product's topologies have a full plan, and it says what the topology asks."""
    found = sheets(k0)

    assert sorted(found) == [
        "planner.json",
        "plans/kelpline/paired-halls.html",
        "plans/kelpline/plan.json",
        "plans/kelpvault/cell-ring.html",
        "plans/kelpvault/paired-halls.html",
        "plans/kelpvault/plan.json",
        "plans/kelpvault/stretched-ring.html",
    ]
    pair = found["plans/kelpvault/paired-halls.html"]
    assert "Build the cluster from exactly two nodes." in pair
    assert "Build the cluster from three nodes or more." not in pair


def test_a_sheet_is_a_page_of_its_own(k0: Catalog, tmp_path: Path) -> None:
    """A sheet has the style sheet and a way back, seen from where it stands, and no script."""
    (tmp_path / "sheet.html").write_text(
        sheets(k0)["plans/kelpvault/cell-ring.html"], encoding="utf-8"
    )

    html = read_html(tmp_path / "sheet.html")

    assert html.loaded == ["data:,", "../../assets/kb/kb.css"]
    assert html.links == ["../../planner/"]
    assert html.scripts == []


def test_hostile_texts_are_no_markup() -> None:
    """A title with tags is text on the sheet."""
    page = (
        "---\ntype: component\ntitle: <img src=x onerror=alert(1)>\nrequirements:\n"
        "  - {id: a, must: 'Do <script>alert(1)</script>.'}\n---\n"
    )
    catalog = catalog_of({"c.md": page})

    text = sheets(catalog)["plans/p/pair.html"]

    assert "<script" not in text
    assert "<img" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_a_writers_own_planner_page_is_kept() -> None:
    """A page of the writers at this place is theirs, and nothing is made beside it."""
    files = MINIMAL | {"planner.md": "# Ours\n"}
    tree = Tree(compiled(files), list(files))

    assert "planner.md" not in tree.made
    assert not [address for address, _ in tree.files({}) if "plan" in address]
