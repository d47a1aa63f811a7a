"""The words of plans: each phrase that is not a writer's stands here, once.

A browser is given this table together with the master plan, so that both say the same. `{0}` and
`{1}` are filled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.catalog import Cited
from kb.model import Level
from kb.plan.master import Place

STEPS: tuple[Level, ...] = ("must", "should")
"""Levels of what is done; the others are remarks."""

PROHIBITIONS: tuple[Level, ...] = ("must-not", "should-not")

PLACES: Mapping[Place, tuple[str, str]] = {
    "before": ("Before you begin: the cluster", "What the cluster itself has to be."),
    "storage": ("On shared storage", ""),
    "outside": ("Outside the cluster", ""),
    "nodes": ("On each node of the cluster", ""),
    "node": ("On one node", ""),
    "cluster": ("Once in the cluster", ""),
    "deployment": ("Once in the whole deployment", ""),
    "components": (
        "Set up the components",
        "The pages do not say on which node: look in the procedure that a step names, if any.",
    ),
    "whole": ("The cluster as a whole", ""),
    "check": ("Check the result", "These commands only read. They change nothing."),
}
"""Place -> title of its section, and what is said below it; in the order of the work."""

LABELS: Mapping[Level, str] = {
    "must": "Must",
    "should": "Advised",
    "must-not": "Never",
    "should-not": "Better not",
    "automatic": "By itself",
    "need-not": "Not needed",
    "may": "Option",
}
"""What a step or remark of this level is headed with."""

WORDS: Mapping[str, str] = {
    "plan": "Plan: {0}",
    "plan-in": "Plan: {0}, {1}",
    "components": "Components: {0}.",
    "all": "all {0}",
    "version": "Version: {0}.",
    "nodes": "Nodes: {0}.",
    "order": "Order: by place. A step that comes after another says so; the pages ask for no more.",
    "yes": "Yes: {0}.",
    "no": "No: {0}.",
    "open": "Not decided: {0}.",
    "decide": "Decide first",
    "decide-topology": "Which topology?",
    "topologies": "One of: {0}. Steps that belong to one alone say so.",
    "adds": "If yes: {0}.",
    "adds-nothing": "If yes: nothing is added.",
    "adds-otherwise": "If no: {0}.",
    "adds-nothing-otherwise": "If no: nothing is to be done for it.",
    "step": "step {0}",
    "steps": "steps {0}",
    "steps-more": "steps {0} and {1} more",
    "more": "{0} more",
    "rules": "Keep to this throughout",
    "continued": "{0}, continued",
    "if": "Only if: {0}",
    "unless": "Only if not: {0}",
    "in": "Only in: {0}",
    "always": "in any case",
    "versions": "Versions: {0}",
    "from": "from {0} on",
    "up-to": "up to {0}",
    "between": "{0} to {1}",
    "first": "Done before: {0}",
    "first-of": "Done before, for {0}: {1}",
    "after": "After step {0}.",
    "afters": "After steps {0}.",
    "why": "Why: {0}",
    "how": "How:",
    "how-named": "How: {0}",
    "how-elsewhere": "How: look for “{0}” in the documentation of {1}. Its steps are not recorded "
    "here.",
    "how-somewhere": "How: look for “{0}”. Its steps are not recorded here.",
    "how-again": "How: as in step {0}, with the same procedure.",
    "check": "Check:",
    "expect": "Expect: {0}",
    "check-of": "Check: {0}",
    "shows": "It shows what came of step {0}.",
    "showss": "It shows what came of steps {0}.",
    "skipped": "Left out",
    "not-the-case": "Left out, because this is not the case: {0}.",
    "the-case": "Left out, because this is the case: {0}.",
    "nothing": "Nothing to do",
    "asks-nothing": "Clustering asks nothing of it.",
    "no-version": "Version {0} does not have it.",
    "no-step": "No step is needed for it here.",
    "not-recorded": "Nothing is recorded for it here.",
    "others": "Also good to know",
    "sources": "Sources",
    "empty": "There is nothing to do.",
    "for-each": "For each of: {0}",
    "both-ways": "{0} is said to be the case and not to be the case.",
    "excluded": "{0} and {1} cannot both be the case.",
    "narrower": "{0} cannot be the case where {1} is not.",
    "by-nodes-yes": "With {1} nodes, {0} is the case.",
    "by-nodes-no": "With {1} nodes, {0} is not the case.",
    "number-of-nodes": "{0} The nodes that are named: {1}.",
}


def fill(name: str, *values: object) -> str:
    """Return a phrase with its values.

    >>> fill("between", "1", "2")
    '1 to 2'
    """
    return _filled(WORDS[name], [str(one) for one in values])


def _filled(phrase: str, values: Sequence[str]) -> str:
    """Put values into a phrase; what stands in a value is never filled in again."""
    parts = phrase.split("{")
    return parts[0] + "".join(values[int(one[0])] + one[2:] for one in parts[1:])


def span(versions: Sequence[str], known: Sequence[str]) -> str:
    """Return in words which of the known versions these are; empty: all of them."""
    if tuple(versions) == tuple(known) or not versions:
        return ""
    first, last = versions[0], versions[-1]
    if last == known[-1]:
        return fill("from", first)
    if first == known[0]:
        return fill("up-to", last)
    return first if first == last else fill("between", first, last)


def source(cited: Cited) -> str:
    """Return where a fact is taken from: document, place in it, publisher."""
    place = f", {cited.locator}" if cited.locator else ""
    return f"{cited.title}{place} ({cited.publisher})"
