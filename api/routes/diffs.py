"""/components/{name}/diff and /products/{name}/diff: what differs between two topologies."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, unquote, urlencode

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api.dependencies import Bounded, Current
from api.lookup import find_named
from api.negotiation import HTML, JSON, MARKDOWN
from api.openapi import may_have
from api.problem_types import OF_DIFFS, of_look_ups
from api.replies import as_json, negotiated, reply, represent, see_page
from api.routes.common import IN_MARKDOWN
from api.schemas.diffs import DiffReply, written
from api.schemas.parameters import Name
from api.state import Generation
from kb import TopologyDiff, diff_as_markdown

router = APIRouter()

PAGE_OF_DIFFERENCES = "/differences/"
"""The page on which people compare topologies."""

Whose = Annotated[str, Path(description="Id, former id, title or alias, in any spelling.")]
Before = Annotated[
    Name, Query(alias="from", description="The topology that is left, by any of its names.")
]
After = Annotated[
    Name, Query(alias="to", description="The topology that is gone to, by any of its names.")
]


@router.get(
    "/components/{name}/diff",
    operation_id="diffComponent",
    summary="Compare a component between two topologies",
    responses={200: {"model": DiffReply, **IN_MARKDOWN}},
    openapi_extra=may_have(*of_look_ups("component"), *OF_DIFFS),
    tags=["components"],
)
async def diff_component(
    request: Request, generation: Current, name: Whose, before: Before, after: After
) -> Response:
    """Return what to add, change and stop when a cluster goes from one topology to another.

    That nothing differs is a result too: `is_same` is then true and the list empty.
    """
    knowledge = generation.knowledge
    component = find_named(knowledge.catalog, "component", unquote(name))
    made = knowledge.diff(before, after, components=[component.id])
    return _told(request, generation, made, f"/components/{quote(component.id)}/diff")


@router.get(
    "/products/{name}/diff",
    operation_id="diffProduct",
    summary="Compare a product between two topologies",
    responses={200: {"model": DiffReply, **IN_MARKDOWN}},
    openapi_extra=may_have(*of_look_ups("product"), *OF_DIFFS, "overloaded"),
    tags=["vocabulary"],
)
async def diff_product(
    request: Request,
    generation: Current,
    lanes: Bounded,
    name: Whose,
    before: Before,
    after: After,
) -> Response:
    """Return the same for all components of a product together."""
    knowledge = generation.knowledge
    product = find_named(knowledge.catalog, "product", unquote(name))

    def compare() -> TopologyDiff:
        return knowledge.diff(before, after, product=product.id)

    made = await lanes.plans.run(request, compare)
    return _told(request, generation, made, f"/products/{quote(product.id)}/diff")


def _told(request: Request, generation: Generation, made: TopologyDiff, path: str) -> Response:
    knowledge, links = generation.knowledge, generation.writer.links
    has_page = generation.site is not None and generation.site.has(PAGE_OF_DIFFERENCES)
    wanted = negotiated(request, [JSON, MARKDOWN, *([HTML] if has_page else [])])
    if wanted == HTML:
        anchor = "" if made.is_same else f"#{made.product}-{made.before}-{made.after}"
        return see_page(links.to(PAGE_OF_DIFFERENCES) + anchor)
    if wanted == MARKDOWN:
        representation = represent(diff_as_markdown(knowledge.catalog, made).encode(), MARKDOWN)
    else:
        representation = as_json(written(made, knowledge.catalog, links))
    query = urlencode({"from": made.before, "to": made.after})
    return reply(request, representation, {"Content-Location": links.to(f"{path}?{query}")})
