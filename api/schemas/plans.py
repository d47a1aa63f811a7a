"""Plans as JSON: what is to be done, in order, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from api.schemas.base import Model
from api.schemas.links import Links
from api.schemas.parameters import MOST_ITEMS, Name
from api.schemas.requirements import Verify
from kb import Catalog, Level, Plan

Words = Annotated[str | None, BeforeValidator(lambda value: value or None)]
"""A text; null where there is none."""
Names = Annotated[list[Name], Field(default_factory=list, max_length=MOST_ITEMS)]


class PlanBody(Model):
    """The body of POST /plan: what the plan is for, by any names."""

    model_config = ConfigDict(strict=True)

    product: Name | None = None
    """May be left out where there is only one, or where the components say it."""
    topology: Name | None = None
    """Left out: not decided."""
    version: Name | None = None
    """Left out: not decided."""
    components: Names
    """Empty, or `all`: all of the product."""
    need: Names
    """Conditions that are the case."""
    no: Names
    """Conditions that are not the case."""
    nodes: Names
    """Names of the cluster's nodes."""


class PlanName(Model):
    """A thing with its title."""

    id: str
    title: str


class PlanHow(Model):
    """How something is done."""

    text: Words
    """Which procedure, and where it is found."""
    steps: list[str]


class PlanRemark(Model):
    """What holds and is no step: a prohibition, an option, what happens by itself."""

    id: str
    """`owner/id` of the requirement."""
    level: Level
    label: str
    text: str
    components: list[PlanName]
    notes: list[str]
    """When it holds, where that is open."""
    why: Words
    how: PlanHow
    check: Verify | None
    sources: list[str]
    url: str


class PlanTick(Model):
    """A box to tick."""

    id: str
    """That of the step, with `@node` behind it where a node is named."""
    node: Words


class PlanStep(Model):
    """Something to do."""

    number: int
    id: str
    """`owner/id` of the requirement, or `check:` and the id of a resource. It stays the same."""
    level: Level
    text: str
    components: list[PlanName]
    """For which it is done; empty: for the cluster as a whole."""
    whose: Words
    """The same in words."""
    ticks: list[PlanTick]
    notes: list[str]
    """When it is to be done, where that is open; and what comes before it."""
    why: Words
    how: PlanHow
    check: Verify | None
    remarks: list[PlanRemark]
    sources: list[str]
    url: str


class PlanSection(Model):
    """Steps that are done at one place, one after the other."""

    place: str
    title: str
    note: Words
    steps: list[PlanStep]


class PlanBranch(Model):
    """A step or remark that an answer adds."""

    id: str
    text: str
    number: Annotated[int | None, BeforeValidator(lambda value: value or None)]
    """Of the step; null: it is a remark."""


class PlanQuestion(Model):
    """Something that is not decided, with what follows from either answer."""

    id: str
    title: str
    text: Words
    yes: list[PlanBranch]
    no: list[PlanBranch]


class PlanSkipped(Model):
    """A step that is left out, and why."""

    id: str
    text: str
    components: list[PlanName]
    why: str


class PlanIdle(Model):
    """A component for which there is nothing to do, and why."""

    id: str
    title: str
    why: str


class PlanCondition(Model):
    """A condition that matters, and whether it is the case."""

    id: str
    title: str
    state: Literal["yes", "no", "open"]


class PlanReply(Model):
    """An ordered checklist."""

    title: str
    product: PlanName
    topology: PlanName | None
    """Null: not decided, or none is told apart."""
    version: Words
    components: list[PlanName]
    are_all: bool
    """Whether these are all components of the product."""
    nodes: list[str]
    conditions: list[PlanCondition]
    open_topologies: list[PlanName]
    """Those between which the plan leaves the choice, where they differ."""
    questions: list[PlanQuestion]
    rules: list[PlanRemark]
    """Prohibitions that belong to no one step."""
    sections: list[PlanSection]
    skipped: list[PlanSkipped]
    nothing: list[PlanIdle]
    others: list[PlanRemark]
    """What else holds and belongs to no one step."""
    sources: list[str]
    content_version: str


def written(plan: Plan, catalog: Catalog, links: Links) -> PlanReply:
    """Return a plan as it goes over the wire, with the addresses of its requirements."""

    def address_of(name: str) -> str:
        requirement = catalog.requirement(name)
        if requirement is not None:
            return links.page(requirement.path, requirement.id)
        return links.page(catalog.resources[name.removeprefix("check:")].path)

    values = _with_addresses(asdict(plan), address_of)
    return PlanReply.model_validate(values | {"content_version": catalog.version})


def _with_addresses(value: Any, address_of: Callable[[str], str]) -> Any:
    """Return plain values in which every step and remark has its address."""
    if isinstance(value, tuple | list):
        return [_with_addresses(one, address_of) for one in value]
    if not isinstance(value, dict):
        return value
    found = {key: _with_addresses(one, address_of) for key, one in value.items()}
    return found | {"url": address_of(found["id"])} if "level" in found else found
