"""Keeps what the stages of the engine were given and returned, while somebody wants to see it.

A stage that is marked with `kept` knows nothing of who looks. Nothing is kept otherwise: a marked
function then costs one look at a variable more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a stage."""

    stage: str
    """The name that `kept` gave it."""
    given: tuple[Any, ...]
    """Its arguments, in order."""
    returned: Any


_CALLS: ContextVar[list[Call] | None] = ContextVar("calls", default=None)


def kept(stage: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function as a stage of which the calls are kept."""

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def call(*given: P.args, **named: P.kwargs) -> R:
            returned = function(*given, **named)
            calls = _CALLS.get()
            if calls is not None:
                calls.append(Call(stage, (*given, *named.values()), returned))
            return returned

        return call

    return mark


@contextmanager
def keeping() -> Iterator[list[Call]]:
    """Keep the calls of this thread within the block, in the order in which they ended."""
    calls: list[Call] = []
    token = _CALLS.set(calls)
    try:
        yield calls
    finally:
        _CALLS.reset(token)
