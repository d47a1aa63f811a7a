"""What outcomes add up to: figures, the result that is committed, and whether it is good enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.evaluation.scoring import FAILURES, Failure, Outcome

FIGURES: tuple[str, ...] = ("right", *FAILURES, "listed-without-need")
"""The figures that a threshold can be set for; `right` is a share from 0 to 1, others are numbers
of questions, and of requirements for the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Numbers of questions and of requirements over some outcomes."""

    questions: int
    right: int
    failures: Mapping[Failure, int]
    """Failure -> questions that have it; one that has several counts in each."""
    requirements_expected: int
    requirements_listed: int
    listed_without_need: int

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Figures:
        """Add up outcomes."""
        kinds = [{fault.failure for fault in one.faults} for one in outcomes]
        return cls(
            questions=len(outcomes),
            right=sum(one.is_right for one in outcomes),
            failures={failure: sum(failure in one for one in kinds) for failure in FAILURES},
            requirements_expected=sum(len(one.expected) for one in outcomes),
            requirements_listed=sum(len(one.listed) for one in outcomes),
            listed_without_need=sum(len(one.unneeded) for one in outcomes),
        )

    @property
    def share(self) -> float:
        """The share of questions that are right, from 0 to 1, to four digits; 1 of none."""
        return round(self.right / self.questions, 4) if self.questions else 1.0

    @property
    def precision(self) -> float:
        """The share of the listed requirements that were needed, likewise."""
        if not self.requirements_listed:
            return 1.0
        return round(1 - self.listed_without_need / self.requirements_listed, 4)

    def value(self, name: str) -> float:
        """Return one of FIGURES."""
        if name == "right":
            return self.share
        if name == "listed-without-need":
            return self.listed_without_need
        return next(number for failure, number in self.failures.items() if failure == name)

    def to_json(self) -> dict[str, Any]:
        """Return the figures as plain values, in a fixed order."""
        return {
            "questions": self.questions,
            "right": self.right,
            "share": self.share,
            "failures": dict(self.failures),
            "requirements": {
                "expected": self.requirements_expected,
                "listed": self.requirements_listed,
                "listed_without_need": self.listed_without_need,
                "precision": self.precision,
            },
        }


@dataclass(frozen=True, slots=True)
class SetResult:
    """What became of a set of questions."""

    name: str
    outcomes: tuple[Outcome, ...]

    @property
    def figures(self) -> Figures:
        """The figures of the whole set."""
        return Figures.of(self.outcomes)

    @property
    def by_tag(self) -> dict[str, Figures]:
        """The figures of the questions that bear a tag, in order of the alphabet."""
        tags = sorted({tag for one in self.outcomes for tag in one.question.tags})
        return {
            tag: Figures.of([one for one in self.outcomes if tag in one.question.tags])
            for tag in tags
        }

    def to_json(self) -> dict[str, Any]:
        """Return what is committed: figures, right of all by tag, and the outcome of each."""
        return {
            "figures": self.figures.to_json(),
            "tags": {tag: f"{one.right}/{one.questions}" for tag, one in self.by_tag.items()},
            "outcomes": {one.question.id: one.label for one in self.outcomes},
        }


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure that is not good enough."""

    set: str
    figure: str
    value: float
    bound: float

    def __str__(self) -> str:
        wanted = "at least" if self.figure == "right" else "at most"
        return f"{self.set}: {self.figure} is {self.value:g}, {wanted} {self.bound:g} is wanted"


def shortfalls(result: SetResult, bounds: Mapping[str, float]) -> tuple[Shortfall, ...]:
    """Return the figures that miss their bound: `right` is a least, every other a most."""
    figures = result.figures
    found = []
    for name, bound in bounds.items():
        value = figures.value(name)
        if (value < bound) if name == "right" else (value > bound):
            found.append(Shortfall(result.name, name, value, bound))
    return tuple(found)


def changes(before: Mapping[str, Any], results: Iterable[SetResult]) -> tuple[str, ...]:
    """Return a line for each new set, and for each question whose outcome is another than before.

    `before` are the committed results, as `to_json` gives them, by the name of the set.
    """
    found = []
    for result in results:
        if result.name not in before:
            found.append(f"{result.name}: new")
            continue
        known = before[result.name].get("outcomes", {})
        now = {one.question.id: one.label for one in result.outcomes}
        for name in dict.fromkeys((*known, *now)):
            was, is_ = known.get(name, "(new)"), now.get(name, "(gone)")
            if was != is_:
                found.append(f"{result.name} {name}: {was} -> {is_}")
    return tuple(found)
