"""Representations and the replies that carry them: bytes, media type, entity tag.

One place decides on 200 or 304 and on the headers that every reply has.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from fastapi import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.compression import ENCODINGS, LEAST_BYTES, is_compressible
from api.negotiation import HTML, IDENTITY, JSON, choose, choose_encoding
from api.problem_page import POLICY, page
from api.problems import ProblemError, problem_of
from api.schemas.base import Model, encode
from api.schemas.links import Links
from api.schemas.problems import Problem
from api.schemas.writing import finding

PROBLEM = "application/problem+json"

KEPT_FROM = 16_384
"""Size from which a body is compressed once and kept, in bytes: smaller ones take no time."""
_TAG = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Representation:
    """What a client is given, ready to be sent."""

    body: bytes
    media_type: str
    """With charset where it is text."""
    etag: str
    """Strong entity tag, with its quotation marks: digest of media type and body."""
    encoding: str = IDENTITY
    """Content encoding of the body. Each encoding has a tag of its own: `"digest-br"`."""
    _encoded: dict[str, Representation] = field(default_factory=dict, repr=False, compare=False)

    @property
    def may_be_encoded(self) -> bool:
        """Whether there are other encodings of it."""
        return len(self.body) >= LEAST_BYTES and is_compressible(self.media_type)

    def encoded(self, encoding: str) -> Representation:
        """Return the same in a content encoding; itself where that would not make it smaller."""
        if encoding == IDENTITY or not self.may_be_encoded:
            return self
        if encoding in self._encoded:
            return self._encoded[encoding]
        body = ENCODINGS[encoding](self.body)
        tag = f'{self.etag[:-1]}-{encoding}"'
        found = self
        if len(body) < len(self.body):
            found = replace(self, body=body, etag=tag, encoding=encoding, _encoded={})
        if len(self.body) >= KEPT_FROM:
            self._encoded[encoding] = found
        return found


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
    sent = representation.encoded(_encoding(request))
    common = {"ETag": sent.etag, "Cache-Control": "no-cache", **(headers or {})}
    vary = ["Accept"] if varies else []
    if representation.may_be_encoded:
        vary.append("Accept-Encoding")
    if vary:
        common["Vary"] = ", ".join(vary)
    if _has_it(request, sent.etag):
        return Response(status_code=304, headers=common)
    return _sent(sent, common)


def reply_once(request: Request, representation: Representation) -> Response:
    """Return the reply to what was posted, which no cache keeps."""
    sent = representation.encoded(_encoding(request))
    return _sent(sent, {"Cache-Control": "no-store", "Vary": "Accept, Accept-Encoding"})


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


def refusal(error: Exception, request_id: str, links: Links, accept: str = "") -> Response:
    """Return the problem details of an exception; as a page where a browser met it.

    `accept` is the request's Accept header.
    """
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
    headers = {"Cache-Control": "no-store", "Vary": "Accept", **problem.headers}
    status = problem.kind.status
    if choose(accept, [JSON, HTML]) == HTML:
        headers["Content-Security-Policy"] = POLICY
        response = _Refusal(page(body, links), status, headers, media_type=HTML)
    else:
        content = encode(body, exclude_none=True)
        response = _Refusal(content, status, headers, media_type=PROBLEM)
    response.slug = problem.kind.slug
    return response


def _encoding(request: Request) -> str:
    return choose_encoding(",".join(request.headers.getlist("accept-encoding")), [*ENCODINGS])


def _sent(representation: Representation, headers: Mapping[str, str]) -> Response:
    encoding = {"Content-Encoding": representation.encoding}
    return Response(
        representation.body,
        headers={**headers, **(encoding if representation.encoding != IDENTITY else {})},
        media_type=representation.media_type,
    )


class _Refusal(Response):
    """A reply that is a problem, and says of which type while it is sent."""

    slug: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["problem"] = self.slug
        await super().__call__(scope, receive, send)


def _has_it(request: Request, etag: str) -> bool:
    """Whether If-None-Match names the representation; weak tags count as strong ones here."""
    stated = ",".join(request.headers.getlist("if-none-match"))
    return stated.strip() == "*" or etag in _TAG.findall(stated)
