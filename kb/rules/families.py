"""All rules in one table, one module a family."""

from __future__ import annotations

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
