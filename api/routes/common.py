"""What several routes have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Path, Query, Request
from starlette.responses import Response

from api.negotiation import HTML, JSON
from api.paging import link_header, page_of
from api.problems import ProblemError, pointer
from api.replies import as_json, negotiated, reply, see_page
from api.schemas.base import Model
from api.schemas.parameters import MOST_ITEMS, Offset, PageSize
from api.schemas.things import Listing
from api.state import Generation

T = TypeVar("T")
M = TypeVar("M", bound=Model)

IN_MARKDOWN: dict[str, Any] = {
    "content": {"text/markdown": {"schema": {"type": "string"}}},
    "description": "The thing in JSON or Markdown.",
}
"""OpenAPI: the reply also has a form in Markdown."""

PathName = Annotated[
    str,
    Path(
        description="Id, former id, title or alias, in any spelling. `.json` or `.md` behind it "
        "says the form; without, the Accept header does."
    ),
]
"""The last segment of a look-up's path."""

Slug = Annotated[str, Path(description="The last segment of the `type` of a problem.")]
Limit = Annotated[PageSize, Query(description="Length of a page.")]
Start = Annotated[Offset, Query(description="How many to pass over.")]
PAGE_LENGTH = MOST_ITEMS // 5
"""How long a page of a list is where the client does not say."""


def only(request: Request, *parameters: str) -> None:
    """Refuse parameters of a list beside a name. Raises ProblemError: invalid-parameter."""
    for one in request.query_params:
        if one not in parameters:
            raise ProblemError(
                "invalid-parameter",
                f"name gives one thing, so {one} has nothing to narrow.",
                pointer=pointer("query", one),
            )


def page_instead(request: Request, generation: Generation, path: str) -> Response | None:
    """Return the reply that sends a browser on to the page of a collection, where there is one.

    None: JSON is wanted. Raises ProblemError: not-acceptable.
    """
    has_page = generation.site is not None and generation.site.has(f"{path}/")
    if negotiated(request, [JSON, HTML] if has_page else [JSON]) == JSON:
        return None
    return see_page(generation.writer.links.to(f"{path}/"))


def list_of(
    request: Request,
    generation: Generation,
    things: Sequence[T],
    write: Callable[[T], M],
    given: Mapping[str, object],
    limit: int,
    offset: int,
) -> Response:
    """Return the reply that carries one page of things, with links to the others.

    `given` are the other parameters of the request.
    """
    items = [write(one) for one in page_of(things, limit, offset)]
    listing = Listing[Any](items=items, total=len(things), limit=limit, offset=offset)
    address = generation.writer.links.to(request.scope["path"])
    links = link_header(address, given, len(things), limit, offset)
    return reply(request, as_json(listing), links)
