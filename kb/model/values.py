"""Kinds of values that keys may have: ids, texts, dates, amounts, lists of them.

Each form is stated once, for the check and for the JSON Schema alike.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

Level = Literal["must", "must-not", "should", "should-not", "may", "need-not", "automatic"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""The seven levels, strongest first as they are listed to readers."""

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

SLUG_FORM = r"^[a-z0-9]+(-[a-z0-9]+)*$"
REFERENCE_FORM = r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$"
_DATE_FORM = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
_PIN_FORM = r"^[0-9a-f]{16}$"
_COMPARISON_FORM = r"^(>=|<=|>|<|=) ?\d{1,4}$"
_ADDRESS_FORM = r"^https?://[^\s<>\"]+$"
_NODES_FORM = r"^nodes( *[+-] *\d{1,3})?$"
EXPECTED: Mapping[str, tuple[str, str]] = {
    _DATE_FORM: ("a date", 'write year, month and day: "2026-02-17"'),
    _PIN_FORM: ("the first 16 hexadecimal digits of a SHA-256", "let `kb pin` write it"),
    _COMPARISON_FORM: ("a comparison with a number of nodes", 'write for example ">=3"'),
    _ADDRESS_FORM: ("an address", "begin it with https://"),
}
"""Pattern of a form -> what it is, and how to write it."""

_SLUG_SCHEMA = {"type": "string", "pattern": SLUG_FORM, "maxLength": 64}
_REFERENCE_SCHEMA = {"type": "string", "pattern": REFERENCE_FORM, "maxLength": 129}
_TEXT_SCHEMA = {"type": "string", "minLength": 1, "maxLength": 1000}
_MOST = 1_000_000
_LONGEST = 1000


def _one_line(value: str) -> str:
    """A text that an author broke into lines is one line for everybody else."""
    return " ".join(value.split())


def _real_day(value: str) -> str:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"there is no day {value}") from None
    return value


def listed(value: object) -> object:
    """Let an author write a single value where a list may stand."""
    return (value,) if isinstance(value, str | Mapping) else value


def one_or_more(item: Mapping[str, Any]) -> WithJsonSchema:
    """Return the JSON Schema of "one, or a list of them"."""
    return WithJsonSchema({"anyOf": [dict(item), {"type": "array", "items": dict(item)}]})


def _each_once(values: tuple[str, ...]) -> tuple[str, ...]:
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise ValueError(f"{', '.join(twice)} stands here twice")
    return values


def _amount(value: object) -> int | str:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST:
        return value
    if isinstance(value, str) and re.fullmatch(_NODES_FORM[1:-1], value):
        return value
    raise ValueError('expected an integer, "nodes" or an expression such as "nodes - 1"')


def _how(value: object) -> str | tuple[str, ...]:
    if isinstance(value, str) and re.fullmatch(SLUG_FORM[1:-1], value):
        return value
    if isinstance(value, list) and value and all(_is_step(one) for one in value):
        return tuple(_one_line(one) for one in value)
    raise ValueError("expected the id of a procedure, or a list of steps")


def _is_step(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST


Slug = Annotated[str, StringConstraints(pattern=SLUG_FORM, max_length=64)]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=1000),
    AfterValidator(_one_line),
]
Command = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
"""A text whose line breaks mean something."""
Label = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=64),
    AfterValidator(_one_line),
]
Date = Annotated[str, StringConstraints(pattern=_DATE_FORM), AfterValidator(_real_day)]
Pin = Annotated[str, StringConstraints(pattern=_PIN_FORM)]
Comparison = Annotated[str, StringConstraints(pattern=_COMPARISON_FORM)]
Address = Annotated[str, StringConstraints(pattern=_ADDRESS_FORM)]
RequirementRef = Annotated[str, StringConstraints(pattern=REFERENCE_FORM, max_length=129)]
"""`id` of a requirement on the same page, or `component/id`."""

Ids = Annotated[
    tuple[Slug, ...],
    BeforeValidator(listed),
    AfterValidator(_each_once),
    one_or_more(_SLUG_SCHEMA),
]
Names = Annotated[
    tuple[Text, ...],
    BeforeValidator(listed),
    AfterValidator(_each_once),
    one_or_more(_TEXT_SCHEMA),
]
RequirementRefs = Annotated[
    tuple[RequirementRef, ...],
    BeforeValidator(listed),
    AfterValidator(_each_once),
    one_or_more(_REFERENCE_SCHEMA),
]
Amount = Annotated[
    int | str,
    PlainValidator(_amount),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": _MOST},
                {"type": "string", "pattern": _NODES_FORM},
            ]
        }
    ),
]
"""How many: a number, or one that follows from the number of the cluster's nodes."""
How = Annotated[
    str | tuple[str, ...],
    PlainValidator(_how),
    WithJsonSchema(
        {"anyOf": [_SLUG_SCHEMA, {"type": "array", "items": _TEXT_SCHEMA, "minItems": 1}]}
    ),
]
"""The id of a procedure, or the steps themselves."""
