"""Pages as they are rendered from a fictional product, kept as files so that a change shows.

`UPDATE_GOLDEN=1 pytest tests/kb/site/test_pages.py` writes them anew, to be read in the diff.
"""

import os
import re
from pathlib import Path

import pytest

from kb.catalog import Catalog
from kb.compiler import compile_folder
from kb.site import pages
from kb.site.backlinks import backlinks
from kb.site.listing import site_title
from kb.site.tree import Tree
from kb.site.view import View
from tests.kb.site.built import K0, Html, addresses_of, catalog_of

GOLDEN = Path(__file__).parent / "golden"
PAGES = (
    "components/arbiter.md",  # differs by topology, steps of a procedure
    "components/catalogue.md",  # common questions with their answers
    "components/playout-service.md",  # shares a list and adds to it
    "components/tape-mover.md",  # steps not recorded, former names, instead, by, after
    "components/vault-console.md",  # asked nothing
    "products/kelpvault.md",
    "topologies/stretched-ring.md",
    "resources/launch-hook.md",
    "conditions/continuous-service.md",
    "procedures/switch-the-mover-to-lease-mode.md",
    "sources/kelpline-leaflet.md",
    "ask.md",
    "matrix.md",
    "glossary.md",
)


def tree_of_k0() -> tuple[Tree, dict[str, str]]:
    made = compile_folder(K0 / "docs")
    assert made.catalog is not None
    addresses = addresses_of(made.catalog)
    return Tree(made, list(addresses)), addresses


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_rendered_as_it_was(path: str) -> None:
    """The Markdown of the page, writer's prose and facts together, is the committed one."""
    tree, addresses = tree_of_k0()
    source = tree.source(path)
    assert source is not None
    here = addresses.get(path, path.replace(".md", "/"))

    rendered = tree.markdown(path, source[1], addresses, here)
    # One drawing for all badges of a level says enough.
    told = re.sub(r"<svg.*?</svg>", "<svg/>", rendered)
    golden = GOLDEN / path.replace("/", "_")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(told, encoding="utf-8")

    assert told == golden.read_text("utf-8")


def rendered(catalog: Catalog, path: str, body: str = "") -> str:
    addresses = addresses_of(catalog)
    thing = next(one for one in catalog.components.values() if one.path == path)
    return pages.page(View(catalog, addresses, addresses[path], backlinks(catalog)), thing, body)


COMPONENT = """---
type: component
title: Service
source: book
requirements:
  - id: run
    {level}: Run the service.
---
"""


@pytest.mark.parametrize(
    ("level", "word", "sentence"),
    [
        ("must", "Must", "Run the service."),
        ("must-not", "Must not", "Do not run the service."),
        ("should", "Should", "You should run the service."),
        ("should-not", "Should not", "You should not run the service."),
        ("may", "May", "You may run the service."),
        ("need-not", "Need not", "You need not run the service."),
    ],
)
def test_a_level_is_a_word_and_a_sentence(level: str, word: str, sentence: str) -> None:
    """Whoever sees no colour reads the level twice: on the badge and in the sentence."""
    catalog = catalog_of({"service.md": COMPONENT.format(level=level)})

    page = Html()
    page.feed(rendered(catalog, "service.md"))

    assert f"{word} {sentence}" in page.text


def test_a_shared_requirement_has_its_anchor_on_the_page_of_the_sharer_too(k0: Catalog) -> None:
    """A link to a requirement works on every page that shows it, and former ids on its owner's."""
    page = Html()
    page.feed(rendered(k0, "components/playout-service.md"))
    owner = Html()
    owner.feed(rendered(k0, "components/tape-mover.md"))

    assert {"roaming-address", "striped-cache"} <= set(page.ids)
    assert {"lease", "robot-lease"} <= set(owner.ids)


def test_a_heading_of_the_writer_keeps_its_anchor() -> None:
    """Our own headings give way to the anchors that the writer's page has already."""
    text = COMPONENT.format(level="must") + "# Service\n\n## Requirements\n\ntext\n"
    catalog = catalog_of({"service.md": text})

    page = rendered(
        catalog, "service.md", "# Service {#service}\n\n## Requirements {#requirements}\n"
    )

    assert "## Requirements {#requirements-2}" in page
    assert page.count("{#requirements}") == 1


def test_a_page_without_a_title_of_its_own_gets_that_of_the_front_matter() -> None:
    """The body may begin with prose; the page has its title all the same."""
    catalog = catalog_of({"service.md": COMPONENT.format(level="must")})

    assert rendered(catalog, "service.md", "Prose.\n").startswith("# Service\n\n")


def test_what_is_not_on_the_site_is_named_without_a_link(k0: Catalog) -> None:
    """A page that is left out of the site is no dead link on others."""
    addresses = {path: to for path, to in addresses_of(k0).items() if "resources/" not in path}
    view = View(k0, addresses, "components/journal/", backlinks(k0))

    assert view.link(k0.resources["media-pool"]) == "media pool"
    assert view.link(k0.components["arbiter"]) == '<a href="../arbiter/">Kelpvault Arbiter</a>'


def test_addresses_are_relative_in_any_form_of_address(k0: Catalog) -> None:
    """Links work with directory addresses and with file names, from the start page too."""
    component = k0.components["arbiter"]
    files = {component.path: "components/arbiter.html"}

    def seen(here: str, path: str = component.path, anchor: str = "") -> str | None:
        return View(k0, files | {"index.md": ""}, here, backlinks(k0)).address(path, anchor)

    assert seen("matrix.html") == "components/arbiter.html"
    assert seen("a/b.html", anchor="x") == "../components/arbiter.html#x"
    assert seen("") == "components/arbiter.html"
    assert seen("a/b/", "index.md") == "../../"
    assert seen("components/arbiter.html", anchor="x") == "#x"


@pytest.mark.parametrize(("more", "title"), [(2, "P, P0 and P1"), (3, "4 products on a cluster")])
def test_a_site_is_named_by_its_products_while_they_are_few(more: int, title: str) -> None:
    """A name that fills the header says less than a number."""
    product = "---\ntype: product\ntitle: {}\ntopologies: [pair]\nsource: book\n---\n"
    made = catalog_of({f"p{at}.md": product.format(f"P{at}") for at in range(more)})

    assert site_title(made) == title
