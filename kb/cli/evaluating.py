"""`kb eval`: ask question sets and show how many answers are right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli import console
from kb.cli.console import FINDINGS, CommandError
from kb.cli.figures import show
from kb.cli.opening import knowledge_base
from kb.cli.options import FLAG, AsJson, DocsDir, docs_folder
from kb.evaluation import (
    QuestionSet,
    SetResult,
    Suite,
    baseline,
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
    held: Annotated[
        bool,
        typer.Option("--held", metavar=FLAG, help="Show the questions that are held back, too."),
    ] = False,
    with_baseline: Annotated[
        bool,
        typer.Option(
            "--baseline", metavar=FLAG, help="Also show what search alone would get right."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Ask questions whose answers are known, and show how many are answered right.

    Questions with the tag `held` are counted apart. Ends with 1 when a figure misses its bound.
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
    results = _run(sets, with_baseline=with_baseline or write)
    missed = [
        one
        for wanted, result in zip(sets, results, strict=True)
        for one in shortfalls(result, wanted.bounds, wanted.held)
    ]
    if as_json:
        console.say_json({one.name: one.to_json(names_held=held) for one in results})
    else:
        for result in results:
            show(result, verbose=verbose, with_held=held)
    if suite is not None:
        _compare(suite, results, write=write)
    for shortfall in missed:
        console.complain(str(shortfall))
    if missed:
        raise typer.Exit(FINDINGS)


def _sets(files: Iterable[Path], docs: Path, least: float) -> tuple[QuestionSet, ...]:
    bounds = {"right": least}
    named = tuple(
        QuestionSet(name=one.stem, docs=docs, questions=one, bounds=bounds, held=bounds)
        for one in files
    )
    golden = QuestionSet(name="golden", docs=docs, questions=None, bounds=bounds)
    return named or (golden,)


def _run(sets: Iterable[QuestionSet], *, with_baseline: bool) -> tuple[SetResult, ...]:
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
                    results[one.name] = SetResult(
                        one.name,
                        evaluate(asked, knowledge.ask),
                        baseline(asked, knowledge.catalog, knowledge.search)
                        if with_baseline
                        else None,
                    )
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
