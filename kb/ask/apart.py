"""What a question sets apart from what it asks: "unlike the A", "other than the B"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.ask import phrases
from kb.ask.scene import Scene

_JOINING = frozenset({"and", "or", "nor", ",", "the", "a", "our"})
_NAMES = frozenset("CGRT")


@dataclass(frozen=True, slots=True)
class Apart:
    """What a question sets apart from what it asks about."""

    positions: frozenset[int] = frozenset()
    """Positions of the words that do so, the names included."""
    left_out: frozenset[int] = frozenset()
    """Where the names begin that are left out of a list: "other than the A"."""
    done: tuple[int, int] = (0, 0)
    """From where to where it is told what is done already: "apart from being on each node"."""
    things: frozenset[int] = frozenset()
    """Where the names of resources begin that are left out: "besides the R"."""
    contrasted: frozenset[int] = frozenset()
    """Where the names of resources begin that are named for contrast: "instead of the R"."""


def set_apart(scene: Scene) -> Apart:
    """Return what the part that asks sets apart: left out, or named for contrast only."""
    line = scene.asked
    if not phrases.may_have("apart", line) or phrases.has("apart", "idiom", line):
        return Apart()
    items = scene.items(scene.asking.start, scene.asking.end)
    left_out = frozenset(_spans(scene, items, line, "left-out"))
    contrasted = frozenset(_spans(scene, items, line, "contrast"))
    contrasted |= frozenset(_likened(scene, items, line))
    if line.startswith(" whi "):
        contrasted |= frozenset(_spans(scene, items, line, "why"))
    cut = left_out | contrasted
    if contrasted and not any(one in _NAMES and at not in cut for one, at in items):
        cut = left_out  # nothing else is named: it is what is asked about
    named = {one.start for one in scene.mentions if one.kind == "component"}
    begin, start, end = _done(scene, items, line)
    cut |= frozenset(range(begin, end))
    things = {one.start for one in scene.mentions if one.kind == "resource"}
    held = contrasted & cut & things
    return Apart(cut, left_out & named, (start, end), left_out & things, held)


def _done(scene: Scene, items: Sequence[tuple[str, int]], line: str) -> tuple[int, int, int]:
    """Return where it begins to be told what is done already, where that stands, and its end."""
    for match in phrases.occurrences("apart", "done", line):
        first = line[: match.start()].count(" ")
        start = items[line[: match.end()].count(" ") - 1][1]
        if not scene.words[start].word.endswith("ing") or start in _starts(scene):
            continue
        end = start + 1
        while end < scene.asking.end and not scene.words[end].break_before:
            end += 1
        return items[first][1], start, end
    return 0, 0, 0


def _starts(scene: Scene) -> frozenset[int]:
    return frozenset(one.start for one in scene.mentions)


def _spans(
    scene: Scene, items: Sequence[tuple[str, int]], line: str, meaning: str
) -> Iterator[int]:
    """Yield the positions of the words that set something apart in this way."""
    for match in phrases.occurrences("apart", meaning, line):
        first = line[: match.start()].count(" ")
        last = line[: match.end()].count(" ")
        while items[first][0] in (",", "."):
            first += 1
        while items[last - 1][0] in (",", "."):
            last -= 1
        last = _with_joined(items, last)
        end = items[last][1] if last < len(items) else scene.asking.end
        yield from range(items[first][1], end)


def _likened(scene: Scene, items: Sequence[tuple[str, int]], line: str) -> Iterator[int]:
    """Yield the positions of "same" and "as the A" in "the same R as the A", "R like the A"."""
    for match in phrases.occurrences("apart", "alike", line):
        first = line[: match.start()].count(" ")
        last = _with_joined(items, line[: match.end()].count(" "))
        middle = next(i for i in range(first, last) if items[i][0] in ("as", "like"))
        end = items[last][1] if last < len(items) else scene.asking.end
        if items[first][0] == "same":
            yield items[first][1]
        yield from range(items[middle][1], end)


def _with_joined(items: Sequence[tuple[str, int]], last: int) -> int:
    """Return where the names end that are joined to the one before: "unlike A and B"."""
    end = last
    while end < len(items) and items[end][0] in _JOINING:
        end += 1
    is_joined = last < end < len(items) and items[end][0] == items[last - 1][0]
    is_listed = is_joined and any(one in ("and", "or", "nor") for one, _ in items[last:end])
    return _with_joined(items, end + 1) if is_listed else last
