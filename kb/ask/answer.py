"""What an answer is: a value that the command line, HTTP, chat and agents only render."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.catalog import Cited, Requirement

Status = Literal["answered", "clarify", "not_covered"]
Verdict = Literal["yes", "no", "depends"]
State = Literal["stated", "denied", "open"]
Reason = Literal[
    "ambiguous-component",
    "missing-component",
    "ambiguous-term",
    "unknown-component",
    "unknown-topology",
    "unknown-product",
    "unknown-version",
    "not-recorded",
    "out-of-scope",
]
Intent = Literal[
    "what-must-i-do",
    "yes-no",
    "which-components",
    "where",
    "how-many",
    "how",
    "why",
    "what-is",
    "who-uses",
    "compare",
    "passage",
    "unknown",
]
Replay = Literal["same", "differs", "other-content"]
"""How an answer compares with an earlier one: the same; another question or engine on the same
content; or the content is another."""

SCHEMA_VERSION = 1
"""Number of the shape of an answer; raised when a field changes its meaning or goes away."""
CONTENT_DIGITS = 8
"""How many digits of an answer's id are those of its content."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was read as another one."""

    wrote: str
    read: str


@dataclass(frozen=True, slots=True)
class ConditionState:
    """What the question says of a condition."""

    id: str
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """How the question was read, so that the reader can see a misreading at once."""

    intent: Intent = "unknown"
    components: tuple[str, ...] = ()
    topology: str | None = None
    conditions: tuple[ConditionState, ...] = ()
    resources: tuple[str, ...] = ()
    version: str | None = None
    nodes: int | None = None
    """Number of nodes that the question states."""
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The answer for one component or topology, where a question has several."""

    component: str | None
    topology: str | None
    verdict: Verdict | None
    answer: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement of the answer stands, in these pages and in their source."""

    path: str
    """The page's file, relative to the docs folder."""
    anchor: str | None
    line: int
    source: Cited | None
    is_passage: bool = False
    """Whether it is prose of a page that is quoted, not a stated fact."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could be meant (`clarify`), or the nearest documented thing."""

    type: str
    """Page type, or "page" for a guide."""
    id: str
    title: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question on one state of the content."""

    question: str
    status: Status
    reason: Reason | None = None
    understood: Understood
    verdict: Verdict | None = None
    parts: tuple[Part, ...] = ()
    answer: str
    """Plain text, complete on its own; paragraphs are separated by a line break."""
    components: tuple[str, ...] = ()
    topology: str | None = None
    requirements: tuple[Requirement, ...] = ()
    citations: tuple[Citation, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    truncated: bool = False
    """Whether the question had more words than are read, or the answer has more than is listed."""
    content_version: str
    answer_id: str
    """32 hex digits: 8 of the content, then a digest of the question's normal form, the content
    and the engine."""

    def replay(self, expected: str) -> Replay:
        """Compare this answer with an earlier one, of which the id is known."""
        if expected == self.answer_id:
            return "same"
        same_content = expected[:CONTENT_DIGITS] == self.answer_id[:CONTENT_DIGITS]
        return "differs" if same_content else "other-content"
