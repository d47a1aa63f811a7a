"""/search: passages of the pages, best first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.dependencies import Current
from api.negotiation import JSON
from api.openapi import may_have
from api.paging import link_header
from api.problem_types import OF_CONTENT, OF_QUESTIONS
from api.problems import ProblemError, nearest, pointer, shown
from api.replies import as_json, negotiated, reply
from api.schemas.parameters import HitCount, Offset
from api.schemas.search import SearchResult
from kb import PASSAGE_TYPES, PassageType

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
    wanted = _types(types)
    result = await run_in_threadpool(generation.knowledge.search, q, limit, offset, wanted)
    address = generation.writer.links.to("/search")
    given = {"q": q, "type": ",".join(wanted) or None}
    links = link_header(address, given, result.total, limit, offset)
    return reply(request, as_json(generation.writer.search(result, limit, offset)), links)


def _types(given: str | None) -> tuple[PassageType, ...]:
    """Return the passage types that are named. Raises ProblemError: invalid-parameter."""
    found: list[PassageType] = []
    for name in (given or "").split(",") if given is not None else ():
        known = next((one for one in PASSAGE_TYPES if one == name.strip().lower()), None)
        if known is None:
            raise ProblemError(
                "invalid-parameter",
                f"type: {shown(name)} is no type of passage.",
                did_you_mean=nearest(name, PASSAGE_TYPES),
                candidates=PASSAGE_TYPES,
                pointer=pointer("query", "type"),
            )
        found.append(known)
    return tuple(dict.fromkeys(found))
