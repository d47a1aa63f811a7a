"""Catalogs and their master plans, shared by the tests of plans."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from kb.catalog import Catalog
from kb.compiler import compile_folder
from kb.plan import MasterPlan, Plan, master_plan, plan_of, select

ROOT = Path(__file__).parents[3]
BASES = {
    "reference": ROOT / "docs",
    **{
        one.name: one / "docs"
        for one in sorted((ROOT / "tests" / "knowledge_bases").iterdir())
        if one.is_dir()
    },
}

Planner = Callable[..., Plan]


@cache
def catalog_of(name: str) -> Catalog:
    """Return the catalog of a knowledge base, compiled once for all tests."""
    made = compile_folder(BASES[name]).catalog
    assert made is not None
    return made


@cache
def master_of(name: str, product: str) -> MasterPlan:
    """Return a master plan, made once for all tests."""
    catalog = catalog_of(name)
    return master_plan(catalog, catalog.products[product])


def planned(base: str, **chosen: object) -> Plan:
    """Return the plan of a knowledge base for what is named."""
    selection = select(catalog_of(base), **chosen)  # type: ignore[arg-type]
    return plan_of(master_of(base, selection.product), selection)


@pytest.fixture
def k0() -> Planner:
    """Plans of a fictional product that exercises the whole format."""
    return lambda **chosen: planned("k0", **{"product": "kelpvault", **chosen})


@pytest.fixture
def reference() -> Planner:
    """Plans of the reference product."""
    return lambda **chosen: planned("reference", **chosen)
