"""Front-matter values into a page, or into all that is wrong with them.

A problem is a finding: where, of what kind, and what would be right. Putting it into a writer's
words, and guessing what was meant, is not done here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from kb.model.entries import AnyPage, LevelError
from kb.model.values import EXPECTED, PAGE_TYPES

PAGES: TypeAdapter[Any] = TypeAdapter(Annotated[AnyPage, Field(discriminator="type")])

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
        page: AnyPage = PAGES.validate_python(dict(values))
    except ValidationError as error:
        return tuple(_problem(one) for one in error.errors(include_url=False))
    return page


def _problem(error: Any) -> Problem:
    sort, value, context = error["type"], error["input"], error.get("ctx", {})
    kind = _KINDS.get(sort, "type")
    where = tuple(
        part
        for part in error["loc"][1:]
        if not (isinstance(part, str) and part.startswith(("(", "[")))
    )
    if sort.startswith("union_tag"):
        return Problem(("type",), kind, "a page type is expected", value, PAGE_TYPES)
    if kind == "choice":
        expected = tuple(re.findall(r"[\w-]+", context.get("expected", "").replace(" or ", " ")))
        return Problem(where, kind, f"{value!r} is none of them", value, expected)
    if sort == "string_pattern_mismatch" and context["pattern"] in EXPECTED:
        form, example = EXPECTED[context["pattern"]]
        return Problem(where, "value", f"expected {form}", value, help=example)
    if sort == "string_too_short":
        return Problem(where, kind, "the text is empty", value, help="write a text")
    if sort == "string_too_long":
        message = f"the text is longer than {context['max_length']} characters"
        return Problem(where, kind, message, value, help="say less")
    if isinstance(context.get("error"), LevelError):
        return Problem(where, "level", str(context["error"]), value)
    if sort in _SHAPES:
        message, advice = _SHAPES[sort]
        return Problem(where, kind, message, value, help=advice)
    message = str(error["msg"]).removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    return Problem(where, kind, message, value, help="correct the value")
