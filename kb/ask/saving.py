"""The tables of the engine in the form in which they are kept: values that JSON has.

Working them out takes far longer than reading them. What an engine works out it keeps in the same
form, so that both give the same answers.
"""

from __future__ import annotations

import base64
import hashlib
import sys
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from kb import text

Saved = Mapping[str, Any]
"""Name of a table -> its content: texts, whole numbers, lists and mappings of them."""

V = TypeVar("V")

_MOST_READ = 4_096
"""Values of a shelf that are kept as read."""


class Shelf(Generic[V]):
    """Values that are kept as texts, each read when it is wanted."""

    def __init__(self, texts: Mapping[str, str], read: Callable[[str], V]) -> None:
        self.texts = texts
        self._read = read
        self._done: dict[str, V] = {}

    def once(self, name: str) -> V:
        """Return a value without keeping it as read."""
        return self._read(self.texts[name])

    def __getitem__(self, name: str) -> V:
        found = self._done.get(name)
        if found is None:
            found = self._read(self.texts[name])
            if len(self._done) >= _MOST_READ:
                self._done.clear()
            self._done[name] = found
        return found


def line(*parts: Iterable[str]) -> str:
    """Return several sets of words as one text, in order of the alphabet."""
    return "\t".join(" ".join(sorted(one)) for one in parts)


def sets(written: str) -> Iterable[frozenset[str]]:
    """Return the sets of words that `line` wrote."""
    return (frozenset(one.split()) for one in written.split("\t"))


def packed(numbers: array[int]) -> str:
    """Return numbers of four bytes as a text."""
    return base64.b64encode(_turned(numbers)).decode()


def unpacked(written: str) -> array[int]:
    """Return the numbers that `packed` wrote."""
    return _turned(array("I", base64.b64decode(written)))


def _turned(numbers: array[int]) -> array[int]:
    """Return numbers with the lowest byte first, or such as this machine has them."""
    if sys.byteorder == "little":
        return numbers
    turned = array("I", numbers)
    turned.byteswap()
    return turned


@cache
def maker() -> str:
    """Digest of all that tables are worked out by: tables of another maker are not used."""
    here = Path(__file__).parent
    digest = hashlib.sha256(f"{text.stemmer()} {unicodedata.unidata_version}".encode())
    for path in sorted(
        (
            here.parent / "text.py",
            here.parent / "stems.txt",
            *here.rglob("*.py"),
            *here.rglob("*.toml"),
        )
    ):
        digest.update(f"\n{path.relative_to(here.parent).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
