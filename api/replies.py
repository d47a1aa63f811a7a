"""Representations and the replies that carry them: bytes, media type, entity tag.

One place decides on 200 or 304 and on the headers that every reply has.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response

from api.negotiation import JSON, choose
from api.problems import ProblemError, problem_of
from api.schemas.base import Model, encode
from api.schemas.links import Links
from api.schemas.problems import Problem
from api.schemas.writing import finding

PROBLEM = "application/problem+json"

_TAG = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Representation:
    """What a client is given, ready to be sent."""

    body: bytes
    media_type: str
    """With charset where it is text."""
    etag: str
    """Strong entity tag, with its quotation marks: digest of media type and body."""


def represent(body: bytes, media_type: str) -> Representation:
    """Return the representation with these bytes."""
    digest = hashlib.sha256(media_type.encode() + b"\0" + body).hexdigest()[:32]
    if media_type.startswith("text/"):
        media_type = f"{media_type}; charset=utf-8"
    return Representation(body, media_type, f'"{digest}"')


def as_json(model: Model) -> Representation:
    """Return the representation of a model in JSON."""
    return represent(encode(model), JSON)


def reply(
    request: Request,
    representation: Representation,
    headers: Mapping[str, str] | None = None,
    *,
    varies: bool = True,
) -> Response:
    """Return 200 with the representation, or 304 where the client has it already.

    `varies` tells caches that with another Accept header the reply may be another.
    """
    common = {"ETag": representation.etag, "Cache-Control": "no-cache", **(headers or {})}
    if varies:
        common["Vary"] = "Accept"
    if _has_it(request, representation.etag):
        return Response(status_code=304, headers=common)
    return Response(representation.body, headers=common, media_type=representation.media_type)


def negotiated(request: Request, offers: Sequence[str]) -> str:
    """Return the offered media type that the client wants. Raises ProblemError: not-acceptable."""
    wanted = choose(",".join(request.headers.getlist("accept")), offers)
    if wanted is None:
        raise ProblemError(
            "not-acceptable",
            "This address has none of the accepted media types.",
            candidates=offers,
        )
    return wanted


def see_page(address: str) -> Response:
    """Return the reply that sends a browser on to the page for people."""
    return Response(
        status_code=303,
        headers={"Location": address, "Cache-Control": "no-cache", "Vary": "Accept"},
    )


def refusal(error: Exception, request_id: str, links: Links) -> Response:
    """Return the problem details of an exception."""
    problem = problem_of(error)
    body = Problem(
        type=links.to(f"/problems/{problem.kind.slug}"),
        title=problem.kind.title,
        status=problem.kind.status,
        detail=problem.detail,
        instance=request_id,
        did_you_mean=None if problem.did_you_mean is None else list(problem.did_you_mean),
        candidates=list(problem.candidates) or None,
        limit=problem.limit,
        pointer=problem.pointer,
        diagnostics=[finding(one) for one in problem.diagnostics] or None,
    )
    return Response(
        encode(body, exclude_none=True),
        problem.kind.status,
        {"Cache-Control": "no-store", "Vary": "Accept", **problem.headers},
        media_type=PROBLEM,
    )


def _has_it(request: Request, etag: str) -> bool:
    """Whether If-None-Match names the representation; weak tags count as strong ones here."""
    stated = ",".join(request.headers.getlist("if-none-match"))
    return stated.strip() == "*" or etag in _TAG.findall(stated)
