"""What answers where no route does: whole documents, the built site, and what is nowhere."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from api import documents
from api.negotiation import HTML, JSON, choose
from api.problems import ProblemError
from api.replies import Representation, reply, represent
from api.schemas.links import Links
from api.settings import Settings
from api.site import Site
from api.state import RETRY, Generation, State

METHODS = ("GET", "POST")
"""The methods that routes of this service have; HEAD and OPTIONS go with them."""

_NOT_FOUND = "/404.html"
_ACTIVE = ("text/html", "text/javascript")
"""Media types that a browser runs: pages and workers."""
_BUILDING = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>One moment</title>
<p>The site is being built. This page loads again by itself.</p>
</html>
"""


class Fallback:
    """ASGI application for all paths that no route has."""

    def __init__(self, app: FastAPI, state: State, settings: Settings, links: Links) -> None:
        self._app = app
        self._state = state
        self._links = links
        self._policy = {"Content-Security-Policy": settings.site_policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises ProblemError."""
        response = await self._reply(Request(scope, receive))
        await response(scope, receive, send)

    async def _reply(self, request: Request) -> Response:
        path = request.scope["path"]
        if path == "*" and request.method == "OPTIONS":
            return options([*METHODS])
        generation = self._state.current()
        site = generation.site
        if path.removeprefix("/") in documents.WHOLE:
            return await run_in_threadpool(self._whole, request, generation)
        if site is None or not (site.has(path) or site.page_below(path)):
            return await self._nothing(request, site)
        if request.method == "OPTIONS":
            return options(["GET"])
        if request.method != "GET":
            raise not_allowed(["GET"])
        if site.has(path):
            return await run_in_threadpool(self._file, request, site, path)
        address = self._links.to(quote(f"{path}/"))
        return Response(status_code=301, headers={"Location": address, "Cache-Control": "no-cache"})

    def _file(self, request: Request, site: Site, path: str) -> Response:
        """Return a file of the site; pages, and scripts that work beside them, have its policy."""
        found = site.read(path)
        headers = self._policy if found.media_type.startswith(_ACTIVE) else {}
        return reply(request, found, headers, varies=False)

    def _whole(self, request: Request, generation: Generation) -> Response:
        """Return a document about many things, made from what is served now."""
        if request.method == "OPTIONS":
            return options(["GET"])
        if request.method != "GET":
            raise not_allowed(["GET"])
        name = request.scope["path"].removeprefix("/")

        def rendered() -> Representation:
            catalog, writer = generation.knowledge.catalog, generation.writer
            return represent(documents.WHOLE[name](catalog, writer), documents.media_type(name))

        return reply(request, generation.rendered(("whole", name), rendered), varies=False)

    async def _nothing(self, request: Request, site: Site | None) -> Response:
        """Return a page that says so to people. Raises ProblemError for programs."""
        wants_page = choose(request.headers.get("accept", ""), [JSON, HTML]) == HTML
        if site is None and self._state.site_status == "building":
            if wants_page:
                headers = {**RETRY, "Refresh": "1", "Cache-Control": "no-store"}
                return Response(_BUILDING, 503, headers, media_type=HTML)
            raise ProblemError("site-not-ready", "The site is being built.", headers=RETRY)
        if site is not None and wants_page and site.has(_NOT_FOUND):
            page = await run_in_threadpool(site.read, _NOT_FOUND)
            headers = {"Cache-Control": "no-cache", "Vary": "Accept", **self._policy}
            return Response(page.body, 404, headers, media_type=page.media_type)
        path = request.scope["path"]
        bare = path.rstrip("/")
        is_route = bare != path and bool(methods_of(self._app, bare))
        raise ProblemError(
            "not-found",
            "There is nothing at this address.",
            did_you_mean=[self._links.to(quote(bare))] if is_route else None,
        )


def methods_of(app: FastAPI, path: str) -> list[str]:
    """Return the methods that the routes of an application have for a path."""
    return [
        method
        for method in METHODS
        if any(
            route.matches({"type": "http", "path": path, "root_path": "", "method": method})[0]
            == Match.FULL
            for route in app.routes
        )
    ]


def allow(methods: list[str]) -> dict[str, str]:
    """Return the Allow header for these methods, those that go with them included."""
    listed = ["GET", "HEAD"] if "GET" in methods else []
    return {"Allow": ", ".join([*listed, *(one for one in methods if one != "GET"), "OPTIONS"])}


def options(methods: list[str]) -> Response:
    """Return the reply to OPTIONS."""
    return Response(status_code=204, headers=allow(methods))


def not_allowed(methods: list[str]) -> ProblemError:
    """Return the refusal of a method that an address does not have."""
    return ProblemError(
        "method-not-allowed",
        "This address does not have this method.",
        headers=allow(methods),
    )
