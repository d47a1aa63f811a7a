"""Names where they stand in a question, and the letters that stand for them in patterns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from kb.ask.names import Bearers
from kb.ask.record import kept

Kind = Literal[
    "component", "resource", "topology", "product", "procedure", "kind", "version", "foreign"
]
_CLASSES: Mapping[str, str] = {
    "component": "C",
    "resource": "R",
    "topology": "T",
    "product": "P",
    "procedure": "M",
    "kind": "G",
    "version": "V",
    "foreign": "F",
}
_PRECEDENCE: tuple[Kind, ...] = (
    "component",
    "resource",
    "topology",
    "product",
    "procedure",
    "foreign",
    "version",
    "kind",
)


class Mention(NamedTuple):
    """A name in a question: tokens `start` up to `end` are the name of one of `ids`."""

    kind: Kind
    ids: tuple[str, ...]
    start: int
    end: int
    is_partial: bool = False
    """Whether only the first words of the name stand there."""

    @property
    def symbol(self) -> str:
        """The capital letter that stands for it in phrase patterns."""
        return _CLASSES[self.kind]


Parts = Sequence[Mention]
"""What may be part of a name, from left to right, at each place the longest first."""


@kept("name")
def mention_of(
    bearers: Bearers[Kind], start: int, end: int, *, is_partial: bool = False
) -> Mention:
    """Return the name that stands there, of the first kind of those that bear it."""
    kind = next(one for one in _PRECEDENCE if one in bearers)
    return Mention(kind, tuple(sorted(bearers[kind])), start, end, is_partial)
