"""What outcomes add up to: figures, the result that is committed, and whether it is good enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.evaluation import confusions
from kb.evaluation.baselines import Baseline
from kb.evaluation.scoring import FAILURES, Failure, Outcome

FIGURES: tuple[str, ...] = ("right", *FAILURES, "listed-without-need", "wrong-intent")
"""The figures that a threshold can be set for; `right` is a share from 0 to 1, others are numbers
of questions, and of requirements for `listed-without-need`."""


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
    wrong_intents: int
    """Questions that were taken to want something else; it makes no answer wrong."""

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
            wrong_intents=sum(
                number for *_, number in confusions.confusion(outcomes, "intent").mistaken
            ),
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
        if name == "wrong-intent":
            return self.wrong_intents
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
            "wrong_intents": self.wrong_intents,
        }


@dataclass(frozen=True, slots=True)
class SetResult:
    """What became of a set of questions; those held back are counted apart."""

    name: str
    outcomes: tuple[Outcome, ...]
    """Of all questions."""
    baseline: Baseline | None = None
    """What search alone made of them, where that was tried."""

    @property
    def shown(self) -> tuple[Outcome, ...]:
        """The outcomes that may be looked at."""
        return tuple(one for one in self.outcomes if not one.question.is_held)

    @property
    def held(self) -> tuple[Outcome, ...]:
        """The outcomes of the questions that are held back."""
        return tuple(one for one in self.outcomes if one.question.is_held)

    @property
    def figures(self) -> Figures:
        """The figures of the questions that may be looked at."""
        return Figures.of(self.shown)

    @property
    def by_tag(self) -> dict[str, Figures]:
        """The figures of the questions that bear a tag, in order of the alphabet."""
        return _by_tag(self.shown)

    def to_json(self, *, names_held: bool = False) -> dict[str, Any]:
        """Return what is committed: figures, confusions, right of all by tag, each outcome.

        Of the questions held back there are figures alone, unless their names are wanted.
        """
        held: dict[str, Any] = {}
        if self.held:
            held["held"] = _figures(self.held)
        if self.held and names_held:
            held["held"]["outcomes"] = _labels(self.held)
        searched: dict[str, Any] = {}
        if self.baseline is not None:
            found = Figures.of(self.baseline.outcomes)
            searched["baseline"] = {"threshold": self.baseline.threshold, **found.to_json()}
        return {
            **_figures(self.shown),
            "tags": {tag: f"{one.right}/{one.questions}" for tag, one in self.by_tag.items()},
            "outcomes": _labels(self.shown),
            **held,
            **searched,
        }


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "figures": Figures.of(outcomes).to_json(),
        "confusion": confusions.to_json(outcomes),
    }


def _labels(outcomes: Sequence[Outcome]) -> dict[str, str]:
    return {one.question.id: one.label for one in outcomes}


def _by_tag(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    tags = sorted({tag for one in outcomes for tag in one.question.tags})
    return {tag: Figures.of([one for one in outcomes if tag in one.question.tags]) for tag in tags}


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


def shortfalls(
    result: SetResult, bounds: Mapping[str, float], held_bounds: Mapping[str, float] | None = None
) -> tuple[Shortfall, ...]:
    """Return the figures that miss their bound: `right` is a least, every other a most."""
    held = Figures.of(result.held)
    return (
        *_shortfalls(result.name, result.figures, bounds),
        *_shortfalls(f"{result.name} (held)", held, held_bounds or {}),
    )


def _shortfalls(name: str, figures: Figures, bounds: Mapping[str, float]) -> tuple[Shortfall, ...]:
    found = []
    for figure, bound in bounds.items():
        value = figures.value(figure)
        if (value < bound) if figure == "right" else (value > bound):
            found.append(Shortfall(name, figure, value, bound))
    return tuple(found)


def changes(before: Mapping[str, Any], results: Iterable[SetResult]) -> tuple[str, ...]:
    """Return a line for each new set, and for each question whose outcome is another than before.

    `before` are the committed results, as `to_json` gives them, by the name of the set. Of the
    questions held back only their number is told.
    """
    found = []
    for result in results:
        if result.name not in before:
            found.append(f"{result.name}: new")
            continue
        known = before[result.name].get("outcomes", {})
        now = _labels(result.shown)
        for name in dict.fromkeys((*known, *now)):
            was, is_ = known.get(name, "(new)"), now.get(name, "(gone)")
            if was != is_:
                found.append(f"{result.name} {name}: {was} -> {is_}")
        held = before[result.name].get("held", {}).get("figures", {}).get("right", 0)
        if held != (right := Figures.of(result.held).right):
            found.append(f"{result.name} (held): {held} right -> {right} right")
    return tuple(found)
