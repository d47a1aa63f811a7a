"""What was made of one generation, kept to be given again: up to a size, and never of two.

The oldest makes room for the new. To be used from the event loop alone.
"""

from __future__ import annotations

import weakref
from collections.abc import Hashable
from typing import Generic, TypeVar

from api.state import Generation

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key, of the generation that was asked for last."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._generation: weakref.ref[Generation] | None = None
        self._values: dict[K, tuple[V, int]] = {}
        self._bytes = 0

    @property
    def size(self) -> int:
        """How much is kept, in bytes."""
        return self._bytes

    def get(self, generation: Generation, key: K) -> V | None:
        """Return what was kept of a generation; what is kept of any other is dropped."""
        if self._generation is None or self._generation() is not generation:
            self._generation = weakref.ref(generation)
            self._values, self._bytes = {}, 0
        found = self._values.get(key)
        return found[0] if found is not None else None

    def add(self, generation: Generation, key: K, value: V, size: int) -> None:
        """Keep a value that takes `size` bytes, unless another generation is kept by now."""
        if self._generation is None or self._generation() is not generation or key in self._values:
            return
        self._values[key] = (value, size)
        self._bytes += size
        while self._bytes > self._most_bytes:
            _, freed = self._values.pop(next(iter(self._values)))
            self._bytes -= freed
