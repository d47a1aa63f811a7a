"""The pages of changes and differences, the index by role, and the feed."""

import datetime
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from kb.catalog import Catalog
from kb.diff import Change, Day, Timeline
from kb.history import History, Lack
from kb.site import changes, differences, feed, roles
from kb.site.backlinks import backlinks
from kb.site.tree import Tree
from kb.site.view import View
from tests.kb.site.built import MINIMAL, addresses_of, catalog_of, compiled

NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def view_of(catalog: Catalog) -> View:
    return View(catalog, addresses_of(catalog), "changes/", backlinks(catalog))


def change(title: str = "Arbiter") -> Change:
    said = ("Keep <it>.", "Keep <them>.")
    return Change("reworded", "component", "arbiter", title, "a.md", "outside", *said)


def timeline(lack: Lack | None = None, *listed: Change) -> Timeline:
    history = History((), lack, is_shallow=True, is_cut=False, is_edited=True)
    days = (Day(NOON.date(), NOON, listed, (), None),) if listed else ()
    return Timeline(history, days, is_cut=bool(listed))


def test_a_change_is_told_with_what_was_said_before(k0: Catalog) -> None:
    """Below its day and page, as text, with a link to the requirement."""
    page = changes.page(view_of(k0), timeline(None, change()))

    assert "## 1 March 2026 {#day-2026-03-01}" in page
    assert "Keep &lt;them&gt;." in page
    assert "Before: Keep &lt;it&gt;." in page
    assert 'href="../components/arbiter/#outside"' in page
    assert 'href="../feed.xml"' in page
    for said in ("shallow clone", "not committed", "history of the repository"):
        assert said in page


@pytest.mark.parametrize("lack", ["no-git", "no-repository", "no-revision", "failed"])
def test_a_page_without_history_says_what_it_needs(k0: Catalog, lack: Lack) -> None:
    """One sentence, and no feed."""
    page = changes.page(view_of(k0), timeline(lack))

    assert changes._LACKS[lack] in page
    assert "feed" not in page


def test_without_an_address_the_feed_has_relative_links_and_ids_of_its_own() -> None:
    """A feed is there in any case: ids are whole, stay, and differ from day to day."""
    day = timeline(None, change()).days[0]
    days = [day, replace(day, date=datetime.date(2026, 2, 1))]

    made = ET.fromstring(feed.render(days, "Site", "", "changes/"))

    ids = [one.text or "" for one in made.iter(f"{ATOM}id")]
    assert len(set(ids)) == 3
    assert all(one.startswith("urn:uuid:") for one in ids)
    assert feed.render(days, "Site", "", "changes/") == feed.render(days, "Site", "", "changes/")
    links = [one.get("href") for one in made.iter(f"{ATOM}link")]
    assert links[:3] == ["feed.xml", "changes/", "changes/#day-2026-03-01"]
    tree = Tree(compiled(MINIMAL), list(MINIMAL), timeline=timeline(None, change()))
    assert changes.FEED in dict(tree.files({}))


def test_the_feed_is_atom_with_ids_that_stay() -> None:
    """Each day is an entry whose id is its address; nobody's name is in it; text stays text."""
    days = timeline(None, change("A & <b>\x01")).days

    made = ET.fromstring(feed.render(days, "Site", "https://kb.invalid/x/", "changes/"))

    page = "https://kb.invalid/x/changes/"
    entry = made.find(f"{ATOM}entry")
    assert entry is not None
    assert made.findtext(f"{ATOM}id") == "https://kb.invalid/x/feed.xml"
    assert made.findtext(f"{ATOM}author/{ATOM}name") == "Site"
    assert entry.findtext(f"{ATOM}id") == f"{page}#day-2026-03-01"
    assert entry.findtext(f"{ATOM}updated") == made.findtext(f"{ATOM}updated")
    assert entry.findtext(f"{ATOM}updated") == "2026-03-01T12:00:00Z"
    assert entry.findtext(f"{ATOM}title") == "1 March 2026: A & <b>"
    assert "&lt;them&gt;" in (entry.findtext(f"{ATOM}content") or "")


def test_differences_are_told_or_that_there_are_none(k0: Catalog) -> None:
    """Each way between two topologies of a product; one sentence where nothing differs."""
    page = differences.page(view_of(k0))

    assert (
        "### From paired halls to stretched ring {#kelpvault-paired-halls-stretched-ring}" in page
    )
    assert "Only one topology of" in page
    assert differences.differ(k0)
    assert not differences.differ(catalog_of({}))


def test_the_page_of_differences_is_in_the_navigation_where_there_are_any() -> None:
    """A page that says that nothing differs is not offered."""
    tree = Tree(compiled(MINIMAL), list(MINIMAL))

    assert "differences.md" in tree.made
    assert "differences.md" not in tree.navigation(None)


def test_the_index_has_each_role_below_its_kind_and_who_uses_what(k0: Catalog) -> None:
    """What a component does and what it uses stand in one place for all of them."""
    page = roles.page(view_of(k0))

    assert "## Agent {#" in page
    assert "Sends recordings from a van to the archive." in page
    assert "## Who uses what {#uses}" in page
