"""What programs can read without asking: every thing of the catalog, at `kb://components/<id>`.

An address is looked up by name in the catalog; it never becomes a path. Nothing here knows the
protocol.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from api.documents import MARKDOWN, shown
from api.lookup import find_named
from api.markdown import render
from api.problems import ProblemError
from api.problems import shown as quoted
from api.schemas.links import COLLECTIONS
from api.state import Generation
from kb import Catalog, PageType, Thing

SCHEME = "kb"
_ADDRESS = re.compile(rf"{SCHEME}://(?P<collection>[a-z]+)/(?P<name>[^/?#]+)")
_KINDS = {collection: kind for kind, collection in COLLECTIONS.items()}


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that can be read."""

    uri: str
    """Its address; of a template with `{name}` in it."""
    name: str
    title: str
    description: str
    media_type: str = MARKDOWN


def listed(catalog: Catalog) -> Iterator[Resource]:
    """Yield all that can be read, by type and id; no drafts."""
    for kind, collection in COLLECTIONS.items():
        for thing in shown(catalog, kind):
            yield Resource(
                uri=f"{SCHEME}://{collection}/{quote(thing.id, safe='')}",
                name=thing.id,
                title=thing.title,
                description=thing.summary or f"The {kind} {thing.title}.",
            )


def templates() -> Iterator[Resource]:
    """Yield the forms of the addresses, one for each type."""
    for kind, collection in COLLECTIONS.items():
        yield Resource(
            uri=f"{SCHEME}://{collection}/{{name}}",
            name=kind,
            title=f"A {kind}",
            description=f"A {kind} by its id, title or alias, with all that is stated of it.",
        )


def text_of(generation: Generation, uri: str) -> str:
    """Return what is at an address, as Markdown.

    Raises ProblemError: not-found, UnknownNameError or AmbiguousNameError.
    """
    thing = _thing(generation.knowledge.catalog, uri)
    return render(generation.writer.thing(thing), generation.knowledge.catalog.title_of)


def _thing(catalog: Catalog, uri: str) -> Thing:
    found = _ADDRESS.fullmatch(uri)
    kind: PageType | None = _KINDS.get(found["collection"]) if found else None
    if found is None or kind is None:
        raise ProblemError(
            "not-found",
            f"There is nothing at {quoted(uri)}: an address such as {SCHEME}://components/NAME "
            "is expected.",
            candidates=[f"{SCHEME}://{one}/" for one in _KINDS],
        )
    return find_named(catalog, kind, unquote(found["name"]))
