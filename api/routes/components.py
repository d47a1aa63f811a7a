"""/components: the list with its filters, and one component by any of its names."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.dependencies import Current
from api.filters import ComponentFilter, listed, resolve, resolve_kind
from api.lookup import find_named, look_up, present
from api.openapi import may_have
from api.problem_types import of_look_ups
from api.problems import ProblemError, pointer
from api.routes.common import (
    IN_MARKDOWN,
    PAGE_LENGTH,
    Limit,
    PathName,
    Start,
    list_of,
    only,
    page_instead,
)
from api.schemas.parameters import Name
from api.schemas.things import Component, ComponentSummary, Listing
from kb import Level, Placement

router = APIRouter(tags=["components"])

TopologyParameter = Annotated[
    Name | None, Query(description="Only what holds in this topology, by any of its names.")
]
VersionParameter = Annotated[
    Name | None, Query(description="Only what holds in this version of the product.")
]


@router.get(
    "/components",
    operation_id="listComponents",
    summary="List components, or look one up by name",
    responses={200: {"model": Listing[ComponentSummary] | Component}},
    openapi_extra=may_have(*of_look_ups("component"), "invalid-parameter"),
)
async def list_components(
    request: Request,
    generation: Current,
    name: Annotated[
        Name | None,
        Query(
            description="Give the one component with this name, as /components/{name} does: for "
            "names that a path cannot hold. Goes with `topology` and `version` alone."
        ),
    ] = None,
    product: Annotated[Name | None, Query(description="A product by any of its names.")] = None,
    kind: Annotated[Name | None, Query(description="Such as service or database.")] = None,
    topology: TopologyParameter = None,
    version: Annotated[
        Name | None, Query(description="With `name`: only what holds in this version.")
    ] = None,
    resource: Annotated[
        Name | None,
        Query(description="A requirement speaks of this resource, by any of its names."),
    ] = None,
    level: Annotated[Level | None, Query(description="A requirement has this level.")] = None,
    placement: Annotated[
        Placement | None,
        Query(description="A requirement says this placement, or the component runs there."),
    ] = None,
    limit: Limit = PAGE_LENGTH,
    offset: Start = 0,
) -> Response:
    """Return the components that match all filters, in order of their ids.

    Resource, level and placement are met by one and the same requirement.
    """
    catalog = generation.knowledge.catalog
    if name is not None:
        only(request, "name", "topology", "version")
        found = find_named(catalog, "component", name)
        return present(request, generation, found, topology=topology, version=version)
    if version is not None:
        raise ProblemError(
            "invalid-parameter", "version goes with name.", pointer=pointer("query", "version")
        )
    page = page_instead(request, generation, "/components")
    if page is not None:
        return page
    wanted = ComponentFilter(
        product=resolve(catalog, product, "product"),
        kind=resolve_kind(catalog, kind),
        topology=resolve(catalog, topology, "topology"),
        resource=resolve(catalog, resource, "resource", "component"),
        level=level,
        placement=placement,
    )
    components = listed(catalog, wanted)
    write = generation.writer.summary
    return list_of(request, generation, components, write, asdict(wanted), limit, offset)


@router.get(
    "/components/{name}",
    operation_id="getComponent",
    summary="Look a component up by any of its names",
    responses={200: {"model": Component, **IN_MARKDOWN}},
    openapi_extra=may_have(*of_look_ups("component"), "invalid-parameter"),
)
async def get_component(
    request: Request,
    generation: Current,
    name: PathName,
    topology: TopologyParameter = None,
    version: VersionParameter = None,
) -> Response:
    """Return a component with all that clustering asks of it."""
    return look_up(request, generation, "component", name, topology, version)
