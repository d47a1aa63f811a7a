"""Content against content: what the pages state in one state of theirs and not in another.

Pages are compared as their authors wrote them, so only those that differ need be read. What
follows for other pages from a change is not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kb.catalog import sentence
from kb.diff.details import Detail, Ids, circumstances, details
from kb.model import AnyPage, Level, PageType, RequirementEntry
from kb.pages import Page

ChangeKind = Literal[
    "added", "removed", "strengthened", "weakened", "reworded", "changed", "renamed", "prose"
]
"""What became of a page or of a requirement: `renamed` has another id or title, of `prose` only
the text below the facts differs."""

LABELS: Mapping[ChangeKind, str] = {
    "added": "Added",
    "removed": "Removed",
    "strengthened": "Strengthened",
    "weakened": "Weakened",
    "reworded": "Reworded",
    "changed": "Changed",
    "renamed": "Renamed",
    "prose": "Text edited",
}
"""Kind -> what readers are told."""
STRENGTH: Mapping[Level, tuple[str, int]] = {
    "must": ("for", 3),
    "should": ("for", 2),
    "may": ("for", 1),
    "must-not": ("against", 3),
    "should-not": ("against", 2),
    "need-not": ("against", 1),
}
"""Level -> what it speaks for or against, and how strongly; the others cannot be compared."""
_LEVEL_KEYS = {"must", "must_not", "should", "should_not", "may", "need_not", "automatic"}


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
    details: tuple[Detail, ...] = ()
    """What else has changed about it; of one that is new or gone, when and where it holds."""

    @property
    def aspects(self) -> tuple[str, ...]:
        """What else has changed about it, in a reader's words, each once."""
        if self.kind in ("added", "removed"):
            return ()
        return tuple(dict.fromkeys(one.aspect for one in self.details))


def changes(
    before: Sequence[Page], after: Sequence[Page], *, is_full: bool = False
) -> tuple[Change, ...]:
    """Return what has changed from one state of pages to another.

    Guides are passed over, and drafts are as if they were not there. Pages that are in neither or
    are the same in both need not be given. `is_full`: the requirements of pages that are new or
    gone are told, too.
    """
    old = {(_entry(one).type, one.id): one for one in before if _is_told(one)}
    new = sorted((one for one in after if _is_told(one)), key=lambda one: one.file.path)
    pairs: list[tuple[Page, Page | None]] = []
    for page in new:
        former = _former(page, old)
        pairs.append((page, former))
        if former is not None:
            del old[_entry(former).type, former.id]
    ids = {one.id: page.id for page, one in pairs if one is not None and one.id != page.id}
    found: list[Change] = []
    for page, former in pairs:
        if former is None:
            found.append(_of_page("added", page, None, _title(page)))
            found += [_added(page, one) for one in _listed(page) if is_full]
        else:
            found += _edited(former, page, ids)
    for page in sorted(old.values(), key=lambda one: one.file.path):
        found.append(_of_page("removed", page, _title(page), None))
        found += [_removed(page, one) for one in _listed(page) if is_full]
    return tuple(found)


def _former(page: Page, old: Mapping[tuple[PageType, str], Page]) -> Page | None:
    entry = _entry(page)
    names = (page.id, *entry.formerly)
    return next((old[entry.type, one] for one in names if (entry.type, one) in old), None)


def _edited(before: Page, after: Page, ids: Ids) -> Iterator[Change]:
    old, new = _entry(before), _entry(after)
    if (before.id, old.title) != (after.id, new.title):
        yield _of_page("renamed", after, old.title, new.title, _new_id(before.id, after.id))
    facts = details(old, new, {"title"}, ids)
    if facts:
        yield _of_page("changed", after, None, None, facts)
    yield from _requirements(before, after, ids)
    is_other = (before.id, old) != (after.id, new)
    if not is_other and before.front.body.strip() != after.front.body.strip():
        yield _of_page("prose", after, None, None)


def _requirements(before: Page, after: Page, ids: Ids) -> Iterator[Change]:
    was_none, is_none = (_stated(one) == "none" for one in (before, after))
    if was_none != is_none:
        said = "Clustering asks nothing of it."
        yield _of_page("changed", after, *((None, said) if is_none else (said, None)))
    old = {one.id: one for one in _listed(before)}
    for new in _listed(after):
        name = next((one for one in (new.id, *new.formerly) if one in old), None)
        change = _requirement(after, old.pop(name), new, ids) if name else _added(after, new)
        if change is not None:
            yield change
    yield from (_removed(after, one) for one in old.values())


def _added(page: Page, one: RequirementEntry) -> Change:
    said = sentence(one.level, one.action)
    return _of("added", page, one.id, None, said, circumstances(one, is_new=True))


def _removed(page: Page, one: RequirementEntry) -> Change:
    said = sentence(one.level, one.action)
    return _of("removed", page, one.id, said, None, circumstances(one, is_new=False))


def _new_id(before: str, after: str) -> tuple[Detail, ...]:
    return (Detail("id", before, after),) if before != after else ()


def _requirement(
    page: Page, old: RequirementEntry, new: RequirementEntry, ids: Ids
) -> Change | None:
    before, after = (sentence(one.level, one.action) for one in (old, new))
    found = details(old, new, _LEVEL_KEYS, ids)
    renamed = _new_id(old.id, new.id)
    if before == after and not found:
        return _of("renamed", page, new.id, before, after, renamed) if renamed else None
    return _of(_kind(old, new), page, new.id, before, after, (*renamed, *found))


def _kind(old: RequirementEntry, new: RequirementEntry) -> ChangeKind:
    if old.level == new.level:
        return "reworded" if old.action != new.action else "changed"
    (side, was), (other, now) = (STRENGTH.get(one.level, (one.level, 0)) for one in (old, new))
    if side != other:
        return "changed"
    return "strengthened" if now > was else "weakened"


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
    kind: ChangeKind,
    page: Page,
    before: str | None,
    after: str | None,
    details: tuple[Detail, ...] = (),
) -> Change:
    return _of(kind, page, None, before, after, details)


def _of(
    kind: ChangeKind,
    page: Page,
    requirement: str | None,
    before: str | None,
    after: str | None,
    details: tuple[Detail, ...] = (),
) -> Change:
    entry = _entry(page)
    return Change(
        kind, entry.type, page.id, entry.title, page.file.path, requirement, before, after, details
    )
