"""The portable look-ups as files: what `/components/x.json` and `.md` give, for a plain file host.

The bytes are those that the service sends for the same addresses.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.markdown import render
from api.schemas.base import encode
from api.schemas.links import COLLECTIONS, Links
from api.schemas.writing import Writer
from kb import Catalog


def portable(catalog: Catalog, base: str = "/") -> Iterator[tuple[str, bytes]]:
    """Yield (path relative to the site's root, content) of every look-up by id; no drafts."""
    writer = Writer(catalog, Links(base))
    for kind, collection in COLLECTIONS.items():
        for thing in catalog.things(kind).values():
            if thing.status != "draft":
                written = writer.thing(thing)
                yield f"{collection}/{thing.id}.json", encode(written)
                yield f"{collection}/{thing.id}.md", render(written, catalog.title_of).encode()
