"""What a benchmark gives: figures, each measured several times, with the goal it is held against.

A figure is judged by its median. Goals are told, never enforced: machines are shared and noisy.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DIGITS = 3
"""Significant digits that are kept: more would be noise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much is measured."""

    rounds: int
    """Repetitions of what is measured side by side."""
    seconds: float
    """Length of one round of requests."""
    questions: int | None
    """How many questions are asked about each knowledge base; None: all that there are."""
    components: int
    """Size of the generated knowledge base."""
    many: int | None
    """Size of the large one; None: it is left out."""
    most: int | None
    """Size of the largest, on which questions alone are measured; None: it is left out."""

    @property
    def is_full(self) -> bool:
        """Whether the figures mean anything, or only show that they can be measured."""
        return self.many is not None


FULL = Effort(rounds=7, seconds=0.6, questions=None, components=1_000, many=10_000, most=100_000)
QUICK = Effort(rounds=1, seconds=0.2, questions=25, components=20, many=None, most=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Something that was measured; no values: it could not be, and the note says why."""

    name: str
    unit: str
    """Empty for a ratio or a share."""
    values: tuple[float, ...]
    """One for each repetition."""
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""

    @property
    def median(self) -> float | None:
        """What the figure is judged by."""
        return statistics.median(self.values) if self.values else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None: there is none."""
        if self.at_least is None and self.at_most is None:
            return None
        if self.median is None:
            return False
        enough = self.at_least is None or self.median >= self.at_least
        return enough and (self.at_most is None or self.median <= self.at_most)

    @property
    def goal(self) -> str:
        """The goal in words; empty: there is none."""
        said = [f"at least {self.at_least:g}"] if self.at_least is not None else []
        said += [f"at most {self.at_most:g}"] if self.at_most is not None else []
        return ", ".join(said)

    def to_json(self) -> dict[str, Any]:
        """Return the figure as it stands in the result file."""
        found: dict[str, Any] = {
            "unit": self.unit,
            "median": None if self.median is None else rounded(self.median),
            "min": rounded(min(self.values)) if self.values else None,
            "max": rounded(max(self.values)) if self.values else None,
            "repetitions": len(self.values),
            "goal": {
                name: value
                for name, value in (("at_least", self.at_least), ("at_most", self.at_most))
                if value is not None
            }
            or None,
            "met": self.met,
        }
        return found | ({"note": self.note} if self.note else {})


def rounded(value: float) -> float:
    """Return a value without the digits that are noise.

    >>> rounded(0.123456), rounded(12345.6)
    (0.123, 12300.0)
    """
    return float(f"{value:.{DIGITS}g}")


def ratios(upper: Sequence[float], lower: Sequence[float]) -> tuple[float, ...]:
    """Return what was measured against what was measured beside it, round by round."""
    return tuple(one / other for one, other in zip(upper, lower, strict=True))


def quantile(values: Iterable[float], share: float) -> float:
    """Return the value below which a share of the values lies (the nearest one that occurred)."""
    found = sorted(values)
    return found[min(len(found) - 1, int(share * len(found)))]


def table(sections: Mapping[str, Sequence[Figure]]) -> str:
    """Return all figures as text, a line each."""
    lines = []
    for section, figures in sections.items():
        lines += ["", section]
        width = max((len(one.name) for one in figures), default=0)
        lines += [f"  {one.name:<{width}}  {_line(one)}".rstrip() for one in figures]
    return "\n".join(lines).lstrip("\n")


def _line(figure: Figure) -> str:
    if figure.median is None:
        told = f"not measured: {figure.note}"
        return f"{told}  {_judged(figure)}"
    low, high = (_plain(one) for one in (min(figure.values), max(figure.values)))
    spread = f"{low} to {high}" if len(figure.values) > 1 else ""
    value = f"{_plain(figure.median)} {figure.unit}"
    return f"{value:>18}   {spread:<20} {_judged(figure)}"


def _judged(figure: Figure) -> str:
    words = {None: "", True: "met", False: "MISSED"}
    return f"{figure.goal}: {words[figure.met]}" if figure.goal else ""


def _plain(value: float) -> str:
    return f"{rounded(value):,g}" if abs(value) < 1_000 else f"{rounded(value):,.0f}"
