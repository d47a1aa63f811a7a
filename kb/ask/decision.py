"""What is decided about a question: the verdict, and the points that an answer has to make.

Plain values between deciding and wording. A point says what, by ids and requirements; how it
reads is the matter of `kb.ask.wording`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.ask.answer import Intent, Reason, Status, Verdict
from kb.ask.verdicts import Column, Judgement
from kb.catalog import Requirement
from kb.model import PageType, Placement, Verify

MOST_TOLD = 50
"""Points, components of a list and candidates that are told in words."""
MOST_LISTED = 1_000
"""Components that an answer lists by id."""


@dataclass(frozen=True, slots=True)
class Duties:
    """What a component (or product) asks, in the circumstances named."""

    holder: str
    requirements: tuple[Requirement, ...]
    topologies: tuple[str, ...]
    """Those that the question names; empty when it names none."""
    asks_nothing: bool = False
    is_reminder: bool = False
    """Whether it follows another point, to say what is asked besides: it is cited, and decides
    nothing."""
    is_instead: bool = False
    """Whether the pages say that it takes the place of what was asked about."""
    besides: tuple[Requirement, ...] = ()
    """What may be done and what need not be, said behind what must be: cited, decides nothing."""
    is_spared: bool = False
    """Whether it is what would be asked, and is not in the circumstances named."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict on one component (or product), with the statements that it rests on."""

    holder: str
    verdict: Verdict | None
    column: Column
    judgement: Judgement
    objects: tuple[str, ...] = ()
    is_correction: bool = False
    """Whether it corrects what the question takes for granted."""
    is_negated: bool = False
    """Whether the question denies what is judged, so that the verdict of each case is turned."""
    is_all: bool = False
    """Whether it tells that nothing else is asked than what is done already."""


@dataclass(frozen=True, slots=True)
class Unjoined:
    """Nothing in the pages joins a component with a thing that they know."""

    holder: str
    objects: tuple[str, ...]
    verdict: Verdict | None
    asks_nothing: bool = False
    is_correction: bool = False
    """Whether it corrects what the question takes for granted."""


@dataclass(frozen=True, slots=True)
class Uses:
    """Who uses what for what, as a plain fact: (user, used)."""

    pairs: tuple[tuple[str, str], ...]
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a component runs, as a plain fact of its page."""

    holder: str
    placement: Placement
    nodes: str | None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A component of which the pages do not say what is asked, beside others of which they do."""

    holder: str
    verdict: None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """A component that a version does not have."""

    holder: str
    version: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The components that a question asks for, each with the statements that put it there."""

    items: tuple[tuple[str, tuple[Requirement, ...]], ...]
    is_counted: bool
    of: str = ""
    """The word that was used for them, such as "service"."""

    @property
    def told(self) -> tuple[tuple[str, tuple[Requirement, ...]], ...]:
        """Those that are told by name; of a very long list only the first."""
        return self.items[:MOST_TOLD]


@dataclass(frozen=True, slots=True)
class Further:
    """How many points more there are than are told."""

    number: int


@dataclass(frozen=True, slots=True)
class Definition:
    """What a thing is: `kind` is its page type."""

    kind: PageType
    id: str
    wants_role: bool = False
    unlike: str = ""
    """What its page says that it is not the same as, where that is asked."""
    verdict: Verdict | None = None
    """Whether its role says what is asked."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """How something is done: recorded steps, or the title of the procedure to look for."""

    requirement: Requirement | None
    procedure: str | None
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A check that reads and changes nothing, of a requirement or of a resource."""

    verify: Verify
    requirement: Requirement | None
    resource: str | None


@dataclass(frozen=True, slots=True)
class Reasoning:
    """Why a requirement is as it is, from what its page says."""

    requirement: Requirement
    is_consequence: bool = False
    """Whether it is asked what follows where it is not met."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a requirement states, worked out for a number of nodes where given."""

    requirement: Requirement
    limit: int | None
    nodes: int | None


@dataclass(frozen=True, slots=True)
class Copies:
    """How often a component is there, from a requirement that says where it goes."""

    requirement: Requirement
    nodes: int | None
    """Number of nodes that the question states."""


@dataclass(frozen=True, slots=True)
class Sourced:
    """From where a requirement, or what a page says of a thing, is taken."""

    holder: str
    kind: PageType
    requirement: Requirement | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """The topologies that a product's pages list, and whether those asked about are among them."""

    product: str
    topologies: tuple[str, ...]
    verdict: Verdict | None
    requirements: tuple[Requirement, ...] = ()
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class Sameness:
    """Whether several components, or several topologies or versions of one, ask the same."""

    ids: tuple[str, ...]
    is_same: bool
    dimension: str
    """"component", "topology" or "version"."""
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Prose of a page that answers where no requirement does."""

    path: str
    title: str
    anchor: str
    line: int
    text: str


Point = (
    Duties
    | Ruling
    | Unjoined
    | Uses
    | Placed
    | Absent
    | Unrecorded
    | Listing
    | Further
    | Definition
    | Instruction
    | Check
    | Reasoning
    | Number
    | Copies
    | Sourced
    | Support
    | Sameness
    | Quote
)


def each_once(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the points in order, each once; not all of them can be hashed."""
    return tuple(one for index, one in enumerate(points) if one not in points[:index])


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is decided about one question."""

    status: Status
    intent: Intent
    reason: Reason | None = None
    verdict: Verdict | None = None
    points: tuple[Point, ...] = ()
    components: tuple[str, ...] = ()
    topology: str | None = None
    version: str | None = None
    conditions: Mapping[str, bool | None]
    """The conditions that matter: stated, denied, or None for open."""
    is_cut: bool = False
    """Whether there is more to tell or to list than is told and listed."""
    candidates: tuple[tuple[PageType, str], ...] = ()
    """(page type, id) of what could be meant, or is nearest."""
    subject: str = ""
    """For an abstention: the words that were not understood or are not covered."""


def requirements_of(point: Point) -> tuple[Requirement, ...]:
    """Return the requirements that a point rests on."""
    if isinstance(point, Duties):
        return () if point.is_reminder else point.requirements
    if isinstance(point, Support):
        return point.requirements
    if isinstance(point, Ruling):
        return tuple(one.requirement for one in point.judgement.told)
    if isinstance(point, Listing):
        return tuple(one for _, found in point.told for one in found)
    if isinstance(point, Reasoning | Number | Copies):
        return (point.requirement,)
    if isinstance(point, Instruction | Check | Sourced) and point.requirement is not None:
        return (point.requirement,)
    return ()
