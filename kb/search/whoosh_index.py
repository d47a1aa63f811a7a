"""Search with Whoosh: postings and their merging. The only module that knows the library.

Two releases of it install under one name; both are tested, and only what they share is used. No
text reaches its query parser. The index lives in memory. Its files are pickles, and whoever can
write one runs code in the process that opens it: only files whose digests were compared are opened.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from heapq import nlargest
from time import monotonic
from typing import Any

from whoosh import versionstring
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.collectors import Collector
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.formats import Frequency
from whoosh.query import Or, Term

from kb.errors import DeadlineError
from kb.search.bm25f import WEIGHTS, Weights, impacts
from kb.search.index import DEADLINE, Document, Match, Ranking, SearchIndex
from kb.search.passages import PassageType

FORMAT = f"whoosh {versionstring()}"
"""What wrote the files of an index: no other release is asked to read them."""
_FIELD = "terms"
_BETWEEN_LOOKS = 256
"""Number of documents after which the clock is looked at again."""


def build(
    documents: Sequence[Document], /, *, deadline: float = DEADLINE, weights: Weights = WEIGHTS
) -> SearchIndex:
    """Return an index of these documents, in memory."""
    index = _Memory().create_index(Schema(**{_FIELD: _Impacts()}))
    # More memory than the postings of any knowledge base: sorting never goes to the disk.
    writer = index.writer(limitmb=1024, codec=_Codec())
    for one in impacts(documents, weights):
        writer.add_document(**{_FIELD: one})
    writer.commit()
    assert index.doc_count_all() == len(documents)  # so that their numbers are ours
    return _WhooshIndex(index, tuple(one.type for one in documents), deadline)


def opened(
    files: Mapping[str, bytes], types: Sequence[PassageType], *, deadline: float = DEADLINE
) -> SearchIndex:
    """Return the index whose files these are, of documents of these types.

    The files are run as code: whoever calls this knows that they are what `saved` returned.
    """
    storage = _Memory()
    storage.files.update(files)
    return _WhooshIndex(storage.open_index(), tuple(types), deadline)


class _WhooshIndex:
    """An index whose documents have the numbers of the sequence that it was built from."""

    def __init__(self, index: Any, types: tuple[PassageType, ...], deadline: float) -> None:
        self._index = index
        self._types = types
        self._deadline = deadline
        # A searcher keeps its place in the postings: it serves one thread at a time.
        self._idle: deque[Any] = deque()

    def search(
        self, terms: Sequence[str], limit: int, offset: int, types: Collection[PassageType]
    ) -> Ranking:
        query = Or([Term(_FIELD, term) for term in terms])
        # Adds up the postings of one term after the other. The default, a tree of matchers that
        # skips what cannot be among the best, is slower here and does not count the documents.
        query.matcher_type = Or.ARRAY_MATCHER
        found = _AllMatches(self._deadline)
        with self._searcher() as searcher:
            searcher.search_with_collector(query, found)
        facets: Counter[PassageType] = Counter(self._types[one] for one in found.scores)
        wanted = frozenset(types) or frozenset(facets)
        best = nlargest(
            offset + limit,
            (
                (score, -number)
                for number, score in found.scores.items()
                if self._types[number] in wanted
            ),
        )
        return Ranking(
            tuple(Match(-negative, score) for score, negative in best[offset:]),
            sum(facets[one] for one in wanted),
            dict(facets),
        )

    def saved(self) -> Mapping[str, bytes]:
        return {name: bytes(content) for name, content in self._index.storage.files.items()}

    def close(self) -> None:
        self._idle.clear()

    @contextmanager
    def _searcher(self) -> Iterator[Any]:
        try:
            searcher = self._idle.pop()
        except IndexError:
            searcher = self._index.searcher()
        yield searcher
        # Not after an exception: nobody knows in which state that leaves a searcher.
        self._idle.append(searcher)


class _AllMatches(Collector):  # type: ignore[misc]  # the library is not typed
    """Collects the number and score of every match, until the deadline."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.scores: dict[int, float] = {}
        self._seconds = seconds
        self._end = monotonic() + seconds

    def collect_matches(self) -> None:
        matcher = self.matcher
        while matcher.is_active():
            self.scores[matcher.id()] = matcher.score()
            matcher.next()
            if len(self.scores) % _BETWEEN_LOOKS == 0 and monotonic() > self._end:
                raise DeadlineError(self._seconds)

    def results(self) -> None:
        """Make nothing of the matches: they are read from `scores`."""


class _Impacts(FieldType):  # type: ignore[misc]  # the library is not typed
    """A field whose value is term -> impact. Nothing is analysed, stored or scored again."""

    def __init__(self) -> None:
        self.format = Frequency()
        self.analyzer = None
        self.vector = None
        self.column_type = None
        self.scorable = False  # so that a posting's score is its weight: the impact
        self.stored = self.unique = self.spelling = False

    def index(
        self, value: Mapping[str, float], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, no further data) of each posting."""
        for term, impact in sorted(value.items()):
            yield term.encode(), 1, impact, b""

    def to_bytes(self, value: str | bytes) -> bytes:
        """Return a term as it is stored."""
        return value if isinstance(value, bytes) else value.encode()


class _Codec(W3Codec):  # type: ignore[misc]  # the library is not typed
    """The library's own files, without its random names: the same documents make the same bytes."""

    def new_segment(self, storage: Any, indexname: str) -> Any:  # noqa: ARG002
        """Return the only segment of an index."""
        return W3Segment(self, indexname, segid="0" * 16)


class _Memory(RamStorage):  # type: ignore[misc]  # the library is not typed
    """Keeps everything in memory; the older release has its temporary files in a shared folder."""

    def temp_storage(self, name: str | None = None) -> _Memory:  # noqa: ARG002
        """Return room for temporary files."""
        return _Memory()
