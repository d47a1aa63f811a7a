"""One page of a list, and the Link header that leads to the others (RFC 8288)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar
from urllib.parse import urlencode

T = TypeVar("T")


def page_of(items: Sequence[T], limit: int, offset: int) -> Sequence[T]:
    """Return the items of one page; beyond the end there are none."""
    return items[offset : offset + limit]


def link_header(
    address: str, given: Mapping[str, object], total: int, limit: int, offset: int
) -> dict[str, str]:
    """Return the Link header of a page; no header where the list has but this one.

    `given` are the other parameters of the request; those that are None are left out.
    """
    last = max(0, (total - 1) // limit * limit)
    before = min(last, max(0, offset - limit))
    places = {"first": 0, "prev": before, "next": offset + limit, "last": last}
    if offset == 0:
        del places["prev"]
    if offset + limit >= total:
        del places["next"]
    if places.keys() == {"first", "last"} and total <= limit:
        return {}
    kept = {name: value for name, value in given.items() if value is not None}
    links = (
        f'<{address}?{urlencode({**kept, "limit": limit, "offset": place})}>; rel="{relation}"'
        for relation, place in places.items()
    )
    return {"Link": ", ".join(links)}
