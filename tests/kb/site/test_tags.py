"""Tags: at the foot of the pages that have them, and all of them on a page of their own."""

from __future__ import annotations

import pytest

from kb.site import tags
from kb.site.tags import TAGS
from kb.site.tree import Tree
from tests.kb.site.built import MINIMAL, compiled

PAIR = MINIMAL["pair.md"].replace("summary", "tags: [Two <b>nodes</b>, failover]\nsummary")
GUIDE = "---\ntags: [Failover, ÖÖ, 7]\n---\n# On failing over\n"


def tree_of(files: dict[str, str]) -> tuple[Tree, dict[str, str]]:
    """Return the pages of these files, and where each stands."""
    paths = [*files]
    addresses = {one: one.replace(".md", "/") for one in (*paths, TAGS)}
    return Tree(compiled(files), paths), addresses


def rendered(files: dict[str, str], path: str) -> str:
    tree, addresses = tree_of(files)
    return tree.markdown(path, "", addresses, addresses[path])


def test_the_page_of_tags_lists_what_bears_each() -> None:
    """Spellings that differ in capitals are one tag; each has the pages that have it, and kinds."""
    page = rendered({**MINIMAL, "pair.md": PAIR, "guide.md": GUIDE}, TAGS)

    assert "## failover {#failover}" in page or "## Failover {#failover}" in page
    assert page.count("{#failover}") == 1
    below = page.split("{#failover}")[1].split("## ")[0]
    assert '<a href="../guide/">On failing over</a>' in below
    assert '<a href="../pair/">pair</a> <span class="kb-aside">topology</span>' in below


def test_a_page_names_its_tags_at_its_foot() -> None:
    """Each leads to its place on the page of all tags, whatever it is written with."""
    files = {**MINIMAL, "pair.md": PAIR, "guide.md": GUIDE}
    page, guide = rendered(files, "pair.md"), rendered(files, "guide.md")

    assert page.rstrip().endswith("</nav>")
    assert '<a href="../tags/#failover">' in page
    assert "Two &lt;b&gt;nodes&lt;/b&gt;" in page
    assert "<b>" not in page
    assert ">ÖÖ</a>" in guide
    assert '<a href="../tags/#7">7</a>' in guide


def test_without_tags_there_is_no_page_of_them() -> None:
    """Neither is anything at the foot of a page."""
    tree, addresses = tree_of(MINIMAL)

    assert TAGS not in tree.made
    assert "kb-tags" not in tree.markdown("pair.md", "", addresses, "pair/")


def test_a_page_may_hide_its_tags() -> None:
    """With `hide: [tags]` it is in no list, either."""
    hidden = PAIR.replace("type:", "hide: [tags]\ntype:")
    tree, _ = tree_of({**MINIMAL, "pair.md": hidden})

    assert TAGS not in tree.made


def test_tags_that_somebody_else_shows_are_not_shown_twice() -> None:
    """A site with the theme's own plugin for tags has neither our page nor our foot."""
    files = {**MINIMAL, "pair.md": PAIR}
    tree = Tree(compiled(files), [*files], shows_tags=False)

    assert TAGS not in tree.made
    assert "kb-tags" not in tree.markdown("pair.md", "", {"pair.md": "pair/"}, "pair/")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ()),
        ({"tags": "one  word"}, ("one word",)),
        ({"tags": ["a", "a", " ", 2, None, {"b": 1}]}, ("a", "2")),
    ],
)
def test_what_is_no_tag_is_passed_over(values: dict[str, object], expected: tuple[str]) -> None:
    """A single tag needs no list; what is no word or number is none."""
    assert tags.stated(values) == expected
