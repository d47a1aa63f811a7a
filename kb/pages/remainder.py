"""What remains of a page when its wrong values are left out.

A page with one wrong value still names other pages; by checking the rest in the same run, a writer
is told everything at once. Positions in lists are kept, because places are found by them.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from kb.model import LEVELS, AnyPage, Problem, validate

_ROUNDS = 4
_FILLING = "?"
_STUB_LEVEL = "may"


def remainder(
    values: Mapping[str, Any], problems: Sequence[Problem]
) -> tuple[AnyPage | None, tuple[Problem, ...]]:
    """Return the page without what is wrong with it, and further problems that this laid bare.

    The page is None when nothing useful remains. Further problems are those that the first ones
    had hidden, not those that leaving values out has made.
    """
    rest: dict[str, Any] = copy.deepcopy(dict(values))
    hidden: list[Problem] = []
    for _ in range(_ROUNDS):
        for problem in problems:
            _leave_out(rest, problem)
        result = validate(rest)
        if not isinstance(result, tuple):
            return result, tuple(hidden)
        problems = result
        hidden += [one for one in problems if _has_two_levels(values, one)]
    return None, tuple(hidden)


def _has_two_levels(values: Mapping[str, Any], problem: Problem) -> bool:
    entry = _at(values, problem.where)
    return problem.kind == "level" and sum(1 for one in LEVELS if one in entry) > 1


def _leave_out(rest: dict[str, Any], problem: Problem) -> None:
    where = problem.where
    if len(where) >= 2 and where[0] == "requirements" and isinstance(rest["requirements"], list):
        _leave_out_of_requirement(rest["requirements"], problem)
    elif problem.kind != "missing":
        _drop(rest, where)
    elif len(where) == 1:
        rest[str(where[0])] = _FILLING
    else:
        _drop(rest, where[:-1])


def _leave_out_of_requirement(listed: list[Any], problem: Problem) -> None:
    index, where = int(problem.where[1]), problem.where[2:]
    entry = listed[index]
    if not where or not isinstance(entry, dict):
        listed[index] = _stub(entry, index)
    elif where == ("id",):
        entry["id"] = f"unnamed-{index}"
    elif problem.kind == "missing":
        _drop(entry, where[:-1])
    else:
        _drop(entry, where)


def _stub(entry: object, index: int) -> dict[str, Any]:
    """Return a requirement that states nothing, in the place of one that cannot be used."""
    name = entry.get("id") if isinstance(entry, dict) else None
    readable = isinstance(name, str) and name.isascii() and name.replace("-", "").isalnum()
    return {"id": name if readable else f"unnamed-{index}", _STUB_LEVEL: _FILLING}


def _drop(container: dict[str, Any], where: Sequence[str | int]) -> None:
    """Remove the value at a path; of a list nothing is removed but the whole."""
    keys = [where[0]]
    for part in where[1:]:
        if isinstance(part, int):
            break
        keys.append(part)
    inner = _at(container, keys[:-1])
    inner.pop(keys[-1], None)


def _at(values: Mapping[str, Any], where: Sequence[str | int]) -> Any:
    """Return the mapping at a path, or an empty one."""
    value: Any = values
    for part in where:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return {}
    return value if isinstance(value, Mapping) else {}
