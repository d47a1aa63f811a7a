"""Topology against topology: what to add, change, stop, and what is no longer asked."""

import pytest

from kb.catalog import Catalog, Requirement
from kb.compiler import compile_folder
from kb.diff import between, differing
from tests.kb.site.built import K0, catalog_of

WORLD = {
    "p.md": "---\ntype: product\ntitle: P\ntopologies: [pair, ring]\nsource: book\n---\n",
    "need.md": "---\ntype: condition\ntitle: need\nsummary: It is needed.\n---\n",
    "ring.md": "---\ntype: topology\ntitle: ring\nsummary: Many nodes.\n---\n",
}
PAGE = """---
type: component
title: Service
source: book
requirements:
{requirements}
---
"""


def world(*requirements: str) -> Catalog:
    listed = "\n".join(f"  - id: r{at}\n    {one}" for at, one in enumerate(requirements))
    return catalog_of(WORLD | {"service.md": PAGE.format(requirements=listed)})


def told(catalog: Catalog) -> list[tuple[str, str | None, str | None]]:
    made = between(catalog, "p", "pair", "ring").differences
    return [(one.kind, _text(one.before), _text(one.after)) for one in made]


def _text(one: Requirement | None) -> str | None:
    return one.text if one else None


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        ("must: Run it.\n    in: [ring]", ("add", None, "Run it.")),
        ("must-not: Run it.\n    in: [ring]", ("stop", None, "Do not run it.")),
        ("need-not: Run it.\n    in: [ring]", ("stop", None, "You need not run it.")),
        ("must: Run it.\n    in: [pair]", ("lapse", "Run it.", None)),
    ],
)
def test_what_holds_in_one_only_is_told(
    requirement: str, expected: tuple[str, str | None, str | None]
) -> None:
    """It is to be added or stopped where it is asked in the new one, and lapses otherwise."""
    assert told(world(requirement)) == [expected]


def test_the_same_thing_asked_otherwise_is_a_change() -> None:
    """A level that differs for one action, or another number of one thing, is no new duty."""
    levels = world("may: Run it.\n    in: [pair]", "must: Run it.\n    in: [ring]")
    conditions = world(
        "must: Run it.\n    in: [pair]\n    when: need", "must: Run it.\n    in: [ring]"
    )
    numbers = world(
        "must: Keep two.\n    in: [pair]\n    count: {of: copy, exactly: 2}",
        "must: Keep three.\n    in: [ring]\n    count: {of: copy, exactly: 3}",
    )

    assert told(levels) == [("change", "You may run it.", "Run it.")]
    assert told(conditions) == [("change", "Run it.", "Run it.")]
    assert told(numbers) == [("change", "Keep two.", "Keep three.")]


def test_what_holds_in_both_is_not_told() -> None:
    """Where nothing differs there is no pair of topologies to go between."""
    catalog = world("must: Run it.")

    assert told(catalog) == []
    assert differing(catalog, "p") == ()


def test_both_directions_are_told() -> None:
    """What one way adds or changes, the way back no longer asks or changes back."""
    catalog = compile_folder(K0 / "docs").catalog
    assert catalog is not None
    found = {(one.before, one.after): one for one in differing(catalog, "kelpvault")}

    there = found["paired-halls", "stretched-ring"].differences
    back = found["stretched-ring", "paired-halls"].differences

    assert {one.after.ref for one in there if one.after} == {
        one.before.ref for one in back if one.before
    }


def test_what_something_stronger_says_too_is_not_told() -> None:
    """What may be done in rings and must be in this one is one duty and no offer beside it."""
    both = world("may: Run it.\n    in: [ring]", "must: Run it.\n    in: [ring]")
    apart = world("may: Run it.\n    in: [ring]\n    when: need", "must: Run it.\n    in: [ring]")

    assert told(both) == [("add", None, "Run it.")]
    assert len(told(apart)) == 2
