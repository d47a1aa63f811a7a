"""What became of question sets as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.cli import console
from kb.evaluation import ASPECTS, Failure, Figures, Outcome, SetResult, confusion


def show(result: SetResult, *, verbose: bool, with_held: bool) -> None:
    """Show a set: its figures, what is wrong, and apart from it the questions held back."""
    figures = result.figures
    console.say((result.name, "bold"), f": {_count(figures)}, {_right(figures)}")
    _say(_below(figures, result.shown))
    wrong = [f"{tag} {_wrong(one)}" for tag, one in result.by_tag.items() if _wrong(one)]
    if wrong:
        console.say(f"  wrong by tag: {', '.join(wrong)}")
    if result.held:
        held = Figures.of(result.held)
        console.say(f"  held back: {_count(held)}, {_right(held)}")
        _say(f"  {one}" for one in _below(held, result.held))
    if result.baseline is not None:
        found = Figures.of(result.baseline.outcomes)
        console.say(f"  search alone, with its best threshold: {_right(found)}")
        _say(f"  {one}" for one in _failures(found))
    if verbose:
        console.say("  right by tag:")
        for tag, one in result.by_tag.items():
            told = [tag, *(f"{failure} {number}" for failure, number in _failed(one))]
            console.say(f"    {one.right:3} of {one.questions:3}  {', '.join(told)}")
    for outcome in result.outcomes if with_held else result.shown:
        if not outcome.is_right or (verbose and outcome.unneeded):
            _show_outcome(outcome, verbose=verbose)


def _say(lines: Iterable[str]) -> None:
    for one in lines:
        console.say(one)


def _count(figures: Figures) -> str:
    return f"{figures.questions} question{'' if figures.questions == 1 else 's'}"


def _right(figures: Figures) -> str:
    return f"{figures.right} right ({figures.share:.1%})"


def _below(figures: Figures, outcomes: tuple[Outcome, ...]) -> Iterator[str]:
    """Yield what stands below the number of right answers."""
    yield from _failures(figures)
    if figures.requirements_listed:
        yield (
            f"  requirements: {figures.requirements_listed} listed, "
            f"{figures.listed_without_need} without need (precision {figures.precision:.1%})"
        )
    for aspect in ASPECTS:
        mistaken = confusion(outcomes, aspect).mistaken
        if mistaken:
            told = ", ".join(f"{wanted} as {got} {number}" for wanted, got, number in mistaken)
            yield f"  {aspect}, expected as got: {told}"


def _failures(figures: Figures) -> Iterator[str]:
    for failure, number in _failed(figures):
        yield f"  {number:4} {failure}"


def _failed(figures: Figures) -> list[tuple[Failure, int]]:
    return [(failure, number) for failure, number in figures.failures.items() if number]


def _wrong(figures: Figures) -> int:
    return figures.questions - figures.right


def _show_outcome(outcome: Outcome, *, verbose: bool) -> None:
    console.say(f"  {outcome.question.id}  ", (outcome.label, "yellow"))
    if verbose:
        console.say(f"      asked: {outcome.question.text}")
        if outcome.answer is not None:
            console.say(f"      said:  {outcome.answer.answer}")
        for fault in outcome.faults:
            console.say(f"      {fault.failure}: {fault.detail}")
        for name in sorted(outcome.unneeded):
            console.say(f"      without need: {name}")
