"""What routes ask for in their signatures, as names instead of calls."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.lanes import Lanes
from api.schemas.links import Links
from api.settings import Settings
from api.state import Generation, State


def _state(request: Request) -> State:
    state = request.app.state.serving
    assert isinstance(state, State)
    return state


async def _current(request: Request) -> Generation:
    return _state(request).current()


async def _serving(request: Request) -> State:
    return _state(request)


async def _settings(request: Request) -> Settings:
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings


async def _links(request: Request) -> Links:
    links = request.app.state.links
    assert isinstance(links, Links)
    return links


async def _lanes(request: Request) -> Lanes:
    lanes = request.app.state.lanes
    assert isinstance(lanes, Lanes)
    return lanes


Current = Annotated[Generation, Depends(_current)]
"""The generation being served; without one the request is refused as not-ready."""

Serving = Annotated[State, Depends(_serving)]
"""What holds the generation, for routes that speak of the service itself."""

Configured = Annotated[Settings, Depends(_settings)]
"""The settings of this service."""

Addresses = Annotated[Links, Depends(_links)]
"""Makes the addresses that stand in replies."""

Bounded = Annotated[Lanes, Depends(_lanes)]
"""Where work that takes the processor is done, and refused when there is too much of it."""
