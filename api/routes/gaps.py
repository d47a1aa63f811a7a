"""/gaps: the questions that were not answered, for writers who show the token of the service.

There is no such address where no token is set, or no database.
"""

from __future__ import annotations

import dataclasses
import hmac
import logging
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.gaps.errors import StoreError
from api.problems import ProblemError
from api.settings import Settings

if TYPE_CHECKING:
    from api.gaps.store import Store

_LOG = logging.getLogger("clusterkb.gaps")
_NOT_KEPT = {"Cache-Control": "no-store"}
_WANTED = {"WWW-Authenticate": "Bearer"}
_SCHEME = b"bearer "


def router_of(settings: Settings, store: Store | None) -> APIRouter:
    """Return the route of the log, or none."""
    router = APIRouter(include_in_schema=False)
    tokens = [one.get_secret_value().encode() for one in settings.gaps_token]
    if store is None or not tokens:
        return router

    @router.get("/gaps")
    async def gaps(request: Request) -> Response:
        """Return all that is kept, what was asked most first."""
        if not _is_known(request, tokens):
            raise ProblemError("invalid-token", "No token, or another one.", headers=_WANTED)
        try:
            rows = await run_in_threadpool(store.rows)
        except StoreError as error:
            _LOG.warning("unanswered questions cannot be read now: %s", error)
            raise ProblemError("not-ready", "The questions cannot be read now.") from None
        return JSONResponse({"gaps": [dataclasses.asdict(one) for one in rows]}, headers=_NOT_KEPT)

    return router


def _is_known(request: Request, tokens: list[bytes]) -> bool:
    given = dict(request.scope["headers"]).get(b"authorization", b"")
    scheme, shown = given[: len(_SCHEME)].lower(), given[len(_SCHEME) :]
    matches = [hmac.compare_digest(shown, one) for one in tokens]
    return scheme == _SCHEME and any(matches)
