"""Which pages of other origins may read replies (Fetch standard, CORS protocol).

Pure: it sees the headers of a request and gives those of its reply. Never with credentials: there
are none.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers

METHODS = "GET, HEAD, POST"
REQUEST_HEADERS = "Accept, Content-Type, If-None-Match, Mcp-Protocol-Version, X-Request-ID"
"""What a page may send; the values of Accept alone would not need to be named."""
EXPOSED = (
    "Content-Location, Deprecation, ETag, Link, Location, RateLimit, RateLimit-Policy, "
    "Retry-After, Sunset, X-Request-ID"
)
"""Headers of a reply that a page may read."""
MAX_AGE = 7_200
"""How long a browser may remember what it was told, in seconds: the most that all take."""
ANY = "*"


class Cors:
    """The rule for one list of origins."""

    def __init__(self, origins: tuple[str, ...]) -> None:
        self._origins = frozenset(origins)

    def headers(self, request: Headers) -> Mapping[str, str]:
        """Return what a reply says to the page that asked; nothing where no page is allowed."""
        if not self._origins:
            return {}
        if ANY in self._origins:
            return {"Access-Control-Allow-Origin": ANY, "Access-Control-Expose-Headers": EXPOSED}
        origin = request.get("origin", "")
        if origin not in self._origins:
            return {"Vary": "Origin"}
        return {
            "Vary": "Origin",
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Expose-Headers": EXPOSED,
        }

    def preflight(self, method: str, request: Headers) -> Mapping[str, str] | None:
        """Return the reply to a browser that asks before it asks; None: it is no such request."""
        if method != "OPTIONS" or "access-control-request-method" not in request:
            return None
        if ANY not in self._origins and request.get("origin") not in self._origins:
            return None
        return {
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": REQUEST_HEADERS,
            "Access-Control-Max-Age": str(MAX_AGE),
        }
