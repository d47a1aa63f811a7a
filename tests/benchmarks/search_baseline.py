"""Whoosh as it is usually configured, to measure our search against: four fields, its own BM25F."""

from collections.abc import Iterable, Sequence
from typing import Any

from whoosh.fields import KEYWORD, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.query import Or, Term

from kb.search import Document

FIELDS = ("names", "title", "heading", "text")


class UsualWhoosh:
    """An index of the same terms in four fields; a query looks for each term in each field."""

    def __init__(self, documents: Iterable[Document]) -> None:
        index = _Memory().create_index(Schema(**{name: KEYWORD(scorable=True) for name in FIELDS}))
        writer = index.writer(limitmb=1024)
        for one in documents:
            writer.add_document(
                names=" ".join(term for name in one.names for term in name),
                title=" ".join(one.title),
                heading=" ".join(one.heading),
                text=" ".join(one.text),
            )
        writer.commit()
        self._searcher = index.searcher()

    def search(self, terms: Sequence[str], boosts: Sequence[float] = (1, 1, 1, 1)) -> list[int]:
        """Return the numbers of the ten best documents."""
        return numbers(
            self._searcher,
            Or(
                [
                    Term(field, term, boost=boost)
                    for term in terms
                    for field, boost in zip(FIELDS, boosts, strict=True)
                ]
            ),
        )


def numbers(searcher: Any, query: Any) -> list[int]:
    """Return the numbers of the ten best documents."""
    return [int(one.docnum) for one in searcher.search(query, limit=10)]


class _Memory(RamStorage):  # type: ignore[misc]  # the library is not typed
    def temp_storage(self, name: str | None = None) -> "_Memory":  # noqa: ARG002
        return _Memory()
