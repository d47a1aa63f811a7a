"""Checks front matter against the format and says each problem in a writer's words.

The types of the format decide what is right. Here a finding about a value becomes a diagnostic with
its place and the likeliest way out; finding and guessing are separate steps.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from kb import text
from kb.diagnostics import Diagnostic, Kind, Place, Related
from kb.frontmatter import FrontMatter, Path
from kb.model import (
    LEVELS,
    PAGE_TYPES,
    AnyPage,
    Count,
    PageEntry,
    Problem,
    QuestionEntry,
    RequirementEntry,
    SourceRef,
    Verify,
    entry_type_of,
    keys_of,
    validate,
)

EMPTY_VALUE = Kind(
    "KB113",
    "empty-value",
    "A key has no value. Perhaps the value begins with a number sign and was taken for a comment, "
    "or the key is left over from a template. Give it a value or delete it.",
)
NO_TYPE = Kind(
    "KB114",
    "missing-type",
    "A page has keys that only typed pages have, but does not say its `type`, so that its facts "
    "would not be known. A page without any such key is a guide page, which needs no front matter.",
)
UNKNOWN_KEY = Kind(
    "KB115",
    "unknown-key",
    "A key is not part of the format, or does not belong to this type of page. It would be passed "
    "over, and what it states would not be known.",
)
MISSING_KEY = Kind("KB116", "missing-key", "A key that is required is not there.")
UNKNOWN_VALUE = Kind(
    "KB117",
    "unknown-value",
    "The value of this key is one of a closed set, and another one was given.",
)
BAD_ID = Kind(
    "KB118",
    "id-form",
    "Ids are made of small letters a to z, digits and single hyphens, up to 64 characters: they "
    "are parts of addresses, and people type them.",
)
UNQUOTED = Kind(
    "KB119",
    "quote-value",
    "A text is expected, and YAML reads the unquoted value as something else: `no` and `on` as "
    "false and true, `1.10` as the number 1.1, `2026-02-17` as a date. In quotation marks it stays "
    "what it is.",
)
WRONG_TYPE = Kind(
    "KB120",
    "wrong-type",
    "A list stands where a text is expected, a text where keys are expected, or the like.",
)
BAD_VALUE = Kind("KB121", "invalid-value", "A value has the right type but cannot be right.")
LEVEL = Kind(
    "KB122",
    "one-level",
    "A requirement has exactly one level, and its value says what is to be done: `must`, "
    "`must-not`, `should`, `should-not`, `may`, `need-not` or `automatic`. State two facts in two "
    "requirements.",
)
KINDS = (
    EMPTY_VALUE,
    NO_TYPE,
    UNKNOWN_KEY,
    MISSING_KEY,
    UNKNOWN_VALUE,
    BAD_ID,
    UNQUOTED,
    WRONG_TYPE,
    BAD_VALUE,
    LEVEL,
)

MATERIAL_KEYS = frozenset({"description", "tags", "hide", "search", "template", "icon"})
"""Keys that belong to the theme of the site and may have any value."""

_TELLING = frozenset(
    {
        "requirements", "product", "role", "kind", "placement", "same-as", "uses", "topologies",
        "versions", "locators", "publisher", "excludes", "broader", "not-same-as", "formerly",
    }
)  # fmt: skip
"""Keys that nobody writes on a page that is prose."""

_NESTED: Mapping[str, type] = {
    "requirements": RequirementEntry,
    "questions": QuestionEntry,
    "source": SourceRef,
    "count": Count,
    "verify": Verify,
}
_MEANT = {
    "shall": "must", "required": "must", "has-to": "must", "have-to": "must", "mandatory": "must",
    "shall-not": "must-not", "cannot": "must-not", "can-not": "must-not", "never": "must-not",
    "forbidden": "must-not", "recommended": "should", "can": "may", "optional": "may",
    "not-required": "need-not", "not-needed": "need-not", "auto": "automatic", "name": "title",
    "where": "placement", "steps": "how", "because": "why", "reason": "why", "synonyms": "aliases",
    "topology": "in", "topologies": "in", "condition": "when", "conditions": "when",
    "if": "when", "resources": "resource", "version": "since", "sources": "source", "text": "must",
    "level": "must",
}  # fmt: skip
"""Other words for keys, where the letters alone do not lead to the right one."""


def check_values(
    path: str, front: FrontMatter, known: Sequence[Diagnostic]
) -> tuple[AnyPage | None, tuple[Diagnostic, ...]]:
    """Return what the front matter states (None for a guide page) and what is wrong with it.

    Nothing is said about values that `known` diagnostics already speak of.
    """
    if not front.values:
        return None, ()
    check = _Check(path, front, {one.place for one in known})
    if "type" not in front.values:
        return None, tuple(check.without_type())
    empty = check.empty_values()
    values = _without(front.values, set(empty))
    result = validate(values)
    if not isinstance(result, tuple):
        return result, tuple(check.about_empty(empty))
    return None, (*check.about_empty(empty), *check.about(result, empty))


class _Check:
    """One page's front matter while problems are put into words."""

    def __init__(self, path: str, front: FrontMatter, told: Collection[Place]) -> None:
        self._path = path
        self._front = front
        self._told = told
        self._type = front.values.get("type")

    def without_type(self) -> Iterator[Diagnostic]:
        values = self._front.values
        for key in values:
            if key.casefold() in {"type", "typ", "tpye", "kind-of-page", "page-type"}:
                yield UNKNOWN_KEY.at(self._key((key,)), f"`{key}` is no key", "write `type`")
                return
        telling = [key for key in values if key in _TELLING]
        if telling:
            message = f"the page has the key `{telling[0]}` but no `type`"
            choices = text.join(PAGE_TYPES, "or")
            yield NO_TYPE.at(self._key((telling[0],)), message, f"add `type: …`: {choices}")

    def empty_values(self) -> tuple[Path, ...]:
        return tuple(
            where
            for where in _nulls(self._front.values, ())
            if where and where[0] not in MATERIAL_KEYS
        )

    def about_empty(self, empty: Sequence[Path]) -> Iterator[Diagnostic]:
        for where in empty:
            if self._place(where) in self._told:
                continue
            named = f"the key `{where[-1]}`" if isinstance(where[-1], str) else "this item"
            yield EMPTY_VALUE.at(
                self._key(where),
                f"{named} has no value",
                "give it one, or delete it; a text that begins with # stands in quotation marks",
            )

    def about(self, problems: Sequence[Problem], empty: Sequence[Path]) -> Iterator[Diagnostic]:
        around = {where[:-1] for where in empty}
        for problem in problems:
            if problem.where in around or problem.where in empty:
                continue
            found = self._one(problem)
            if found.place not in self._told:
                yield found

    def _one(self, problem: Problem) -> Diagnostic:
        where = problem.where
        mark = self._front.marks.get(where)
        unquoted = mark is not None and mark.plain and not isinstance(problem.value, str)
        if problem.kind == "missing":
            return self._missing(problem)
        if problem.kind == "unknown-key":
            return self._unknown_key(where)
        if problem.kind == "choice":
            if unquoted and mark and mark.raw in problem.expected:
                return self._quote(where, mark.raw)
            return self._unknown_value(problem)
        if problem.kind == "slug":
            return self._bad_id(where, str(problem.value))
        if problem.kind == "text":
            if unquoted and mark and mark.raw is not None:
                return self._quote(where, mark.raw)
            return self._not_text(where, problem.value)
        if problem.kind == "level":
            return self._level(where)
        kind = WRONG_TYPE if problem.kind == "type" else BAD_VALUE
        return kind.at(self._place(where), f"{_of(where)}{problem.message}", problem.help)

    def _missing(self, problem: Problem) -> Diagnostic:
        *around, key = problem.where
        owner = f"this {self._type}" if not around else f"this item of `{_named(tuple(around))}`"
        siblings = self._mapping(tuple(around))
        near = text.nearest(str(key), siblings, 1, 80.0)
        advice = f"write `{key}: …`"
        if near and near[0] not in self._keys_at(tuple(around)):
            advice = f"did you mean `{key}` where `{near[0]}` stands?"
        if key == "id" and isinstance(siblings, Mapping):
            action = next((siblings[one] for one in LEVELS if one in siblings), None)
            if isinstance(action, str) and (slug := _short_slug(action)):
                advice = f"add one that will not change, for example `id: {slug}`"
        return MISSING_KEY.at(self._place(tuple(around)), f"{owner} has no `{key}`", advice)

    def _unknown_key(self, where: Path) -> Diagnostic:
        *around, key = where
        known = self._keys_at(tuple(around))
        advice = f"the keys here are {text.join(sorted(known))}"
        plain = str(key).casefold().replace("_", "-").replace(" ", "-")
        near = (
            [plain]
            if plain in known
            else [_MEANT[plain]]
            if _MEANT.get(plain) in known
            else text.nearest(plain, known, 2, 75.0)
        )
        if near:
            advice = f"did you mean {text.join([f'`{one}`' for one in near], 'or')}?"
        owners = [one for one in PAGE_TYPES if key in _keys_of_type(one)] if not around else []
        if owners and plain not in known:
            advice = f"it belongs to pages of type {text.join(owners, 'or')}"
        elif not near and around and key in _keys_of_type(str(self._type)):
            advice = "it belongs to the page itself: check the indentation"
        return UNKNOWN_KEY.at(
            self._key(where), f"`{key}` is no key of {self._owner(around)}", advice
        )

    def _unknown_value(self, problem: Problem) -> Diagnostic:
        where, value = problem.where, problem.value
        if where == ("type",):
            value = self._front.values.get("type")
        shown = value if isinstance(value, str) else self._raw(where)
        near = _near_choice(shown, problem.expected)
        choices = text.join([f"`{one}`" for one in problem.expected], "or")
        advice = f"did you mean `{near}`? " if near else ""
        return UNKNOWN_VALUE.at(
            self._place(where),
            f"`{_short(shown)}` is no value of `{_named(where)}`",
            f"{advice}expected {choices}",
        )

    def _bad_id(self, where: Path, value: str) -> Diagnostic:
        slug = "/".join(text.slugify(one) for one in value.split("/"))[:64].strip("-/")
        advice = f"write `{slug}`" if slug else "use small letters a to z, digits and hyphens"
        return BAD_ID.at(self._place(where), f"`{_short(value)}` has not the form of an id", advice)

    def _quote(self, where: Path, raw: str) -> Diagnostic:
        return UNQUOTED.at(
            self._place(where),
            f"YAML reads `{_short(raw)}` as {_read_as(self._value(where))}, and `{_named(where)}` "
            "is text",
            f'quote the value: "{_short(raw)}"',
        )

    def _not_text(self, where: Path, value: object) -> Diagnostic:
        if isinstance(value, Mapping) and len(value) == 1:
            advice = "quote the whole text, it contains a colon with a space behind it"
        elif isinstance(value, list):
            advice = "write one text, or quote it if it begins with a bracket"
        else:
            advice = "write a text"
        return WRONG_TYPE.at(
            self._place(where), f"`{_named(where)}` is a text, not {_sort(value)}", advice
        )

    def _level(self, where: Path) -> Diagnostic:
        given = [one for one in LEVELS if one in self._mapping(where)]
        if not given:
            return LEVEL.at(
                self._place(where),
                "the requirement has no level",
                f"state what is to be done as {text.join([f'`{one}`' for one in LEVELS], 'or')}",
            )
        places = sorted((self._key((*where, one)), one) for one in given)
        others = [Related(place, f"`{one}` stands here") for place, one in places[:-1]]
        return LEVEL.at(
            places[-1][0],
            f"the requirement has {len(given)} levels: {text.join(given)}",
            "make a requirement of each of them",
            others,
        )

    def _keys_at(self, around: Path) -> tuple[str, ...]:
        """Return the keys that may stand in the mapping at this path."""
        names = [one for one in around if isinstance(one, str)]
        if not names:
            return _keys_of_type(str(self._type))
        nested = _NESTED.get(names[-1])
        return keys_of(nested) if nested else ()

    def _owner(self, around: Sequence[str | int]) -> str:
        names = [one for one in around if isinstance(one, str)]
        if not names:
            return f"a {self._type}"
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

    def _raw(self, where: Path) -> str:
        mark = self._front.marks.get(where)
        return mark.raw if mark and mark.raw is not None else _sort(self._value(where))

    def _place(self, where: Path) -> Place:
        mark = self._front.nearest(where)
        return Place(self._path, mark.line, mark.column) if mark else Place(self._path, 1, 1)

    def _key(self, where: Path) -> Place:
        mark = self._front.keys.get(where)
        return Place(self._path, mark.line, mark.column) if mark else self._place(where)


def _keys_of_type(page_type: str) -> tuple[str, ...]:
    return keys_of(entry_type_of(page_type) or PageEntry)


def _nulls(value: object, where: Path) -> Iterator[Path]:
    if value is None:
        yield where
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _nulls(inner, (*where, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _nulls(inner, (*where, index))


def _without(value: Any, nulls: Collection[Path], where: Path = ()) -> Any:
    """Return the value without its empty parts; items of lists keep their position."""
    if not nulls:
        return value
    if isinstance(value, Mapping):
        return {
            key: _without(inner, nulls, (*where, key))
            for key, inner in value.items()
            if (*where, key) not in nulls
        }
    if isinstance(value, list):
        return [_without(inner, nulls, (*where, i)) for i, inner in enumerate(value)]
    return value


def _named(where: Path) -> str:
    """Return the name of the innermost key of a path."""
    names = [one for one in where if isinstance(one, str)]
    return names[-1] if names else "front matter"


def _of(where: Path) -> str:
    return f"`{_named(where)}`: " if where else ""


def _near_choice(value: str, expected: Sequence[str]) -> str | None:
    plain = value.casefold().replace("_", "-").replace(" ", "-")
    if plain in expected:
        return plain
    close = difflib.get_close_matches(plain, expected, 1, 0.6)
    return close[0] if close else None


def _short_slug(action: str) -> str:
    return "-".join(text.slugify(action).split("-")[:6])


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
    return "a text" if isinstance(value, str) else "something else"
