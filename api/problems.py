"""What a client is told of an exception: one table, looked up along the class hierarchy.

A new exception is one more line. The types that problems have are in `problem_types`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api.problem_types import KINDS, ProblemKind, within_body
from api.schemas.base import InvalidValueError
from kb import (
    AmbiguousNameError,
    DeadlineError,
    Diagnostic,
    DiffError,
    PlanError,
    QuestionError,
    UnknownNameError,
)

MOST_ECHOED = 64
"""How many characters of what a client sent are repeated to it."""


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
        kind: ProblemKind | None = None,
    ) -> None:
        self.kind = kind or KINDS[slug]
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


def in_body(error: UnknownNameError | AmbiguousNameError) -> ProblemError:
    """Return the problem of a name in a body: the address was found, what was sent is wrong."""
    found = problem_of(error)
    return ProblemError(
        found.kind.slug,
        found.detail,
        did_you_mean=found.did_you_mean,
        candidates=found.candidates,
        kind=within_body(found.kind),
    )


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


def _plan(error: PlanError) -> ProblemError:
    slug = "missing-product" if error.problem == "missing-product" else "impossible-plan"
    return ProblemError(slug, str(error), candidates=error.candidates)


def _diff(error: DiffError) -> ProblemError:
    slug = "missing-product" if error.problem == "missing-product" else "impossible-diff"
    return ProblemError(slug, str(error), candidates=error.candidates)


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
    if kind == "too_long":  # of a list: a plan alone has lists
        return plan_too_large(context["max_length"], where)
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


def plan_too_large(most: int, where: str) -> ProblemError:
    """Return the refusal of a list of names that is too long, at a place in the request."""
    return ProblemError(
        "plan-too-large", f"Up to {most} names are expected there.", limit=most, pointer=where
    )


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
    PlanError: _plan,
    DiffError: _diff,
    DeadlineError: _deadline,
    RequestValidationError: _invalid_request,
    InvalidValueError: _invalid_value,
    HTTPException: _http,
    Exception: _internal,
}
"""Exception class -> what a client is told of it; looked up along the class hierarchy."""
