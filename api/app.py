"""The application: the routes, the gate before them, one handler for all that goes wrong.

There is no application at import time: whoever wants one makes it, with its settings and content.
"""

from __future__ import annotations

from functools import partial

from fastapi import Depends, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api import openapi
from api.fallback import Fallback, methods_of, not_allowed, options
from api.gate import Gate, request_id
from api.problems import TABLE
from api.queries import strict_query
from api.replies import refusal
from api.routes import ask, components, docs, health, matrix, plan, search, vocabulary
from api.schemas.links import Links
from api.settings import Settings
from api.state import Generation, State
from kb import KnowledgeBase

ROUTERS = (
    components.router,
    vocabulary.router,
    matrix.router,
    plan.router,
    search.router,
    ask.router,
    health.router,
    docs.router,
)
"""The routes, in the order in which they are tried."""


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
    app.state.serving, app.state.settings, app.state.links = state, chosen, links
    for router in ROUTERS:
        app.include_router(router)
    app.router.default = Fallback(app, state, links)
    app.openapi = partial(openapi.describe, app)  # type: ignore[method-assign] # FastAPI's own way
    for kind in TABLE:
        if kind is not Exception:  # the gate's, who also writes it to the log
            app.add_exception_handler(kind, _on_error)
    app.add_middleware(Gate, settings=chosen, links=links)
    return app


async def _on_error(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException) and error.status_code == 405:
        methods = methods_of(request.app, request.scope["path"])
        if request.method == "OPTIONS":
            return options(methods)
        error = not_allowed(methods)
    return refusal(error, request_id(request), request.app.state.links)
