"""Answers and search results as JSON, and the question that a client posts."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from api.schemas.base import Model
from api.schemas.parameters import AnswerId
from api.schemas.requirements import Requirement, SourceRef
from kb import Intent, Reason, Replay, State, Verdict

AnswerStatus = Literal["answered", "clarify", "not_covered"]


class AskBody(Model):
    """The body of POST /ask."""

    model_config = ConfigDict(strict=True)

    q: str
    """The question, up to 2,000 characters."""
    expect: AnswerId | None = None
    """The `answer_id` of an earlier answer that this one is compared with."""


class ConditionState(Model):
    """What the question says of a condition."""

    id: str
    state: State


class Correction(Model):
    """A word that was read as another one."""

    wrote: str
    read: str


class Understood(Model):
    """How the question was read."""

    intent: Intent
    components: list[str]
    topology: str | None
    conditions: list[ConditionState]
    resources: list[str]
    version: str | None
    nodes: int | None
    corrections: list[Correction]


class Part(Model):
    """The answer for one component or topology."""

    component: str | None
    topology: str | None
    verdict: Verdict | None
    answer: str


class Citation(Model):
    """Where a statement stands, in these pages and in their source."""

    url: str
    """Address of the page, with the anchor of the statement."""
    path: str
    """The page's file, relative to the docs folder."""
    line: int
    source: SourceRef | None
    passage: bool
    """Whether it is prose of a page that is quoted, not a stated fact."""


class Candidate(Model):
    """What could be meant, or the nearest documented thing."""

    type: str
    id: str
    title: str
    url: str


class Answer(Model):
    """The answer to one question."""

    schema_version: int
    question: str
    status: AnswerStatus
    reason: Reason | None
    """Why it was not answered; null when it was."""
    understood: Understood
    verdict: Verdict | None
    """Null when it was no yes/no question, or the pages do not decide it."""
    parts: list[Part]
    answer: str
    """Plain text, complete on its own."""
    components: list[str]
    topology: str | None
    """Id of the topology that the question names."""
    requirements: list[Requirement]
    """Those that the answer rests on, and no others."""
    citations: list[Citation]
    candidates: list[Candidate]
    titles: dict[str, str]
    """Id -> title of what the answer and its requirements name by id."""
    truncated: bool
    """Whether the question had more words than are read, or the answer has more than is listed."""
    content_version: str
    answer_id: str
    replay: Replay | None = Field(default=None, exclude_if=lambda value: value is None)
    """Compared with `expect`; absent where nothing was expected."""
