"""The reference page of all diagnostics, made from the rules' own documentation."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb import frontmatter, pages, sources
from kb.diagnostics import Severity
from kb.rules import families
from kb.rules.rule import Rule

_INTRODUCTION = """\
---
answers: false
description: Every error and warning of kb check, with what is meant and what to do.
---

# Diagnostics

What `kb check` can find, by code. An error keeps the pages from being published; a warning does
not. Each diagnostic names the file, line and column, says what is the case and what to do, and
shows a second place where two belong together.
"""
_WRAP = re.compile(r"(?<!\n)\n(?!\n)")
_FAMILIES = (
    ("KB0", "Files"),
    ("KB1", "Front matter"),
    ("KB2", "Names and references"),
    ("KB3", "Requirements"),
    ("KB4", "Prose and links"),
    ("KB5", "Editorial"),
)


@dataclass(frozen=True, slots=True)
class Documented:
    """A kind of diagnostic with its documentation."""

    code: str
    name: str
    severity: Severity
    text: str


def documented() -> tuple[Documented, ...]:
    """Return every kind of diagnostic, in the order of codes."""
    return tuple(sorted(_all(), key=lambda one: one.code))


def rules_page() -> str:
    """Return the reference page as Markdown."""
    parts = [_INTRODUCTION]
    for prefix, title in _FAMILIES:
        parts.append(f"## {title}\n")
        parts += [_entry(one) for one in documented() if one.code.startswith(prefix)]
    return "\n".join(parts)


def _all() -> Iterator[Documented]:
    for kind in (*sources.KINDS, *frontmatter.KINDS, *pages.KINDS):
        yield Documented(kind.code, kind.name, kind.severity, kind.explanation)
    for rule in families.RULES:
        yield Documented(rule.code, rule.name, rule.severity, _documentation(rule))


def _documentation(rule: Rule) -> str:
    return _WRAP.sub(" ", inspect.cleandoc(type(rule).__doc__ or ""))


def _entry(one: Documented) -> str:
    heading = f"### {one.code} {one.name} {{#{one.code.lower()}}}"
    return f"{heading}\n\n*{str(one.severity).capitalize()}.* {one.text}\n"
