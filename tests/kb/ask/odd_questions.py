"""Asks the engine made-up questions by the thousand, and looks at what it answers with.

`python -m tests.kb.ask.odd_questions SEED COUNT` asks `COUNT` questions of each set and writes what
was wrong, a line each, after the number of questions.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import cast

from kb.ask.answer import Answer
from kb.ask.engine import Engine
from kb.catalog import Catalog
from kb.compiler import compile_folder
from kb.errors import QuestionError
from kb.evaluation import read_questions, read_suite
from kb.model import PAGE_TYPES, PageType
from tests.kb.ask.mutation import Questions

SUITE = read_suite(Path(__file__).parents[2] / "questions" / "sets.toml")
MOST_MS = 250.0
"""Processor time that one question may take."""
SHOWN = 5
"""Faults that are told of one set."""


def ask(seed: int, each: int) -> tuple[int, list[str]]:
    """Ask so many questions of each set; return how many that are, and what was wrong."""
    count = 0
    told: list[str] = []
    for one in SUITE.sets:
        if one.questions is None:
            continue
        faults: list[str] = []
        catalog = compile_folder(one.docs).catalog
        assert catalog is not None
        engine, places = Engine(catalog), Places(catalog, one.docs)
        for question in islice(Questions(catalog, read_questions(one.questions), seed), each):
            count += 1
            if len(faults) < SHOWN:
                faults += [
                    f"{one.name}: {question!r}: {fault}"
                    for fault in _faults(engine, places, question)
                ]
        told += faults
    return count, told


def _faults(engine: Engine, places: Places, question: str) -> Iterator[str]:
    try:
        answer, taken = _timed(engine, question)
    except QuestionError as error:
        if error.problem not in ("missing-question", "question-too-long", "invalid-characters"):
            yield f"unknown problem {error.problem}"
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, the question is told with it
        yield f"{type(error).__name__}: {error}"
        return
    if taken > MOST_MS:  # what a busy machine slows down once is not slow each time
        taken = min(_timed(engine, question)[1] for _ in range(3))
    if taken > MOST_MS:
        yield f"took {taken:.0f} ms"
    yield from _unfounded(answer, places)


def _timed(engine: Engine, question: str) -> tuple[Answer, float]:
    """Return an answer, and the processor time that it took in ms."""
    started = time.process_time()
    answer = engine.ask(question)
    return answer, (time.process_time() - started) * 1000


def _unfounded(answer: Answer, places: Places) -> Iterator[str]:
    """Yield what an answer names or cites that the pages do not have, and what it lacks."""
    yield from _unknown_things(answer, places.catalog)
    for requirement in answer.requirements:
        if (requirement.component, requirement.ref) not in places.requirements:
            yield f"requirement {requirement.component} {requirement.ref}"
    for citation in answer.citations:
        if (citation.path, citation.anchor) not in places.anchors:
            yield f"citation of {citation.path}#{citation.anchor}"
        if citation.line not in places.lines.get(citation.path, ()):
            yield f"citation of {citation.path}:{citation.line}"
    if answer.status == "answered" and not answer.citations:
        yield "nothing cited"
    if (answer.status == "answered") is not (answer.reason is None):
        yield f"{answer.status} with the reason {answer.reason}"
    if not answer.answer.strip():
        yield "empty answer"


def _unknown_things(answer: Answer, catalog: Catalog) -> Iterator[str]:
    for name in (*answer.components, *answer.understood.components):
        if name not in catalog.components:
            yield f"component {name}"
    for condition in answer.understood.conditions:
        if condition.id not in catalog.conditions:
            yield f"condition {condition.id}"
    for resource in answer.understood.resources:
        if catalog.object(resource) is None:
            yield f"resource {resource}"
    if answer.topology is not None and answer.topology not in catalog.topologies:
        yield f"topology {answer.topology}"
    for one in answer.candidates:
        if one.type != "page" and one.id not in catalog.things(cast("PageType", one.type)):
            yield f"candidate {one.type} {one.id}"


class Places:
    """Everything that an answer may name."""

    def __init__(self, catalog: Catalog, docs: Path) -> None:
        self.catalog = catalog
        self.requirements = {(one.component, one.ref) for one in catalog.requirements()}
        pages = [(one.path, one.body) for one in catalog.guides]
        for kind in PAGE_TYPES:
            pages += [(one.path, one.body) for one in catalog.things(kind).values()]
        self.lines = {
            path: range(1, len((docs / path).read_text("utf-8").splitlines()) + 1)
            for path, _ in pages
        }
        self.anchors = {
            (path, anchor)
            for path, body in pages
            for anchor in (None, *(section.anchor for section in body.sections))
        } | {(one.path, one.id) for one in catalog.requirements()}


if __name__ == "__main__":
    asked, wrong = ask(int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.writelines(f"{one}\n" for one in (asked, *wrong))
