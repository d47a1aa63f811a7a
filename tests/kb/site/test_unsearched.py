"""The search of the site is spared what it leaves out, and nobody can tell from what it finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.site.build import build_site
from kb.site.unsearched import Unsearched
from tests.kb.site.built import K0

FIGURE = '<figure class="a" data-search-exclude=""><svg><text>word</text></svg></figure>'


def test_site_and_index_are_the_same_as_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file of a site, its index too, is as if the search had read all of every page."""
    build_site(K0 / "docs", tmp_path / "spared")
    monkeypatch.setattr(Unsearched, "take_out", lambda _, html: html)
    build_site(K0 / "docs", tmp_path / "whole")

    for one in (tmp_path / "whole").rglob("*"):
        if one.is_file() and one.suffix != ".gz":  # which has the time in it
            other = tmp_path / "spared" / one.relative_to(tmp_path / "whole")
            assert other.read_bytes() == one.read_bytes(), one


@pytest.mark.parametrize(
    "part",
    [
        FIGURE,
        '<svg viewBox="0 0 1 1"><path d="M0"/></svg>',
        '<dl class="b" data-search-exclude=""><dt>a</dt></dl>',
    ],
)
def test_what_the_search_leaves_out_is_taken_out(part: str) -> None:
    """It comes back where it was, whatever others have written around it."""
    unsearched = Unsearched()

    spared = unsearched.take_out(f"<p>a {part} b</p>")

    assert part not in spared
    assert unsearched.put_back(f"<div>{spared}</div>") == f"<div><p>a {part} b</p></div>"


@pytest.mark.parametrize(
    "part",
    [
        "<svg><title>word</title></svg>",
        "<figure><svg><text>word</text></svg></figure>",
        '<dl data-search-exclude=""><dd><dl><dt>a</dt></dl></dd></dl>',
    ],
)
def test_what_has_words_or_an_element_of_its_kind_stays(part: str) -> None:
    """A drawing's words are found; of nested elements nobody would find the end."""
    assert Unsearched().take_out(part) == part


def test_a_place_that_nobody_took_stays() -> None:
    """A page may speak of such places."""
    unsearched = Unsearched()
    unsearched.take_out(FIGURE)

    assert unsearched.put_back("<!--kb-unsearched 7-->") == "<!--kb-unsearched 7-->"
