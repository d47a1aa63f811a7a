"""The drawing of where a component sits says what the facts say, and nothing else."""

import doctest
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kb.catalog import Catalog
from kb.compiler import compile_folder
from kb.site.backlinks import backlinks
from kb.site.diagram import figures, lettering, pieces
from kb.site.diagram.layout import NARROW, WIDE, drawing
from kb.site.diagram.nodes import nodes_of
from kb.site.diagram.scene import Scene, scenes, short_title
from kb.site.diagram.telling import description
from kb.site.view import View
from tests.kb.site.built import ROOT, addresses_of, catalog_of

TOPOLOGY = "---\ntype: topology\ntitle: {title}\nsummary: {summary}\n---\n"
COMPONENT = "---\ntype: component\ntitle: Relay\nsource: book\n{facts}\n---\n"
RESOURCE = "---\ntype: resource\ntitle: floating lamp\nsummary: {summary}\n---\n"
CONDITION = "---\ntype: condition\ntitle: storm\nsummary: It blows.\n---\n"


def scene_of(facts: str, **pages: str) -> Scene:
    files = {"relay.md": COMPONENT.format(facts=facts), "storm.md": CONDITION}
    catalog = catalog_of(files | {f"{name}.md": text for name, text in pages.items()})
    return scenes(catalog, catalog.components["relay"])[0]


@pytest.mark.parametrize(
    ("title", "summary", "roles"),
    [
        ("active-passive", "Two.", ["active", "passive"]),
        ("primary/standby pair", "Two.", ["primary", "standby"]),
        ("twin", "One node leads and the other repeats what it does.", ["leads", "repeats"]),
        ("ring", "Three or more nodes of equal rank.", []),
        ("post", "One master works and the other waits.", []),
    ],
)
def test_what_a_node_does_is_taken_from_the_words(
    title: str, summary: str, roles: list[str]
) -> None:
    """The node that works is marked where the topology's words tell it from others."""
    page = TOPOLOGY.format(title=title, summary=summary)
    catalog = catalog_of({"pair.md": page.replace("---\n", "---\nid: pair\n", 1)})

    nodes = nodes_of(catalog, catalog.topologies["pair"], ())

    assert [one.name for one in nodes.roles] == roles
    assert [one.works for one in nodes.roles] == [True, False][: len(roles)]


@pytest.mark.parametrize(
    ("summary", "number", "exact"),
    [
        ("Two nodes.", 2, True),
        ("Three or more nodes.", 3, False),
        ("At least 5 nodes.", 5, False),
        ("Some nodes.", None, False),
    ],
)
def test_the_number_of_nodes_is_the_recorded_one(
    summary: str, number: int | None, exact: bool
) -> None:
    """As many nodes are drawn as are recorded; that more may be there is shown."""
    scene = scene_of(
        "placement: each-node\nrequirements: none",
        pair=TOPOLOGY.format(title="pair", summary=summary),
    )

    assert (scene.nodes.number, scene.nodes.is_exact) == (number, exact)
    assert "not recorded" in description(scene) or number


def test_a_place_that_is_not_recorded_is_not_drawn() -> None:
    """A component without a place stands on no node, and the drawing says so."""
    scene = scene_of(
        "requirements:\n  - id: lamp\n    must: Hang a lamp.\n    resource: lamp",
        lamp=RESOURCE.format(summary="It shines in a cluster."),
    )

    assert scene.at("nodes") == ()
    assert [one.objects for one in scene.at("cluster")] == [("floating lamp",)]
    assert "Where it runs is not recorded" in description(scene)


def test_a_resource_is_drawn_only_where_its_words_place_it_in_the_cluster() -> None:
    """Where a resource belongs is not guessed, so it is left to the list of requirements."""
    scene = scene_of(
        "placement: each-node\n"
        "requirements:\n  - id: lamp\n    must: Hang a lamp.\n    resource: lamp",
        lamp=RESOURCE.format(summary="It shines."),
    )

    assert [one.spot for one in scene.marks] == ["nodes"]


def test_what_holds_always_is_not_drawn_again_for_a_case() -> None:
    """A conditional place that is an unconditional one too stands in the drawing once."""
    scene = scene_of(
        "requirements:\n"
        "  - id: a\n    must: Run it once.\n    placement: once-per-deployment\n"
        "  - id: b\n    must: Run it in one place.\n    placement: once-per-deployment\n"
        "    when: storm"
    )

    assert [one.anchor for one in scene.marks] == ["a"]


def test_one_instance_is_not_drawn_as_two() -> None:
    """What stands in the cluster in a case, and is there once, is said to be the same."""
    lamp = RESOURCE.format(summary="It shines in a cluster.")
    facts = (
        "requirements:\n"
        "  - id: a\n    must: Hang a lamp.\n    resource: lamp\n    when: storm\n"
        "  - id: b\n    {level}: Run it once.\n    placement: once-per-deployment"
    )
    scene = scene_of(facts.format(level="must"), lamp=lamp)
    other = scene_of(facts.format(level="should"), lamp=lamp)

    assert "It is not a second one: here or clustered." in description(scene)
    assert "here or clustered" in drawing(scene, WIDE).svg
    assert "second one" not in description(other)


def test_nodes_are_named_alike() -> None:
    """The name of a node has one weight, whether the topologies agree on its role or not."""
    made = compile_folder(ROOT / "docs").catalog
    assert made is not None
    scene = scenes(made, made.components["backup-service"])[0]
    assert [len(roles) for roles in scene.roles] == [1, 2]

    svg = drawing(scene, WIDE).svg

    assert re.findall(r'class="([^"]+)">Node \d<', svg) == ["kb-label", "kb-label"]


def test_a_condition_is_dashed_and_said() -> None:
    """What holds only in a case is told from what always holds by line and by word."""
    scene = scene_of(
        "requirements:\n  - id: a\n    must: Run it.\n    placement: each-node\n    when: storm"
    )

    svg = drawing(scene, WIDE).svg
    assert "kb-conditional" in svg
    assert "only if storm" in svg


def test_nothing_is_drawn_of_nothing() -> None:
    """A component of which neither place nor resource is recorded has no drawing."""
    catalog = catalog_of({"relay.md": COMPONENT.format(facts="requirements: none")})

    assert scenes(catalog, catalog.components["relay"]) == ()


def test_topologies_that_do_not_differ_share_a_drawing() -> None:
    """One drawing where the same stands in the same places; it tells the nodes' roles apart."""
    made = compile_folder(ROOT / "docs").catalog
    assert made is not None

    drawn = scenes(made, made.components["backup-service"])

    assert len(drawn) == 1
    assert len(drawn[0].titles) == 2
    assert {title for title, _ in drawn[0].roles[1]} == set(drawn[0].titles)


def test_a_short_name_still_tells_which_component_it_is() -> None:
    """The product's name is left out, unless no more than the kind of thing would be left."""
    made = compile_folder(ROOT / "docs").catalog
    assert made is not None

    names = {one.id: short_title(made, one) for one in made.published()}

    assert names["backup-service"] == "Backup Service"
    assert names["filter-service"] == "Filter Service"


def _catalogs() -> list[Path]:
    homes = sorted((ROOT / "tests" / "knowledge_bases").glob("*/docs"))
    return [ROOT / "docs", *homes]


@pytest.mark.parametrize("docs", _catalogs(), ids=lambda one: one.parent.name)
def test_every_component_has_a_drawing_that_fits(docs: Path) -> None:
    """In each knowledge base and both widths a drawing is well-formed, and no text leaves it."""
    catalog = compile_folder(docs).catalog
    assert catalog is not None

    for component in catalog.published():
        html = figures(_view(catalog, component.path), component)
        for svg in re.findall(r"<svg class.*?</svg>", html, re.DOTALL):
            tree = ET.fromstring(svg)
            left, top, width, height = map(float, tree.attrib["viewBox"].split())
            assert _right_edge(tree) <= left + width + 1, component.id
            assert _lower_edge(tree) + 1 <= top + height, component.id
            assert tree.attrib["role"] == "img"
            assert tree.find("title") is not None
            assert tree.find("desc") is not None
            assert "style" not in svg


def _view(catalog: Catalog, path: str) -> View:
    addresses = addresses_of(catalog)
    return View(catalog, addresses, addresses[path], backlinks(catalog))


def _right_edge(element: ET.Element, x: float = 0) -> float:
    """Return how far to the right the text below an element reaches."""
    moved = re.match(r"translate\((\S+) ", element.get("transform", ""))
    x += float(moved[1]) if moved else 0
    kind = element.get("class")
    size = pieces.NAME if kind == "kb-name" else pieces.NOTE
    own = 0.0
    if element.tag == "text":
        own = x + lettering.width(element.text or "", size, bold=kind in pieces.BOLD)
    return max([own, *(_right_edge(one, x) for one in element)])


def _lower_edge(element: ET.Element, y: float = 0) -> float:
    """Return how far down the frames below an element reach."""
    moved = re.match(r"translate\(\S+ ([^)]+)\)", element.get("transform", ""))
    y += float(moved[1]) if moved else 0
    own = y + 0.5 + float(element.attrib["height"]) if element.tag == "rect" else 0.0
    return max([own, *(_lower_edge(one, y) for one in element)])


def test_a_word_without_end_is_broken() -> None:
    """A title of one long word stays in the drawing, cut short at the end."""
    scene = scene_of("placement: each-node\nrequirements: none")
    longer = "Donaudampfschifffahrtsgesellschaftskapitän" * 5

    lines = lettering.lines(longer, 100, 14, bold=True)

    assert all(lettering.width(one, 14, bold=True) <= 100 for one in lines)
    assert lines[-1].endswith("…")
    assert drawing(scene, NARROW).height < 400


def test_the_search_of_the_site_does_not_find_the_drawing_twice(reference_site: Path) -> None:
    """What a drawing shows is found where it is stated, and not a second time."""
    index = (reference_site / "search" / "search_index.json").read_text("utf-8")

    assert "Deploy the service once" in index
    assert "are drawn" not in index
    assert "The drawing in words" not in index


@pytest.mark.parametrize("module", [lettering, pieces])
def test_the_examples_in_docstrings_hold(module: object) -> None:
    """What a docstring shows is what the function returns."""
    found = doctest.testmod(module)  # type: ignore[arg-type]

    assert found.attempted
    assert not found.failed
