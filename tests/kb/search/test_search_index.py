"""What every search engine keeps to. A further engine is a further line in `ENGINES`.

`test_other_whoosh.py` runs these tests again with the other release of Whoosh.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from kb.errors import DeadlineError
from kb.search import ENGINES, Document, Passage, SearchIndex, documents

PAGES = {
    "Ledger Service": "Writes each change before it is made.",
    "Mail Gateway": "Sends mail to the ledger and to everybody else.",
    "Ledger": "A book of changes.",
    "Quorum Disk": "A disk that each node can reach. The ledger has its vote on it.",
    "Zebra Crossing": "Of no use to a cluster.",
}


def passage(title: str, text: str, type_: str = "component") -> Passage:
    """Return the passage of a page as a whole."""
    return Passage(
        type=type_,  # type: ignore[arg-type]
        thing=None,
        product=None,
        status="published",
        title=title,
        heading=None,
        anchor=None,
        path=f"{title}.md",
        text=text,
        names=(title,),
    )


def requirement(title: str, text: str) -> Passage:
    """Return the passage of a requirement of a page."""
    return Passage(
        type="requirement",
        thing=None,
        product=None,
        status="published",
        title=title,
        heading=None,
        anchor="one",
        path=f"{title}.md",
        text=text,
    )


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    """Return the name of each engine in turn."""
    return str(request.param)


def build(engine: str, given: Sequence[Passage]) -> SearchIndex:
    """Return an index of passages that has all the time it wants."""
    return ENGINES[engine](documents(given), deadline=60)


@pytest.fixture
def index(engine: str) -> Iterator[SearchIndex]:
    """Return an index of the pages."""
    built = build(engine, [passage(*one) for one in PAGES.items()])
    yield built
    built.close()


def numbers(index: SearchIndex, *terms: str, limit: int = 10, offset: int = 0) -> list[int]:
    """Return the numbers of the documents that hold any of the terms, best first."""
    return [one.number for one in index.search(terms, limit, offset, ()).matches]


def test_documents_with_any_of_the_terms_are_found(index: SearchIndex) -> None:
    """A document needs one of the terms, and others are left out."""
    assert sorted(numbers(index, "mail", "zebra")) == [1, 4]


def test_more_terms_rank_higher(index: SearchIndex) -> None:
    """A document with both terms comes before those with one."""
    assert numbers(index, "ledger", "vote")[0] == 3


def test_a_name_ranks_higher_than_prose(index: SearchIndex) -> None:
    """The pages called by a word come before those that only use it, the shortest name first."""
    assert numbers(index, "ledger") == [2, 0, 1, 3]


def test_rarer_terms_rank_higher(engine: str) -> None:
    """Of two documents with one term each, the one with the rarer term comes first."""
    texts = ["common", "common", "common", "rare"]
    built = build(engine, [requirement("Page", text) for text in texts])

    assert numbers(built, "common", "rare")[0] == 3


def test_equal_scores_keep_the_order_of_the_documents(engine: str) -> None:
    """Documents that are alike come in the order in which they were given."""
    built = build(engine, [requirement("Page", "same words") for _ in range(300)])

    assert numbers(built, "same", limit=300) == list(range(300))


def test_the_best_score_comes_first(index: SearchIndex) -> None:
    """Scores fall from match to match and are greater than zero."""
    scores = [one.score for one in index.search(("ledger", "disk"), 10, 0, ()).matches]

    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_stretches_make_up_the_ranking(index: SearchIndex) -> None:
    """Limit and offset cut the same ranking into pieces; beyond its end there is nothing."""
    whole = numbers(index, "ledger", "disk")
    pieces = [numbers(index, "ledger", "disk", limit=1, offset=at) for at in range(len(whole))]

    assert [one for piece in pieces for one in piece] == whole
    assert numbers(index, "ledger", offset=10_000) == []


def test_totals_and_facets_count_all_matches(engine: str) -> None:
    """Total and facets count what is found, not what is given; a type filters the total only."""
    given = [
        passage("Ledger", "A book."),
        requirement("Ledger", "Keep it."),
        passage("Mail", "No."),
    ]
    built = build(engine, [*given, passage("Ledger List", "A guide.", "page")])

    ranking = built.search(("ledger",), 1, 0, ())
    filtered = built.search(("ledger",), 10, 0, ("requirement", "page"))

    assert len(ranking.matches) == 1
    assert ranking.total == 3
    assert ranking.facets == {"component": 1, "requirement": 1, "page": 1}
    assert sorted(one.number for one in filtered.matches) == [1, 3]
    assert filtered.total == 2
    assert filtered.facets == ranking.facets


def test_a_type_without_matches_has_none(index: SearchIndex) -> None:
    """A filter for a type of which nothing is found gives nothing."""
    ranking = index.search(("ledger",), 10, 0, types=["procedure"])

    assert (ranking.matches, ranking.total) == ((), 0)


@pytest.mark.parametrize(
    "term",
    [
        "unheard",
        "ledg",
        "*",
        "ledger*",
        "?",
        "[a TO z]",
        "ledger~2",
        "NOT",
        "ledger mail",
        "",
        "\0",
    ],
)
def test_terms_are_compared_whole(index: SearchIndex, term: str) -> None:
    """A term that no document holds finds nothing, whatever its characters mean to an engine."""
    ranking = index.search((term,), 10, 0, ())

    assert (ranking.matches, ranking.total, ranking.facets) == ((), 0, {})


def test_an_unknown_term_changes_nothing(index: SearchIndex) -> None:
    """Terms that no document holds leave the ranking of the others as it is."""
    assert numbers(index, "ledger", "unheard") == numbers(index, "ledger")


def test_terms_of_any_script_are_found(engine: str) -> None:
    """A term may be made of any letters."""
    built = build(engine, [passage("Журнал", "日本語 écran")])

    assert all(numbers(built, term) == [0] for term in ("журнал", "日本語", "ecran"))


def test_no_terms_find_nothing(index: SearchIndex) -> None:
    """Without terms there are no matches."""
    assert index.search((), 10, 0, ()).total == 0


def test_no_documents_are_an_index_too(engine: str) -> None:
    """An index of nothing is built and finds nothing."""
    built = build(engine, ())

    assert built.search(("ledger",), 10, 0, ()).total == 0


def test_a_document_without_words_is_kept_apart(engine: str) -> None:
    """A document without any term is never found, and the others keep their numbers."""
    empty = Document("page", (), (), (), ())
    built = ENGINES[engine]([empty, *documents([passage("Ledger", "A book.")])], deadline=60)

    assert numbers(built, "ledger") == [1]


def test_threads_share_an_index(engine: str) -> None:
    """Threads that search at the same time find what one thread finds alone."""
    words = [f"word{number}" for number in range(40)]
    texts = [" ".join(words[number % 7 :: 1 + number % 5]) for number in range(1500)]
    built = build(engine, [requirement("Page", text) for text in texts])
    queries = [(words[at], words[at // 2], words[-at]) for at in range(40)]
    alone = [built.search(query, 20, 0, ()) for query in queries]

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda query: built.search(query, 20, 0, ()), queries * 8))

    assert together == alone * 8


def test_a_search_that_takes_too_long_is_stopped(engine: str) -> None:
    """When the deadline has passed, the search ends with an error that says so."""
    given = documents(requirement("Page", "same words") for _ in range(2000))
    built = ENGINES[engine](given, deadline=0.0)

    with pytest.raises(DeadlineError, match="longer than 0 s"):
        built.search(("same",), 10, 0, ())


def test_closing_twice_does_no_harm(engine: str) -> None:
    """An index may be closed again."""
    built = build(engine, [passage("Ledger", "A book.")])

    built.close()
    built.close()
