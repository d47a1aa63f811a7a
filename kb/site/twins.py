"""Pages in other forms, for programs. What they look like is not the matter of the site.

Whoever builds the site hands in what makes them, so that the bytes are those of the service.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from kb.catalog import Catalog


class Twins(Protocol):
    """Makes the documents that stand beside the pages."""

    def files(self, catalog: Catalog, base: str = "/") -> Iterable[tuple[str, bytes]]:
        """Yield (path relative to the site's root, content); addresses in it begin with `base`."""

    def twins(self, catalog: Catalog) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Return the path of each page -> (media type, path) of the documents that say the same."""
