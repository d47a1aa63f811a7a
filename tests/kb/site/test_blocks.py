"""Rendered blocks stay out of the Markdown parser's way, and nobody can tell from the page."""

import markdown
import pytest

from kb.compiler import compile_folder
from kb.site.blocks import Blocks
from kb.site.tree import Tree
from kb.sources import page_address
from tests.kb.site.built import K0


def as_html(text: str) -> str:
    made: str = markdown.markdown(text, extensions=["attr_list", "tables", "toc"])
    return made


def test_a_page_is_the_same_with_its_blocks_taken_out_in_between() -> None:
    """Each page of a knowledge base, as the parser gives it with the blocks and without."""
    compilation = compile_folder(K0 / "docs")
    paths = [one.path for one in compilation.files]
    tree = Tree(compilation, paths)
    addresses = {path: page_address(path) for path in (*paths, *tree.made)}
    taken = 0
    for path, here in addresses.items():
        _, body = tree.source(path) or ({}, "")
        blocks = Blocks()
        usual = tree.markdown(path, body, addresses, here)
        spared = tree.markdown(path, body, addresses, here, blocks.take_out)
        taken += len(usual) - len(spared)

        assert blocks.put_back(as_html(spared)) == as_html(usual), path
    assert taken > 100_000


@pytest.mark.parametrize("block", ["<p>one</p>", '<dl class="x">\n<div>a</div>\n</dl>'])
def test_blocks_are_taken_out(block: str) -> None:
    """What stands between empty lines and is one element is not read again."""
    spared = Blocks().take_out(f"# Title\n\n{block}\n\nText.")

    assert block not in spared
    assert "# Title" in spared
    assert "Text." in spared


@pytest.mark.parametrize("other", ["<p>open", "<b>inline</b>", "`<p>x</p>`", "    <p>code</p>"])
def test_what_is_no_block_stays(other: str) -> None:
    """Parts of elements, elements in a line, and code are the parser's matter."""
    assert Blocks().take_out(other) == other


def test_the_anchors_in_blocks_are_known() -> None:
    """A generator that checks links has not seen them."""
    blocks = Blocks()
    blocks.take_out('<ul>\n<li class="x" id="one">a</li>\n<li data-id="no">b</li>\n</ul>')

    assert blocks.anchors == {"one"}


def test_a_place_that_nobody_took_stays() -> None:
    """A writer's own text is never replaced by a block that is not there."""
    assert Blocks().put_back('<div data-kb-block="0"></div>') == '<div data-kb-block="0"></div>'
