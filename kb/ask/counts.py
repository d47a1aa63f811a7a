"""Numbers that requirements state, held against numbers that questions state."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.ask.answer import Verdict
from kb.ask.verdicts import Column
from kb.catalog import Requirement
from kb.model import Count

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
    binding = requirement.level in ("must", "must-not", "automatic")
    asked_for = count.bound != "at-most" and amount <= limit
    enough: Verdict = "yes" if fits or (count.bound == "at-most") else "no"
    allowed: Verdict | None = "yes" if fits else ("no" if binding else "yes")
    if requirement.level in ("may", "need-not"):
        allowed = "yes" if fits and requirement.level == "may" else None
        asked_for = False
    required: Verdict = "yes" if asked_for and binding else "no"
    if is_enough:
        required = enough
    return {
        "required": required,
        "need": "yes" if asked_for else "no",
        "recommended": "yes" if fits else "no",
        "can": allowed,
        "forbidden": "yes" if allowed == "no" else "no",
        "discouraged": "no" if fits else "yes",
        "skip": "no" if required == "yes" else "yes",
        "uses": allowed,
    }
