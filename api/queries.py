"""Query strings, read strictly: valid percent-encoded UTF-8, known parameters, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote_to_bytes, urlencode

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api.problems import ProblemError, nearest, pointer, shown

_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


async def strict_query(request: Request) -> None:
    """Refuse a query string that the route could misread; every route depends on this.

    Raises ProblemError: invalid-encoding, duplicate-parameter or unknown-field.
    """
    raw: bytes = request.scope["query_string"]
    if not raw:
        return
    given = parse(raw)
    route = request.scope["route"]
    known = sorted(_parameters(route.dependant)) if isinstance(route, APIRoute) else []
    check(given, known)
    # What follows decodes the query string again, and more leniently.
    request.scope["query_string"] = urlencode(given).encode("ascii")


def parse(raw: bytes) -> list[tuple[str, str]]:
    """Return the pairs of a query string. Raises ProblemError: invalid-encoding."""
    try:
        return [
            (unescaped(name), unescaped(value))
            for name, _, value in (
                part.partition(b"=") for part in raw.replace(b"+", b" ").split(b"&") if part
            )
        ]
    except ValueError as error:
        raise ProblemError("invalid-encoding", f"The query {error}.") from None


def check(given: Sequence[tuple[str, str]], known: Sequence[str]) -> None:
    """Refuse pairs with an unknown name, or with the same name twice. Raises ProblemError."""
    seen: set[str] = set()
    for name, _ in given:
        if name not in known:
            raise ProblemError(
                "unknown-field",
                f"There is no parameter {shown(name)} here.",
                did_you_mean=nearest(name, known),
                candidates=known,
                pointer=pointer("query", name[:64]),
            )
        if name in seen:
            raise ProblemError(
                "duplicate-parameter",
                f"The parameter {name} is given twice.",
                pointer=pointer("query", name),
            )
        seen.add(name)


def unescaped(raw: bytes) -> str:
    """Return percent-encoded text. Raises ValueError that says what is wrong with it."""
    if _BROKEN_ESCAPE.search(raw):
        raise ValueError("has a broken percent escape")
    try:
        return unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8 text") from None


def _parameters(dependant: Dependant) -> Iterator[str]:
    """Yield the names of the query parameters that a route declares."""
    for field in dependant.query_params:
        yield field.alias
    for inner in dependant.dependencies:
        yield from _parameters(inner)
