"""Looks one thing up by any of its names and gives it in the form that is wanted.

One path serves people and programs: JSON by default, Markdown by Accept, a browser is sent on to
the page. `.json` and `.md` say the form themselves. The whole name is tried before a suffix is cut
off, because a name may end like one.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote, urlencode

from fastapi import Request
from starlette.responses import Response

from api.filters import holding, narrowing
from api.markdown import render
from api.negotiation import HTML, JSON, MARKDOWN
from api.replies import as_json, negotiated, reply, represent, see_page
from api.schemas.links import COLLECTIONS
from api.schemas.parameters import LONGEST_NAME
from api.schemas.things import AnyThing
from api.state import Generation
from kb import Catalog, Component, PageType, Thing, UnknownNameError, page_address

SUFFIXES: Mapping[str, str] = {".json": JSON, ".md": MARKDOWN}


def look_up(
    request: Request,
    generation: Generation,
    kind: PageType,
    segment: str,
    topology: str | None = None,
    version: str | None = None,
) -> Response:
    """Return the thing that the last segment of a path names, in its form.

    Raises UnknownNameError, AmbiguousNameError or ProblemError.
    """
    catalog, path = generation.knowledge.catalog, request.scope["path"]
    try:
        thing, suffix = find(catalog, kind, segment)
    except UnknownNameError:
        # Pictures may stand beside the pages, where the path could mean either.
        if generation.site is None or not generation.site.has(path):
            raise
        return reply(request, generation.site.read(path), varies=False)
    return present(request, generation, thing, suffix, topology, version)


def find(catalog: Catalog, kind: PageType, segment: str) -> tuple[Thing, str]:
    """Return what the last segment of a path names, and the suffix that says its form, if any.

    Raises UnknownNameError, with suggestions for the name without its suffix, or
    AmbiguousNameError.
    """
    name = unquote(segment)
    try:
        return find_named(catalog, kind, name), ""
    except UnknownNameError:
        suffix = next((one for one in SUFFIXES if name.endswith(one) and name != one), "")
        if not suffix:
            raise
    return find_named(catalog, kind, name.removesuffix(suffix)), suffix


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
    thing: Thing,
    suffix: str = "",
    topology: str | None = None,
    version: str | None = None,
) -> Response:
    """Return the reply that carries a thing; of a component, what holds where it is narrowed.

    Without a suffix its form is negotiated. Raises ProblemError: not-acceptable or
    invalid-parameter.
    """
    catalog, writer = generation.knowledge.catalog, generation.writer
    kept = narrowing(catalog, thing, topology, version) if isinstance(thing, Component) else {}
    wanted = SUFFIXES.get(suffix) or negotiated(request, _offers(generation, thing))
    if wanted == HTML:
        return see_page(writer.links.page(thing.path))

    value: AnyThing
    if isinstance(thing, Component):
        value = writer.component(thing, holding(catalog, thing, **kept))
    else:
        value = writer.thing(thing)
    if wanted == JSON:
        representation = as_json(value)
    else:
        representation = represent(render(value, catalog.title_of).encode(), MARKDOWN)
    query = f"?{urlencode(kept)}" if kept else ""
    address = f"/{COLLECTIONS[thing.type]}/{quote(thing.id)}{suffix}{query}"
    headers = {"Content-Location": writer.links.to(address)}
    return reply(request, representation, headers, varies=not suffix)


def _offers(generation: Generation, thing: Thing) -> list[str]:
    page = f"/{page_address(thing.path)}"
    has_page = generation.site is not None and generation.site.has(page)
    return [JSON, MARKDOWN, HTML] if has_page else [JSON, MARKDOWN]
