"""The file of terms says what each page's term means."""

import json

from kb.catalog import Catalog
from kb.site import terms
from tests.kb.site.built import addresses_of


def test_a_term_is_told_with_what_it_is_confused_with(k0: Catalog) -> None:
    """The meaning is the page's own sentence; others are named by their titles."""
    told = json.loads(terms.data(k0, addresses_of(k0)))

    assert told["topologies/paired-halls/"] == {
        "title": "paired halls",
        "meaning": k0.topologies["paired-halls"].summary,
        "others": ["cell ring"],
    }
    assert told["components/arbiter/"]["meaning"] == k0.components["arbiter"].role


def test_a_page_that_is_not_on_the_site_has_no_entry(k0: Catalog) -> None:
    """Nothing is told of pages that are left out."""
    assert json.loads(terms.data(k0, {})) == {}
