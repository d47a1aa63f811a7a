"""Content against content: what the pages state in one state of theirs and not in another.

Pages are compared as their authors wrote them, so only those that differ need be read. What
follows for other pages from a change is not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from kb.catalog import sentence
from kb.model import AnyPage, Level, PageType, RequirementEntry
from kb.pages import Page

ChangeKind = Literal[
    "added", "removed", "strengthened", "weakened", "reworded", "changed", "renamed", "prose"
]
"""What became of a page or of a requirement: `renamed` has another id or title, of `prose` only
the text below the facts differs."""

_STRENGTH: Mapping[Level, tuple[str, int]] = {
    "must": ("for", 3),
    "should": ("for", 2),
    "may": ("for", 1),
    "must-not": ("against", 3),
    "should-not": ("against", 2),
    "need-not": ("against", 1),
}
_LEVEL_KEYS = {"must", "must_not", "should", "should_not", "may", "need_not", "automatic"}
_UNTOLD = {"id", "formerly", "type", "format", "requirements", "questions", "owner", "reviewed"}
_UNTOLD |= {"description", "tags", "hide", "search", "template", "icon"}
"""Keys that state no fact, or whose changes are told by themselves."""
_ASPECTS = {
    "in_": "topologies",
    "when": "conditions",
    "unless": "conditions",
    "resource": "resources",
    "about": "mentions",
    "placement": "place",
    "count": "number",
    "by": "what brings it about",
    "instead": "what takes its place",
    "after": "order",
    "how": "how",
    "why": "reason",
    "verify": "check",
    "since": "versions",
    "until": "versions",
    "not_same_as": "what it is not",
    "same_as": "whose requirements it shares",
    "aliases": "other names",
    "broader": "what it is a kind of",
}
"""Key -> what readers call it; other keys are called by their names."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a page, or of one requirement on it."""

    kind: ChangeKind
    type: PageType
    page: str
    """Id of the page; the new one."""
    title: str
    """Title of the page; the new one."""
    path: str
    requirement: str | None
    """Id of the requirement, the new one; None where the page itself has changed."""
    before: str | None
    """What was said: the sentence, or the title of a page; None when there was nothing."""
    after: str | None
    aspects: tuple[str, ...] = ()
    """What else has changed about it, in a reader's words."""


def changes(before: Sequence[Page], after: Sequence[Page]) -> tuple[Change, ...]:
    """Return what has changed from one state of pages to another.

    Guides are passed over, and drafts are as if they were not there. Pages that are in neither or
    are the same in both need not be given.
    """
    old = {(_entry(one).type, one.id): one for one in before if _is_told(one)}
    found: list[Change] = []
    for page in sorted((one for one in after if _is_told(one)), key=lambda one: one.file.path):
        former = _former(page, old)
        if former is None:
            found.append(_of_page("added", page, None, _title(page)))
        else:
            del old[_entry(former).type, former.id]
            found += _edited(former, page)
    for page in sorted(old.values(), key=lambda one: one.file.path):
        found.append(_of_page("removed", page, _title(page), None))
    return tuple(found)


def _former(page: Page, old: Mapping[tuple[PageType, str], Page]) -> Page | None:
    entry = _entry(page)
    names = (page.id, *entry.formerly)
    return next((old[entry.type, one] for one in names if (entry.type, one) in old), None)


def _edited(before: Page, after: Page) -> Iterator[Change]:
    old, new = _entry(before), _entry(after)
    if (before.id, old.title) != (after.id, new.title):
        yield _of_page("renamed", after, old.title, new.title)
    facts = _aspects(old, new, {"title"})
    if facts:
        yield _of_page("changed", after, None, None, facts)
    asked = list(_requirements(before, after))
    yield from asked
    is_other = (before.id, old) != (after.id, new)
    if not is_other and before.front.body.strip() != after.front.body.strip():
        yield _of_page("prose", after, None, None)


def _requirements(before: Page, after: Page) -> Iterator[Change]:
    was_none, is_none = (_stated(one) == "none" for one in (before, after))
    if was_none != is_none:
        said = "Clustering asks nothing of it."
        yield _of_page("changed", after, *((None, said) if is_none else (said, None)))
    old = {one.id: one for one in _listed(before)}
    for new in _listed(after):
        name = next((one for one in (new.id, *new.formerly) if one in old), None)
        change = _requirement(after, old.pop(name), new) if name else _added(after, new)
        if change is not None:
            yield change
    for one in old.values():
        yield _of("removed", after, one.id, sentence(one.level, one.action), None)


def _added(page: Page, one: RequirementEntry) -> Change:
    return _of("added", page, one.id, None, sentence(one.level, one.action))


def _requirement(page: Page, old: RequirementEntry, new: RequirementEntry) -> Change | None:
    before, after = (sentence(one.level, one.action) for one in (old, new))
    aspects = _aspects(old, new, _LEVEL_KEYS)
    if before == after and not aspects:
        return None
    return _of(_kind(old, new), page, new.id, before, after, aspects)


def _kind(old: RequirementEntry, new: RequirementEntry) -> ChangeKind:
    if old.level == new.level:
        return "reworded" if old.action != new.action else "changed"
    (side, was), (other, now) = (_STRENGTH.get(one.level, (one.level, 0)) for one in (old, new))
    if side != other:
        return "changed"
    return "strengthened" if now > was else "weakened"


def _aspects(old: Any, new: Any, but: set[str]) -> tuple[str, ...]:
    """Return what differs in a reader's words, in the order of the keys."""
    keys = (one.name for one in fields(new) if one.name not in _UNTOLD | but)
    differing = (key for key in keys if getattr(old, key, None) != getattr(new, key))
    return tuple(dict.fromkeys(_ASPECTS.get(key, key.replace("_", " ")) for key in differing))


def _is_told(page: Page) -> bool:
    return page.entry is not None and page.entry.status != "draft"


def _entry(page: Page) -> AnyPage:
    if page.entry is None:  # pragma: no cover - guides are left out before
        raise TypeError(page.file.path)
    return page.entry


def _title(page: Page) -> str:
    return _entry(page).title


def _stated(page: Page) -> Any:
    return getattr(page.entry, "requirements", None)


def _listed(page: Page) -> tuple[RequirementEntry, ...]:
    stated = _stated(page)
    return stated if isinstance(stated, tuple) else ()


def _of_page(
    kind: ChangeKind, page: Page, before: str | None, after: str | None, aspects: Any = ()
) -> Change:
    return _of(kind, page, None, before, after, aspects)


def _of(
    kind: ChangeKind,
    page: Page,
    requirement: str | None,
    before: str | None,
    after: str | None,
    aspects: tuple[str, ...] = (),
) -> Change:
    entry = _entry(page)
    return Change(
        kind, entry.type, page.id, entry.title, page.file.path, requirement, before, after, aspects
    )
