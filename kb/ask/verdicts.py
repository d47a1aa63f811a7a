"""The verdict table, and how verdicts of several statements and worlds are put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kb.ask import worlds
from kb.ask.answer import Verdict
from kb.ask.reading import AskedPlacement, Modality
from kb.ask.record import kept
from kb.ask.worlds import World
from kb.catalog import Requirement
from kb.model import LEVELS, Level, Placement

Column = Literal[
    "required",
    "need",
    "recommended",
    "can",
    "forbidden",
    "discouraged",
    "skip",
    "by-itself",
    "uses",
]
Row = Level | Literal["none"]

COLUMNS: tuple[Column, ...] = (
    "required",
    "need",
    "recommended",
    "can",
    "forbidden",
    "discouraged",
    "skip",
    "by-itself",
    "uses",
)
_TABLE: Mapping[Row, str] = {
    # one letter a column of COLUMNS: y yes, n no, - null (said in words)
    "must": "yyyynnnny",
    "should": "nyyynnyn-",
    "may": "nn-ynnyn-",
    "need-not": "nnn-nnynn",
    "automatic": "nnn-nnyyy",
    "should-not": "nnnynyyn-",
    "must-not": "nnnnyyynn",
    "none": "nnn-nnynn",
}
_ABSENT: Mapping[Column, Verdict | None] = {
    "required": "no",
    "need": "no",
    "recommended": "no",
    "can": None,
    "forbidden": "no",
    "discouraged": "no",
    "skip": "yes",
    "by-itself": "no",
    "uses": "no",
}
"""Where a requirement does not apply."""
_LETTERS: Mapping[str, Verdict | None] = {"y": "yes", "n": "no", "-": None}
_VERDICTS: Mapping[tuple[Row, Column], Verdict | None] = {
    (row, column): _LETTERS[letter]
    for row, letters in _TABLE.items()
    for column, letter in zip(COLUMNS, letters, strict=True)
}
_STRENGTH: tuple[Level, ...] = (
    "must-not",
    "must",
    "automatic",
    "should",
    "should-not",
    "may",
    "need-not",
)
_PLACED: Mapping[tuple[Placement, AskedPlacement], bool] = {
    # stated, asked -> whether it is so; what is not listed is not recorded
    ("each-node", "one-node"): False,
    ("each-node", "once-per-cluster"): False,
    ("each-node", "once-per-deployment"): False,
    ("each-node", "one-per-cluster"): False,
    ("each-node", "several"): True,
    ("once-per-cluster", "one-per-cluster"): True,
    ("once-per-deployment", "one-per-cluster"): False,
    ("outside-cluster", "one-per-cluster"): False,
    ("one-node", "each-node"): False,
    ("once-per-cluster", "each-node"): False,
    ("once-per-deployment", "each-server"): False,
    ("once-per-deployment", "each-cluster"): False,
    ("outside-cluster", "each-node"): False,
    ("outside-cluster", "one-node"): False,
    ("once-per-cluster", "several"): False,
    ("one-node", "several"): False,
    ("once-per-deployment", "several"): False,
    ("each-node", "particular-node"): True,
    ("each-node", "each-machine"): True,
    ("one-node", "each-machine"): False,
    ("once-per-cluster", "each-machine"): False,
    ("once-per-deployment", "each-machine"): False,
    ("outside-cluster", "each-machine"): False,
    ("outside-cluster", "particular-node"): False,
    ("outside-cluster", "each-server"): False,
    ("outside-cluster", "each-cluster"): False,
}
_ONCE_LIKE = frozenset({"one-node", "once-per-cluster", "once-per-deployment"})


def of_level(row: Row, column: Column) -> Verdict | None:
    """Return the entry of the table; None where it is said in words."""
    return _VERDICTS[row, column]


def where_absent(column: Column) -> Verdict | None:
    """Return the verdict in a world in which no statement applies."""
    return _ABSENT[column]


def column_of(modality: Modality, *, is_object_negated: bool = False) -> Column:
    """Return the column of the table that a question of this modality is judged by.

    To be allowed something else than a thing is to be allowed to do without it; what is forbidden
    to be missing is required.
    """
    if is_object_negated and modality == "can":
        return "skip"
    if is_object_negated and modality == "forbidden":
        return "required"
    if is_object_negated and modality in ("required", "need"):
        return "forbidden"
    if is_object_negated and modality == "recommended":
        return "discouraged"
    if modality == "enough" or modality == "only-way":
        return "required"
    return modality


def is_placed(stated: Placement, asked: AskedPlacement) -> bool | None:
    """Return whether a thing with the stated placement has the asked one; None: not recorded."""
    if stated == asked:
        return True
    if stated in _ONCE_LIKE and asked in _ONCE_LIKE:
        return True if asked == "once-per-deployment" and stated != "one-node" else None
    return _PLACED.get((stated, asked))


@dataclass(frozen=True, slots=True)
class Match:
    """A statement that bears on what is asked."""

    requirement: Requirement
    distance: int = 0
    """0: about the very thing; more: inherited through so many broader terms."""
    verdicts: Mapping[Column, Verdict | None] | None = None
    """The verdicts where the level alone does not give them: placements and counts."""

    is_missed: bool = False
    """Whether it states a number that the number asked about does not keep to."""

    def verdict(self, column: Column) -> Verdict | None:
        """Return the verdict in a world in which it applies."""
        if self.verdicts is not None:
            return self.verdicts[column]
        return of_level(self.requirement.level, column)


@dataclass(frozen=True, slots=True)
class Case:
    """What is decided in one world: the verdict, and the statements that decide it."""

    verdict: Verdict | None
    matches: tuple[Match, ...]
    applying: Sequence[Match] = ()
    """All that apply in this world, those that give way to the deciding ones included."""
    by: Literal["table", "enough", "only-way"] = "table"
    """What gave the verdict: the table, or a rule for them all together."""


@dataclass(frozen=True)
class Judgement:
    """What is decided over all worlds that a question leaves open."""

    verdict: Verdict | None
    cases: tuple[tuple[World, Case], ...]
    considered: tuple[Match, ...] = ()
    """All statements that were held against the worlds, whether they apply in one or not."""

    @cached_property
    def decided_by(self) -> tuple[str, ...]:
        """Dimensions that decide, where the worlds differ (see `worlds.deciding`)."""
        values = {
            world: case.verdict
            if self.verdict == "depends"
            else tuple(one.requirement.ref for one in case.matches)
            for world, case in self.cases
        }
        return worlds.deciding(tuple(values), values)

    @property
    def matches(self) -> tuple[Match, ...]:
        """The statements that decide in some world, each once."""
        found = {one.requirement.ref: one for _, case in self.cases for one in case.matches}
        return tuple(found.values())

    @property
    def told(self) -> tuple[Match, ...]:
        """The statements that decide; else those of the same topology and version, else all."""
        open_worlds = [world for world, _ in self.cases]
        near = tuple(
            one
            for one in self.considered
            if any(worlds.is_home(one.requirement, world) for world in open_worlds)
        )
        return self.matches or near or self.considered


def judge(matches: Sequence[Match], column: Column, open_worlds: Sequence[World]) -> Judgement:
    """Return the judgement of these statements over the worlds."""
    cases = {world: _case(matches, column, world) for world in open_worlds}
    return settled(cases, column, matches)


@kept("judging")
def settled(cases: Mapping[World, Case], column: Column, considered: Sequence[Match]) -> Judgement:
    """Return the judgement that the cases of all open worlds make together."""
    found = {case.verdict for case in cases.values()}
    return Judgement(_combined(found, column), tuple(cases.items()), tuple(considered))


def inverted(verdict: Verdict | None) -> Verdict | None:
    """Return the verdict of the negated question."""
    turned: Mapping[Verdict, Verdict] = {"yes": "no", "no": "yes", "depends": "depends"}
    return None if verdict is None else turned[verdict]


def _case(matches: Sequence[Match], column: Column, world: World) -> Case:
    here = [one for one in matches if worlds.is_home(one.requirement, world)]
    nearest = min((one.distance for one in here), default=0)
    active = [one for one in here if worlds.applies(one.requirement, world)]
    exact = [one for one in active if one.distance == nearest]
    exact = [one for one in exact if one.is_missed] or exact
    if not exact:
        return Case(where_absent(column), ())
    strongest = min([one.requirement.level for one in exact], key=_STRENGTH.index)
    chosen = [one for one in exact if one.requirement.level == strongest]
    return Case(chosen[0].verdict(column), tuple(chosen), active)


def _combined(found: set[Verdict | None], column: Column) -> Verdict | None:
    if len(found) == 1:
        return next(iter(found))
    if column == "can" and found == {"yes", None}:
        return "yes"
    return "depends"


assert set(_STRENGTH) == set(LEVELS)
