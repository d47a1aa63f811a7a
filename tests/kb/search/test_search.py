"""A search as people see it, on real pages: the right page first, highlights, facets, limits."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.compiler import compile_folder
from kb.errors import QuestionError
from kb.search import MOST_HITS, Passage, PassageSearch, SearchResult, passages
from kb.text import key

ROOT = Path(__file__).parents[3]


def pages(docs: str) -> tuple[Passage, ...]:
    """Return the passages of a folder of this project."""
    catalog = compile_folder(ROOT / docs).catalog
    assert catalog is not None
    return passages(catalog)


@pytest.fixture(scope="module", params=["docs", "tests/knowledge_bases/k0/docs"])
def real(request: pytest.FixtureRequest) -> tuple[Passage, ...]:
    """Return the passages of each real knowledge base."""
    return pages(request.param)


@pytest.fixture(scope="module")
def k0() -> Iterator[PassageSearch]:
    """Return a search in the fictional video archive."""
    built = PassageSearch(pages("tests/knowledge_bases/k0/docs"), deadline=60)
    yield built
    built.close()


def texts(result: SearchResult) -> list[str]:
    """Return the excerpts of the hits with their matches in brackets."""
    return [
        "".join(f"[{one.text}]" if one.is_match else one.text for one in hit.excerpt)
        for hit in result.hits
    ]


def test_every_name_finds_its_page_first(real: tuple[Passage, ...]) -> None:
    """Whoever types a title or an alias gets the page of that name, in any spelling of it."""
    built = PassageSearch(real, deadline=60)
    owners: dict[str, set[str]] = {}
    for one in real:
        for name in one.names:
            owners.setdefault(key(name), set()).add(one.path)

    wrong = [
        (query, result.hits[0].passage.id if result.hits else None)
        for one in real
        for name in one.names
        for query in (name, name.upper(), name.replace(" ", "-"), f"what is the {name}?")
        if not (result := built.search(query)).hits
        or result.hits[0].passage.path not in owners[key(name)]
    ]

    assert wrong == []


def test_every_requirement_is_found_by_its_sentence(real: tuple[Passage, ...]) -> None:
    """Whoever types the sentence of a requirement and its component finds it among the first."""
    built = PassageSearch(real, deadline=60)

    missed = [
        one.id
        for one in real
        if one.type == "requirement"
        and one not in [hit.passage for hit in built.search(f"{one.title} {one.text}").hits[:3]]
    ]

    assert missed == []


def test_a_hit_shows_why_it_was_found(k0: PassageSearch) -> None:
    """Title and excerpt of a hit have the words of the query marked, in any of their forms."""
    result = k0.search("striped pools")

    hit = next(one for one in result.hits if one.passage.id == "components/catalogue.md#no-striped")
    assert "".join(one.text for one in hit.excerpt) == hit.passage.text
    assert [one.text for one in hit.excerpt if one.is_match][:2] == ["striped", "pool"]
    assert [one.text for one in hit.title] == ["Kelpvault Catalogue"]


def test_a_prohibition_is_shown_as_one(k0: PassageSearch) -> None:
    """What is forbidden is found and shown as the full sentence."""
    result = k0.search("journal on a media pool", types=["requirement"])

    assert texts(result)[0].startswith("Do not put the [journal] on a [media] [pool].")


def test_facets_count_every_hit(k0: PassageSearch) -> None:
    """Facets are the types of all hits; a filter keeps them and narrows hits and total."""
    every = k0.search("journal", limit=MOST_HITS)
    some = k0.search("journal", limit=MOST_HITS, types=["component", "resource"])

    assert every.total == len(every.hits)
    assert every.facets == Counter(one.passage.type for one in every.hits)
    assert some.facets == every.facets
    assert {one.passage.type for one in some.hits} == {"component", "resource"}
    assert some.total == every.facets["component"] + every.facets["resource"]
    assert list(every.facets) == [
        "requirement",
        *(one for one in every.facets if one != "requirement"),
    ]


def test_pages_of_hits_make_up_the_whole(k0: PassageSearch) -> None:
    """Going through the hits in stretches gives each once, in the same order."""
    whole = [one.passage.id for one in k0.search("node", limit=MOST_HITS).hits]
    parts = [
        one.passage.id for at in range(0, len(whole), 7) for one in k0.search("node", 7, at).hits
    ]

    assert parts == whole
    assert k0.search("node", offset=10**9).hits == ()


def test_what_was_meant_is_suggested(k0: PassageSearch) -> None:
    """A mistyped query is answered with what is known of it, and with a better query."""
    result = k0.search("Transcodr of the vault")

    assert result.did_you_mean == "transcoder of the vault"
    assert result.total > 0
    assert k0.search(result.did_you_mean).hits[0].passage.path == "components/transcoder.md"


def test_nothing_found_is_a_result(k0: PassageSearch) -> None:
    """Unknown words and bare stop words find nothing, which is no error."""
    for query in ("giraffe", "what is the", "!!!", "\U0001f600"):
        result = k0.search(query)

        assert (result.hits, result.total, result.facets) == ((), 0, {})


def test_the_query_is_given_back_in_normal_form(k0: PassageSearch) -> None:
    """The result repeats the query without what cannot be seen."""
    assert k0.search("  lock\u200b-keeper\n? ").query == "lock-keeper ?"


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-1, 0), (MOST_HITS + 1, 0), (10, -1)])
def test_limits_out_of_range_are_refused(k0: PassageSearch, limit: int, offset: int) -> None:
    """Limit and offset are checked, whoever asks."""
    with pytest.raises(ValueError, match="limit is 1 to"):
        k0.search("vault", limit, offset)


def test_unknown_types_are_refused(k0: PassageSearch) -> None:
    """A filter for a type that does not exist is an error, not an empty result."""
    with pytest.raises(ValueError, match="types are requirement, product"):
        k0.search("vault", types=["components"])  # type: ignore[list-item]


def test_what_cannot_be_a_query_is_refused(k0: PassageSearch) -> None:
    """An empty query raises the same error as an empty question."""
    with pytest.raises(QuestionError):
        k0.search(" ")


def test_the_same_search_gives_the_same_result(k0: PassageSearch) -> None:
    """Another index of the same pages gives the same hits with the same scores."""
    other = PassageSearch(pages("tests/knowledge_bases/k0/docs"), deadline=60)

    assert other.search("where does the journal go?") == k0.search("where does the journal go?")
