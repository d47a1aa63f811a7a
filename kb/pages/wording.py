"""Says in a writer's words what is wrong with a value, and the likeliest way out.

What is wrong has been found before; guessing what was meant is a step of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb import text
from kb.diagnostics import Diagnostic, Edit, Place, Related
from kb.frontmatter import FrontMatter, Mark, Path
from kb.model import LEVELS, Problem
from kb.pages.guesses import keys_at, meant_key, meant_value
from kb.pages.kinds import (
    BAD_ID,
    BAD_VALUE,
    LEVEL,
    MISSING_KEY,
    UNKNOWN_KEY,
    UNKNOWN_VALUE,
    UNQUOTED,
    WRONG_TYPE,
)


class Wording:
    """Puts the problems of one page into words."""

    def __init__(self, path: str, front: FrontMatter) -> None:
        self._path = path
        self._front = front
        self._type = str(front.values.get("type"))
        self._proposed: set[str] = set()

    def of(self, problem: Problem) -> Diagnostic:
        """Return the diagnostic for a problem."""
        where, value = self._as_written(problem.where), problem.value
        mark = self._front.marks.get(where)
        raw = mark.raw if mark and mark.plain and not isinstance(value, str) else None
        if problem.kind == "missing":
            return self._missing(where)
        if problem.kind == "unknown-key":
            return self._unknown_key(where)
        if problem.kind == "choice":
            if raw is not None and raw in problem.expected:
                return self._quote(where, raw)
            return self._unknown_value(where, problem)
        if problem.kind == "slug":
            return self._bad_id(where, str(value))
        if problem.kind == "text":
            return self._not_text(where, value) if raw is None else self._quote(where, raw)
        if problem.kind == "level":
            return self._level(where)
        return self._otherwise(where, problem)

    def is_misspelt(self, problem: Problem) -> bool:
        """Whether a missing key is there under a name that is no key: that is told already."""
        return problem.kind == "missing" and bool(self._stray(problem.where))

    def place(self, where: Path) -> Place:
        """Return where a value stands, or else the nearest around it."""
        mark = self._front.nearest(where)
        return Place(self._path, mark.line, mark.column) if mark else Place(self._path, 1, 1)

    def key_place(self, where: Path) -> Place:
        """Return where the key of a value stands."""
        mark = self._front.keys.get(where)
        return Place(self._path, mark.line, mark.column) if mark else self.place(where)

    def _otherwise(self, where: Path, problem: Problem) -> Diagnostic:
        if where == ("requirements",):
            return WRONG_TYPE.at(
                self.place(where),
                "`requirements` is a list, or the word `none`",
                "begin each requirement with `- id: …` on a line of its own",
            )
        if where[:1] == ("requirements",) and len(where) == 2:
            return WRONG_TYPE.at(
                self.place(where),
                "a requirement has keys with a value each",
                "write `- id: …`, and on the next line the level: `must: …`",
            )
        steps = self._value(where) if where[-1:] == ("how",) else None
        for index, step in enumerate(steps if isinstance(steps, list) else ()):
            if not isinstance(step, str):
                return self._not_text((*where, index), step)
        kind = WRONG_TYPE if problem.kind == "type" else BAD_VALUE
        return kind.at(self.place(where), f"`{_named(where)}`: {problem.message}", problem.help)

    def _missing(self, where: Path) -> Diagnostic:
        around, key = where[:-1], str(where[-1])
        names = [one for one in around if isinstance(one, str)]
        owner = f"this {self._type}" if not names else _item_of(names[-1])
        advice, fix = f"add `{key}: …`", tuple[Edit, ...]()
        if key == "id" and names[-1:] == ["requirements"]:
            slug = self._new_id(self._mapping(around), around[:-1])
            if slug:
                advice = f"add one that will not change, for example `id: {slug}`"
                fix = self._insertion(around, f"id: {slug}")
        return MISSING_KEY.at(self.place(around), f"{owner} has no `{key}`", advice, fix=fix)

    def _stray(self, where: Path) -> list[str]:
        """Return the key that is no key and resembles the missing one."""
        known = keys_at(self._type, where[:-1])
        stray = [one for one in self._mapping(where[:-1]) if one not in known]
        return text.nearest(str(where[-1]), stray, 1, 80.0)

    def _new_id(self, entry: Mapping[str, Any], around: Path) -> str | None:
        """Return an id made from the action, which no other requirement of the page has."""
        action = next((entry[one] for one in LEVELS if one in entry), None)
        slug = "-".join(text.slugify(str(action)).split("-")[:6]) if action else ""
        if not slug:
            return None
        listed = self._value(around)
        taken = {one.get("id") for one in listed if isinstance(one, Mapping)} | self._proposed
        unique, number = slug, 1
        while unique in taken:
            number += 1
            unique = f"{slug}-{number}"
        self._proposed.add(unique)
        return unique

    def _insertion(self, where: Path, line: str) -> tuple[Edit, ...]:
        """Return the edit that puts a key in front of the keys of a mapping."""
        keys = [mark for path, mark in self._front.keys.items() if path[:-1] == where]
        mark = self._front.marks.get(where)
        if mark is None or not keys:
            return ()
        first = min(keys, key=lambda one: (one.line, one.column))
        place = Place(self._path, first.line, first.column)
        is_block = (first.line, first.column) == (mark.line, mark.column)
        behind = f"\n{' ' * (first.column - 1)}" if is_block else ", "
        return (Edit(place, "", line + behind),)

    def _unknown_key(self, where: Path) -> Diagnostic:
        around, key = where[:-1], str(where[-1])
        known = keys_at(self._type, around)
        plain = key.casefold().replace("_", "-").replace(" ", "-")
        place, message = self.key_place(where), f"`{key}` is no key of {self._owner(around)}"
        if plain in known:
            fix = (Edit(place, key, plain),) if plain not in self._mapping(around) else ()
            return UNKNOWN_KEY.at(place, message, f"write `{plain}`", fix=fix)
        return UNKNOWN_KEY.at(place, message, meant_key(self._type, around, plain))

    def _unknown_value(self, where: Path, problem: Problem) -> Diagnostic:
        if where == ("requirements",):
            return self._otherwise(where, problem)
        value = self._value(where)
        shown = value if isinstance(value, str) else self._raw(where)
        plain = shown.casefold().replace("_", "-").replace(" ", "-")
        choices = text.join([f"`{one}`" for one in problem.expected], "or")
        place, message = self.place(where), f"`{_short(shown)}` is no value of `{_named(where)}`"
        if plain in problem.expected:
            mark = self._front.marks.get(where)
            fix = (Edit(place, shown, plain),) if mark and mark.raw == shown else ()
            return UNKNOWN_VALUE.at(place, message, f"write `{plain}`", fix=fix)
        near = meant_value(plain, problem.expected)
        advice = f"did you mean `{near}`? " if near else ""
        return UNKNOWN_VALUE.at(place, message, f"{advice}expected {choices}")

    def _bad_id(self, where: Path, value: str) -> Diagnostic:
        slug = "/".join(text.slugify(one)[:64].strip("-") for one in value.split("/")).strip("/")
        right = slug and slug != value
        advice = f"write `{slug}`" if right else "use small letters a to z, digits and hyphens"
        shown = _short(value)
        return BAD_ID.at(self.place(where), f"`{shown}` has not the form of an id", advice)

    def _quote(self, where: Path, raw: str) -> Diagnostic:
        place, simple = self.place(where), '"' not in raw and "\\" not in raw and "\n" not in raw
        return UNQUOTED.at(
            place,
            f"YAML reads `{_short(raw)}` as {_read_as(self._value(where))}, but `{_named(where)}` "
            "is a text",
            f'quote the value: "{_short(raw)}"',
            fix=(Edit(place, raw, f'"{raw}"'),) if simple else (),
        )

    def _not_text(self, where: Path, value: object) -> Diagnostic:
        advice = "write a text"
        if isinstance(value, Mapping):
            advice = "quote the whole text if it contains a colon with a space behind it"
        elif isinstance(value, list):
            advice = "write one text; quote the value if it begins with a bracket"
        named = f"an item of `{_named(where)}`" if isinstance(where[-1], int) else f"`{where[-1]}`"
        message = f"{named} is a text, not {_sort(value)}"
        return WRONG_TYPE.at(self.place(where), message, advice)

    def _level(self, where: Path) -> Diagnostic:
        given = [one for one in LEVELS if one in self._mapping(where)]
        if not given:
            return LEVEL.at(
                self.place(where),
                "the requirement has no level",
                f"say what is to be done as {text.join([f'`{one}`' for one in LEVELS], 'or')}",
            )
        places = sorted((self.key_place((*where, one)), one) for one in given)
        return LEVEL.at(
            places[-1][0],
            f"the requirement has {len(given)} levels: {text.join(given)}",
            "make a requirement of each of them",
            [Related(place, f"`{one}` stands here") for place, one in places[:-1]],
        )

    def _owner(self, around: Path) -> str:
        names = [one for one in around if isinstance(one, str)]
        if not names:
            return f"pages of type {self._type}"
        return "a requirement" if names[-1] == "requirements" else f"`{names[-1]}`"

    def _mapping(self, where: Path) -> Mapping[str, Any]:
        value = self._value(where)
        return value if isinstance(value, Mapping) else {}

    def _value(self, where: Path) -> Any:
        value: Any = self._front.values
        for part in where:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def _as_written(self, where: Path) -> Path:
        """Return a path without the positions of items that stand alone, not in a list."""
        path: Path = ()
        for part in where:
            if not isinstance(part, int) or isinstance(self._value(path), list):
                path = (*path, part)
        return path

    def _raw(self, where: Path) -> str:
        mark: Mark | None = self._front.marks.get(where)
        return mark.raw if mark and mark.raw is not None else _sort(self._value(where))


def _named(where: Path) -> str:
    """Return the name of the innermost key of a path."""
    names = [one for one in where if isinstance(one, str)]
    return names[-1] if names else "front matter"


def _item_of(key: str) -> str:
    return {"requirements": "the requirement", "questions": "the question"}.get(key, f"`{key}`")


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= 60 else f"{line[:57]}…"


def _read_as(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    return "a date"


def _sort(value: object) -> str:
    if isinstance(value, Mapping):
        return "keys with values"
    if isinstance(value, list):
        return "a list"
    return "a text" if isinstance(value, str) else "a single value"
