"""Tags: what the writers put pages together by, and the page that lists what bears each.

A tag is the writers' own word for what several pages are about; it is no fact and answers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kb import text
from kb.site import markup, parts
from kb.site.parts import Headings
from kb.site.view import View

TITLE = "Tags"
TAGS = "tags.md"
"""The path of the page."""


class Bearer(NamedTuple):
    """A page that has tags."""

    path: str
    title: str
    kind: str
    """The type of what it is about; empty: a page of prose."""
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, with what bears it."""

    name: str
    anchor: str
    """Where it stands on the page of all tags."""
    pages: tuple[Bearer, ...]
    """Those that have it, by title."""


def stated(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the tags that front matter states; none where its page is not to show any."""
    found = values.get("tags")
    hidden = values.get("hide")
    if isinstance(hidden, Sequence) and "tags" in hidden:
        return ()
    listed = found if isinstance(found, list) else [found]
    words = (" ".join(str(one).split()) for one in listed if isinstance(one, str | int | float))
    return tuple(dict.fromkeys(one for one in words if one))


def gathered(pages: Iterable[Bearer]) -> Mapping[str, Tag]:
    """Return the tags of these pages, by their name in lower case.

    Spellings that differ in capitals are one tag, called by the first of them.
    """
    names: dict[str, str] = {}
    bearing: dict[str, list[Bearer]] = {}
    for one in pages:
        for tag in one.tags:
            names.setdefault(tag.casefold(), tag)
            bearing.setdefault(tag.casefold(), []).append(one)
    headings = Headings({"tags"})
    return {
        key: Tag(
            names[key],
            headings.free(text.slugify(names[key]) or "tag"),
            tuple(sorted(bearing[key], key=lambda one: (one.title.casefold(), one.path))),
        )
        for key in sorted(names)
    }


def page(view: View, tags: Mapping[str, Tag]) -> str:
    """Return the page of all tags as Markdown."""
    blocks = [
        f"# {TITLE} {{#tags}}",
        markup.element("p", "What belongs together, on whatever page it stands.", class_="kb-lead"),
    ]
    for tag in tags.values():
        blocks.append(f"## {parts.text_in_markdown(tag.name)} {{#{tag.anchor}}}")
        blocks.append(markup.block("ul", _listed(view, tag)))
    return parts.joined(blocks)


def _listed(view: View, tag: Tag) -> Iterator[str]:
    for one in tag.pages:
        href = view.address(one.path)
        if href is not None:
            kind = markup.element("span", one.kind, class_="kb-aside") if one.kind else ""
            link = markup.element("a", markup.text(one.title), href=href)
            yield markup.element("li", f"{link} {kind}".rstrip())


def foot(view: View, names: Sequence[str], tags: Mapping[str, Tag]) -> str:
    """Return the tags of one page as links to the page of all tags; "" where it has none."""
    shown = [
        markup.element("li", markup.element("a", markup.text(tag.name), href=href))
        for tag in (tags[one.casefold()] for one in names)
        if (href := view.address(TAGS, tag.anchor)) is not None
    ]
    if not shown:
        return ""
    title = markup.element("span", "Tags", class_="kb-quiet")
    return markup.element(
        "nav", title, markup.element("ul", *shown), class_="kb-tags", aria_label="Tags"
    )
