"""Every passage that a search can find leads to a place of the built site."""

from pathlib import Path

import pytest

from kb.compiler import compile_folder
from kb.search import passages
from kb.sources import page_address
from tests.kb.site.built import K0, ROOT, read_html


@pytest.mark.parametrize(
    ("built", "docs"), [("reference_site", ROOT / "docs"), ("k0_site", K0 / "docs")]
)
def test_every_passage_has_a_place_on_the_site(
    built: str, docs: Path, request: pytest.FixtureRequest
) -> None:
    """The page of each passage is built and has its anchor."""
    site: Path = request.getfixturevalue(built)
    catalog = compile_folder(docs).catalog
    assert catalog is not None
    found = passages(catalog)
    pages = {one.path: site / page_address(one.path) / "index.html" for one in found}
    ids = {path: set(read_html(page).ids) for path, page in pages.items() if page.is_file()}

    lost = [
        one.id
        for one in found
        if one.path not in ids or (one.anchor and one.anchor not in ids[one.path])
    ]

    assert lost == []
