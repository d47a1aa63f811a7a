"""How pages are cut into passages, and that each passage has an address of its own."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from kb.compiler import compile_folder
from kb.search import Cut, Passage, passages

ROOT = Path(__file__).parents[3]
PRODUCT = """---
type: product
title: Waterworks
topologies: [pair, ring]
summary: Moves water.
requirements:
  - id: one-site
    must: Keep the pumps at one site.
---
"""
TOPOLOGY = "---\ntype: topology\ntitle: Pump {name}\n---\n"
PUMP = """---
type: component
title: Pump Service
aliases: [pump svc, lifter]
summary: A service.
role: Lifts water.
requirements:
  - id: no-cluster-resource
    must-not: Configure the service as a cluster resource.
    in: [pair]
    when: night-work
    resource: cluster-resource
    why: Two would run.
---

# Pump Service

It stands in the lower hall.

## What is not recorded

The number of
pumps.

### Nothing below

## {#chosen}

## Power {#chosen-too}

Three phases.
"""
FILES = {
    "products/waterworks.md": PRODUCT,
    "topologies/pair.md": TOPOLOGY.format(name="Pair"),
    "topologies/ring.md": TOPOLOGY.format(name="Ring"),
    "conditions/night-work.md": "---\ntype: condition\ntitle: Works at night\n---\n",
    "resources/cluster-resource.md": "---\ntype: resource\ntitle: Cluster Resource\n---\n",
    "components/pump.md": PUMP,
    "components/valve.md": """---
type: component
title: Valve Service
same-as: pump
---
""",
    "guides/start.md": "# Starting\n\nOpen the valve.\n\n## And stopping\n\nClose it.\n",
}


def cut(folder: Path, files: Mapping[str, str]) -> dict[str, Passage]:
    """Write pages and return their passages by id."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    compilation = compile_folder(folder)
    assert compilation.catalog is not None, compilation.diagnostics
    return {one.id: one for one in passages(compilation.catalog)}


def test_pages_are_cut_into_passages_in_a_fixed_order(tmp_path: Path) -> None:
    """A page comes first, then its requirements, then the sections that say something."""
    assert list(cut(tmp_path, FILES)) == [
        "products/waterworks.md",
        "products/waterworks.md#one-site",
        "components/pump.md",
        "components/pump.md#no-cluster-resource",
        "components/pump.md#what-is-not-recorded",
        "components/pump.md#chosen-too",
        "components/valve.md",
        "topologies/pair.md",
        "topologies/ring.md",
        "resources/cluster-resource.md",
        "conditions/night-work.md",
        "guides/start.md",
        "guides/start.md#and-stopping",
    ]


def test_a_page_is_introduced_by_its_definition(tmp_path: Path) -> None:
    """The passage of a page has its names; it says summary, role and what stands on top."""
    page = cut(tmp_path, FILES)["components/pump.md"]

    assert page == Passage(
        type="component",
        thing="pump",
        product="waterworks",
        status="published",
        title="Pump Service",
        heading=None,
        anchor=None,
        path="components/pump.md",
        text="A service. Lifts water. It stands in the lower hall.",
        names=("Pump Service", "pump svc", "lifter"),
    )


def test_a_section_is_one_passage(tmp_path: Path) -> None:
    """A section has its heading and its own prose in one line."""
    section = cut(tmp_path, FILES)["components/pump.md#what-is-not-recorded"]

    assert section == Passage(
        type="component",
        thing="pump",
        product="waterworks",
        status="published",
        title="Pump Service",
        heading="What is not recorded",
        anchor="what-is-not-recorded",
        path="components/pump.md",
        text="The number of pumps.",
    )


def test_a_requirement_is_the_full_sentence(tmp_path: Path) -> None:
    """A prohibition is never shown as its bare action; it is found by what it is about."""
    requirement = cut(tmp_path, FILES)["components/pump.md#no-cluster-resource"]

    assert requirement == Passage(
        type="requirement",
        thing="pump",
        product="waterworks",
        status="published",
        title="Pump Service",
        heading=None,
        anchor="no-cluster-resource",
        path="components/pump.md",
        text="Do not configure the service as a cluster resource. Two would run.",
        related=("Works at night", "Cluster Resource", "Pump Pair", "Valve Service"),
    )


def test_a_guide_has_no_thing(tmp_path: Path) -> None:
    """A page without a type is called by its title and belongs to no thing."""
    guide = cut(tmp_path, FILES)["guides/start.md"]

    assert (guide.type, guide.thing, guide.product) == ("page", None, None)
    assert guide.names == ("Starting",)
    assert guide.text == "Open the valve."


@pytest.mark.parametrize("name", ["components/pump.md", "guides/start.md"])
def test_a_page_that_asks_not_to_be_searched_is_left_out(tmp_path: Path, name: str) -> None:
    """The key by which a page leaves the site's own search keeps it out of this one too."""
    text = FILES[name].removeprefix("---\n")
    key = "---\nsearch: {exclude: true}\n" + ("" if "type:" in text else "---\n")

    found = cut(tmp_path, FILES | {name: key + text})

    assert [one for one in found if one.startswith(name)] == []


def test_a_draft_is_left_out(tmp_path: Path) -> None:
    """A draft has no passages, nor do its requirements and sections."""
    valve = "---\ntype: component\ntitle: Valve\nstatus: draft\nrequirements: none\n---\n\nText.\n"

    found = cut(tmp_path, FILES | {"components/valve.md": valve})

    assert [one for one in found if "valve" in one] == []


def test_a_retired_thing_asks_nothing_any_more(tmp_path: Path) -> None:
    """The page of a retired component is found as such, its requirements are not."""
    pump = PUMP.replace("title:", "status: retired\ntitle:")
    valve = "---\ntype: component\ntitle: Valve\nrequirements: none\n---\n"

    found = cut(tmp_path, FILES | {"components/pump.md": pump, "components/valve.md": valve})

    assert found["components/pump.md"].status == "retired"
    assert "components/pump.md#what-is-not-recorded" in found
    assert "components/pump.md#no-cluster-resource" not in found


@pytest.mark.parametrize("docs", [ROOT / "docs", ROOT / "tests/knowledge_bases/k0/docs"])
def test_every_requirement_is_found_once(docs: Path) -> None:
    """In a real knowledge base each published requirement is one passage, and ids are unique."""
    catalog = compile_folder(docs).catalog
    assert catalog is not None

    found = passages(catalog)

    stated = {f"{one.path}#{one.id}" for one in catalog.requirements()}
    assert {one.id for one in found if one.type == "requirement"} == stated
    assert len({one.id for one in found}) == len(found)


@pytest.mark.parametrize("folder", ["docs", "tests/knowledge_bases/k0/docs"])
def test_a_passage_is_the_same_however_it_is_found(folder: str) -> None:
    """By its number, in its turn and by its id a passage is one; by its path a page has all."""
    catalog = compile_folder(ROOT / folder).catalog
    assert catalog is not None
    cut = Cut(catalog)
    every = list(cut)

    assert [cut[at] for at in range(len(cut))] == every == [*cut[:]]
    assert cut[-1] == every[-1]
    assert [cut.standing(one.id)[0] for one in every] == every
    for path in {one.path for one in every}:
        assert cut.standing(path) == tuple(one for one in every if one.path == path)
    assert cut.standing("nothing.md#here") == cut.standing("nothing.md") == ()
    with pytest.raises(IndexError):
        cut[len(cut)]
