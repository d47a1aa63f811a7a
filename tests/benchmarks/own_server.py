"""Our server on a folder of pages, as `kb serve` starts it, but without a site.

`python -m tests.benchmarks.own_server DOCS` prints its address when it answers.
"""

from __future__ import annotations

import sys
from pathlib import Path

from api.serve import serve
from kb import KnowledgeBase


class _Told:
    """Says where our server answers."""

    def listening(self, address: str) -> None:
        print(address, flush=True)

    def admin_listening(self, address: str) -> None:
        """There is nobody to tell."""

    def published(self, knowledge: KnowledgeBase, seconds: float, name: str = "") -> None:
        """Nobody asks."""

    def refused(self, error: Exception) -> None:
        raise error

    def site_published(self, seconds: float) -> None:
        """There is no site."""

    def site_refused(self, output: str) -> None:
        """There is no site."""


if __name__ == "__main__":
    serve(Path(sys.argv[1]), "127.0.0.1", 0, _Told())
