"""Answers against answers: the questions that the pages carry, asked of both states of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

Asked = Literal["both", "before", "after"]
"""In which of the two states the pages carry the question."""


class Said(Protocol):
    """What of an answer is compared."""

    @property
    def answer(self) -> str:
        """The answer in words."""

    @property
    def verdict(self) -> str | None:
        """Yes, no or the like; None where the question asks for none."""

    @property
    def status(self) -> str:
        """Whether there is an answer at all."""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question whose answer is another one than before."""

    question: str
    path: str
    """The page that carries it."""
    asked: Asked
    before: str
    """The whole answer."""
    after: str
    verdict_before: str
    """The verdict, or where there is none the status, such as `not_covered`."""
    verdict_after: str


def answer_changes(
    before: Iterable[tuple[str, str]],
    after: Iterable[tuple[str, str]],
    ask_before: Callable[[str], Said],
    ask_after: Callable[[str], Said],
) -> Iterator[AnswerChange]:
    """Yield the questions of either side whose answers differ, those of the newer side first.

    A question comes with the path of its page. One that only one side carries is asked of both.
    """
    old, new = dict(before), dict(after)
    for question, path in {**new, **old, **new}.items():
        was, now = ask_before(question), ask_after(question)
        if (was.status, was.verdict, was.answer) == (now.status, now.verdict, now.answer):
            continue
        asked: Asked = "both" if question in old and question in new else "before"
        if question not in old:
            asked = "after"
        yield AnswerChange(
            question,
            path,
            asked,
            was.answer,
            now.answer,
            was.verdict or was.status,
            now.verdict or now.status,
        )
