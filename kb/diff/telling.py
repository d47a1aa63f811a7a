"""A difference between topologies in words, as text and as Markdown: every form says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb import text
from kb.catalog import Catalog, Component, Requirement
from kb.diff.topologies import Difference, DifferenceKind, TopologyDiff, holders_of

KINDS: Mapping[DifferenceKind, tuple[str, str]] = {
    "add": ("Add", "asked or possible from now on"),
    "change": ("Change", "asked otherwise"),
    "stop": ("Stop", "from now on not to be done, or not needed"),
    "lapse": ("No longer asked", "nothing says that it must be undone"),
}
"""Kind -> what it is headed with, and what that means; in the order in which they are told."""
_COUNTED: Mapping[DifferenceKind, str] = {
    "add": "{0} to add",
    "change": "{0} to change",
    "stop": "{0} to stop",
    "lapse": "{0} no longer asked",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One difference in words."""

    text: str
    """The sentence, and in brackets when it holds."""
    before: str
    """What held instead, in the same way; empty where there was nothing of this sort."""


@dataclass(frozen=True, slots=True)
class Part:
    """What differs for one component, or for the whole cluster."""

    title: str
    kinds: tuple[tuple[str, str, tuple[Told, ...]], ...]
    """Heading, what it means, and what stands below it."""


def title(catalog: Catalog, diff: TopologyDiff) -> str:
    """Return what is compared, such as `Agent: from active-passive to active-active`."""
    named = [catalog.components[one].title for one in diff.components]
    whose = text.join(named) if named else catalog.products[diff.product].title
    before, after = (catalog.topologies[one].title for one in (diff.before, diff.after))
    return f"{whose}: from {before} to {after}"


def counted(differences: Sequence[Difference]) -> str:
    """Return how many differences there are of each kind; "" for none of any.

    >>> counted([Difference("add", "agent", None, None), Difference("add", "agent", None, None)])
    '2 to add'
    """
    numbers = {kind: sum(one.kind == kind for one in differences) for kind in KINDS}
    return ", ".join(said.format(numbers[kind]) for kind, said in _COUNTED.items() if numbers[kind])


def summary(catalog: Catalog, diff: TopologyDiff) -> str:
    """Return in a sentence how much differs, and for what nothing does."""
    compared = holders_of(catalog, diff.product, diff.components)
    differing = {one.component for one in diff.differences}
    alike = [
        one.title for one in compared if one.id not in differing and isinstance(one, Component)
    ]
    if diff.is_same:
        named = text.join(alike) if diff.components else catalog.products[diff.product].title
        return f"Nothing differs for {named}: what is asked is the same in both."
    same = f" The same in both: {text.join(alike)}." if alike else ""
    return f"{counted(diff.differences)}.{same}"


def parts(catalog: Catalog, diff: TopologyDiff) -> Iterator[Part]:
    """Yield what differs, by component."""
    for holder in holders_of(catalog, diff.product, diff.components):
        listed = [one for one in diff.differences if one.component == holder.id]
        if not listed:
            continue
        kinds = (
            (*KINDS[kind], tuple(_told(catalog, one) for one in listed if one.kind == kind))
            for kind in KINDS
        )
        name = holder.title if isinstance(holder, Component) else "The whole cluster"
        yield Part(name, tuple(one for one in kinds if one[2]))


def as_text(catalog: Catalog, diff: TopologyDiff) -> str:
    """Return a difference as plain text, with a line break at its end."""
    lines = [title(catalog, diff), summary(catalog, diff)]
    for part in parts(catalog, diff):
        lines += ["", part.title] if len(diff.components) != 1 else []
        for name, meaning, listed in part.kinds:
            lines += ["", f"{name} ({meaning})"]
            for one in listed:
                lines.append(f"  - {one.text}")
                lines += [f"    Before: {one.before}"] if one.before else []
    return "\n".join(lines) + "\n"


def as_markdown(catalog: Catalog, diff: TopologyDiff) -> str:
    """Return a difference as Markdown for a ticket, with a line break at its end."""
    lines = [f"# {text.escaped(title(catalog, diff))}", "", text.escaped(summary(catalog, diff))]
    for part in parts(catalog, diff):
        lines += ["", f"## {text.escaped(part.title)}"] if len(diff.components) != 1 else []
        for name, meaning, listed in part.kinds:
            lines += ["", f"**{name}**: {meaning}", ""]
            for one in listed:
                lines.append(f"- {text.escaped(one.text)}")
                lines += [f"    - Before: {text.escaped(one.before)}"] if one.before else []
    return "\n".join(lines) + "\n"


def _told(catalog: Catalog, one: Difference) -> Told:
    said, former = one.after or one.before, one.before if one.after else None
    return Told(_said(catalog, said), _said(catalog, former))


def _said(catalog: Catalog, one: Requirement | None) -> str:
    if one is None:
        return ""
    notes = [
        f"{word} {text.join(catalog.title_of(name) for name in names)}"
        for word, names in (("only if", one.when), ("not if", one.unless))
        if names
    ]
    if one.versions is not None and one.versions != catalog.product_of(one).versions:
        notes.append(f"only in {text.join(one.versions)}")
    return f"{one.text} ({'; '.join(notes)})" if notes else one.text
