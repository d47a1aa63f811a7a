"""A plan: what somebody has to do, as plain values in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import Level
from kb.plan.master import Check, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A component, topology or condition with its title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a step is done; both are empty where nothing is recorded of it."""

    text: str
    """Which procedure, and where it is found."""
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What holds and is no step: a prohibition, an option, what happens by itself."""

    id: str
    level: Level
    label: str
    text: str
    components: tuple[Named, ...]
    notes: tuple[str, ...]
    """When it holds, where that is open."""
    why: str
    how: How
    check: Check | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A box to tick: one for a step, or one for each node."""

    id: str
    """`owner/requirement`, with `@node` behind it where a node is named."""
    node: str
    """Empty: the step as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to do."""

    number: int
    id: str
    level: Level
    text: str
    components: tuple[Named, ...]
    """For which it is done; none: for the cluster as a whole."""
    whose: str
    """The same in words."""
    ticks: tuple[Tick, ...]
    notes: tuple[str, ...]
    """When it is to be done, where that is open; and what comes before it."""
    why: str
    how: How
    check: Check | None
    remarks: tuple[Remark, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Steps that are done at one place, one after the other."""

    place: Place
    title: str
    note: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A step or remark that an answer adds."""

    id: str
    text: str
    number: int
    """Of the step; 0: it is a remark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that the reader has not decided, with what follows from either answer."""

    id: str
    title: str
    text: str
    yes: tuple[Branch, ...]
    no: tuple[Branch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A step that is left out, and why."""

    id: str
    text: str
    components: tuple[Named, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """A component for which there is nothing to do, and why."""

    id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A condition that matters, and whether it is the case."""

    id: str
    title: str
    state: str
    """`yes`, `no` or `open`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An ordered checklist."""

    title: str
    product: Named
    topology: Named | None
    """None: not decided, or none is told apart."""
    version: str
    components: tuple[Named, ...]
    are_all: bool
    """Whether these are all components of the product."""
    nodes: tuple[str, ...]
    conditions: tuple[Answered, ...]
    open_topologies: tuple[Named, ...]
    """Those between which the plan leaves the choice, where they differ."""
    questions: tuple[Question, ...]
    rules: tuple[Remark, ...]
    """Prohibitions that belong to no one step."""
    sections: tuple[Section, ...]
    skipped: tuple[Skipped, ...]
    nothing: tuple[Idle, ...]
    others: tuple[Remark, ...]
    sources: tuple[str, ...]
