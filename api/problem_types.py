"""Every type of problem that this service tells of: its address, status, title and meaning.

docs/reference/problems.md describes them to people; a test keeps the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A problem type."""

    slug: str
    """Last segment of its address."""
    status: int
    title: str
    meaning: str
    """What happened and what the client can do, in a sentence or two."""


def _of_names(kind: str) -> tuple[ProblemKind, ProblemKind]:
    return (
        ProblemKind(
            f"unknown-{kind}",
            404,
            f"There is no such {kind}",
            f"No {kind} has this id, former id, title or alias. `did_you_mean` has the nearest.",
        ),
        ProblemKind(
            f"ambiguous-{kind}",
            404,
            "Several things have this name",
            f"More than one {kind} has this name. `candidates` are their ids: ask with one.",
        ),
    )


KINDS: Mapping[str, ProblemKind] = {
    one.slug: one
    for one in (
        *(
            kind
            for name in (
                "component",
                "product",
                "topology",
                "resource",
                "condition",
                "procedure",
                "source",
            )
            for kind in _of_names(name)
        ),
        ProblemKind(
            "not-found",
            404,
            "There is nothing at this address",
            "Neither the API nor the site has this path, or the path is no valid text.",
        ),
        ProblemKind(
            "missing-question",
            422,
            "A question is missing",
            "`q` is absent, empty, or has no visible character.",
        ),
        ProblemKind(
            "question-too-long",
            422,
            "The question is too long",
            "`q` is longer than `limit` characters or bytes. Leave out what does not belong to it.",
        ),
        ProblemKind(
            "invalid-characters",
            422,
            "The text has characters that are no text",
            "A control character, half of a surrogate pair or a noncharacter stands in it.",
        ),
        ProblemKind(
            "unknown-field",
            422,
            "There is no such parameter or field",
            "Misspelt parameters are not passed over. `candidates` are those that exist.",
        ),
        ProblemKind(
            "invalid-parameter",
            422,
            "A parameter has a value that it cannot have",
            "`pointer` says which one, `detail` what is expected, `candidates` what may stand "
            "there.",
        ),
        ProblemKind(
            "invalid-type",
            422,
            "A JSON value is of the wrong type",
            "For instance, a number stands where text is expected. `pointer` says where.",
        ),
        ProblemKind(
            "duplicate-parameter",
            400,
            "A parameter or field is given twice",
            "It is not guessed which of the two is meant.",
        ),
        ProblemKind(
            "invalid-encoding",
            400,
            "The text is not valid UTF-8 or percent-encoding",
            "Queries are percent-encoded UTF-8, bodies are UTF-8. Nothing is repaired silently.",
        ),
        ProblemKind(
            "malformed-json",
            400,
            "The body is not valid JSON",
            "JSON by RFC 8259: no NaN or Infinity, nothing behind the value, no deep nesting, no "
            "numbers of hundreds of digits.",
        ),
        ProblemKind(
            "invalid-host",
            400,
            "The Host header is missing, doubled or not served here",
            "The service answers for the hosts in its setting `KB_ALLOWED_HOSTS`; empty: for all.",
        ),
        ProblemKind(
            "forbidden-origin",
            403,
            "Pages of this origin may not ask here",
            "`/mcp` answers programs, and pages of the origins in `KB_CORS_ORIGINS`. Its host is "
            "an address, `localhost`, or named in `KB_ALLOWED_HOSTS` or `KB_BASE_URL`.",
        ),
        ProblemKind(
            "malformed-http",
            400,
            "The request is not valid HTTP/1.1",
            "It could not be read, so the connection was closed.",
        ),
        ProblemKind(
            "invalid-token",
            401,
            "The token is missing or wrong",
            "This address is read with `Authorization: Bearer` and the token of the service.",
        ),
        ProblemKind(
            "invalid-signature",
            401,
            "It is not proven that the chat platform sent this",
            "The signature or token is missing, malformed or wrong, or its time is more than five "
            "minutes away. Which of it is not told.",
        ),
        ProblemKind(
            "method-not-allowed",
            405,
            "The address does not have this method",
            "The Allow header lists those that it has.",
        ),
        ProblemKind(
            "not-acceptable",
            406,
            "None of the accepted media types can be given",
            "`candidates` are the media types of this address. Without an Accept header JSON is "
            "given.",
        ),
        ProblemKind(
            "body-too-large",
            413,
            "The body is too large",
            "It has more than `limit` bytes. The connection is closed.",
        ),
        ProblemKind(
            "uri-too-long",
            414,
            "The address is too long",
            "Path and query together have more than `limit` bytes. Long questions can be posted.",
        ),
        ProblemKind(
            "unsupported-media-type",
            415,
            "The body is not of the expected media type",
            "Bodies are `application/json` in UTF-8, without a content encoding.",
        ),
        ProblemKind(
            "missing-product",
            422,
            "The product is missing",
            "Several products are documented, and nothing else says which is meant. `candidates` "
            "are their ids.",
        ),
        ProblemKind(
            "impossible-plan",
            422,
            "This cannot be planned",
            "What was chosen contradicts itself or what is required, such as the number of nodes. "
            "`detail` says what, `candidates` what can be chosen instead.",
        ),
        ProblemKind(
            "plan-too-large",
            422,
            "The plan is for too many things",
            "A list has more than `limit` names. Leave `components` out to plan for all of them.",
        ),
        ProblemKind(
            "impossible-diff",
            422,
            "These cannot be compared",
            "The two topologies are the same one, or the product does not have one of them. "
            "`detail` says which, `candidates` what can be compared instead.",
        ),
        ProblemKind(
            "rate-limited",
            429,
            "Too many requests",
            "More than `limit` requests came from your address in the time that the header "
            "`RateLimit-Policy` tells. `Retry-After` says when the next one is answered.",
        ),
        ProblemKind(
            "headers-too-large",
            431,
            "The header is too large",
            "It has more than `limit` fields or bytes.",
        ),
        ProblemKind(
            "internal-error",
            500,
            "The service has a fault",
            "`instance` identifies the request in the service's log.",
        ),
        ProblemKind(
            "deadline-exceeded",
            503,
            "The search took too long",
            "It was stopped. Ask again later, or with fewer words.",
        ),
        ProblemKind(
            "unreachable",
            502,
            "The service cannot be reached",
            "The proxy before it has no reply from it, such as while it starts anew. Try again.",
        ),
        ProblemKind(
            "request-timeout",
            408,
            "The request did not come in time",
            "It was begun and not finished. Send it whole; large bodies need a better connection.",
        ),
        ProblemKind(
            "overloaded",
            503,
            "More is asked for than can be done",
            "Nothing is wrong with the request. Send it again after `Retry-After` seconds.",
        ),
        ProblemKind(
            "draining",
            503,
            "This process is about to end",
            "It finishes what it has begun. Send the request again: another process answers.",
        ),
        ProblemKind(
            "not-ready",
            503,
            "There is no content to serve yet",
            "The pages are being read, or have errors: see `detail` and `diagnostics`.",
        ),
        ProblemKind(
            "site-not-ready",
            503,
            "The site is being built",
            "The API already answers; the pages for people follow within seconds.",
        ),
    )
}
"""Slug -> problem type."""

OF_CONTENT = ("not-acceptable", "not-ready")
"""Problems of every route that gives content."""
OF_QUESTIONS = ("missing-question", "question-too-long", "invalid-characters", "overloaded")
"""Problems of every route that takes a question."""
OF_PLANS = (
    *(
        f"{problem}-{kind}"
        for kind in ("component", "product", "topology", "condition")
        for problem in ("unknown", "ambiguous")
    ),
    "missing-product",
    "impossible-plan",
    "plan-too-large",
    "invalid-parameter",
    "overloaded",
)
"""Problems of every route that plans."""


def within_body(kind: ProblemKind) -> ProblemKind:
    """Return a problem type as it is where the fault is in a body: 422, the address is there."""
    return replace(kind, status=422) if kind.status == 404 else kind


OF_DIFFS = ("unknown-topology", "ambiguous-topology", "impossible-diff", "invalid-parameter")
"""Problems of every route that compares topologies."""


def of_look_ups(kind: str) -> tuple[str, ...]:
    """Return the problems of every route that looks up things of a type."""
    return (*OF_CONTENT, f"unknown-{kind}", f"ambiguous-{kind}")
