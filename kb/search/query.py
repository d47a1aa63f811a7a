"""What a person typed into the terms that are searched for. No character is an operator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from kb.search.tokens import joined, names, runs, term, words
from kb.search.vocabulary import Vocabulary
from kb.typed import normal_form

MOST_TERMS = 12
"""Number of terms that an engine is given."""
LONGEST_NAME = 12
"""Number of words up to which a name is known as a whole."""
MOST_CORRECTIONS = 4
"""Number of unknown words for which a known one is looked up."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query, read."""

    text: str
    """As it was typed, in normal form: visible characters, single spaces."""
    terms: tuple[str, ...]
    """Whole names, known words from the rarest on, neighbouring words that are known as one."""
    truncated: bool
    """Whether it had more than `MOST_TERMS` known words; the most frequent are left out."""
    did_you_mean: str | None
    """The text with unknown words replaced by known ones, where such are near."""


def read(query: str, vocabulary: Vocabulary) -> Query:
    """Return what to search for. Raises QuestionError for what cannot be a query."""
    normal = normal_form(query)
    written = words(normal)
    content = dict.fromkeys(filter(None, map(term, written)))
    known = sorted(
        (one for one in content if one in vocabulary.rarity),
        key=lambda one: (vocabulary.rarity[one], one),
    )
    pairs = (one for one in joined(written) if one in vocabulary.rarity)
    wanted = dict.fromkeys(chain(_names(written, vocabulary), known, pairs))
    truncated = len(known) > MOST_TERMS
    return Query(normal, tuple(wanted)[:MOST_TERMS], truncated, _did_you_mean(normal, vocabulary))


def _names(written: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the names that stand in a query, the longest that begins at each word."""
    start = 0
    while start < len(written):
        candidates = names(written[start : start + LONGEST_NAME])
        lengths = [at for at, one in enumerate(candidates, 1) if one in vocabulary.rarity]
        if lengths:
            yield candidates[lengths[-1] - 1]
        start += lengths[-1] if lengths else 1


def _did_you_mean(normal: str, vocabulary: Vocabulary) -> str | None:
    """Replace the first unknown words of a query, each where a known one is near enough."""
    parts: list[str] = []
    end = looked_up = 0
    for start, stop, found in runs(normal):
        if looked_up == MOST_CORRECTIONS:
            break
        if len(found) == 1 and found[0] not in vocabulary.rarity:
            looked_up += 1
            meant = vocabulary.nearest(normal[start:stop].casefold())
            if meant:
                parts += normal[end:start], meant
                end = stop
    return "".join(parts) + normal[end:] if parts else None
