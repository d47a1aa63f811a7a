"""A checklist tells its script what it can be narrowed by, and whom to tell of a wrong fact."""

import doctest
import json

import pytest

from kb.catalog import Catalog
from kb.site import checklist, pages, reporting
from kb.site.backlinks import backlinks
from kb.site.view import View
from tests.kb.site.built import Html, addresses_of

PLACES = "https://a.example/?p={page}&r={requirement}&d={date}&t={title}"


def view_of(catalog: Catalog, component: str, report: str | None = None) -> View:
    addresses = addresses_of(catalog)
    here = addresses[catalog.components[component].path]
    return View(catalog, addresses, here, backlinks(catalog), report)


def test_topologies_are_offered_only_where_they_differ(k0: Catalog) -> None:
    """A filter that would change nothing is not there."""
    arbiter, mover = (
        checklist.controls(view_of(k0, one), k0.components[one]) for one in ("arbiter", "journal")
    )

    assert "stretched ring" in arbiter
    assert 'data-topologies="[]"' in mover


def test_conditions_are_offered_with_what_follows_from_them(k0: Catalog) -> None:
    """The script is told each condition that the requirements use, once."""
    page = checklist.controls(view_of(k0, "journal"), k0.components["journal"])

    stated = page.split('data-conditions="')[1].split('"')[0].replace("&quot;", '"')
    assert [one["id"] for one in json.loads(stated)] == ["encrypted-vault"]


def test_a_wrong_fact_is_reported_with_its_id_and_date(k0: Catalog) -> None:
    """The link to tell of a wrong fact says which one, and how old the page is."""
    component = k0.components["arbiter"]

    page = Html()
    page.feed(pages.page(view_of(k0, "arbiter", PLACES), component, ""))

    links = [one for one in page.links if one.startswith("https://a.example/")]
    assert len(links) == len(component.requirements)
    assert any("r=arbiter%2Foutside" in one for one in links)
    assert all("{" not in one for one in links)


@pytest.mark.parametrize(
    ("stated", "repo", "begins"),
    [
        ("mailto:docs@a.example?subject={title}", None, "mailto:docs@a.example?subject={title}"),
        (None, "https://github.com/a/b/", "https://github.com/a/b/issues/new?title=Wrong%20fact"),
        (None, "https://gitlab.com/a/b", "https://gitlab.com/a/b/-/issues/new?issue[title]="),
        (None, "https://git.example/a/b", None),
        (None, None, None),
        ("javascript:alert(1)", "https://github.com/a/b", None),
    ],
)
def test_where_a_wrong_fact_is_told(
    stated: str | None, repo: str | None, begins: str | None
) -> None:
    """The stated address goes before the repository's; neither is guessed, no script is run."""
    found = reporting.template(stated, repo)

    assert (found or "").startswith(begins or "")
    assert (found is None) == (begins is None)


def test_the_examples_in_docstrings_hold() -> None:
    """What a docstring shows is what the function returns."""
    assert not doctest.testmod(reporting).failed
