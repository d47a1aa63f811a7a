"""Errors as JSON: problem details (RFC 9457), with what helps to do better."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Model


class Finding(Model):
    """One thing that is wrong with the pages."""

    code: str
    name: str
    severity: str
    path: str
    line: int
    column: int
    message: str
    help: str


class Problem(Model):
    """What went wrong with a request. Members that do not apply are left out."""

    type: str = Field(examples=["/problems/not-found"])
    """Address of the problem type's description."""
    title: str
    """The problem type in words: the same for all problems of the type."""
    status: int
    detail: str
    """What went wrong with this request."""
    instance: str
    """Id of the request, as in the X-Request-ID header."""
    did_you_mean: list[str] | None = None
    """Ids or names nearest to what was asked for, best first."""
    candidates: list[str] | None = None
    """What could be meant, or what may stand there."""
    limit: int | None = None
    """The limit that was exceeded."""
    pointer: str | None = None
    """Where in the request: a JSON Pointer such as /query/limit or /body/q."""
    diagnostics: list[Finding] | None = None
    """What is wrong with the pages, where that is the reason."""


class ProblemType(Model):
    """The description of a problem type."""

    type: str
    title: str
    status: int
    meaning: str


class ProblemTypes(Model):
    """All problem types of this service."""

    items: list[ProblemType]
