"""The page types: what each may say, in the author's words and with nothing derived.

The text below each field is what an editor shows for the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag

from kb.model.values import (
    LEVELS,
    Address,
    Amount,
    Command,
    Comparison,
    Date,
    How,
    Ids,
    Label,
    Level,
    Names,
    PageType,
    Pin,
    Placement,
    RequirementRef,
    RequirementRefs,
    Slug,
    Status,
    Text,
    listed,
)

FORMAT = 1
"""The number of the authoring format that these types describe."""

_LEVEL_FIELDS = tuple((level, level.replace("-", "_")) for level in LEVELS)


def key_of(field: str) -> str:
    """Return the key that authors write for a field.

    >>> key_of("not_same_as"), key_of("in_")
    ('not-same-as', 'in')
    """
    return field.rstrip("_").replace("_", "-")


_CONFIG = ConfigDict(extra="forbid", alias_generator=key_of, validate_by_alias=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """A pointer into a source: which one, where in it, and the digest of the sentence."""

    __pydantic_config__ = _CONFIG

    id: Slug
    """Id of the source."""
    locator: Slug | None = None
    """Id of the place in the source, from its `locators`."""
    pin: Pin | None = None
    """The first 16 hex digits of the SHA-256 of the source's sentence (NFKC, white space
    collapsed)."""


def _source_refs(value: object) -> object:
    refs = listed(value)
    if not isinstance(refs, list | tuple):
        return refs
    return tuple({"id": one} if isinstance(one, str) else one for one in refs)


SourceRefs = Annotated[tuple[SourceRef, ...], BeforeValidator(_source_refs)]
"""An id, an id with a locator, or a list of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number that a requirement states: how many of what, per what."""

    __pydantic_config__ = _CONFIG

    of: Text
    """A noun, or the id of a component or resource."""
    at_least: Amount | None = None
    """The smallest number: an integer, or an expression such as "nodes - 1"."""
    at_most: Amount | None = None
    """The greatest number: an integer, or an expression such as "nodes - 1"."""
    exactly: Amount | None = None
    """The number: an integer, or an expression such as "nodes - 1"."""
    per: Literal["node", "cluster", "deployment"] = "cluster"
    """What the number is counted in."""

    def __post_init__(self) -> None:
        given = [one for one in (self.at_least, self.at_most, self.exactly) if one is not None]
        if len(given) != 1:
            raise ValueError("expected exactly one of at-least, at-most, exactly")

    @property
    def bound(self) -> Literal["at-least", "at-most", "exactly"]:
        """Which of the three bounds is stated."""
        if self.at_least is not None:
            return "at-least"
        return "at-most" if self.at_most is not None else "exactly"

    @property
    def amount(self) -> int | str:
        """The number, or an expression such as "nodes - 1"."""
        return next(one for one in (self.at_least, self.at_most, self.exactly) if one is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verify:
    """A check that reads and changes nothing: a command, and what it shows when all is well."""

    __pydantic_config__ = _CONFIG

    run: Command
    """The command. It only shows something."""
    expect: Text
    """What it shows when all is well."""


class LevelError(ValueError):
    """A requirement has no level, or more than one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementEntry:
    """One requirement as its author wrote it: exactly one of the seven levels is set."""

    __pydantic_config__ = _CONFIG

    id: Slug
    """Unique on the page and stable: the anchor of the requirement."""
    must: Text | None = None
    """What has to be done, as an imperative."""
    must_not: Text | None = None
    """What is forbidden, as a positive imperative: "Register the service"."""
    should: Text | None = None
    """What is recommended, as an imperative."""
    should_not: Text | None = None
    """What is advised against, as a positive imperative."""
    may: Text | None = None
    """What is possible and not required, as an imperative."""
    need_not: Text | None = None
    """What is not necessary, as a positive imperative."""
    automatic: Text | None = None
    """What the product does by itself, as a statement."""
    in_: Ids = ()
    """Ids of the topologies that it holds in; all of the product's when left out."""
    when: Ids = ()
    """Ids of conditions that all must hold; always when left out."""
    unless: Ids = ()
    """Ids of conditions of which none may hold."""
    resource: Ids = ()
    """Ids of the resources or components that the level applies to."""
    about: Ids = ()
    """Ids of resources or components that it mentions; decides no answer."""
    placement: Placement | None = None
    """Where, if the level applies to a place."""
    nodes: Slug | None = None
    """Id of the resource or component whose members are counted as nodes."""
    count: Count | None = None
    """How many, if the level applies to a number."""
    instead: RequirementRef | None = None
    """The requirement that takes its place: `id` or `component/id`."""
    by: RequirementRef | None = None
    """The requirement that brings an `automatic` about: `id` or `component/id`."""
    how: How | None = None
    """Id of the procedure, or a list of steps."""
    after: RequirementRefs = ()
    """The requirements that come first: `id` or `component/id`."""
    why: Text | None = None
    """The reason, in one sentence."""
    verify: Verify | None = None
    """A check that only reads."""
    since: Label | None = None
    """The first version that it holds for, a label from the product's list."""
    until: Label | None = None
    """The last version that it holds for, a label from the product's list."""
    source: SourceRefs = ()
    """Where it is written; the page's source when left out."""
    formerly: Ids = ()
    """Ids that it had before; links to them keep working."""

    def __post_init__(self) -> None:
        given = [level for level, field in _LEVEL_FIELDS if getattr(self, field) is not None]
        if len(given) != 1:
            raise LevelError(f"expected one level, not {len(given)}: {', '.join(LEVELS)}")

    @property
    def level(self) -> Level:
        """The one level that is set."""
        return next(one for one, field in _LEVEL_FIELDS if getattr(self, field) is not None)

    @property
    def action(self) -> str:
        """The value of the level: an imperative, or for `automatic` a statement."""
        return str(getattr(self, self.level.replace("-", "_")))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEntry:
    """A golden question: what is asked, and what the pages must answer."""

    __pydantic_config__ = _CONFIG

    ask: Text
    """The question, as people ask it."""
    status: Literal["answered", "clarify", "not_covered"] = "answered"
    """Whether it is answered, asked back, or not covered by the pages."""
    verdict: Literal["yes", "no", "depends"] | None = None
    """The expected verdict, in quotation marks ("no" is false otherwise)."""
    components: Ids | None = None
    """Ids of the components that the answer is about."""
    requirements: RequirementRefs | None = None
    """The requirements that the answer rests on: `id` or `component/id`."""


def _requirements_shape(value: object) -> str:
    return "(none)" if isinstance(value, str) else "(list)"


Requirements = Annotated[
    Annotated[tuple[RequirementEntry, ...], Tag("(list)")]
    | Annotated[Literal["none"], Tag("(none)")],
    Discriminator(_requirements_shape),
]
"""A list, or the word `none`: the source says that clustering asks nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """What every typed page may say."""

    __pydantic_config__ = _CONFIG

    type: PageType
    """What the page is about."""
    title: Text
    """The name that readers are shown."""
    format: Literal[1] = 1
    """The number of this format."""
    id: Slug | None = None
    """The id; that of the file name when left out."""
    aliases: Names = ()
    """Other names that people use."""
    summary: Text | None = None
    """The definition, in one sentence."""
    broader: Slug | None = None
    """Id of the wider term of the same type."""
    not_same_as: Names = ()
    """Ids or plain terms that people confuse it with."""
    formerly: Ids = ()
    """Ids that the page had before; they redirect."""
    status: Status = "published"
    """A draft is shown in previews and never answers; neither does a retired page."""
    owner: Text | None = None
    """Who keeps the page."""
    reviewed: Date | None = None
    """The day of the last review, in quotation marks."""
    source: SourceRefs = ()
    """Where it is written: an id, or an id with a locator, or a list; the default of the page's
    requirements."""
    description: Any = None
    """Of Material for MkDocs."""
    tags: Any = None
    """Of Material for MkDocs."""
    hide: Any = None
    """Of Material for MkDocs."""
    search: Any = None
    """Of Material for MkDocs."""
    template: Any = None
    """Of Material for MkDocs."""
    icon: Any = None
    """Of Material for MkDocs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductEntry(PageEntry):
    """A product: its topologies, its versions in order, and what holds of the whole cluster."""

    type: Literal["product"]
    """What the page is about."""
    topologies: Ids = ()
    """Ids of the layouts that it can run in; all that are documented when left out."""
    versions: Names = ()
    """Labels of its versions in quotation marks, oldest first."""
    requirements: Requirements = ()
    """What holds of the cluster as a whole."""
    questions: tuple[QuestionEntry, ...] = ()
    """Golden questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentEntry(PageEntry):
    """A component: what it is for, where it runs, and what clustering asks of it."""

    type: Literal["component"]
    """What the page is about."""
    product: Slug | None = None
    """Id of its product; may be left out when there is only one."""
    kind: Label | None = None
    """What it is: service, database, application, ..."""
    role: Text | None = None
    """What it is for, in one sentence."""
    placement: Placement | None = None
    """Where it runs, as a plain fact; no requirement."""
    nodes: Slug | None = None
    """Id of the resource or component whose members are counted as nodes."""
    uses: Annotated[dict[Slug, Text], Field(default_factory=dict)]
    """Component id: what it is used for. No requirement follows from it."""
    same_as: Slug | None = None
    """Id of the component whose requirements this one shares."""
    requirements: Requirements | None = None
    """A list, or `none`: the source says that clustering asks nothing of it."""
    how: Slug | None = None
    """Id of the procedure for the component as a whole."""
    since: Label | None = None
    """The first version that has it, a label from the product's list."""
    until: Label | None = None
    """The last version that has it, a label from the product's list."""
    questions: tuple[QuestionEntry, ...] = ()
    """Golden questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyEntry(PageEntry):
    """A layout of the cluster."""

    type: Literal["topology"]
    """What the page is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceEntry(PageEntry):
    """A thing of the platform that components have, use or must not be."""

    type: Literal["resource"]
    """What the page is about."""
    verify: Verify | None = None
    """A general check that only reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionEntry(PageEntry):
    """Something that is the case or not: aliases are the ways in which people state it."""

    type: Literal["condition"]
    """What the page is about."""
    excludes: Ids = ()
    """Ids of conditions that cannot hold together with it."""
    nodes: Comparison | None = None
    """A number of nodes that states or denies it, such as ">=3"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureEntry(PageEntry):
    """A procedure: its steps are the ordered list of the page's body; none: not recorded."""

    type: Literal["procedure"]
    """What the page is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry(PageEntry):
    """A document that facts are taken from."""

    type: Literal["source"]
    """What the page is about."""
    publisher: Text
    """Who has published it."""
    locators: Annotated[dict[Slug, Text], Field(default_factory=dict)]
    """Id: the place in it, in words."""
    url: Address | None = None
    """Its address, where it is known."""
    retrieved: Date | None = None
    """The day on which it was read, in quotation marks."""


AnyPage = (
    ProductEntry
    | ComponentEntry
    | TopologyEntry
    | ResourceEntry
    | ConditionEntry
    | ProcedureEntry
    | SourceEntry
)

_ENTRY_TYPES: Mapping[str, type[PageEntry]] = {
    "product": ProductEntry,
    "component": ComponentEntry,
    "topology": TopologyEntry,
    "resource": ResourceEntry,
    "condition": ConditionEntry,
    "procedure": ProcedureEntry,
    "source": SourceEntry,
}


def entry_type_of(page_type: str) -> type[PageEntry] | None:
    """Return the class of a page type, or None when there is no such type."""
    return _ENTRY_TYPES.get(page_type)


def keys_of(entry_type: type) -> tuple[str, ...]:
    """Return the keys that may stand in this type's mapping, as authors write them."""
    return tuple(key_of(field.name) for field in fields(entry_type))
