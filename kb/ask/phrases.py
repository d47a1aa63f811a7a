"""Small patterns over words, as they stand in the data files.

A pattern is words with a space between them; each is compared by its stem. `a|b` is one of them,
`[a]` or `[a|b]` may be missing, `*` is any one word (`[*]`: one or none), `...` is up to four
words, `^` and `$` are the ends of the line. A word in capitals stands for a name of that class
(`C`: a component), so that patterns never hold a product's word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kb.ask import data
from kb.ask.words import stem

_END = r"(?![^ ])"
_GAP = r"(?: (?!\.)[^ ]+){0,4}?"
_OPEN = frozenset({"^", "$", "...", "*"})
"""Elements that any word, or none, satisfies."""
_ARTICLES = frozenset({"a", "an", "the"})
"""Words that many leave out: an element of these alone may always be missing."""
_LINES = 64
"""Lines of which it is kept which patterns they may have: about those of a few questions."""


@cache
def compiled(*patterns: str) -> re.Pattern[str]:
    """Return any of the patterns, over a line in which every word has a space before it."""
    return re.compile("|".join("".join(map(_element, one.split())) for one in patterns))


def _element(element: str) -> str:
    if element == "^":
        return r"\A"
    if element == "$":
        return r"(?: [.,])*\Z"
    if element == "...":
        return _GAP
    if element == "[*]":
        return "(?: [^ .,]+)?"
    if element == "*":
        return " [^ .,]+"
    words = element.strip("[]").split("|")
    optional = element.startswith("[") or _ARTICLES.issuperset(words)
    one = f" (?:{'|'.join(re.escape(_item(word)) for word in words)}){_END}"
    return f"(?:{one})?" if optional else one


def _item(word: str) -> str:
    """Return what stands in a line for this word of a pattern."""
    is_as_it_is = (word.isupper() and word != "I") or word in ",."
    return word if is_as_it_is else stem(word.casefold())


def _needed(pattern: str) -> Iterator[frozenset[str]]:
    """Yield for each element that may not be missing the items of which a line has one."""
    for element in pattern.split():
        words = element.split("|")
        if element not in _OPEN and not element.startswith("[") and not _ARTICLES.issuperset(words):
            yield frozenset(map(_item, words))


@cache
def group(name: str) -> Mapping[str, re.Pattern[str]]:
    """Return the compiled patterns of a group of the data file, by meaning."""
    return {meaning: compiled(*patterns) for meaning, patterns in data.phrases()[name].items()}


def occurrences(name: str, meaning: str, line: str) -> Iterator[re.Match[str]]:
    """Return where the line has the patterns of this meaning of the group, from left to right."""
    is_possible = _possible(line) & _listing().spans[name, meaning]
    return group(name)[meaning].finditer(line) if is_possible else iter(())


def may_have(name: str, line: str, meaning: str | None = None) -> bool:
    """Return whether the line has the words that some pattern cannot do without.

    A line made by leaving out words of this one has the pattern only if this one may have it.
    """
    listing = _listing()
    wanted = listing.groups[name] if meaning is None else listing.spans[name, meaning]
    return bool(_possible(line) & wanted)


def replaced(name: str, meaning: str, line: str, by: str = "") -> str:
    """Return the line with something else for the words that have this meaning."""
    return group(name)[meaning].sub(by, line) if may_have(name, line, meaning) else line


def hidden(name: str, meaning: str, line: str) -> str:
    """Return the line, of the same length, without the words that have this meaning."""
    for match in list(occurrences(name, meaning, line)):
        start, end = match.span()
        line = f"{line[:start]} {'_' * (end - start - 1)}{line[end:]}"
    return line


@lru_cache(maxsize=_LINES)
def first_meaning(name: str, line: str) -> str | None:
    """Return the first meaning of the group that the line has, in the order of the data file."""
    possible = _possible(line) & _listing().groups[name]
    return next(_meanings(line, possible), None) if possible else None


def has(name: str, meaning: str, line: str) -> bool:
    """Return whether the line has this meaning of the group."""
    possible = _possible(line) & _listing().spans[name, meaning]
    return bool(possible) and next(_meanings(line, possible), None) is not None


@dataclass(frozen=True, slots=True)
class _Listing:
    """All patterns of the data file in their order; sets of them are bits of a number.

    Each pattern stands at the items of those two of its elements which the fewest patterns have,
    and at "" for one that it has not. So a line is searched only for the few patterns of which it
    has these words, however many there are.
    """

    patterns: tuple[tuple[str, str], ...]
    """Meaning and pattern."""
    groups: Mapping[str, int]
    spans: Mapping[tuple[str, str], int]
    """(group, meaning) -> its patterns."""
    by_item: Mapping[str, tuple[int, int]]
    """Item -> the patterns that stand at it with their first and with their second element."""


@cache
def _listing() -> _Listing:
    patterns: list[tuple[str, str]] = []
    groups: dict[str, int] = {}
    spans: dict[tuple[str, str], int] = {}
    for name, meanings in data.phrases().items():
        groups[name] = 0
        for meaning, listed in meanings.items():
            spans[name, meaning] = ((1 << len(listed)) - 1) << len(patterns)
            groups[name] |= spans[name, meaning]
            patterns += [(meaning, one) for one in listed]
    needed = [list(_needed(one)) for _, one in patterns]
    spread = Counter(item for elements in needed for items in elements for item in items)
    by_item: dict[str, tuple[int, int]] = {}
    for at, elements in enumerate(needed):
        rarest = sorted(elements, key=lambda items: sum(spread[one] for one in items))
        for which, items in enumerate((*rarest[:2], {""}, {""})[:2]):
            for item in items:
                first, second = by_item.get(item, (0, 0))
                bit = 1 << at
                by_item[item] = (first, second | bit) if which else (first | bit, second)
    return _Listing(tuple(patterns), groups, spans, by_item)


def _meanings(line: str, left: int) -> Iterator[str]:
    """Yield the meanings of those of these patterns that the line has, in their order."""
    while left:
        lowest = left & -left
        left ^= lowest
        meaning, pattern = _pattern(lowest.bit_length() - 1)
        if pattern.search(line):
            yield meaning


@cache
def _pattern(place: int) -> tuple[str, re.Pattern[str]]:
    """Return the meaning of a pattern and what it is compiled to, when it is first wanted."""
    meaning, pattern = _listing().patterns[place]
    return meaning, compiled(pattern)


@lru_cache(maxsize=_LINES)
def _possible(line: str) -> int:
    """Return the patterns that the line may have."""
    by_item = _listing().by_item
    firsts, seconds = by_item.get("", (0, 0))
    for item in line.split():
        if (known := by_item.get(item)) is not None:
            firsts |= known[0]
            seconds |= known[1]
    return firsts & seconds
