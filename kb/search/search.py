"""A search as people see it: what they typed, the hits with highlights, what they may have meant.

Which engine ranks is told by one argument; it is given terms and gives numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kb.search import whoosh_index
from kb.search.highlight import Fragment, excerpt, highlight
from kb.search.index import DEADLINE, Engine, documents
from kb.search.passages import PASSAGE_TYPES, Passage, PassageType
from kb.search.query import read
from kb.search.vocabulary import decoded, encoded, vocabulary

_VOCABULARY = "vocabulary.json"
_TYPES = "types"
"""The type of each passage, as its place among all types."""

ENGINES: Mapping[str, Engine] = {"whoosh": whoosh_index.build}
"""Name -> what builds an index with this engine."""

MOST_HITS = 100
"""Number of hits up to which one search gives them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with the words that were searched for marked."""

    passage: Passage
    score: float
    """Higher is better; comparable within one search only."""
    title: tuple[Fragment, ...]
    """Title of the page."""
    heading: tuple[Fragment, ...]
    """Heading of the section; empty for a page as a whole and for a requirement."""
    excerpt: tuple[Fragment, ...]
    """What the passage says, or the best stretch of it; a requirement is never cut."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found."""

    query: str
    """What was typed, in normal form."""
    hits: tuple[Hit, ...]
    """The wanted stretch of all hits, best first."""
    total: int
    """Number of all hits of the wanted types."""
    facets: Mapping[PassageType, int]
    """Number of hits by type, for all types that have some, wanted or not."""
    did_you_mean: str | None
    """The query with unknown words replaced by known ones that resemble them."""
    truncated: bool
    """Whether the query had more words than are searched for; the rarest were."""


class PassageSearch:
    """Passages that can be searched. Does not change once it is built; threads may share it."""

    FORMAT = whoosh_index.FORMAT
    """What writes the files of `saved`: they are opened by the same."""

    def __init__(
        self,
        passages: Sequence[Passage],
        engine: Engine = whoosh_index.build,
        deadline: float = DEADLINE,
        *,
        saved: Mapping[str, bytes] | None = None,
    ) -> None:
        """Index the passages, or open what `saved` returned for them: files that run as code."""
        self._passages = passages
        if saved is None:
            indexed = documents(passages)
            self._types = bytes(PASSAGE_TYPES.index(one.type) for one in indexed)
            self._vocabulary = vocabulary(passages, indexed)
            self._index = engine(indexed, deadline=deadline)
        else:
            self._types = saved[_TYPES]
            self._vocabulary = decoded(saved[_VOCABULARY])
            own = (_TYPES, _VOCABULARY)
            index = {name: content for name, content in saved.items() if name not in own}
            types = [PASSAGE_TYPES[one] for one in self._types]
            self._index = whoosh_index.opened(index, types, deadline=deadline)

    def saved(self) -> dict[str, bytes]:
        """Return what is needed to search these passages again, as files by name."""
        own = {_TYPES: self._types, _VOCABULARY: encoded(self._vocabulary)}
        return {**own, **self._index.saved()}

    def search(
        self,
        query: str,
        limit: int = 10,
        offset: int = 0,
        types: Collection[PassageType] = (),
    ) -> SearchResult:
        """Return up to `limit` (1 to MOST_HITS) hits from position `offset` on.

        `types` empty: all types. Raises QuestionError for what cannot be a query, DeadlineError
        when it takes too long, and ValueError for arguments out of range.
        """
        if not 1 <= limit <= MOST_HITS or offset < 0:
            raise ValueError(f"limit is 1 to {MOST_HITS}, offset 0 or more: {limit}, {offset}")
        if not frozenset(types) <= frozenset(PASSAGE_TYPES):
            raise ValueError(f"types are {', '.join(PASSAGE_TYPES)}")
        asked = read(query, self._vocabulary)
        if not asked.terms:
            return SearchResult(asked.text, (), 0, {}, asked.did_you_mean, asked.truncated)
        ranking = self._index.search(asked.terms, limit, offset, types)
        wanted = frozenset(asked.terms)
        return SearchResult(
            query=asked.text,
            hits=tuple(
                _hit(self._passages[one.number], one.score, wanted) for one in ranking.matches
            ),
            total=ranking.total,
            facets={one: ranking.facets[one] for one in PASSAGE_TYPES if one in ranking.facets},
            did_you_mean=asked.did_you_mean,
            truncated=asked.truncated,
        )

    def close(self) -> None:
        """Free the index. Nothing is searched afterwards."""
        self._index.close()


def _hit(passage: Passage, score: float, wanted: Collection[str]) -> Hit:
    cut = highlight if passage.type == "requirement" else excerpt
    return Hit(
        passage,
        score,
        highlight(passage.title, wanted),
        highlight(passage.heading or "", wanted),
        cut(passage.text, wanted),
    )
