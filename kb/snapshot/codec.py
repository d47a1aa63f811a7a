"""Frozen values as JSON and back: a table in which each different value stands once.

Equal parts of a catalog (citations, lists of ids, whole requirements) are one value again when they
are read, which is faster and smaller than reading each. Only the classes that are listed by the
caller are ever made, and none is found by a name in the file.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from enum import Enum
from typing import Any

_TUPLE, _LIST, _MAPPING, _DATE = range(4)
_CLASSES = 4
"""The tag of the first class; those of the others follow."""


class Codec:
    """Reads and writes values made of these classes, and of what JSON knows.

    A node is a list: a tag, then its parts. A part is a text or null, true or false; or a number,
    which is the place of a text or node that was read before; or a number in a list of its own,
    which is that number.
    """

    def __init__(self, classes: Sequence[type]) -> None:
        self._classes = tuple(classes)
        self._tags = {one: _CLASSES + at for at, one in enumerate(self._classes)}
        self._names = {one: _field_names(one) for one in self._classes}

    @property
    def shape(self) -> str:
        """Digest of the classes and their fields: files of another shape cannot be read."""
        stated = [[one.__name__, *self._names[one]] for one in self._classes]
        return hashlib.sha256(json.dumps(stated).encode()).hexdigest()[:16]

    def encode(self, value: object) -> bytes:
        """Return a value as JSON. Raises TypeError for a value of another class."""
        writing = _Writing(self._tags, self._names)
        writing.part(value)
        return writing.encoded()

    def decode(self, content: bytes) -> Any:
        """Return the value that was encoded; `content` is taken to be what `encode` made."""
        stated = json.loads(content)
        done: list[Any] = stated["texts"]
        make = (tuple, list, _mapping, _date, *(self._maker(one) for one in self._classes))
        for tag, *parts in stated["nodes"]:
            values = [
                done[one] if type(one) is int else one[0] if type(one) is list else one
                for one in parts
            ]
            done.append(make[tag](values))
        return done[-1]

    def _maker(self, one: type) -> Callable[[list[Any]], Any]:
        if issubclass(one, Enum):
            return lambda values: one(values[0])
        names = self._names[one]
        return lambda values: one(**dict(zip(names, values, strict=True)))


class _Writing:
    """The table while it is made."""

    def __init__(self, tags: Mapping[type, int], names: Mapping[type, tuple[str, ...]]) -> None:
        self._tags = tags
        self._names = names
        self._nodes: list[list[Any]] = []
        self._places: dict[tuple[Any, ...], int] = {}

    def part(self, value: object) -> Any:
        """Return a value as a part of a node."""
        if value is None or type(value) in (str, bool):
            return value
        if type(value) in (int, float):
            return (value,)
        if isinstance(value, tuple):
            return self._node(_TUPLE, value)
        if isinstance(value, list):
            return self._node(_LIST, value)
        if isinstance(value, Mapping):
            return self._node(_MAPPING, [one for pair in value.items() for one in pair])
        if isinstance(value, datetime.date):
            return self._node(_DATE, [value.isoformat()])
        tag = self._tags.get(type(value))
        if tag is None:
            raise TypeError(f"{type(value).__name__} is no part of a snapshot")
        if isinstance(value, Enum):
            return self._node(tag, [value.value])
        return self._node(tag, [getattr(value, name) for name in self._names[type(value)]])

    def encoded(self) -> bytes:
        counts = Counter(one for node in self._nodes for one in node[1:] if type(one) is str)
        texts = {one: at for at, one in enumerate(t for t, count in counts.items() if count > 1)}

        def written(part: Any) -> Any:
            if type(part) is str:
                return texts.get(part, part)
            if type(part) is tuple:
                return list(part)
            return part + len(texts) if type(part) is int else part

        nodes = [[node[0], *map(written, node[1:])] for node in self._nodes]
        stated = {"texts": list(texts), "nodes": nodes}
        return json.dumps(stated, ensure_ascii=False, separators=(",", ":")).encode()

    def _node(self, tag: int, values: Iterable[object]) -> int:
        parts = [self.part(one) for one in values]
        # 1, 1.0 and True are equal to Python, so that their types belong to what is compared.
        key = (tag, *((type(one), type(one[0]), one) if type(one) is tuple else (type(one), one)
                      for one in parts))  # fmt: skip
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self._nodes)
            self._nodes.append([tag, *parts])
        return place


def _field_names(one: Any) -> tuple[str, ...]:
    return () if issubclass(one, Enum) else tuple(each.name for each in fields(one) if each.init)


def _mapping(values: list[Any]) -> dict[Any, Any]:
    return dict(zip(values[::2], values[1::2], strict=True))


def _date(values: list[Any]) -> datetime.date:
    return datetime.date.fromisoformat(values[0])
