"""Finds passages of the pages by words. Knows nothing of questions and answers."""

from kb.search.highlight import Fragment
from kb.search.index import DEADLINE, Document, Engine, Match, Ranking, SearchIndex, documents
from kb.search.passages import PASSAGE_TYPES, Cut, Passage, PassageType, passages
from kb.search.search import ENGINES, MOST_HITS, Hit, PassageSearch, SearchResult

__all__ = [
    "DEADLINE",
    "ENGINES",
    "MOST_HITS",
    "PASSAGE_TYPES",
    "Cut",
    "Document",
    "Engine",
    "Fragment",
    "Hit",
    "Match",
    "Passage",
    "PassageSearch",
    "PassageType",
    "Ranking",
    "SearchIndex",
    "SearchResult",
    "documents",
    "passages",
]
