"""Says in a writer's words why a line is no YAML.

The scanner's own messages name its inner state. What went wrong is nearly always a text that needs
quotation marks, and the line shows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.diagnostics import Kind
from kb.frontmatter.kinds import QUOTE_TEXT, SYNTAX

_LINE = re.compile(r"(?P<lead>\s*(?:- +)*)(?:(?P<key>[\w-]+)[ \t]*:(?:[ \t]+|$))?(?P<value>.*)")
_GLUED = re.compile(r"\s*(?:- +)*(?P<key>[a-z][a-z-]*):(?P<value>[^\s:/].*)")
_OPENERS = {"[": "]", "{": "}"}
_SPECIAL = set("*&!`@%>|,]}?[{\"'")
_QUOTE = 'put the text into quotation marks: "…"'


@dataclass(frozen=True, slots=True)
class Riddle:
    """Why the scanner stopped: its messages and places (line and column from 0)."""

    problem: str
    at: tuple[int, int]
    context: str
    since: tuple[int, int] | None
    """Where the thing began that could not be finished."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What to tell about a riddle; line and column from 0."""

    kind: Kind
    line: int
    column: int
    message: str
    help: str


def advise(riddle: Riddle, lines: Sequence[str]) -> Advice:
    """Return what is wrong at the place where the scanner stopped, or near it."""
    line = riddle.at[0]
    here = lines[line] if line < len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return Advice(
            SYNTAX, line, 0, "a tab stands in the indentation", "indent with spaces, two a level"
        )
    if riddle.since and "quoted scalar" in riddle.context:
        began = riddle.since
        mark = lines[began[0]][began[1] : began[1] + 1]
        return Advice(
            SYNTAX,
            *began,
            f"the quotation mark {mark} that stands here is never closed",
            f"add the second {mark} at the end of the text",
        )
    for number in _suspects(riddle, len(lines)):
        found = _text_that_needs_quotes(lines[number], number)
        if found:
            return found
    for number in _suspects(riddle, len(lines)):
        glued = _GLUED.match(lines[number])
        if glued:
            return Advice(
                SYNTAX,
                number,
                glued.start("value"),
                f"no space stands behind the colon of `{glued['key']}`",
                f"write `{glued['key']}: …`",
            )
    return Advice(
        SYNTAX,
        min(line, max(len(lines) - 1, 0)),
        len(here) - len(here.lstrip()),
        "this does not fit the lines above it",
        "check the indentation: keys of one thing start in the same column, and what belongs to a "
        "key stands two spaces further in",
    )


def _suspects(riddle: Riddle, count: int) -> list[int]:
    """Return the lines to look at: where a flow value began, where it stopped, the one before."""
    numbers = [riddle.at[0], riddle.at[0] - 1]
    if riddle.since and ("flow" in riddle.context or "block scalar" in riddle.context):
        numbers.insert(0, riddle.since[0])
    return [one for one in dict.fromkeys(numbers) if 0 <= one < count]


def _text_that_needs_quotes(line: str, number: int) -> Advice | None:
    match = _LINE.fullmatch(line)
    if match is None or not match["value"] or match["value"].startswith("#"):
        return None
    value, column = match["value"].rstrip(), match.start("value")
    first = value[0]
    if first in "\"'":
        end = value.find(first, 1)
        if end > 0 and value[end + 1 :].strip() and not value[end + 1 :].lstrip().startswith("#"):
            return Advice(
                QUOTE_TEXT,
                number,
                column + end + 1,
                f"the quotation mark {first} ends the text here, and more follows",
                _requote(first),
            )
        return None
    if first in _OPENERS:
        return _bracket(value, number, column)
    if first in _SPECIAL and not (first in ">|" and re.fullmatch(r"[>|][+-]?\d?", value)):
        shown = "a backtick" if first == "`" else f"`{first}`"
        message = f"an unquoted text cannot begin with {shown}"
        return Advice(QUOTE_TEXT, number, column, message, _QUOTE)
    colon = re.search(r":(?=\s|$)", value)
    if colon and (match["key"] or "-" in match["lead"]):
        return Advice(
            QUOTE_TEXT,
            number,
            column + colon.start(),
            "an unquoted text cannot contain a colon with a space behind it",
            _QUOTE,
        )
    return None


def _bracket(value: str, number: int, column: int) -> Advice:
    first = value[0]
    last = value.rfind(_OPENERS[first])
    if last < 0:
        return Advice(
            SYNTAX,
            number,
            column,
            f"the bracket `{first}` that opens here is not closed as expected",
            f"close it with `{_OPENERS[first]}`, with commas between the items and quotation marks "
            "around texts that contain brackets, commas or colons",
        )
    if value[last + 1 :].strip():
        message = f"an unquoted text cannot begin with `{first}`"
        return Advice(QUOTE_TEXT, number, column, message, _QUOTE)
    return Advice(
        QUOTE_TEXT,
        number,
        column,
        f"the items between `{first}` and `{_OPENERS[first]}` cannot be told apart",
        "put each text that contains a bracket, comma, colon or number sign into quotation marks",
    )


def _requote(mark: str) -> str:
    if mark == '"':
        return "put the whole text into single quotation marks: '…'"
    return "write an apostrophe inside single quotation marks twice, or use double ones"
