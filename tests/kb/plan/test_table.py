"""A plan as CSV opens in a spreadsheet and runs nothing there."""

from __future__ import annotations

import csv
import io

import pytest

from kb.plan import as_csv, master_plan, plan_of, select
from tests.kb.plan.conftest import Planner
from tests.kb.site.built import catalog_of


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_box_is_a_row(reference: Planner) -> None:
    """A step on two nodes is two rows with the same number and ids of their own."""
    found = rows(as_csv(reference(nodes=["NODE1", "NODE2"])))

    assert [(one["id"], one["number"], one["node"]) for one in found[:2]] == [
        ("backup-service/each-node@NODE1", "1", "NODE1"),
        ("backup-service/each-node@NODE2", "1", "NODE2"),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d", "  ="])
def test_no_cell_is_a_formula(start: str) -> None:
    """A text that a spreadsheet would run is quoted, also as the name of a node."""
    page = (
        "---\ntype: component\ntitle: C\nrequirements:\n"
        f"  - {{id: a, must: '{start}cmd|x', placement: each-node}}\n---\n"
    )
    catalog = catalog_of({"c.md": page})
    chosen = select(catalog, nodes=[f"{start}1"])

    found = rows(as_csv(plan_of(master_plan(catalog, catalog.products["p"]), chosen)))[0]

    assert found["step"].startswith("'")
    assert found["node"].startswith("'")
