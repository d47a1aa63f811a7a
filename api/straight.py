"""Plain questions on a short way: the same route, without the framework's search for it.

Between the gate and the routes. The framework finds a route, makes a request of its own and looks
up what each parameter of a function stands for; for a question with nothing but its text that took
as long as a third of the answer. Here is no rule of a reply: what is not certainly such a question
goes the long way, and both ways end in the same function.
"""

from __future__ import annotations

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from api.lanes import Lanes
from api.problems import ProblemError, problem_of
from api.queries import parse
from api.routes import ask
from api.state import State
from kb import QuestionError

_ROUTE = next(one for one in ask.router.routes if getattr(one, "endpoint", None) is ask.ask)
assert isinstance(_ROUTE, APIRoute)
PATH = _ROUTE.path
"""Where questions are asked."""


class Straight:
    """ASGI middleware, the last before the routes."""

    def __init__(self, app: ASGIApp, state: State, lanes: Lanes) -> None:
        self._app = app
        self._state = state
        self._lanes = lanes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a plain question, and pass everything else on. Raises ProblemError."""
        question = plain_question(scope)
        if question is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = _ROUTE
        request = Request(scope, receive, send)
        try:
            response = await ask.ask(request, self._state.current(), self._lanes, question)
        except QuestionError as error:
            raise problem_of(error) from None
        await response(scope, receive, send)


def plain_question(scope: Scope) -> str | None:
    """Return the question of a GET that has no other parameter; None for any other request."""
    if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "GET":
        return None
    try:
        given = parse(scope["query_string"])
    except ProblemError:
        return None
    if len(given) != 1 or given[0][0] != "q":
        return None
    return given[0][1]
