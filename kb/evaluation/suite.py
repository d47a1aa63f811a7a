"""Several question sets, each tied to the pages that it asks about: an index file in TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.evaluation.questions import QuestionFileError
from kb.evaluation.results import FIGURES
from kb.text import join, nearest

_KEYS = ("docs", "questions", "bounds", "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """A set of questions about one knowledge base."""

    name: str
    docs: Path
    """The folder of its pages."""
    questions: Path | None
    """The file; None: the questions that the pages themselves carry."""
    bounds: Mapping[str, float]
    """Figure -> the least (`right`) or the most (every other) that is good enough."""
    held: Mapping[str, float] = field(default_factory=dict)
    """The same for the questions that are held back."""


@dataclass(frozen=True, slots=True)
class Suite:
    """An index of question sets."""

    path: Path
    sets: tuple[QuestionSet, ...]

    @property
    def results(self) -> Path:
        """The committed results: beside the index, `results.json`."""
        return self.path.with_name("results.json")


def read_suite(path: Path) -> Suite:
    """Return the sets that an index names. Raises QuestionFileError with all that is wrong."""
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise QuestionFileError([f"{path}: {error.strerror or 'cannot be read'}"]) from None
    except ValueError as error:
        raise QuestionFileError([f"{path}: is not TOML: {error}"]) from None
    problems = [f"{path}: {one}" for one in _problems(values)]
    if problems:
        raise QuestionFileError(problems)
    return Suite(
        path,
        tuple(
            QuestionSet(
                name=name,
                docs=path.parent / one["docs"],
                questions=path.parent / one["questions"] if "questions" in one else None,
                bounds=one.get("bounds", {}),
                held=one.get("held", {}),
            )
            for name, one in values.items()
        ),
    )


def _problems(values: Mapping[str, Any]) -> Iterator[str]:
    if not values:
        yield "names no question set"
    for name, one in values.items():
        if not isinstance(one, dict):
            yield f"{name} must be a table, [{name}]"
            continue
        for key in one:
            if key not in _KEYS:
                meant = nearest(key, _KEYS, limit=1)
                hint = f", did you mean {meant[0]!r}?" if meant else ""
                yield f"[{name}] has the unknown key {key!r}{hint}"
        if not isinstance(one.get("docs"), str):
            yield f"[{name}] must name the folder of its pages: docs"
        if not isinstance(one.get("questions", ""), str):
            yield f"[{name}] questions must be the name of a file"
        for key in ("bounds", "held"):
            yield from _bad_bounds(f"[{name}] {key}", one.get(key, {}))


def _bad_bounds(where: str, bounds: object) -> Iterator[str]:
    if not isinstance(bounds, dict):
        yield f"{where} must be a table"
        return
    for figure, bound in bounds.items():
        if figure not in FIGURES:
            yield f"{where} has {figure!r}: it may have {join(FIGURES, 'or')}"
        if isinstance(bound, bool) or not isinstance(bound, int | float):
            yield f"{where}: {figure} must be a number"
