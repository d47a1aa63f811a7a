"""The service's own documentation: its description, a page that shows it, and the problem types.

Everything comes from this machine: the page's parts are the files of Swagger UI that are installed
with the service.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import fastapi_offline
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from api.dependencies import Addresses, Serving
from api.negotiation import HTML, JSON
from api.openapi import may_have
from api.problem_types import KINDS, ProblemKind
from api.problems import ProblemError, nearest
from api.replies import Representation, as_json, negotiated, reply, represent, see_page
from api.routes.common import Slug
from api.schemas.links import Links
from api.schemas.problems import ProblemType, ProblemTypes
from kb import page_address

PROBLEMS_PAGE = "reference/problems.md"
"""The page that describes the problem types to people, where the site has it."""

_OURS = Path(__file__).parent.parent / "assets"
_SWAGGER = Path(fastapi_offline.__file__).parent / "static"
_ASSETS: Mapping[str, tuple[Path, str]] = {
    "start.js": (_OURS, "text/javascript"),
    "swagger-ui-bundle.js": (_SWAGGER, "text/javascript"),
    "swagger-ui.css": (_SWAGGER, "text/css"),
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)

router = APIRouter(tags=["documentation"])


@router.get("/openapi.json", include_in_schema=False)
async def openapi(request: Request) -> Response:
    """Return the description of this service (OpenAPI 3.1)."""
    return reply(request, _description(request.app), varies=False)


@router.get("/api", include_in_schema=False)
async def api_page(request: Request) -> Response:
    """Return the page that shows the description and tries requests out."""
    page = _asset(_OURS / "api.html", HTML)
    return reply(request, page, {"Content-Security-Policy": _POLICY}, varies=False)


@router.get("/api/", include_in_schema=False)
async def api_page_with_slash(links: Addresses) -> Response:
    """Send on to the page, whose own addresses are relative."""
    return see_page(links.to("/api"))


@router.get("/api/{name}", include_in_schema=False)
async def api_asset(request: Request, name: str) -> Response:
    """Return a part of the page."""
    if name not in _ASSETS:
        raise ProblemError("not-found", "The page of the API has no such part.")
    folder, media_type = _ASSETS[name]
    return reply(request, _asset(folder / name, media_type), varies=False)


@router.get(
    "/problems",
    operation_id="listProblems",
    summary="List the problem types",
    responses={200: {"model": ProblemTypes}},
    openapi_extra=may_have("not-acceptable"),
)
async def list_problems(request: Request, serving: Serving, links: Addresses) -> Response:
    """Return every type of problem that this service tells of."""
    page = _problems_page(serving)
    if page is not None and negotiated(request, [JSON, HTML]) == HTML:
        return see_page(links.to(page))
    types = [_problem_type(one, links) for one in KINDS.values()]
    return reply(request, as_json(ProblemTypes(items=types)))


@router.get(
    "/problems/{slug}",
    operation_id="getProblem",
    summary="What a problem type means",
    responses={200: {"model": ProblemType}},
    openapi_extra=may_have("not-found", "not-acceptable"),
)
async def get_problem(request: Request, serving: Serving, links: Addresses, slug: Slug) -> Response:
    """Return the description of a problem type; a browser is sent on to its page."""
    kind = KINDS.get(slug)
    if kind is None:
        raise ProblemError(
            "not-found", "There is no such problem type.", did_you_mean=nearest(slug, [*KINDS])
        )
    page = _problems_page(serving)
    if page is not None and negotiated(request, [JSON, HTML]) == HTML:
        return see_page(links.to(f"{page}#{slug}"))
    return reply(request, as_json(_problem_type(kind, links)))


@lru_cache(1)
def _description(app: FastAPI) -> Representation:
    document = app.openapi()
    return represent(json.dumps(document, indent=2, ensure_ascii=False).encode() + b"\n", JSON)


@cache
def _asset(path: Path, media_type: str) -> Representation:
    return represent(path.read_bytes(), media_type)


def _problem_type(kind: ProblemKind, links: Links) -> ProblemType:
    return ProblemType(
        type=links.to(f"/problems/{kind.slug}"),
        title=kind.title,
        status=kind.status,
        meaning=kind.meaning,
    )


def _problems_page(serving: Serving) -> str | None:
    """Return the address of the page for people; None where this site has none."""
    generation = serving.generation
    address = page_address(PROBLEMS_PAGE)
    if generation is None or generation.site is None or not generation.site.has(f"/{address}"):
        return None
    return address
