"""/search: passages of the pages, best first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.dependencies import Bounded, Current
from api.filters import passage_types
from api.negotiation import JSON
from api.openapi import may_have
from api.paging import link_header
from api.problem_types import OF_CONTENT, OF_QUESTIONS
from api.replies import as_json, negotiated, reply
from api.schemas.parameters import HitCount, Offset
from api.schemas.search import SearchResult
from kb import PASSAGE_TYPES

router = APIRouter(tags=["search"])


@router.get(
    "/search",
    operation_id="search",
    summary="Search the pages",
    responses={200: {"model": SearchResult}},
    openapi_extra=may_have(*OF_CONTENT, *OF_QUESTIONS, "invalid-parameter", "deadline-exceeded"),
)
async def search(
    request: Request,
    generation: Current,
    lanes: Bounded,
    q: Annotated[str, Query(description="Words to look for. No character is an operator.")],
    types: Annotated[
        str | None,
        Query(
            alias="type",
            max_length=200,
            description="Only passages of these types, separated by commas: "
            f"{', '.join(PASSAGE_TYPES)}.",
        ),
    ] = None,
    limit: Annotated[HitCount, Query(description="Length of a page of results.")] = 10,
    offset: Annotated[Offset, Query(description="How many to pass over.")] = 0,
) -> Response:
    """Return the requirements, sections and pages that hold the words, best first."""
    negotiated(request, [JSON])
    wanted = passage_types(types.split(",") if types is not None else (), "query", "type")
    result = await lanes.questions.run(
        request, generation.knowledge.search, q, limit, offset, wanted
    )
    address = generation.writer.links.to("/search")
    given = {"q": q, "type": ",".join(wanted) or None}
    links = link_header(address, given, result.total, limit, offset)
    return reply(request, as_json(generation.writer.search(result, limit, offset)), links)
