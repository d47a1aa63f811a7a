"""/matrix: components against topologies, as a table."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.dependencies import Current
from api.filters import resolve
from api.openapi import may_have
from api.problem_types import OF_CONTENT
from api.replies import Representation, as_json, reply
from api.routes.common import page_instead
from api.schemas.matrix import Matrix
from api.schemas.parameters import Name
from kb import matrix_of

router = APIRouter(tags=["matrix"])


@router.get(
    "/matrix",
    operation_id="getMatrix",
    summary="Components against topologies",
    responses={200: {"model": Matrix}},
    openapi_extra=may_have(*OF_CONTENT, "invalid-parameter"),
)
async def get_matrix(
    request: Request,
    generation: Current,
    product: Annotated[
        Name | None, Query(description="Only this product, by any of its names.")
    ] = None,
) -> Response:
    """Return what is asked of every component in every topology.

    Topologies that do not differ for any component share a column.
    """
    page = page_instead(request, generation, "/matrix")
    if page is not None:
        return page
    catalog = generation.knowledge.catalog
    only = resolve(catalog, product, "product")

    def rendered() -> Representation:
        return as_json(generation.writer.matrix(matrix_of(catalog, only)))

    return reply(request, generation.rendered(("matrix", only or ""), rendered))
