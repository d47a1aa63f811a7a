"""Plain mentions of terms become links to what they mean: once a section, and nowhere else."""

from __future__ import annotations

import re

import pytest

from kb.site.mentions import Mentions
from tests.kb.site.built import catalog_of

TERMS = {
    "pair.md": "---\ntype: topology\ntitle: active-passive\nsummary: Two nodes.\n---\n",
    "disk.md": (
        "---\ntype: resource\ntitle: shared disk\naliases: [LUN, volume]\n"
        "summary: It is seen by all.\n---\n"
    ),
    "silent.md": "---\ntype: resource\ntitle: quiet thing\n---\n",
    "storm.md": (
        "---\ntype: condition\ntitle: heavy weather\naliases: [it is windy]\n"
        "summary: The wind is strong.\n---\n"
    ),
}


def marked(html: str, own: str | None = None, missing: str = "") -> list[tuple[str, str]]:
    """Return address and words of each link that a page of HTML gets."""
    mentions = Mentions(catalog_of(TERMS))
    made = mentions.marked(html, own, lambda path: None if path == missing else f"/{path}")
    mark = re.compile(r'<a href="([^"]*)" class="kb-term">(.*?)</a>', re.DOTALL)
    assert mark.sub(r"\2", made) == html
    return mark.findall(made)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("a shared disk", [("/disk.md", "shared disk")]),
        ("Shared Disks, please", [("/disk.md", "Shared Disks")]),
        ("in active-passive, or active passive", [("/pair.md", "active-passive")]),
        ("one\nshared\n  disk", [("/disk.md", "shared\n  disk")]),
        ("the LUN", [("/disk.md", "LUN")]),
        ("a lun ends", []),
        ("volumes and the LUN", [("/disk.md", "volumes")]),
        ("volume-based, sub-volume, a/volume, volumetric", []),
        ("it is windy in heavy weather", [("/storm.md", "heavy weather")]),
        ("a quiet thing", []),
    ],
)
def test_a_term_is_found_as_people_write_it(said: str, found: list[tuple[str, str]]) -> None:
    """In any case but for abbreviations, in the plural, with or without its hyphen; whole words."""
    assert marked(f"<p>{said}</p>") == found


def test_the_first_mention_of_a_section_is_enough() -> None:
    """A heading of the second level begins anew; a link that is there already counts."""
    html = (
        "<p>A volume.</p><p>A volume.</p><h2>Next</h2><h3>x</h3>"
        '<p>See <a href="/disk.md#x">it</a>, a volume.</p><h2>Last</h2><ul><li>A LUN.</li></ul>'
    )

    assert marked(html) == [("/disk.md", "volume"), ("/disk.md", "LUN")]


def test_links_code_headings_and_drawings_stay_as_they_are() -> None:
    """No link within a link; nothing that is copied, drawn or folded away is changed."""
    html = (
        '<h2 title="a > volume">volume</h2><a href="/x">a <b>volume</b></a><code>volume</code>'
        "<svg><g><text>volume</text></g></svg><label>volume</label><!-- volume -->"
        '<p title="volume">none</p>'
    )

    assert marked(html) == []


def test_a_page_does_not_explain_itself_nor_lead_nowhere() -> None:
    """The term of the page, and a term without a page on this site, are plain words."""
    assert marked("<p>A volume.</p>", own="disk.md") == []
    assert marked("<p>A volume.</p>", missing="disk.md") == []
