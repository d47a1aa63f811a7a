"""Numbers that requirements state, held against numbers that questions state."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.ask.answer import Verdict
from kb.ask.verdicts import Column
from kb.catalog import Requirement
from kb.model import Count, Level

_PARITY = re.compile(
    r"\b(?P<before>odd|even) number of (?P<one>[a-z-]+)"
    r"|\bnumber of (?P<two>[a-z-]+)(?: [a-z-]+){0,2}? (?P<behind>odd|even)\b"
)
"""Words of an action that ask for numbers of one kind, and what they count."""
_EXPRESSION = re.compile(r"nodes(?: *([+-]) *(\d+))?")


def limit_of(count: Count, nodes: int | None) -> int | None:
    """Return the number that the count states; None when it needs a number of nodes not given."""
    if isinstance(count.amount, int):
        return count.amount
    match = _EXPRESSION.fullmatch(count.amount)
    if match is None or nodes is None:
        return None
    sign, difference = match.groups()
    return nodes + (int(f"{sign}{difference}") if sign else 0)


def is_within(count: Count, amount: int, limit: int) -> bool:
    """Return whether a number satisfies the bound."""
    if count.bound == "at-least":
        return amount >= limit
    return amount <= limit if count.bound == "at-most" else amount == limit


def parity(requirement: Requirement) -> tuple[str, str] | None:
    """Return "odd" or "even" and the noun, where an action asks for such a number of something."""
    match = _PARITY.search(requirement.action.casefold())
    if match is None:
        return None
    return match["before"] or match["behind"], match["one"] or match["two"]


def verdicts(
    requirement: Requirement, amount: int, nodes: int | None, *, is_enough: bool
) -> Mapping[Column, Verdict | None] | None:
    """Return the verdicts on a number of what the requirement counts, by column.

    None when the requirement's number depends on a number of nodes that is not known.
    """
    count = requirement.count
    limit = limit_of(count, nodes) if count is not None else None
    if count is None or limit is None:
        return None
    fits = is_within(count, amount, limit)
    if requirement.level in ("must-not", "should-not"):
        fits = not fits
    is_cap = count.bound == "at-most"
    found = _table(requirement.level, fits=fits, is_asked_for=not is_cap and amount <= limit)
    if is_enough:
        found["required"] = "yes" if fits or is_cap else "no"
        found["skip"] = "no" if found["required"] == "yes" else "yes"
    return found


def of_parity(requirement: Requirement, amount: int) -> Mapping[Column, Verdict | None] | None:
    """Return the verdicts on a number where "an odd number of" is asked; None where it is not."""
    asked = parity(requirement)
    if asked is None or requirement.count is not None:
        return None
    fits = (amount % 2 == 1) is (asked[0] == "odd")
    if requirement.level in ("must-not", "should-not"):
        fits = not fits
    return _table(requirement.level, fits=fits, is_asked_for=False)


def _table(level: Level, *, fits: bool, is_asked_for: bool) -> dict[Column, Verdict | None]:
    binding = level in ("must", "must-not", "automatic")
    allowed: Verdict | None = "yes" if fits or not binding else "no"
    if level in ("may", "need-not"):
        allowed = "yes" if fits and level == "may" else None
        is_asked_for = False
    required: Verdict = "yes" if is_asked_for and binding else "no"
    return {
        "required": required,
        "need": "yes" if is_asked_for else "no",
        "recommended": "yes" if fits else "no",
        "can": allowed,
        "forbidden": "yes" if allowed == "no" else "no",
        "discouraged": "no" if fits else "yes",
        "skip": "no" if required == "yes" else "yes",
        "by-itself": "no",
        "uses": allowed,
    }
