"""What pages can have wrong: one class a rule, one module a family, one table of all."""

from __future__ import annotations

from collections.abc import Iterator

from kb.diagnostics import Diagnostic
from kb.rules import (
    bodies,
    checks,
    contradictions,
    editorial,
    existence,
    names,
    relations,
    requirements,
)
from kb.rules.rule import Rule
from kb.rules.world import World

__all__ = ["RULES", "Rule", "World", "check"]

RULES: tuple[Rule, ...] = tuple(
    rule()
    for family in (
        existence,
        names,
        relations,
        requirements,
        checks,
        contradictions,
        bodies,
        editorial,
    )
    for rule in family.RULES
)
"""All rules, in the order of their codes."""


def check(world: World) -> Iterator[Diagnostic]:
    """Yield what all rules find."""
    for rule in RULES:
        yield from rule.check(world)
