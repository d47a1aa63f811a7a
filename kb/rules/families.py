"""All rules in one table, one module a family."""

from __future__ import annotations

from kb.rules import (
    checks,
    contradictions,
    editorial,
    existence,
    links,
    names,
    prose,
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
        prose,
        links,
        editorial,
    )
    for rule in family.RULES
)
"""All rules, in the order of their codes."""
