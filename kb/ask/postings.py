"""Places in a list, by what stands there: the core of every index of the engine."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Protocol

from kb.ask.saving import Saved, packed, unpacked

MOST_CANDIDATES = 1_000
"""Components that are looked at for one question; words that more of them have tell too little."""

_ALIKE = 20
"""Where a word has fewer than so many times the places of another, all of them are compared."""


class _Places(Protocol):
    """Key -> places."""

    def get(self, key: str, default: Sequence[int], /) -> Sequence[int]:
        """Return the places of a key."""
        ...


class _Packed:
    """The places of all keys in one piece, as they are kept."""

    def __init__(self, saved: Saved) -> None:
        self._numbers = {key: at for at, key in enumerate(saved["keys"])}
        self._ends = unpacked(saved["ends"])
        self._every = unpacked(saved["places"])

    def get(self, key: str, default: Sequence[int], /) -> Sequence[int]:
        at = self._numbers.get(key)
        if at is None:
            return default
        return self._every[self._ends[at - 1] if at else 0 : self._ends[at]]

    def saved(self) -> Saved:
        ends, places = packed(self._ends), packed(self._every)
        return {"keys": list(self._numbers), "ends": ends, "places": places}


class Postings:
    """The places at which keys stand. Places are added in ascending order; four bytes each."""

    def __init__(self, saved: Saved | None = None) -> None:
        """Begin with no place, or with all that `saved` returned."""
        self._added: dict[str, array[int]] = {}
        self._places: _Places = self._added if saved is None else _Packed(saved)

    def add(self, keys: Iterable[str], place: int) -> None:
        """Let each of these keys, all different, stand at a place; only where all are added."""
        for key in keys:
            self._added.setdefault(key, array("I")).append(place)

    def pack(self) -> None:
        """Take a fraction of the memory, now that all places are added."""
        self._places, self._added = _Packed(self.saved()), {}

    def saved(self) -> Saved:
        """Return all places as they are kept."""
        if isinstance(self._places, _Packed):
            return self._places.saved()
        keys = sorted(self._added)
        every, ends = array("I"), array("I")
        for key in keys:
            every.extend(self._added[key])
            ends.append(len(every))
        return {"keys": keys, "ends": packed(ends), "places": packed(every)}

    def of(self, keys: Iterable[str]) -> Sequence[int]:
        """Return the places at which one of the keys stands, in order; not to be changed."""
        found = [places for key in keys if (places := self._places.get(key, ()))]
        return found[0] if len(found) == 1 else sorted({at for one in found for at in one})

    def together(self, words: Sequence[Iterable[str]], most: int) -> list[int]:
        """Return the places at which one key of each word stands; none where that is no help.

        It is none when each word stands at more than `most` places.
        """
        rarest = min(words, key=self._spread, default=())
        if self._spread(rarest) > most:
            return []
        found = set(self.of(rarest))
        for one in words:
            if self._spread(one) < _ALIKE * len(found):
                found.intersection_update(self.of(one))
            elif found:
                found = {at for at in found if self.has(one, at)}
        return sorted(found)

    def has(self, keys: Iterable[str], place: int) -> bool:
        """Return whether one of the keys stands at a place."""
        for key in keys:
            places = self._places.get(key, ())
            at = bisect_left(places, place)
            if at < len(places) and places[at] == place:
                return True
        return False

    def _spread(self, keys: Iterable[str]) -> int:
        return sum(self.sizes(keys))

    def sizes(self, keys: Iterable[str]) -> list[int]:
        """Return at how many places each key stands."""
        return [len(self._places.get(key, ())) for key in keys]
