"""What is asked and what a good answer must be: question files, and questions on the pages.

A question file has one JSON object a line; its keys are described in tests/questions/README.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from kb import text
from kb.ask.answer import Intent, Status, Verdict
from kb.catalog import Catalog, Component, Product
from kb.errors import KnowledgeBaseError
from kb.model import QuestionEntry

STATUSES: tuple[Status, ...] = get_args(Status)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
INTENTS: tuple[Intent, ...] = get_args(Intent)

_KEYS = (
    "id",
    "q",
    "tags",
    "status",
    "verdict",
    "topology",
    "components",
    "components_alt",
    "must",
    "must_not",
    "requirements",
    "intent",
)
HELD = "held"
"""The tag of a question that is held back: nobody looks at it while the engine is worked on."""


_MOST_SHOWN = 10
"""How many problems of a file the message of the error tells; it carries them all."""


class QuestionFileError(KnowledgeBaseError):
    """A question file or an index of them that cannot be used; `problems` are all that is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        shown = self.problems[:_MOST_SHOWN]
        rest = len(self.problems) - len(shown)
        super().__init__("\n".join([*shown, *([f"and {rest} more"] if rest else [])]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a good answer is; None in a field: it is not compared."""

    statuses: tuple[Status, ...]
    """The accepted ones."""
    verdicts: tuple[Verdict | None, ...] | None = None
    """The accepted ones; compared where the answer is `answered`."""
    topologies: tuple[str | None, ...] | None = None
    """The accepted ones; compared where the answer is `answered`."""
    components: tuple[frozenset[str], ...] | None = None
    """The accepted sets of ids; compared where the answer is `answered`."""
    candidates: frozenset[str] = frozenset()
    """Ids, one of which must be offered where the answer is `clarify`; empty: not compared."""
    must: tuple[re.Pattern[str], ...] = ()
    """Each is found in the text of the answer."""
    must_not: tuple[re.Pattern[str], ...] = ()
    """None is found in the text of the answer or of its requirements: a hit is a false claim."""
    requirements: frozenset[str] | None = None
    """`owner/id` of the requirements that the answer rests on; others are listed without need."""
    intents: tuple[Intent, ...] = ()
    """The accepted ones; empty: what the tags tell. No answer is wrong by its intent alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its expected answer."""

    id: str
    """Unique in its file."""
    text: str
    tags: tuple[str, ...]
    expected: Expectation
    place: str
    """Where it stands: file and line."""

    @property
    def is_held(self) -> bool:
        """Whether it is held back."""
        return HELD in self.tags


def read_questions(path: Path) -> tuple[Question, ...]:
    """Return the questions of a file. Raises QuestionFileError with all that is wrong in it."""
    problems: list[str] = []
    found: dict[str, Question] = {}
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise QuestionFileError([f"{path}: {error.strerror or 'cannot be read'}"]) from None
    except UnicodeDecodeError:
        raise QuestionFileError([f"{path}: is not UTF-8 text"]) from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            question = _question(line, place)
        except _ProblemError as error:
            problems.append(f"{place}: {error}")
            continue
        if question.id in found:
            problems.append(f"{place}: the id {question.id} stands at {found[question.id].place}")
        found.setdefault(question.id, question)
    if problems:
        raise QuestionFileError(problems)
    if not found:
        raise QuestionFileError([f"{path}: has no questions"])
    return tuple(found.values())


def golden_questions(catalog: Catalog) -> tuple[Question, ...]:
    """Return the questions that the published products and components carry on their pages."""
    things: Iterator[Product | Component] = (
        thing
        for table in (catalog.products, catalog.components)
        for thing in table.values()
        if thing.is_published
    )
    return tuple(
        _golden(thing, number, entry)
        for thing in things
        for number, entry in enumerate(thing.stated.questions, start=1)
    )


def _golden(thing: Product | Component, number: int, entry: QuestionEntry) -> Question:
    components = None if entry.components is None else (frozenset(entry.components),)
    requirements = None
    if entry.requirements is not None:
        requirements = frozenset(
            one if "/" in one else f"{thing.id}/{one}" for one in entry.requirements
        )
    return Question(
        id=f"{thing.id}/{number}",
        text=entry.ask,
        tags=(thing.id,),
        expected=Expectation(
            statuses=(entry.status,),
            verdicts=None if entry.verdict is None else (entry.verdict,),
            components=components,
            candidates=frozenset(entry.components or ()),
            requirements=requirements,
        ),
        place=thing.path,
    )


class _ProblemError(Exception):
    """What is wrong with one line."""


def _question(line: str, place: str) -> Question:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise _ProblemError("a JSON object is expected, on one line") from None
    if not isinstance(values, dict):
        raise _ProblemError("a JSON object is expected, on one line")
    for key in values:
        if key not in _KEYS:
            meant = text.nearest(key, _KEYS, limit=1)
            raise _ProblemError(
                f"unknown key {key!r}" + (f", did you mean {meant[0]!r}?" if meant else "")
            )
    for key in ("id", "q", "status"):
        if not values.get(key):
            raise _ProblemError(f"the key {key!r} is missing")
    for key in ("id", "q"):
        if not isinstance(values[key], str):
            raise _ProblemError(f"{key!r} must be text")
    return Question(
        id=values["id"],
        text=values["q"],
        tags=_texts(values, "tags"),
        expected=_expectation(values),
        place=place,
    )


def _expectation(values: Mapping[str, Any]) -> Expectation:
    candidates = frozenset(_texts(values, "components"))
    alternatives = tuple(_alternatives(values))
    is_any = "components" not in values or values.get("components_alt") == "any"
    return Expectation(
        statuses=_choices(values, "status", STATUSES),
        verdicts=_choices(values, "verdict", (*VERDICTS, None)) if "verdict" in values else None,
        topologies=_listed(values, "topology") if "topology" in values else None,
        components=None if is_any else (candidates, *alternatives),
        candidates=candidates,
        must=_patterns(values, "must"),
        must_not=_patterns(values, "must_not"),
        requirements=frozenset(_texts(values, "requirements"))
        if "requirements" in values
        else None,
        intents=_choices(values, "intent", INTENTS) if "intent" in values else (),
    )


def _alternatives(values: Mapping[str, Any]) -> Iterator[frozenset[str]]:
    alternatives = values.get("components_alt", [])
    if alternatives == "any":
        return
    if not isinstance(alternatives, list):
        raise _ProblemError("'components_alt' must be a list of lists of ids, or \"any\"")
    for one in alternatives:
        yield frozenset(_texts({"components_alt": one}, "components_alt"))


def _texts(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    listed = values.get(key, [])
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise _ProblemError(f"{key!r} must be a list of texts")
    return tuple(listed)


def _listed(values: Mapping[str, Any], key: str) -> tuple[Any, ...]:
    """Return a value, or a list of accepted ones, as a tuple."""
    value = values[key]
    accepted = tuple(value) if isinstance(value, list) else (value,)
    if not accepted or not all(one is None or isinstance(one, str) for one in accepted):
        raise _ProblemError(f"{key!r} must be a text, null, or a list of them")
    return accepted


def _choices(values: Mapping[str, Any], key: str, known: tuple[Any, ...]) -> tuple[Any, ...]:
    accepted = _listed(values, key)
    for one in accepted:
        if one not in known:
            names = text.join(("null" if name is None else name for name in known), "or")
            raise _ProblemError(f"{key!r} must be {names}, not {one!r}")
    return accepted


def _patterns(values: Mapping[str, Any], key: str) -> tuple[re.Pattern[str], ...]:
    compiled = []
    for one in _texts(values, key):
        try:
            compiled.append(re.compile(one, re.IGNORECASE | re.DOTALL))
        except re.error as error:
            raise _ProblemError(f"{key!r} has a pattern that is none: {error}") from None
    return tuple(compiled)
