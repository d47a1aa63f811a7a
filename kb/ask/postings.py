"""Places in a list, by what stands there: the core of every index of the engine."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

MOST_CANDIDATES = 1_000
"""Components that are looked at for one question; words that more of them have tell too little."""

_ALIKE = 20
"""Where a word has fewer than so many times the places of another, all of them are compared."""


class Postings:
    """The places at which keys stand. Places are added in ascending order; four bytes each."""

    def __init__(self) -> None:
        self._places: dict[str, array[int]] = {}

    def add(self, keys: Iterable[str], place: int) -> None:
        """Let each of these keys, all different, stand at a place."""
        for key in keys:
            self._places.setdefault(key, array("I")).append(place)

    def of(self, keys: Iterable[str]) -> Sequence[int]:
        """Return the places at which one of the keys stands, in order; not to be changed."""
        found = [self._places[key] for key in keys if key in self._places]
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
