"""Checks the front matter of one page against the format.

The types of the format decide what is right; here the two meet, and what is left of a page with
errors is kept for the rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb import text
from kb.diagnostics import Diagnostic, Edit
from kb.frontmatter import FrontMatter, Path
from kb.model import PAGE_TYPES, AnyPage, Problem, validate
from kb.pages.kinds import BAD_ID, EMPTY_VALUE, NO_TYPE, UNKNOWN_KEY
from kb.pages.remainder import remainder
from kb.pages.wording import Wording

MATERIAL_KEYS = frozenset({"description", "tags", "hide", "search", "template", "icon"})
"""Keys that belong to the theme of the site and may have any value."""

_TELLING = frozenset(
    {
        "requirements", "product", "role", "kind", "placement", "same-as", "uses", "topologies",
        "versions", "locators", "publisher", "excludes", "broader", "not-same-as", "formerly",
    }
)  # fmt: skip
"""Keys that nobody writes on a page that is prose."""

_LIKE_TYPE = frozenset({"type", "typ", "tpye", "tyep", "page-type", "page_type", "pagetype"})


@dataclass(frozen=True, slots=True)
class Checked:
    """What the front matter of a page comes to."""

    entry: AnyPage | None
    """What it states; None for a guide page, or when nothing of it can be used."""
    diagnostics: tuple[Diagnostic, ...]


def check_values(
    path: str, front: FrontMatter, known: Sequence[Diagnostic], given_id: str
) -> Checked:
    """Return what the front matter states, and what is wrong with it.

    `given_id` is the id that the file name gives. Nothing is said about values that `known`
    diagnostics already speak of. With errors, the entry is what remains when wrong values are left
    out.
    """
    wording = Wording(path, front)
    told = {one.place for one in known}
    if "type" not in front.values:
        return Checked(None, tuple(_without_type(wording, front.values)))
    empty = tuple(
        where for where in _nulls(front.values) if where and where[0] not in MATERIAL_KEYS
    )
    values = _without(front.values, set(empty))
    found = [_empty(wording, where) for where in empty]
    entry, problems = _split(values)
    spoken_of = {*empty, *(where[:-1] for where in empty)}
    found += [
        wording.of(one)
        for one in problems
        if one.where not in spoken_of and not wording.is_misspelt(one)
    ]
    if not problems and entry and entry.id is None and not text.SLUG.fullmatch(given_id):
        found.append(_bad_file_id(wording, given_id))
    return Checked(entry, tuple(one for one in found if one.place not in told))


def _split(values: Mapping[str, Any]) -> tuple[AnyPage | None, tuple[Problem, ...]]:
    """Return what the values state, and all problems with them."""
    result = validate(values)
    if not isinstance(result, tuple):
        return result, ()
    entry, hidden = remainder(values, result)
    return entry, (*result, *hidden)


def _without_type(wording: Wording, values: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """A page without a type is a guide page, unless a key tells otherwise."""
    for key in values:
        if key.casefold() in _LIKE_TYPE:
            place = wording.key_place((key,))
            yield UNKNOWN_KEY.at(
                place, f"`{key}` is no key", "write `type`", fix=(Edit(place, key, "type"),)
            )
            return
    telling = next((key for key in values if key in _TELLING), None)
    if telling is not None:
        yield NO_TYPE.at(
            wording.key_place((telling,)),
            f"the page has the key `{telling}` but no `type`",
            f"add `type: …`: {text.join(PAGE_TYPES, 'or')}",
        )


def _empty(wording: Wording, where: Path) -> Diagnostic:
    named = f"the key `{where[-1]}`" if isinstance(where[-1], str) else "this item"
    return EMPTY_VALUE.at(
        wording.key_place(where),
        f"{named} has no value",
        "give it one, or delete it; a text that begins with # stands in quotation marks",
    )


def _bad_file_id(wording: Wording, given: str) -> Diagnostic:
    slug, place = text.slugify(given)[:64].strip("-") or "page", wording.key_place(("type",))
    return BAD_ID.at(
        place,
        f"the file name gives the id `{given}`, which has not the form of an id",
        f"rename the file, or add `id: {slug}`",
        fix=(Edit(place, "", f"id: {slug}\n"),),
    )


def _nulls(value: object, where: Path = ()) -> Iterator[Path]:
    if value is None:
        yield where
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _nulls(inner, (*where, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _nulls(inner, (*where, index))


def _without(value: Any, nulls: Collection[Path], where: Path = ()) -> Any:
    """Return the value without its empty keys; items of lists keep their position."""
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
