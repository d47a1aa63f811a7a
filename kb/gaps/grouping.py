"""Which kept questions are still without an answer, similar ones together; which are doubted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.text import alike

RIGHT, WRONG = "right", "wrong"
"""Statuses of rows that are judgements of readers."""
_MOST_ROWS = 5_000
"""Of the questions asked most, so many are compared with each other."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question as it was kept, or the address of a page that was judged."""

    question: str
    status: str
    asked: int
    last_seen: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Similar questions that the pages do not answer."""

    number: int
    question: str
    """The one that was asked most."""
    asked: int
    """How often all of them were."""
    last_seen: str
    status: str
    """What becomes of it now."""
    nearest: str | None
    """The page that searching for it finds first, below the folder of the pages."""
    similar: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A page, or the answer to a question, that readers called wrong."""

    subject: str
    """The address of the page on the site, with a slash before it; or the question."""
    wrong: int
    """How often it was called that."""
    right: int
    last_seen: str
    """When it was judged last."""


def clusters(
    rows: Iterable[Row],
    status_of: Callable[[str], str | None],
    nearest: Callable[[str], str | None],
) -> list[Cluster]:
    """Return the questions that are not answered now, grouped, those asked most first.

    `status_of` tells what becomes of a question now, None of what is none.
    """
    still: dict[str, tuple[Row, str]] = {}
    for row in _most_asked(one for one in rows if one.status not in (RIGHT, WRONG)):
        status = status_of(row.question)
        if status not in (None, "answered"):
            still[row.question] = (row, str(status))
    grouped = [[still[one] for one in group] for group in alike(list(still))]
    grouped.sort(key=lambda group: (-sum(row.asked for row, _ in group), group[0][0].question))
    return [
        Cluster(
            number,
            group[0][0].question,
            sum(row.asked for row, _ in group),
            max(row.last_seen for row, _ in group),
            group[0][1],
            nearest(group[0][0].question),
            tuple(row.question for row, _ in group[1:]),
        )
        for number, group in enumerate(grouped, 1)
    ]


def doubts(rows: Iterable[Row]) -> list[Doubt]:
    """Return what was called wrong, what was called that most often first."""
    judged: dict[str, dict[str, Row]] = {}
    for row in rows:
        if row.status in (RIGHT, WRONG):
            judged.setdefault(row.question, {})[row.status] = row
    found = [_doubt(subject, by) for subject, by in judged.items() if WRONG in by]
    return sorted(found, key=lambda one: (-one.wrong, one.subject))


def _doubt(subject: str, by: Mapping[str, Row]) -> Doubt:
    right = by[RIGHT].asked if RIGHT in by else 0
    return Doubt(subject, by[WRONG].asked, right, max(one.last_seen for one in by.values()))


def _most_asked(rows: Iterable[Row]) -> Sequence[Row]:
    """Return rows, one a question, whatever had become of it."""
    found: dict[str, Row] = {}
    for row in rows:
        one = found.get(row.question, Row(row.question, row.status, 0, ""))
        last = max(one.last_seen, row.last_seen)
        found[row.question] = Row(row.question, row.status, one.asked + row.asked, last)
    return sorted(found.values(), key=lambda one: (-one.asked, one.question))[:_MOST_ROWS]
