"""What a client is told when something goes wrong: every problem type, and which exception is one.

The two tables are all there is to it: a new exception is one more line. docs/reference/problems.md
describes every type; a test keeps the two equal.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api.schemas.base import InvalidValueError
from kb import AmbiguousNameError, DeadlineError, Diagnostic, QuestionError, UnknownNameError

MOST_ECHOED = 64
"""How many characters of what a client sent are repeated to it."""


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
            "malformed-http",
            400,
            "The request is not valid HTTP/1.1",
            "It could not be read, so the connection was closed.",
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


class ProblemError(Exception):
    """A request that is refused, with what its problem details say."""

    def __init__(
        self,
        slug: str,
        detail: str,
        *,
        did_you_mean: Sequence[str] | None = None,
        candidates: Sequence[str] = (),
        limit: int | None = None,
        pointer: str | None = None,
        diagnostics: Sequence[Diagnostic] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.kind = KINDS[slug]
        self.detail = detail
        self.did_you_mean = did_you_mean
        """Nearest names; None where there is nothing to be near to."""
        self.candidates = tuple(candidates)
        self.limit = limit
        self.pointer = pointer
        self.diagnostics = tuple(diagnostics)
        self.headers = dict(headers or {})
        super().__init__(f"{slug}: {detail}")


def problem_of(error: Exception) -> ProblemError:
    """Return what a client is told of an exception: the row of its class or of its nearest base."""
    row = next(one for one in type(error).__mro__ if one in TABLE)
    return TABLE[row](error)


def shown(text: str) -> str:
    """Return a client's text as it may be repeated: quoted, printable, short."""
    return f'"{_visible(text)}{"…" if len(text) > MOST_ECHOED else ""}"'


def nearest(name: str, known: Sequence[str]) -> list[str]:
    """Return those of a few known words that resemble a name, best first."""
    return difflib.get_close_matches(name[:MOST_ECHOED].casefold(), known, n=3, cutoff=0.6)


def pointer(*parts: str | int) -> str:
    """Return the JSON Pointer of a place in the request, such as /query/limit."""
    return "".join(
        f"/{_visible(str(part)).replace('~', '~0').replace('/', '~1')}" for part in parts
    )


def _visible(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text[:MOST_ECHOED])


def _unknown_name(error: UnknownNameError) -> ProblemError:
    return ProblemError(
        f"unknown-{error.kind}",
        f"No {error.kind} is called {shown(error.name)}.",
        did_you_mean=error.suggestions,
    )


def _ambiguous_name(error: AmbiguousNameError) -> ProblemError:
    return ProblemError(
        f"ambiguous-{error.kind}",
        f"{shown(error.name)} is the name of several: ask with an id.",
        candidates=error.candidates,
    )


def _question(error: QuestionError) -> ProblemError:
    message = str(error)
    return ProblemError(
        error.problem,
        f"{message[:1].upper()}{message[1:].removesuffix('.')}.",
        limit=error.limit,
    )


def _deadline(_error: DeadlineError) -> ProblemError:
    return ProblemError(
        "deadline-exceeded", "The search took too long.", headers={"Retry-After": "1"}
    )


def _invalid_request(error: RequestValidationError) -> ProblemError:
    return _invalid(error.errors())


def _invalid_value(error: InvalidValueError) -> ProblemError:
    errors = [{**one, "loc": ("body", *one["loc"])} for one in error.errors]
    stray = next((one for one in errors if one["type"] == "extra_forbidden"), None)
    if stray is None:
        return _invalid(errors)
    name = str(stray["loc"][-1])
    return ProblemError(
        "unknown-field",
        f"There is no field {shown(name)} here.",
        did_you_mean=nearest(name, error.fields),
        candidates=error.fields,
        pointer=pointer(*stray["loc"]),
    )


def _invalid(errors: Sequence[Mapping[str, Any]]) -> ProblemError:
    """Return the problem of the first of pydantic's errors."""
    first = errors[0]
    where = pointer(*first["loc"])
    name = str(first["loc"][-1])
    kind = first["type"]
    context = first.get("ctx", {})
    if kind == "missing" and name == "q":
        return ProblemError("missing-question", "A question is expected as q.", pointer=where)
    if kind == "string_unicode":
        return ProblemError(
            "invalid-characters", "Half of a surrogate pair stands in the text.", pointer=where
        )
    message = str(first["msg"]).removeprefix("Value error, ")
    detail = f"{_visible(name)}: {message[:1].lower()}{message[1:]}."
    if kind in ("model_type", "dict_type"):
        return ProblemError("invalid-type", "A JSON object is expected.", pointer=where)
    if kind.endswith("_type"):
        return ProblemError("invalid-type", detail, pointer=where)
    expected = re.findall(r"'([^']*)'", str(context.get("expected", "")))
    if expected:
        return ProblemError(
            "invalid-parameter",
            f"{name}: one of {', '.join(expected)} is expected.",
            did_you_mean=nearest(str(first["input"]), expected),
            candidates=expected,
            pointer=where,
        )
    return ProblemError("invalid-parameter", detail, pointer=where)


def _http(error: HTTPException) -> ProblemError:
    """Return the problem of what the framework itself refuses."""
    if error.status_code == 405:
        return ProblemError(
            "method-not-allowed", "This address does not have this method.", headers=error.headers
        )
    if error.status_code == 404:
        return ProblemError("not-found", "There is nothing at this address.")
    return _internal(error)


def _internal(_error: Exception) -> ProblemError:
    return ProblemError("internal-error", "The service has a fault; its log has this request's id.")


def _itself(error: ProblemError) -> ProblemError:
    return error


TABLE: Mapping[type[Exception], Callable[[Any], ProblemError]] = {
    ProblemError: _itself,
    UnknownNameError: _unknown_name,
    AmbiguousNameError: _ambiguous_name,
    QuestionError: _question,
    DeadlineError: _deadline,
    RequestValidationError: _invalid_request,
    InvalidValueError: _invalid_value,
    HTTPException: _http,
    Exception: _internal,
}
"""Exception class -> what a client is told of it; looked up along the class hierarchy."""
