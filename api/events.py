"""What the server does, as lines of the log: for those who read it with programs."""

from __future__ import annotations

import logging

from kb import CompilationError, KnowledgeBase

MOST_FINDINGS = 20
_LOG = logging.getLogger("clusterkb.serve")


class Logged:
    """Writes to the log what a person would be told on the terminal."""

    def listening(self, address: str) -> None:
        """The server answers at this address."""
        _tell("serving", address=address)

    def admin_listening(self, address: str) -> None:
        """Those who run the service are answered at this address."""
        _tell("serving metrics and probes", address=address)

    def published(self, knowledge: KnowledgeBase, seconds: float, name: str = "") -> None:
        """New content is served, of a built generation of this name; reading it took this long."""
        catalog = knowledge.catalog
        _tell(
            "content published",
            content_version=catalog.version,
            generation=name or None,
            components=len(catalog.published()),
            warnings=len(knowledge.diagnostics),
            seconds=round(seconds, 3),
        )

    def refused(self, error: Exception) -> None:
        """The pages cannot be served as they are; what was served before still is."""
        found = error.diagnostics if isinstance(error, CompilationError) else ()
        places = [f"{one.place.path}:{one.place.line}: {one.code} {one.message}" for one in found]
        _tell("content refused", logging.ERROR, reason=str(error), findings=places[:MOST_FINDINGS])

    def site_published(self, seconds: float) -> None:
        """A new site is served; building it took this long."""
        _tell("site published", seconds=round(seconds, 3))

    def site_refused(self, output: str) -> None:
        """The site could not be built; this is what the builder said."""
        _tell("site refused", logging.ERROR, output=output.rstrip())


def _tell(message: str, level: int = logging.INFO, **fields: object) -> None:
    _LOG.log(level, message, extra={"fields": fields})
