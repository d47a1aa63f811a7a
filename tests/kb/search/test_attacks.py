"""Queries that brought search engines down: each gets a quick and sane result.

The pages are many and the words common, so that work that is not bounded would show.
"""

import random
from time import perf_counter

import pytest

from kb.errors import DeadlineError, QuestionError
from kb.search import Passage, PassageSearch, SearchResult

WORDS = [f"w{number:x}" for number in range(30_000)]
COMMON = WORDS[:64]
LIMIT = 0.25
TRIALS = 3


@pytest.fixture(scope="module")
def search() -> PassageSearch:
    """Return a search in 2,000 passages of 300 words, the frequent ones in almost all of them."""
    rng = random.Random(11)
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    drawn = iter(rng.choices(WORDS, weights=weights, k=2000 * 300))
    return PassageSearch(
        [
            Passage(
                type="page",
                thing=None,
                product=None,
                status="published",
                title=f"Page {number}",
                heading=None,
                anchor=None,
                path=f"{number}.md",
                text=" ".join(next(drawn) for _ in range(300)),
                names=(f"Page {number}",),
            )
            for number in range(2000)
        ]
    )


def outcome(search: PassageSearch, query: str) -> SearchResult | QuestionError:
    """Return what comes of a query.

    The machine may be busy with other things; a query that is slow by itself is slow each time.
    """
    for _ in range(TRIALS):
        try:
            return search.search(query)
        except DeadlineError:
            continue
        except QuestionError as error:
            return error
    return search.search(query)


def quickest(search: PassageSearch, query: str) -> tuple[float, SearchResult | QuestionError]:
    """Return the shortest of three times in seconds, and what came of the query.

    The machine may be busy with other things; a query that is slow by itself is slow each time.
    """
    times = []
    for _ in range(3):
        start = perf_counter()
        outcome(search, query)
        times.append(perf_counter() - start)
    return min(times), outcome(search, query)


ATTACKS = {
    "1,000 nested parentheses": "(" * 1000 + ")" * 1000,
    "as many words as fit": " ".join(WORDS[:400]),
    "10,000 words": " ".join(WORDS[:10_000]),
    "10,000 words between OR": " OR ".join(WORDS[:10_000]),
    "20,000 brackets": "[" * 20_000,
    "2,000 brackets": "[" * 2000,
    "one word of a megabyte": "a" * 1_000_000,
    "one word of 2,000 letters": "a" * 2000,
    "every document": "*",
    "a range of everything": "[a TO zzzz]",
    "each prefix": " ".join(f"{letter}*" for letter in "abcdefghijklmnopqrstuvwxyz"),
    "100 infixes": "*a* " * 100,
    "a fuzzy word": "w1~9",
    "200 fuzzy words": "w1~2 " * 200,
    "500 NOT": "NOT " * 500,
    "a slow regular expression": 'r"(a+)+$" ' + "a" * 40,
    "the 12 commonest words": " ".join(COMMON[:12]),
    "the 64 commonest words": " ".join(COMMON),
    "boosts": "w1^1e999999 w2^-1",
    "fields": "terms:w1 path:/etc/passwd _stored:x",
    "unknown words, each near others": " ".join(f"w{number:x}zz" for number in range(250)),
    "2,000 combining marks": "a" + "\u0301\u0316" * 999,
    "one letter, 18 times as long in normal form": "\ufdfa" * 2000,
    "names of two letters": "a/" * 1000,
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_has_a_quick_and_sane_end(search: PassageSearch, name: str) -> None:
    """Each ends within 250 ms, with a result of up to ten hits or a refusal that says why."""
    query = ATTACKS[name]

    seconds, result = quickest(search, query)

    assert seconds < LIMIT, f"{seconds * 1000:.0f} ms"
    if isinstance(result, QuestionError):
        assert result.problem == "question-too-long"
        assert len(query) > 2000
    else:
        assert len(result.hits) <= 10
        assert len(result.hits) <= result.total <= 2000
        assert (result.total > 0) == bool(result.facets)


def test_many_terms_are_cut_and_not_refused(search: PassageSearch) -> None:
    """A pasted ticket is searched for by its rarest words, and the result says so."""
    result = search.search(" ".join(COMMON) + " w500 " + " ".join(COMMON))

    assert result.truncated
    assert "w500" in result.hits[0].passage.text.split()


ALPHABET = [
    *"abw0129 \t\n*?~^()[]{}:\"'|&!+-_/\\.,;<>=@#$%",
    *(
        " AND ",
        " OR ",
        " NOT ",
        " TO ",
        " w1 ",
        " w2 ",
        " page ",
        "é",
        "ß",
        "ﬁ",
        "日",
        "ﷺ",
        "\u0301",
    ),
    *("\u200b", "\u202e", "\ufeff", "\0", "\x7f", "\ud800", "\U0001f600", "\U000e0001", "٣"),
]


def test_random_queries_have_a_sane_end(search: PassageSearch) -> None:
    """5,000 queries of operators, odd characters and words end in a result or a refusal."""
    rng = random.Random(12)
    for _ in range(5000):
        query = "".join(rng.choices(ALPHABET, k=rng.choice([1, 5, 20, 60])))
        result = outcome(search, query)
        if isinstance(result, QuestionError):
            assert result.problem in {"invalid-characters", "missing-question"}, query
            continue
        for hit in result.hits:
            assert "".join(one.text for one in hit.excerpt).strip("… ") in hit.passage.text
