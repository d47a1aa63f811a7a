"""What has changed about a page or a requirement, key by key, in a reader's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

Ids = Mapping[str, str]
"""Former id of a page -> its id now."""
_UNTOLD = {"id", "formerly", "type", "format", "requirements", "questions", "owner", "reviewed"}
_UNTOLD |= {"description", "tags", "hide", "search", "template", "icon"}
"""Keys that state no fact, or whose changes are told by themselves."""
_ASPECTS = {
    "in_": "topologies",
    "when": "conditions",
    "unless": "exceptions",
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
    "since": "from version",
    "until": "up to version",
    "not_same_as": "what it is not",
    "same_as": "whose requirements it shares",
    "aliases": "other names",
    "broader": "what it is a kind of",
}
"""Key -> what readers call it; other keys are called by their names."""
_DECIDING = {"in_", "when", "unless", "placement", "count", "since", "until"}
"""Keys that say when, where or how far a requirement holds."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One aspect of a page or requirement that has changed, in a reader's words."""

    aspect: str
    before: str
    """Empty where nothing was stated."""
    after: str


def details(old: Any, new: Any, but: Collection[str], ids: Ids) -> tuple[Detail, ...]:
    """Return what differs between two entries, in the order of the keys; new ids are no change."""
    found: list[Detail] = []
    for key in (one.name for one in fields(new) if one.name not in _UNTOLD and one.name not in but):
        before, after = getattr(old, key, None), getattr(new, key)
        if before != after and _renamed(before, ids) != after:
            found.append(Detail(_aspect(key), _plain(before), _plain(after)))
    return tuple(found)


def circumstances(entry: Any, *, is_new: bool) -> tuple[Detail, ...]:
    """Return when, where and how far a requirement holds that is new, or that is gone."""
    stated = ((one.name, _plain(getattr(entry, one.name))) for one in fields(entry))
    return tuple(
        Detail(_aspect(key), "" if is_new else said, said if is_new else "")
        for key, said in stated
        if key in _DECIDING and said
    )


def _aspect(key: str) -> str:
    return _ASPECTS.get(key, key.replace("_", " "))


def _renamed(value: Any, ids: Ids) -> Any:
    """Return a value in which the ids of pages are those that they have now."""
    if not ids:
        return value
    if isinstance(value, str):
        page, slash, rest = value.partition("/")
        return f"{ids.get(page, page)}{slash}{rest}"
    if isinstance(value, tuple):
        return tuple(_renamed(one, ids) for one in value)
    if isinstance(value, Mapping):
        return {_renamed(key, ids): one for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{key: _renamed(one, ids) for key, one in _members(value)})
    return value


def _plain(value: Any) -> str:
    """Return what a key states as one line for readers; empty where it states nothing."""
    if value is None or isinstance(value, str | int | float):
        return "" if value is None else str(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_plain(one)}" for key, one in value.items())
    if is_dataclass(value):
        return ", ".join(f"{key} {_plain(one)}" for key, one in _members(value) if one)
    if isinstance(value, Iterable):
        return "; ".join(_plain(one) for one in value)
    return str(value)


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    return ((one.name, getattr(value, one.name)) for one in fields(value) if one.init)
