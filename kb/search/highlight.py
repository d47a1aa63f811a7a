"""Marks the words of a text that a search found. Gives pieces of plain text, never markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from kb.search.tokens import runs

EXCERPT = 240
"""Length of an excerpt in characters, about."""
MOST_READ = 20_000
"""Length up to which a text is looked through for the best excerpt."""
_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a text; the pieces of a text, put together, are that text."""

    text: str
    is_match: bool


def highlight(content: str, wanted: Collection[str]) -> tuple[Fragment, ...]:
    """Return a whole text in pieces, those that hold one of the terms marked."""
    return _fragments(content, _matches(content, wanted))


def excerpt(content: str, wanted: Collection[str]) -> tuple[Fragment, ...]:
    """Return the beginning of a text, or the stretch of it that holds many more terms, in pieces.

    It begins and ends between words; an ellipsis stands where something is left out.
    """
    if len(content) <= EXCERPT:
        return highlight(content, wanted)
    matches = _matches(content[:MOST_READ], wanted)
    start = _boundary(content, _best_start(matches))
    end = len(content[: _boundary(content, start + EXCERPT)].rstrip())
    start += len(content[start:end]) - len(content[start:end].lstrip())
    inside = [
        (first - start, last - start, found)
        for first, last, found in matches
        if start <= first and last <= end
    ]
    fragments = list(_fragments(content[start:end], inside))
    if start > 0:
        fragments.insert(0, Fragment("… ", False))
    if end < len(content):
        fragments.append(Fragment(" …", False))
    return tuple(fragments)


_Match = tuple[int, int, str]


def _matches(content: str, wanted: Collection[str]) -> list[_Match]:
    """Return (start, end, term) of each word that holds one of the terms."""
    return [
        (start, end, hits[0])
        for start, end, found in runs(content)
        if (hits := [one for one in found if one in wanted])
    ]


def _fragments(content: str, matches: list[_Match]) -> tuple[Fragment, ...]:
    pieces: list[Fragment] = []
    at = 0
    for start, end, _ in matches:
        if start > at:
            pieces.append(Fragment(content[at:start], False))
        pieces.append(Fragment(content[start:end], True))
        at = end
    if at < len(content):
        pieces.append(Fragment(content[at:], False))
    return tuple(pieces)


def _best_start(matches: list[_Match]) -> int:
    """Return where the first of the stretches with most different terms begins.

    That is the beginning of the text, which says best what it is about, if half as many are there.
    """
    best, most = 0, 0
    at_start = len({term for _, end, term in matches if end <= EXCERPT})
    inside: Counter[str] = Counter()
    last = 0
    for first, (start, _, term) in enumerate(matches):
        while last < len(matches) and matches[last][1] <= start - _BEFORE + EXCERPT:
            inside[matches[last][2]] += 1
            last += 1
        if len(inside) > most:
            best, most = start - _BEFORE, len(inside)
        if first < last:
            inside -= Counter((term,))
    return max(0, best) if at_start * 2 < most else 0


def _boundary(content: str, at: int) -> int:
    """Return the position nearest before `at` that is not inside a word, unless it is far."""
    if at >= len(content):
        return len(content)
    for near in range(at, max(0, at - _BEFORE), -1):
        if content[near - 1].isspace() or content[near].isspace():
            return near
    return at if at > _BEFORE else 0
