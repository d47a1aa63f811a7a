"""/livez and /readyz: for probes. They never wait for anything."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Serving
from api.negotiation import JSON
from api.openapi import may_have
from api.problems import ProblemError
from api.schemas.base import Model, encode
from api.schemas.health import Liveness, Readiness, Refused, SiteState
from api.schemas.writing import finding
from api.state import RETRY, Refusal

MOST_FINDINGS = 20
PATHS = ("/livez", "/readyz")
"""Paths of the probes."""
router = APIRouter(tags=["health"])


@router.get(
    "/livez",
    operation_id="getLiveness",
    summary="Whether the process answers",
    responses={200: {"model": Liveness}},
)
async def livez() -> Response:
    """Return 200 from every process that is not stuck."""
    return _fresh(Liveness(status="alive"))


@router.get(
    "/readyz",
    operation_id="getReadiness",
    summary="Whether there is content to serve, and which",
    responses={200: {"model": Readiness}},
    openapi_extra=may_have("not-ready", "draining"),
)
async def readyz(serving: Serving) -> Response:
    """Return 200 while content is served, though it may be older than the pages on disk, else 503.

    A process that is about to end says 503 as well, and goes on answering for a while. After an
    edit with errors the last good content goes on being served, and `refused` says why.
    """
    if serving.is_draining:
        raise ProblemError("draining", "The process is about to end.", headers=RETRY)
    generation = serving.current()
    knowledge = generation.knowledge
    refused = _refused(serving.refusal)
    failed = serving.site_status == "failed"
    return _fresh(
        Readiness(
            status="degraded" if refused or failed else "ready",
            content_version=knowledge.catalog.version,
            published_at=generation.published_at,
            generation=serving.current().name,
            components=sum(1 for one in knowledge.catalog.components.values() if one.is_published),
            warnings=len(knowledge.diagnostics),
            refused=refused,
            site=SiteState(
                status=serving.site_status,
                reason=serving.site_refusal.reason if serving.site_refusal else None,
            ),
        )
    )


def _refused(refusal: Refusal | None) -> Refused | None:
    if refusal is None:
        return None
    return Refused(
        at=refusal.at,
        reason=refusal.reason,
        diagnostics=[finding(one) for one in refusal.diagnostics[:MOST_FINDINGS]],
    )


def _fresh(model: Model) -> Response:
    return Response(encode(model), headers={"Cache-Control": "no-store"}, media_type=JSON)
