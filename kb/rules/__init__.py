"""What pages can have wrong: one class a rule, one module a family, one table of all."""

from __future__ import annotations

from collections.abc import Iterator

from kb.diagnostics import Diagnostic
from kb.rules.families import RULES
from kb.rules.fixes import apply_fixes
from kb.rules.page import Documented, documented, rules_page
from kb.rules.rule import Rule
from kb.rules.world import World

__all__ = [
    "RULES",
    "Documented",
    "Rule",
    "World",
    "apply_fixes",
    "check",
    "documented",
    "rules_page",
]


def check(world: World) -> Iterator[Diagnostic]:
    """Yield what all rules find."""
    for rule in RULES:
        yield from rule.check(world)
