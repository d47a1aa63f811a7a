"""/plan: components, topology and conditions in, one ordered checklist out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.dependencies import Bounded, Configured, Current
from api.negotiation import CSV, HTML, JSON, MARKDOWN
from api.openapi import may_have
from api.problem_types import OF_CONTENT, OF_PLANS
from api.problems import ProblemError, in_body, plan_too_large, pointer
from api.replies import Representation, as_json, negotiated, reply, reply_once, represent, see_page
from api.routes.bodies import json_body
from api.schemas.base import read
from api.schemas.links import planner_query
from api.schemas.parameters import LONGEST_NAME, MOST_ITEMS, Listed, Name
from api.schemas.plans import PlanBody, PlanReply, written
from api.state import Generation
from kb import AmbiguousNameError, PlanSelection, UnknownNameError, plan_as_csv, plan_as_markdown

router = APIRouter(tags=["plans"])

PAGE = "/planner/"
"""The page on which people plan."""
FORMS = {form: {"schema": {"type": "string"}} for form in (MARKDOWN, CSV)}
_EXAMPLE = {
    "components": ["all"],
    "topology": "active-active",
    "need": ["fault-tolerance"],
    "nodes": ["NODE1", "NODE2"],
}
_CONTENT = {JSON: {"schema": PlanBody.model_json_schema(), "example": _EXAMPLE}}
_REPLIES: dict[int | str, dict[str, Any]] = {200: {"model": PlanReply, "content": FORMS}}


@router.get(
    "/plan",
    operation_id="getPlan",
    summary="Plan what is to be done",
    responses=_REPLIES,
    openapi_extra=may_have(*OF_CONTENT, *OF_PLANS),
)
async def get_plan(
    request: Request,
    generation: Current,
    lanes: Bounded,
    product: Annotated[
        Name | None, Query(description="The product, where there are several.")
    ] = None,
    topology: Annotated[
        Name | None, Query(description="The topology; without it that is not decided.")
    ] = None,
    version: Annotated[
        Name | None, Query(description="The version; without it that is not decided.")
    ] = None,
    components: Annotated[
        Listed | None,
        Query(description="Components, separated by commas; without it, or `all`: all of them."),
    ] = None,
    need: Annotated[
        Listed | None, Query(description="Conditions that are the case, separated by commas.")
    ] = None,
    no: Annotated[
        Listed | None, Query(description="Conditions that are not, separated by commas.")
    ] = None,
    nodes: Annotated[
        Listed | None, Query(description="Names of the nodes, separated by commas.")
    ] = None,
) -> Response:
    """Return one ordered checklist: steps, prohibitions, checks, what is left out and why.

    In JSON, as Markdown with boxes to tick, or as CSV with a row for each box.
    """
    body = read(
        PlanBody,
        {
            "product": product,
            "topology": topology,
            "version": version,
            "components": _names("components", components),
            "need": _names("need", need),
            "no": _names("no", no),
            "nodes": _names("nodes", nodes),
        },
    )
    has_page = generation.site is not None and generation.site.has(PAGE)
    wanted = negotiated(request, [JSON, MARKDOWN, CSV, *([HTML] if has_page else [])])
    if wanted == HTML:
        address = PAGE + planner_query(_selected(generation, body))
        return see_page(generation.writer.links.to(address))
    planned = await lanes.plans.run(request, _planned, generation, body, wanted)
    return reply(request, planned)


async def _body(request: Request, settings: Configured) -> PlanBody:
    return read(PlanBody, await json_body(request, settings))


@router.post(
    "/plan",
    operation_id="postPlan",
    summary="Plan from a body",
    responses=_REPLIES,
    openapi_extra={
        "requestBody": {"required": True, "content": _CONTENT},
        **may_have(
            *OF_CONTENT,
            *OF_PLANS,
            "malformed-json",
            "invalid-type",
            "unsupported-media-type",
            names_in_body=True,
        ),
    },
)
async def post_plan(
    request: Request,
    generation: Current,
    lanes: Bounded,
    body: Annotated[PlanBody, Depends(_body)],
) -> Response:
    """Return the same for names that an address cannot hold, or that should not stand in one."""
    wanted = negotiated(request, [JSON, MARKDOWN, CSV])
    try:
        made = await lanes.plans.run(request, _planned, generation, body, wanted)
    except (UnknownNameError, AmbiguousNameError) as error:
        raise in_body(error) from None
    return reply_once(request, made)


def _selected(generation: Generation, body: PlanBody) -> PlanSelection:
    return generation.knowledge.select(
        product=body.product,
        topology=body.topology,
        version=body.version,
        components=body.components,
        need=body.need,
        no=body.no,
        nodes=body.nodes,
    )


def _planned(generation: Generation, body: PlanBody, wanted: str) -> Representation:
    knowledge = generation.knowledge
    plan = knowledge.plan(_selected(generation, body))
    if wanted == MARKDOWN:
        return represent(plan_as_markdown(plan).encode(), MARKDOWN)
    if wanted == CSV:
        return represent(plan_as_csv(plan).encode(), CSV)
    return as_json(written(plan, knowledge.catalog, generation.writer.links))


def _names(parameter: str, listed: str | None) -> list[str]:
    """Return the names in a list with commas. Raises ProblemError: invalid-parameter."""
    found = [one for name in (listed or "").split(",") if (one := name.strip())]
    if len(found) > MOST_ITEMS:
        raise plan_too_large(MOST_ITEMS, pointer("query", parameter))
    if any(len(one) > LONGEST_NAME for one in found):
        raise ProblemError(
            "invalid-parameter",
            f"{parameter}: up to {MOST_ITEMS} names of up to {LONGEST_NAME} characters, separated "
            "by commas, are expected.",
            pointer=pointer("query", parameter),
        )
    return found
