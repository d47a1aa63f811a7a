"""What is compared is found by names, and told in one way in every form."""

import pytest

from kb.catalog import Catalog
from kb.diff import as_markdown, as_text, compare, summary
from kb.errors import AmbiguousNameError, DiffError, UnknownNameError
from tests.kb.site.built import catalog_of

SERVICE = """---
type: component
title: Service
product: p
source: book
requirements:
  - id: run
    must: Run *it*.
    in: [ring]
    when: need
  - id: keep
    may: Keep it.
    in: [pair]
  - id: keep-all
    must: Keep it.
    in: [ring]
---
"""
QUIET = "---\ntype: component\ntitle: Quiet\nproduct: {0}\nsource: book\nrequirements: none\n---\n"
PRODUCT = "---\ntype: product\ntitle: {0}\ntopologies: [{1}]\nsource: book\n---\n"
TOPOLOGY = "---\ntype: topology\ntitle: {0}\nsummary: Many nodes.\n---\n"


@pytest.fixture(scope="module")
def world() -> Catalog:
    """Two products; a pair and a ring belong to both, a lone node to one."""
    return catalog_of(
        {
            "p.md": PRODUCT.format("P", "pair, ring"),
            "q.md": PRODUCT.format("Q", "pair, ring, lone"),
            "ring.md": TOPOLOGY.format("ring"),
            "lone.md": TOPOLOGY.format("lone"),
            "need.md": "---\ntype: condition\ntitle: need\nsummary: It is needed.\n---\n",
            "service.md": SERVICE,
            "quiet.md": QUIET.format("p"),
            "other.md": QUIET.format("q").replace("Quiet", "Other"),
        }
    )


def test_text_says_what_differs(world: Catalog) -> None:
    """Sentences, when they hold, what held before, and once what stays the same."""
    made = compare(world, "Pair", "RING", product="p")

    assert as_text(world, made) == (
        "P: from pair to ring\n"
        "1 to add, 1 to change. The same in both: Quiet.\n"
        "\n"
        "Service\n"
        "\n"
        "Add (asked or possible from now on)\n"
        "  - Run *it*. (only if need)\n"
        "\n"
        "Change (asked otherwise)\n"
        "  - Keep it.\n"
        "    Before: You may keep it.\n"
    )


def test_markdown_takes_no_text_for_markup(world: Catalog) -> None:
    """The same as Markdown, with a writer's signs kept as they are."""
    made = compare(world, "pair", "ring", components=["service"])

    assert as_markdown(world, made) == (
        "# Service: from pair to ring\n"
        "\n"
        "1 to add, 1 to change.\n"
        "\n"
        "**Add**: asked or possible from now on\n"
        "\n"
        "- Run \\*it\\*. (only if need)\n"
        "\n"
        "**Change**: asked otherwise\n"
        "\n"
        "- Keep it.\n"
        "    - Before: You may keep it.\n"
    )


def test_that_nothing_differs_is_said_once(world: Catalog) -> None:
    """A component or a product that does not vary has one sentence and no list."""
    quiet = compare(world, "pair", "ring", components=["quiet"])
    other = compare(world, "lone", "ring")

    assert quiet.is_same
    assert summary(world, quiet) == "Nothing differs for Quiet: what is asked is the same in both."
    assert as_text(world, other) == (
        "Q: from lone to ring\nNothing differs for Q: what is asked is the same in both.\n"
    )


@pytest.mark.parametrize(
    ("before", "after", "components", "product", "problem"),
    [
        ("pair", "Pair", [], "p", "same-topology"),
        ("pair", "lone", ["service"], None, "wrong-topology"),
        ("pair", "ring", [], None, "missing-product"),
        ("pair", "ring", ["service", "other"], None, "several-products"),
        ("pair", "ring", ["service"], "q", "several-products"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    world: Catalog,
    before: str,
    after: str,
    components: list[str],
    product: str | None,
    problem: str,
) -> None:
    """Each refusal has its reason; where there is a choice, what can be chosen."""
    with pytest.raises(DiffError) as caught:
        compare(world, before, after, components=components, product=product)

    assert caught.value.problem == problem
    offered = {"wrong-topology": ("pair", "ring"), "missing-product": ("p", "q")}
    assert caught.value.candidates == offered.get(problem, ())


def test_unknown_names_are_told(world: Catalog) -> None:
    """Names are those of the catalog, in any spelling."""
    with pytest.raises(UnknownNameError):
        compare(world, "pair", "square")
    with pytest.raises((UnknownNameError, AmbiguousNameError)):
        compare(world, "pair", "ring", components=["nothing"])
