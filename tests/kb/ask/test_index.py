"""The index finds at least the components that a look at each one would find."""

import pytest

from kb.ask.facts import Facts, marks
from kb.ask.index import Index
from kb.ask.lexicon import Lexicon
from kb.catalog import Catalog


@pytest.fixture(scope="module")
def facts(catalog: Catalog) -> Facts:
    """Return the contents of the catalog's statements."""
    return Facts(catalog, Lexicon(catalog))


@pytest.fixture(scope="module")
def index(catalog: Catalog, facts: Facts) -> Index:
    """Return the index of the catalog."""
    return Index(catalog, facts)


def test_components_are_found_by_what_their_requirements_apply_to(
    catalog: Catalog, index: Index
) -> None:
    """Every component with a requirement for a thing is found by the thing, in order of ids."""
    things = {name for one in catalog.requirements() for name in one.resources}

    for thing in things:
        found = [one.id for one in index.applying([thing])]

        assert found == [
            one.id
            for one in catalog.published()
            if any(thing in each.resources for each in one.requirements)
        ]


def test_components_are_found_by_the_words_of_their_requirements(
    catalog: Catalog, facts: Facts, index: Index
) -> None:
    """A product or component is found by any two words that its requirements have."""
    for holder in catalog.published():
        said = sorted({mark for one in holder.requirements for mark in facts.action(one).marks})

        assert not said or holder in index.saying([marks(said[0]), marks(said[-1])])


def test_components_are_found_by_kind_and_product(catalog: Catalog, index: Index) -> None:
    """Kinds and products that are named narrow what is found; none named: all are found."""
    kind = next(one.kind for one in catalog.published() if one.kind)
    product = catalog.published()[0].product

    assert index.of_kinds((), ()) == catalog.published()
    assert index.of_kinds([kind], [product]) == tuple(
        one for one in catalog.published() if one.kind == kind and one.product == product
    )


def test_words_that_too_many_have_find_nothing(
    monkeypatch: pytest.MonkeyPatch, index: Index
) -> None:
    """A word that more components have than are looked at tells none of them."""
    monkeypatch.setattr("kb.ask.index.MOST_SAYING", 0)

    assert index.saying([marks("node")]) == ()
