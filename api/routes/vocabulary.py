"""The vocabulary: products, topologies, resources, conditions, procedures and sources.

One table; every collection behaves alike.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.dependencies import Current
from api.lookup import find_named, look_up, present
from api.openapi import may_have
from api.problem_types import of_look_ups
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
from api.schemas.links import COLLECTIONS
from api.schemas.parameters import Name
from api.schemas.things import (
    AnyThing,
    Condition,
    Listing,
    Procedure,
    Product,
    Resource,
    Source,
    Topology,
)
from kb import PageType

MODELS: Mapping[PageType, type[AnyThing]] = {
    "product": Product,
    "topology": Topology,
    "resource": Resource,
    "condition": Condition,
    "procedure": Procedure,
    "source": Source,
}
"""Page type -> what a thing of this type is on the wire."""

Handler = Callable[..., Awaitable[Response]]
router = APIRouter(tags=["vocabulary"])


def _list_of(kind: PageType) -> Handler:
    async def list_things(
        request: Request,
        generation: Current,
        name: Annotated[
            Name | None,
            Query(description="Give the one with this name: for names that a path cannot hold."),
        ] = None,
        limit: Limit = PAGE_LENGTH,
        offset: Start = 0,
    ) -> Response:
        catalog = generation.knowledge.catalog
        if name is not None:
            only(request, "name")
            return present(request, generation, find_named(catalog, kind, name))
        page = page_instead(request, generation, f"/{COLLECTIONS[kind]}")
        if page is not None:
            return page
        things = [one for one in catalog.things(kind).values() if one.status != "draft"]
        return list_of(request, generation, things, generation.writer.thing, {}, limit, offset)

    return list_things


def _get_of(kind: PageType) -> Handler:
    async def get_thing(request: Request, generation: Current, name: PathName) -> Response:
        return look_up(request, generation, kind, name)

    return get_thing


def _add(kind: PageType, model: type[AnyThing]) -> None:
    collection = COLLECTIONS[kind]
    router.add_api_route(
        f"/{collection}",
        _list_of(kind),
        methods=["GET"],
        operation_id=f"list{collection.capitalize()}",
        summary=f"List {collection}, or look one up by name",
        description=f"Return the {collection} in order of their ids.",
        responses={200: {"model": Listing[model] | model}},  # type: ignore[valid-type]
        openapi_extra=may_have(*of_look_ups(kind), "invalid-parameter"),
    )
    router.add_api_route(
        f"/{collection}/{{name}}",
        _get_of(kind),
        methods=["GET"],
        operation_id=f"get{kind.capitalize()}",
        summary=f"Look a {kind} up by any of its names",
        description=f"Return a {kind} with all that is recorded of it.",
        responses={200: {"model": model, **IN_MARKDOWN}},
        openapi_extra=may_have(*of_look_ups(kind)),
    )


for _kind, _model in MODELS.items():
    _add(_kind, _model)
