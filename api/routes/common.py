"""What several routes have in common."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Request
from starlette.responses import Response

from api.negotiation import HTML, JSON
from api.replies import negotiated, reply
from api.state import Generation

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


def collection_form(request: Request, generation: Generation, page: str) -> str:
    """Return the media type in which a collection is given: HTML only where the site has a page.

    Raises ProblemError: not-acceptable.
    """
    has_page = generation.site is not None and generation.site.has(page)
    return negotiated(request, [JSON, HTML] if has_page else [JSON])


def site_file(request: Request, generation: Generation) -> Response | None:
    """Return the file of the site at the address of a request; None when there is none.

    Pictures may stand beside the pages, where the path of a look-up could mean either.
    """
    path = request.scope["path"]
    if generation.site is None or not generation.site.has(path):
        return None
    return reply(request, generation.site.read(path))
