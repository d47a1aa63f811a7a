"""JSON from strangers: read as RFC 8259 has it, with nothing repaired and nothing guessed."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from api.problems import ProblemError, pointer, shown

MOST_DIGITS = 100
"""How many digits an integer may have."""

# The quotation mark at the end is optional, so that text which has none is passed over only once.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


def parse(raw: bytes, most_depth: int) -> object:
    """Return the value of a JSON text, nested up to `most_depth`.

    Raises ProblemError: invalid-encoding, malformed-json or duplicate-parameter.
    """
    if b"\0" in raw:
        raise ProblemError("invalid-encoding", "The body is not UTF-8 text: it has NUL bytes.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(
            "invalid-encoding", f"The body is not UTF-8 text at byte {error.start}."
        ) from None
    if _depth(text) > most_depth:
        raise ProblemError(
            "malformed-json", f"The body is nested deeper than {most_depth}.", limit=most_depth
        )
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer
        )
    except json.JSONDecodeError as error:
        raise ProblemError(
            "malformed-json",
            f"The body is not JSON: {error.msg.removesuffix(' at')} at character {error.pos}.",
        ) from None


def _depth(text: str) -> int:
    """Return how deep a text is nested; strings are passed over."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ProblemError(
                "duplicate-parameter",
                f"The field {shown(name)} is given twice.",
                pointer=pointer("body", name),
            )
        found[name] = value
    return found


def _constant(name: str) -> NoReturn:
    raise ProblemError("malformed-json", f"{name} is no JSON number.")


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ProblemError(
            "malformed-json", f"A number has more than {MOST_DIGITS} digits.", limit=MOST_DIGITS
        )
    return int(digits)
