"""The vocabulary: products, topologies, resources, conditions, procedures and sources.

One table; every collection behaves alike.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.dependencies import Current
from api.lookup import Found, find, find_named, present
from api.negotiation import HTML
from api.paging import link_header, page_of
from api.replies import as_json, reply, see_page
from api.routes.common import IN_MARKDOWN, PathName, collection_form, site_file
from api.schemas.links import COLLECTIONS
from api.schemas.parameters import MOST_ITEMS, Name, Offset, PageSize
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
from kb import PageType, UnknownNameError

router = APIRouter(tags=["vocabulary"])


@dataclass(frozen=True, slots=True)
class Noun:
    """A collection of the vocabulary."""

    model: type[AnyThing]
    type: PageType

    @property
    def collection(self) -> str:
        """The path segment of the collection."""
        return COLLECTIONS[self.type]


NOUNS = (
    Noun(Product, "product"),
    Noun(Topology, "topology"),
    Noun(Resource, "resource"),
    Noun(Condition, "condition"),
    Noun(Procedure, "procedure"),
    Noun(Source, "source"),
)

Handler = Callable[..., Awaitable[Response]]


def _list_of(noun: Noun) -> Handler:
    async def list_things(
        request: Request,
        generation: Current,
        name: Annotated[
            Name | None,
            Query(description="Give the one with this name: for names that a path cannot hold."),
        ] = None,
        limit: Annotated[PageSize, Query(description="Length of a page.")] = MOST_ITEMS // 5,
        offset: Annotated[Offset, Query(description="How many to pass over.")] = 0,
    ) -> Response:
        catalog, writer = generation.knowledge.catalog, generation.writer
        if name is not None:
            found = Found(find_named(catalog, noun.type, name))
            return present(request, generation, found)
        page = f"/{noun.collection}/"
        if collection_form(request, generation, page) == HTML:
            return see_page(writer.links.to(page))
        things = [one for one in catalog.things(noun.type).values() if one.status != "draft"]
        listing = Listing[noun.model](  # type: ignore[name-defined] # one model for each noun
            items=[writer.thing(one) for one in page_of(things, limit, offset)],
            total=len(things),
            limit=limit,
            offset=offset,
        )
        address = writer.links.to(f"/{noun.collection}")
        return reply(
            request, as_json(listing), link_header(address, {}, len(things), limit, offset)
        )

    return list_things


def _get_of(noun: Noun) -> Handler:
    async def get_thing(request: Request, generation: Current, name: PathName) -> Response:
        try:
            found = find(generation.knowledge.catalog, noun.type, name)
        except UnknownNameError:
            file = site_file(request, generation)
            if file is None:
                raise
            return file
        return present(request, generation, found)

    return get_thing


def _add(noun: Noun) -> None:
    plural = noun.collection.capitalize()
    router.add_api_route(
        f"/{noun.collection}",
        _list_of(noun),
        methods=["GET"],
        operation_id=f"list{plural}",
        summary=f"List {noun.collection}, or look one up by name",
        description=f"Return the {noun.collection} in order of their ids.",
        responses={200: {"model": Listing[noun.model] | noun.model}},  # type: ignore[name-defined]
    )
    router.add_api_route(
        f"/{noun.collection}/{{name}}",
        _get_of(noun),
        methods=["GET"],
        operation_id=f"get{noun.type.capitalize()}",
        summary=f"Look a {noun.type} up by any of its names",
        description=f"Return a {noun.type} with all that is recorded of it.",
        responses={200: {"model": noun.model, **IN_MARKDOWN}},
    )


for _noun in NOUNS:
    _add(_noun)
