"""What a page may say: the authoring format as types.

Every key of the front matter is a field here, in the author's words and without anything derived;
the JSON Schema that editors use is generated from these types. Whether the ids that a page names
exist, and what follows from them, is not known here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    StringConstraints,
    Tag,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)

FORMAT = 1
"""The number of the authoring format that these types describe."""

Level = Literal["must", "must-not", "should", "should-not", "may", "need-not", "automatic"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""The seven levels, strongest first as they are listed to readers."""
_LEVEL_FIELDS = tuple((level, level.replace("-", "_")) for level in LEVELS)

Placement = Literal[
    "each-node",
    "one-node",
    "once-per-cluster",
    "once-per-deployment",
    "outside-cluster",
    "shared-storage",
]
PLACEMENTS: tuple[Placement, ...] = get_args(Placement)

Status = Literal["published", "draft", "retired"]
PageType = Literal[
    "product", "component", "topology", "resource", "condition", "procedure", "source"
]
PAGE_TYPES: tuple[PageType, ...] = get_args(PageType)

_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_REFERENCE = r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$"
_DATE = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
_PIN = r"^[0-9a-f]{16}$"
_COMPARISON = r"^(>=|<=|>|<|=) ?\d{1,4}$"
_ADDRESS = r"^https?://[^\s<>\"]+$"
_FORMS = {
    _DATE: ("a date", 'write year, month and day: "2026-02-17"'),
    _PIN: ("the first 16 hexadecimal digits of a SHA-256", "let `kb pin` write it"),
    _COMPARISON: ("a comparison with a number of nodes", 'write for example ">=3"'),
    _ADDRESS: ("an address", "begin it with https://"),
}
"""Pattern of a form -> what is expected, an example."""


def _real_day(value: str) -> str:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"there is no day {value}") from None
    return value


def _listed(value: object) -> object:
    """Let an author write a single value where a list may stand."""
    return (value,) if isinstance(value, str | Mapping) else value


def _one_or_more(item: Mapping[str, Any]) -> WithJsonSchema:
    """Return the JSON Schema of "one, or a list of them"."""
    return WithJsonSchema({"anyOf": [dict(item), {"type": "array", "items": dict(item)}]})


def _each_once(values: tuple[str, ...]) -> tuple[str, ...]:
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise ValueError(f"{', '.join(twice)} stands here twice")
    return values


Slug = Annotated[str, StringConstraints(pattern=_SLUG, max_length=64)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
Date = Annotated[str, StringConstraints(pattern=_DATE), AfterValidator(_real_day)]
RequirementRef = Annotated[str, StringConstraints(pattern=_REFERENCE, max_length=129)]
"""`id` of a requirement on the same page, or `component/id`."""
Pin = Annotated[str, StringConstraints(pattern=_PIN)]

_SLUG_SCHEMA = {"type": "string", "pattern": _SLUG, "maxLength": 64}
_TEXT_SCHEMA = {"type": "string", "minLength": 1, "maxLength": 1000}
Ids = Annotated[
    tuple[Slug, ...],
    BeforeValidator(_listed),
    AfterValidator(_each_once),
    _one_or_more(_SLUG_SCHEMA),
]
Names = Annotated[
    tuple[Text, ...],
    BeforeValidator(_listed),
    AfterValidator(_each_once),
    _one_or_more(_TEXT_SCHEMA),
]
RequirementRefs = Annotated[
    tuple[RequirementRef, ...],
    BeforeValidator(_listed),
    AfterValidator(_each_once),
    _one_or_more({"type": "string", "pattern": _REFERENCE, "maxLength": 129}),
]


def _key_of(field: str) -> str:
    return field.rstrip("_").replace("_", "-")


_CONFIG = ConfigDict(extra="forbid", alias_generator=_key_of, validate_by_alias=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """A pointer into a source: which one, where in it, and the digest of the sentence."""

    __pydantic_config__ = _CONFIG

    id: Slug
    locator: Slug | None = None
    pin: Pin | None = None


def _source_refs(value: object) -> object:
    listed = _listed(value)
    if not isinstance(listed, list | tuple):
        return listed
    return tuple({"id": one} if isinstance(one, str) else one for one in listed)


SourceRefs = Annotated[tuple[SourceRef, ...], BeforeValidator(_source_refs)]


_NODES_EXPRESSION = re.compile(r"^nodes( *[+-] *\d{1,3})?$")
_MOST = 1_000_000


def _amount(value: object) -> int | str:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST:
        return value
    if isinstance(value, str) and _NODES_EXPRESSION.match(value):
        return value
    raise ValueError('expected an integer, "nodes" or an expression such as "nodes - 1"')


Amount = Annotated[
    int | str,
    PlainValidator(_amount),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": _MOST},
                {"type": "string", "pattern": _NODES_EXPRESSION.pattern},
            ]
        }
    ),
]
"""How many: a number, or one that follows from the number of the cluster's nodes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number that a requirement states: how many of what, per what."""

    __pydantic_config__ = _CONFIG

    of: Text
    """A noun, or the id of a component or resource."""
    at_least: Amount | None = None
    at_most: Amount | None = None
    exactly: Amount | None = None
    per: Literal["node", "cluster", "deployment"] = "cluster"

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

    run: Text
    expect: Text


def _how(value: object) -> str | tuple[str, ...]:
    if isinstance(value, str) and re.match(_SLUG, value):
        return value
    if isinstance(value, list) and value and all(isinstance(one, str) and one for one in value):
        return tuple(value)
    raise ValueError("expected the id of a procedure, or a list of steps")


How = Annotated[
    str | tuple[str, ...],
    PlainValidator(_how),
    WithJsonSchema(
        {"anyOf": [_SLUG_SCHEMA, {"type": "array", "items": _TEXT_SCHEMA, "minItems": 1}]}
    ),
]
"""The id of a procedure, or the steps themselves."""


class _LevelError(ValueError):
    """A requirement has no level, or more than one."""


def _requirement_schema(schema: dict[str, Any]) -> None:
    schema["oneOf"] = [{"required": [level]} for level in LEVELS]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementEntry:
    """One requirement as its author wrote it: exactly one of the seven levels is set."""

    __pydantic_config__ = ConfigDict(**_CONFIG, json_schema_extra=_requirement_schema)

    id: Slug
    must: Text | None = None
    must_not: Text | None = None
    should: Text | None = None
    should_not: Text | None = None
    may: Text | None = None
    need_not: Text | None = None
    automatic: Text | None = None
    in_: Ids = ()
    when: Ids = ()
    unless: Ids = ()
    resource: Ids = ()
    about: Ids = ()
    placement: Placement | None = None
    nodes: Slug | None = None
    count: Count | None = None
    instead: RequirementRef | None = None
    by: RequirementRef | None = None
    how: How | None = None
    after: RequirementRefs = ()
    why: Text | None = None
    verify: Verify | None = None
    since: Label | None = None
    until: Label | None = None
    source: SourceRefs = ()
    formerly: Ids = ()

    def __post_init__(self) -> None:
        given = self._given()
        if not given:
            raise _LevelError(f"one level is expected: {', '.join(LEVELS)}")
        if len(given) > 1:
            raise _LevelError(f"one level is expected, not {len(given)}: {', '.join(given)}")

    def _given(self) -> list[Level]:
        return [level for level, field in _LEVEL_FIELDS if getattr(self, field) is not None]

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
    status: Literal["answered", "clarify", "not_covered"] = "answered"
    verdict: Literal["yes", "no", "depends"] | None = None
    components: Ids | None = None
    requirements: RequirementRefs | None = None


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
    title: Text
    format: Literal[1] = 1
    id: Slug | None = None
    aliases: Names = ()
    summary: Text | None = None
    broader: Slug | None = None
    not_same_as: Names = ()
    formerly: Ids = ()
    status: Status = "published"
    owner: Text | None = None
    reviewed: Date | None = None
    source: SourceRefs = ()
    # Material for MkDocs' own keys: let through, never read here.
    description: Any = None
    tags: Any = None
    hide: Any = None
    search: Any = None
    template: Any = None
    icon: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductEntry(PageEntry):
    """A product: its topologies, its versions in order, and what holds of the whole cluster."""

    type: Literal["product"]
    topologies: Ids = ()
    versions: Names = ()
    requirements: Requirements = ()
    questions: tuple[QuestionEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentEntry(PageEntry):
    """A component: what it is for, where it runs, and what clustering asks of it."""

    type: Literal["component"]
    product: Slug | None = None
    kind: Label | None = None
    role: Text | None = None
    placement: Placement | None = None
    nodes: Slug | None = None
    uses: Annotated[dict[Slug, Text], Field(default_factory=dict)]
    same_as: Slug | None = None
    requirements: Requirements | None = None
    how: Slug | None = None
    since: Label | None = None
    until: Label | None = None
    questions: tuple[QuestionEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyEntry(PageEntry):
    """A layout of the cluster."""

    type: Literal["topology"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceEntry(PageEntry):
    """A thing of the platform that components have, use or must not be."""

    type: Literal["resource"]
    verify: Verify | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionEntry(PageEntry):
    """Something that is the case or not: aliases are the ways in which people state it."""

    type: Literal["condition"]
    excludes: Ids = ()
    nodes: Annotated[str, StringConstraints(pattern=_COMPARISON)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureEntry(PageEntry):
    """A procedure: its steps are the ordered list of the page's body; none: not recorded."""

    type: Literal["procedure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry(PageEntry):
    """A document that facts are taken from."""

    type: Literal["source"]
    publisher: Text
    locators: Annotated[dict[Slug, Text], Field(default_factory=dict)]
    url: Annotated[str, StringConstraints(pattern=_ADDRESS)] | None = None
    retrieved: Date | None = None


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
_ADAPTER: TypeAdapter[Any] = TypeAdapter(Annotated[AnyPage, Field(discriminator="type")])

ProblemKind = Literal["missing", "unknown-key", "choice", "slug", "text", "level", "type", "value"]

_KINDS: Mapping[str, ProblemKind] = {
    "missing": "missing",
    "unexpected_keyword_argument": "unknown-key",
    "literal_error": "choice",
    "union_tag_invalid": "choice",
    "union_tag_not_found": "missing",
    "string_type": "text",
    "value_error": "value",
    "string_pattern_mismatch": "slug",
    "string_too_short": "value",
    "string_too_long": "value",
}
_SHAPES = {
    "tuple_type": ("expected a list", "write each item on a line of its own, with a hyphen"),
    "dict_type": ("expected keys with a value each", "write `key: value`"),
    "dataclass_type": ("expected keys with a value each", "write `key: value`"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that does not fit the format."""

    where: tuple[str | int, ...]
    """Keys and list positions that lead to it, as in the front matter."""
    kind: ProblemKind
    message: str
    """What is the case, in one sentence without a full stop."""
    value: object
    expected: tuple[str, ...] = ()
    """The keys or values that may stand there, where they are a closed set."""
    help: str = ""
    """What to do about it; empty where the kind of problem says it."""


def validate(values: Mapping[str, Any]) -> AnyPage | tuple[Problem, ...]:
    """Return the page that these front-matter values state, or all that is wrong with them."""
    try:
        page: AnyPage = _ADAPTER.validate_python(dict(values))
    except ValidationError as error:
        return tuple(_problem(one) for one in error.errors(include_url=False))
    return page


def _problem(error: Any) -> Problem:
    where = tuple(
        part
        for part in error["loc"][1:]
        if not (isinstance(part, str) and part.startswith(("(", "[")))
    )
    kind, value, context = _KINDS.get(error["type"], "type"), error["input"], error.get("ctx", {})
    if error["type"].startswith("union_tag"):
        return Problem(("type",), kind, "a page type is expected", value, PAGE_TYPES)
    if kind == "choice":
        expected = tuple(re.findall(r"[\w-]+", context.get("expected", "").replace(" or ", " ")))
        return Problem(where, kind, f"{value!r} is none of them", value, expected)
    if error["type"] == "string_pattern_mismatch" and context["pattern"] in _FORMS:
        expected_form, example = _FORMS[context["pattern"]]
        return Problem(where, "value", f"expected {expected_form}", value, help=example)
    if error["type"] == "string_too_short":
        return Problem(where, kind, "the text is empty", value, help="write a text")
    if error["type"] == "string_too_long":
        most = context["max_length"]
        return Problem(
            where, kind, f"the text is longer than {most} characters", value, help="say less"
        )
    if isinstance(context.get("error"), _LevelError):
        return Problem(where, "level", str(context["error"]), value)
    if error["type"] in _SHAPES:
        message, advice = _SHAPES[error["type"]]
        return Problem(where, kind, message, value, help=advice)
    message = str(error["msg"]).removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    return Problem(where, kind, message, value, help="correct the value")


def entry_type_of(page_type: str) -> type[PageEntry] | None:
    """Return the class of a page type, or None when there is no such type."""
    return _ENTRY_TYPES.get(page_type)


def keys_of(entry_type: type) -> tuple[str, ...]:
    """Return the keys that may stand in this type's mapping, as authors write them."""
    return tuple(_key_of(field.name) for field in fields(entry_type))


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the front matter of a typed page."""
    schema = _ADAPTER.json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
