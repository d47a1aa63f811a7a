"""The application: the routes, the gate before them, one handler for all that goes wrong.

There is no application at import time: whoever wants one makes it, with its settings and content.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api import openapi
from api.fallback import Fallback, methods_of, not_allowed, options
from api.gaps.log import GapLog
from api.gate import Gate, request_id
from api.kept import Kept
from api.lanes import Lanes
from api.logs import Journal
from api.metrics import Metrics
from api.problems import TABLE
from api.queries import strict_query
from api.quick import Quick
from api.replies import refusal
from api.routes import (
    ask,
    components,
    diffs,
    docs,
    gaps,
    health,
    matrix,
    mcp,
    plan,
    search,
    vocabulary,
)
from api.schemas.links import Links
from api.settings import Settings
from api.state import Generation, State
from api.straight import Straight
from api.telemetry import Telemetry
from kb import KnowledgeBase

if TYPE_CHECKING:
    from api.gaps.store import Store

ROUTERS = (
    ask.router,
    components.router,
    diffs.router,
    vocabulary.router,
    matrix.router,
    plan.router,
    search.router,
    health.router,
    docs.router,
)
"""The routes, in the order in which they are tried: what is asked for most comes first."""


def create_app(settings: Settings | None = None, kb: KnowledgeBase | None = None) -> FastAPI:
    """Return an application that serves `kb`; without one it is not ready.

    `app.state.serving` is the `State`: whoever has newer content publishes it there.
    """
    chosen = settings or Settings()
    links = Links(chosen.base_url)
    state = State(Generation.of(kb, links) if kb is not None else None)
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(strict_query)],
    )
    app.state.lanes = Lanes(chosen)
    app.state.serving, app.state.settings, app.state.links = state, chosen, links
    app.state.metrics = Metrics(state)
    store = _gap_store(chosen)
    app.state.gaps = GapLog(store, app.state.metrics.lost)
    app.state.answers = Kept(chosen.most_kept_bytes)
    for router in ROUTERS:
        app.include_router(router)
    if chosen.has_chat:
        from api.routes import chatops

        app.include_router(chatops.router_of(chosen))
    app.include_router(mcp.router_of(chosen))
    app.include_router(gaps.router_of(chosen, store))
    if chosen.feedback:
        from api.routes import feedback

        app.include_router(feedback.router_of(chosen))
    app.router.default = Fallback(app, state, chosen, links)
    app.openapi = partial(openapi.describe, app)  # type: ignore[method-assign] # FastAPI's own way
    for kind in TABLE:
        if kind is not Exception:  # the gate's, who also writes it to the log
            app.add_exception_handler(kind, _on_error)
    app.add_middleware(Straight, state=state, lanes=app.state.lanes)
    if chosen.rate_limit:
        from api.rates import Rates

        app.add_middleware(Rates, settings=chosen, exempt=partial(_is_free, state))
    app.add_middleware(Gate, settings=chosen, links=links)
    return app


def with_front(app: FastAPI, journal: Journal | None = None) -> Quick:
    """Return an application of `create_app` as a server is given it.

    Each request is counted, and has a line in the journal where there is one.
    """
    telemetry = Telemetry(app, app.state.settings, app.state.metrics, journal)
    given = app.state
    return Quick(telemetry, given.settings, given.links, given.serving, given.gaps.heard)


def _is_free(state: State, path: str) -> bool:
    """Whether requests for a path are not counted: probes, and the files of the site."""
    site = state.generation.site if state.generation is not None else None
    return path in health.PATHS or (site is not None and site.has(path))


async def _on_error(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException) and error.status_code == 405:
        methods = methods_of(request.app, request.scope["path"])
        if request.method == "OPTIONS":
            return options(methods)
        error = not_allowed(methods)
    accept = ",".join(request.headers.getlist("accept"))
    return refusal(error, request_id(request), request.app.state.links, accept)


def _gap_store(settings: Settings) -> Store | None:
    """Return where unanswered questions are kept; what speaks to databases is loaded only then."""
    url = settings.gaps_url.get_secret_value() if settings.gaps_url is not None else ""
    if not url:
        return None
    from api.gaps.store import Store

    return Store(url, settings.gaps_rows, settings.gaps_days)
