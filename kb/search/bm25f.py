"""How much each term of a document counts: BM25F, worked out once for an index that never changes.

Every field counts by its own weight and length, and their sum is saturated once. (Ranking each
field by itself and adding up, as engines usually do, lets a frequent word of the prose outrank the
name of a page.) Of several names the one that fits best counts, so that a page does not lose by
having many. The score of a document is the sum of the impacts of the terms it shares with a query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from kb.search.index import Document


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much. The values are measured: tests/benchmarks/search_quality.py."""

    names: float = 1.5
    title: float = 4.0
    heading: float = 6.0
    text: float = 1.0
    length: float = 0.75
    """0 to 1: how far a term counts less in a longer field (b)."""
    saturation: float = 1.2
    """How slowly further occurrences stop to count (k1)."""


WEIGHTS = Weights()


def impacts(documents: Sequence[Document], weights: Weights) -> Iterator[dict[str, float]]:
    """Yield term -> impact for each document; every impact is greater than zero."""
    rarity = _rarity(documents)
    facts = [one for one in documents if one.type != "page"]
    means = _Means.of(facts or documents)  # guides are long: beside them all facts would be short
    for document in documents:
        yield {
            term: rarity[term] * count * (weights.saturation + 1) / (count + weights.saturation)
            for term, count in _counts(document, weights, means).items()
        }


def _counts(document: Document, weights: Weights, means: _Means) -> dict[str, float]:
    """Return how often each term occurs, by the weight and length of the fields it occurs in."""

    def each(weight: float, length: int, mean: float) -> float:
        return weight / (1 - weights.length + weights.length * length / mean)

    counts: dict[str, float] = {}
    for name in document.names:
        count = each(weights.names, len(name), means.name)
        for term in name:
            counts[term] = max(count, counts.get(term, 0.0))
    for terms, weight, mean in (
        (document.title, weights.title, means.title),
        (document.heading, weights.heading, means.heading),
        (document.text, weights.text, means.text),
    ):
        if terms:
            count = each(weight, len(terms), mean)
            for term in terms:
                counts[term] = counts.get(term, 0.0) + count
    return counts


def _rarity(documents: Sequence[Document]) -> dict[str, float]:
    """Return the inverse document frequency of each term."""
    found: Counter[str] = Counter()
    for one in documents:
        found.update(one.terms)
    return {
        term: log(1 + (len(documents) - count + 0.5) / (count + 0.5))
        for term, count in found.items()
    }


@dataclass(frozen=True, slots=True)
class _Means:
    """Mean lengths of a name and of the fields, over the documents that have them."""

    name: float
    title: float
    heading: float
    text: float

    @classmethod
    def of(cls, documents: Sequence[Document]) -> _Means:
        return cls(
            _mean(len(name) for one in documents for name in one.names),
            _mean(len(one.title) for one in documents),
            _mean(len(one.heading) for one in documents),
            _mean(len(one.text) for one in documents),
        )


def _mean(lengths: Iterable[int]) -> float:
    """Return the mean of the lengths that are not zero, or 1 where there are none."""
    present = [one for one in lengths if one]
    return sum(present) / len(present) if present else 1.0
