"""/components: the list with its filters, and one component by any of its names."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.dependencies import Current
from api.filters import (
    ComponentFilter,
    holding,
    listed,
    resolve,
    resolve_kind,
    resolve_object,
    resolve_version,
)
from api.lookup import Found, find, find_named, present
from api.negotiation import HTML
from api.paging import link_header, page_of
from api.problems import ProblemError, pointer
from api.replies import as_json, reply, see_page
from api.routes.common import IN_MARKDOWN, PathName, collection_form, site_file
from api.schemas.parameters import MOST_ITEMS, Name, Offset, PageSize
from api.schemas.things import AnyThing, Component, ComponentSummary, Listing
from api.state import Generation
from kb import Component as KnownComponent
from kb import Level, Placement, UnknownNameError

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
    limit: Annotated[PageSize, Query(description="Length of a page.")] = MOST_ITEMS // 5,
    offset: Annotated[Offset, Query(description="How many to pass over.")] = 0,
) -> Response:
    """Return the components that match all filters, in order of their ids.

    Resource, level and placement are met by one and the same requirement.
    """
    catalog = generation.knowledge.catalog
    if name is not None:
        given = {"product": product, "kind": kind, "resource": resource, "level": level}
        _alone({**given, "placement": placement})
        found = Found(find_named(catalog, "component", name))
        return _component(request, generation, found, topology, version)
    if version is not None:
        raise ProblemError(
            "invalid-parameter", "version goes with name.", pointer=pointer("query", "version")
        )
    if collection_form(request, generation, "/components/") == HTML:
        return see_page(generation.writer.links.to("/components/"))
    wanted = ComponentFilter(
        product=resolve(catalog, "product", product, "product"),
        kind=resolve_kind(catalog, kind),
        topology=resolve(catalog, "topology", topology, "topology"),
        resource=resolve_object(catalog, resource),
        level=level,
        placement=placement,
    )
    components = listed(catalog, wanted)
    listing = Listing[ComponentSummary](
        items=[generation.writer.summary(one) for one in page_of(components, limit, offset)],
        total=len(components),
        limit=limit,
        offset=offset,
    )
    filters = {
        "product": wanted.product,
        "kind": wanted.kind,
        "topology": wanted.topology,
        "resource": wanted.resource,
        "level": level,
        "placement": placement,
    }
    address = generation.writer.links.to("/components")
    links = link_header(address, filters, len(components), limit, offset)
    return reply(request, as_json(listing), links)


@router.get(
    "/components/{name}",
    operation_id="getComponent",
    summary="Look a component up by any of its names",
    responses={200: {"model": Component, **IN_MARKDOWN}},
)
async def get_component(
    request: Request,
    generation: Current,
    name: PathName,
    topology: TopologyParameter = None,
    version: VersionParameter = None,
) -> Response:
    """Return a component with all that clustering asks of it."""
    try:
        found = find(generation.knowledge.catalog, "component", name)
    except UnknownNameError:
        file = site_file(request, generation)
        if file is None:
            raise
        return file
    return _component(request, generation, found, topology, version)


def _component(
    request: Request,
    generation: Generation,
    found: Found,
    topology: str | None,
    version: str | None,
) -> Response:
    component = found.thing
    assert isinstance(component, KnownComponent)
    catalog = generation.knowledge.catalog
    topology_id = resolve(catalog, "topology", topology, "topology")
    label = resolve_version(catalog, component, version)

    def narrowed() -> AnyThing:
        held = holding(catalog, component, topology_id, label)
        return generation.writer.component(component, held)

    filters = {"topology": topology_id, "version": label}
    return present(request, generation, found, filters, narrowed)


def _alone(others: dict[str, str | None]) -> None:
    """Refuse filters of the list beside a name. Raises ProblemError: invalid-parameter."""
    for parameter, value in others.items():
        if value is not None:
            raise ProblemError(
                "invalid-parameter",
                f"name gives one component, so {parameter} has nothing to narrow.",
                pointer=pointer("query", parameter),
            )
