"""Looks one thing up by any of its names and gives it in the form that is wanted.

One path serves people and programs: JSON by default, Markdown by Accept, a browser is sent on to
the page. `.json` and `.md` say the form themselves. The whole name is tried before a suffix is cut
off, because a name may end like one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode

from fastapi import Request
from starlette.responses import Response

from api.markdown import render
from api.negotiation import HTML, JSON, MARKDOWN
from api.replies import Representation, as_json, negotiated, reply, represent, see_page
from api.schemas.links import COLLECTIONS
from api.schemas.parameters import LONGEST_NAME
from api.schemas.things import AnyThing
from api.state import Generation
from kb import Catalog, PageType, Thing, UnknownNameError, page_address

SUFFIXES: Mapping[str, str] = {".json": JSON, ".md": MARKDOWN}


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that a path names."""

    thing: Thing
    suffix: str = ""
    """The suffix that says the form; empty: it is negotiated."""


def find(catalog: Catalog, kind: PageType, segment: str) -> Found:
    """Return what the last segment of a path names.

    Raises UnknownNameError, with suggestions for the name without its suffix, or
    AmbiguousNameError.
    """
    name = unquote(segment)
    try:
        return Found(find_named(catalog, kind, name))
    except UnknownNameError:
        suffix = next((one for one in SUFFIXES if name.endswith(one) and name != one), "")
        if not suffix:
            raise
    return Found(find_named(catalog, kind, name.removesuffix(suffix)), suffix)


def find_named(catalog: Catalog, kind: PageType, name: str) -> Thing:
    """Return the thing with this name. Raises UnknownNameError or AmbiguousNameError.

    Length comes first: bringing a very long name into normal form would be slow.
    """
    if len(name) > LONGEST_NAME:
        raise UnknownNameError(kind, name, catalog.suggest(kind, name))
    return catalog.find(kind, name)


def present(
    request: Request,
    generation: Generation,
    found: Found,
    filters: Mapping[str, str | None] | None = None,
    write: Callable[[], AnyThing] | None = None,
) -> Response:
    """Return the reply that carries a thing.

    `filters` are the query parameters that narrow it, in their normal form, and `write` gives it
    narrowed. Raises ProblemError: not-acceptable.
    """
    thing = found.thing
    kept = {name: value for name, value in (filters or {}).items() if value is not None}
    wanted = SUFFIXES.get(found.suffix) or negotiated(request, _offers(generation, thing))
    if wanted == HTML:
        return see_page(generation.writer.links.page(thing.path))

    def rendered() -> Representation:
        value = write() if write is not None and kept else generation.writer.thing(thing)
        if wanted == JSON:
            return as_json(value)
        return represent(render(value, generation.knowledge.catalog.title_of).encode(), MARKDOWN)

    if kept:
        representation = rendered()
    else:
        representation = generation.rendered((thing.type, thing.id, wanted), rendered)
    query = f"?{urlencode(kept)}" if kept else ""
    address = f"/{COLLECTIONS[thing.type]}/{quote(thing.id)}{found.suffix}{query}"
    headers = {"Content-Location": generation.writer.links.to(address)}
    return reply(request, representation, headers)


def _offers(generation: Generation, thing: Thing) -> list[str]:
    page = f"/{page_address(thing.path)}"
    has_page = generation.site is not None and generation.site.has(page)
    return [JSON, MARKDOWN, HTML] if has_page else [JSON, MARKDOWN]
