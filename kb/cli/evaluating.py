"""`kb eval`: ask question sets and show how many answers are right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli import console
from kb.cli.console import FINDINGS, CommandError
from kb.cli.opening import knowledge_base
from kb.cli.options import FLAG, AsJson, DocsDir, docs_folder
from kb.evaluation import (
    Figures,
    Outcome,
    QuestionSet,
    SetResult,
    Suite,
    changes,
    evaluate,
    golden_questions,
    read_questions,
    read_suite,
    shortfalls,
)


def evaluate_questions(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="Question files (JSON lines), or one index of them (*.toml). "
            "Default: the questions that the pages carry.",
            show_default=False,
        ),
    ] = None,
    docs_dir: DocsDir = None,
    least: Annotated[
        float,
        typer.Option(
            "--least",
            min=0.0,
            max=1.0,
            metavar="SHARE",
            help="The share of right answers, from 0 to 1, that is good enough. "
            "An index has bounds of its own.",
        ),
    ] = 1.0,
    write: Annotated[
        bool, typer.Option("--write", metavar=FLAG, help="Write results.json beside the index.")
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", "-v", metavar=FLAG, help="Show each wrong answer and the figures by tag."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Ask questions whose answers are known, and show how many are answered right.

    Ends with 1 when a figure misses its bound.
    """
    named = files or []
    suite = read_suite(named[0]) if len(named) == 1 and named[0].suffix == ".toml" else None
    if suite is None:
        sets = _sets(named, docs_folder(docs_dir), least)
    elif docs_dir is not None:
        raise CommandError("an index names the pages of its sets", "leave out --docs-dir")
    else:
        sets = suite.sets
    if write and suite is None:
        raise CommandError("--write needs an index of question sets (*.toml)")
    results = _run(sets)
    missed = [
        one
        for wanted, result in zip(sets, results, strict=True)
        for one in shortfalls(result, wanted.bounds)
    ]
    if as_json:
        console.say_json({one.name: one.to_json() for one in results})
    else:
        for result in results:
            _show(result, verbose=verbose)
    if suite is not None:
        _compare(suite, results, write=write)
    for shortfall in missed:
        console.complain(str(shortfall))
    if missed:
        raise typer.Exit(FINDINGS)


def _sets(files: Iterable[Path], docs: Path, least: float) -> tuple[QuestionSet, ...]:
    bounds = {"right": least}
    named = tuple(
        QuestionSet(name=one.stem, docs=docs, questions=one, bounds=bounds) for one in files
    )
    golden = QuestionSet(name="golden", docs=docs, questions=None, bounds=bounds)
    return named or (golden,)


def _run(sets: Iterable[QuestionSet]) -> tuple[SetResult, ...]:
    """Ask every set, building each knowledge base once."""
    sets = tuple(sets)
    files = {one.questions: read_questions(one.questions) for one in sets if one.questions}
    results: dict[str, SetResult] = {}
    for docs in dict.fromkeys(one.docs.resolve() for one in sets):
        knowledge = knowledge_base(docs)
        try:
            for one in sets:
                if one.docs.resolve() == docs:
                    asked = (
                        files[one.questions]
                        if one.questions
                        else golden_questions(knowledge.catalog)
                    )
                    results[one.name] = SetResult(one.name, evaluate(asked, knowledge.ask))
        finally:
            knowledge.close()
    return tuple(results[one.name] for one in sets)


def _compare(suite: Suite, results: tuple[SetResult, ...], *, write: bool) -> None:
    """Tell what is another outcome than the committed one, on standard error."""
    for line in changes(_committed(suite.results), results):
        console.note(line)
    if write:
        text = json.dumps({one.name: one.to_json() for one in results}, indent=2)
        suite.results.write_text(f"{text}\n", encoding="utf-8")
        console.note(f"wrote {suite.results}")


def _committed(path: Path) -> Mapping[str, Any]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        raise CommandError(f"{path} is not JSON", "delete it and write it again") from None
    return values if isinstance(values, dict) else {}


def _show(result: SetResult, *, verbose: bool) -> None:
    figures = result.figures
    count = f"{figures.questions} question{'' if figures.questions == 1 else 's'}"
    console.say((result.name, "bold"), f": {count}, {figures.right} right ({figures.share:.1%})")
    for failure, number in figures.failures.items():
        if number:
            console.say(f"  {number:4} {failure}")
    if figures.requirements_listed:
        console.say(f"  requirements: {_requirements(figures)}")
    if verbose:
        console.say("  right by tag:")
        for tag, one in result.by_tag.items():
            console.say(f"    {one.right:3} of {one.questions:3}  {tag}")
    for outcome in result.outcomes:
        if not outcome.is_right or (verbose and outcome.unneeded):
            _show_outcome(outcome, verbose=verbose)


def _requirements(figures: Figures) -> str:
    return (
        f"{figures.requirements_listed} listed, {figures.listed_without_need} without need "
        f"(precision {figures.precision:.1%})"
    )


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
