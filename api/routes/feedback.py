"""/feedback: readers who say whether a page or an answer is right, where that is wanted.

There is no such address unless it is switched on. Who said it is not kept; for an hour it is
remembered, in memory and as a digest, so that nobody says the same twice.
"""

from __future__ import annotations

import hashlib
import math
import re

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.clients import client_of, counted_as
from api.dependencies import Configured, Current
from api.problems import ProblemError
from api.rates import Counts
from api.routes.bodies import json_body
from api.schemas.base import read
from api.schemas.judgements import Judgement
from api.settings import Settings
from api.state import Generation
from kb import normal_form

MOST = 30
"""How many judgements one client may give in that time."""
SECONDS = 3_600


def router_of(settings: Settings) -> APIRouter:
    """Return the route."""
    router = APIRouter(include_in_schema=False)
    given, said = Counts(settings.rate_clients), Counts(settings.rate_clients)

    @router.post("/feedback")
    async def feedback(request: Request, generation: Current, settings: Configured) -> Response:
        """Take note of a judgement."""
        judgement = read(Judgement, await json_body(request, settings))
        subject = _subject(judgement, generation)
        client = counted_as(client_of(request.scope, settings.trusted_proxies))
        if given.incr(client, SECONDS) > MOST:
            wait = {"Retry-After": str(max(1, math.ceil(given.get_expiry(client))))}
            told = f"More than {MOST} judgements in an hour came from your address."
            raise ProblemError("rate-limited", told, limit=MOST, headers=wait)
        one = hashlib.sha256(f"{client}\n{judgement.right}\n{subject}".encode()).hexdigest()
        if said.incr(one, SECONDS) == 1:
            is_page = judgement.page is not None
            request.app.state.gaps.judged(subject, judgement.right, is_page=is_page)
        return Response(status_code=204, headers={"Cache-Control": "no-store"})

    return router


def _subject(judgement: Judgement, generation: Generation) -> str:
    """Return the question, or the address of a page of the site.

    Raises ProblemError, and QuestionError for what could not have been asked.
    """
    if (judgement.question is None) == (judgement.page is None):
        raise ProblemError("invalid-parameter", "Either a question or a page is expected.")
    if judgement.question is not None:
        return normal_form(judgement.question)
    address = re.sub(r"/index\.html$", "/", f"/{judgement.page}")
    is_known = generation.site is not None and generation.site.has(address)
    if not is_known or not address.endswith(("/", ".html")):
        raise ProblemError("invalid-parameter", "There is no such page here.", pointer="/page")
    return address
