"""The anchors in the built page are those that our reading of the body gives."""

import markdown
import pytest

from kb.markdown import read_body
from kb.site.headings import with_anchors
from tests.kb.site.built import Html

BODIES = {
    "number signs": "# One\n\ntext\n\n## Two words\n\n### Two words\n",
    "closing signs": "## A heading ##\n\n### C#\n\n## With # inside #\n",
    "underlined": "One\n===\n\ntext\n\nTwo\n---\n",
    "of two lines": "One\nand a half\n===\n\ntext\n",
    "anchor of the author": "## One {#first}\n\n## First\n\n## Two { #second .wide }\n",
    "class of the author": "## One {: .wide }\n\n## One\n",
    "code in a heading": "## Use `kv list`\n\n## [A link](x.md) and *more*\n",
    "code that looks like one": "```sh\n# not a heading\n```\n\n## Heading\n",
    "no letters": "## ???\n\n## 日本語\n\n## Über uns\n",
    "in a quotation": "> ## Quoted\n> text\n\n## Plain\n",
    "in a list": "- ## Listed\n\n## Plain\n",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_the_built_page_has_exactly_our_anchors(body: str) -> None:
    """Python-Markdown, which renders the site, gives every heading the anchor that we read."""
    sections = read_body(body, first_line=7).sections
    expected = [one.anchor for one in sections if one.level]

    told = with_anchors(body, sections, 7)
    page = Html()
    page.feed(markdown.markdown(told, extensions=["attr_list", "toc", "fenced_code"]))

    assert expected
    assert page.ids == expected


def test_the_lines_keep_their_numbers() -> None:
    """A heading of several lines leaves as many behind, so that places still fit."""
    body = "One\nand a half\n===\ntext\n"

    told = with_anchors(body, read_body(body).sections, 1)

    assert told.split("\n") == ["# One and a half {#one-and-a-half}", "", "", "text", ""]


def test_a_body_without_headings_is_left_alone() -> None:
    """What has no heading is passed on as it is."""
    assert with_anchors("text\n\n    # code\n", read_body("text").sections, 1) == (
        "text\n\n    # code\n"
    )
