"""Tokens of a Markdown body into sections, steps and links."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb import text as words
from kb.markdown.body import Body, Link, Section
from kb.markdown.flaws import MOST_NESTING, costly_part, flaws_of
from kb.markdown.plain import joined, plain

_ATTRIBUTES = re.compile(r"[ \t]+\{:?[ \t]*(?P<inside>[^{}\n]*)\}[ \t]*$")
_ID = re.compile(r"#(?P<id>[\w:.-]+)")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MOST_NESTING}).enable("table")
    # Indented text is prose here: below an admonition it is, for the parser of the site.
    # Escapes and character references stay apart from text that was written plainly.
    parser.disable(["code", "text_join"])
    # Addresses are judged by the rules; a parser that dropped the bad ones would hide them.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


def read_body(text: str, first_line: int = 1, taken: Collection[str] = ()) -> Body:
    """Return the sections, steps and links of a body that begins in line `first_line` of its file.

    `taken` are anchors that the page uses otherwise; no heading gets one of them unasked.
    """
    lines = text.split("\n")
    costly = costly_part(lines)
    if costly is not None:
        return Body(flaws=(replace(costly, line=costly.line + first_line),))
    found: dict[str, Any] = {}
    tokens = _PARSER.parse(text, found)
    definitions = [*found.get("references", {}).values(), *found.get("duplicate_refs", [])]
    flaws = flaws_of(lines, tokens, [one["map"] for one in definitions])
    return Body(
        sections=tuple(_sections(tokens, first_line, set(taken))),
        steps=_steps(tokens),
        links=tuple(_links(tokens, lines, first_line)),
        flaws=tuple(replace(one, line=one.line + first_line) for one in flaws),
    )


def _sections(tokens: Sequence[Token], first: int, taken: set[str]) -> Iterator[Section]:
    # An anchor that an author chose is never given to another heading.
    chosen = [_chosen_anchor(b.content) for a, b in _pairs(tokens) if a.type == "heading_open"]
    taken.update(one for one in chosen if one)
    current = Section("", 0, "", "", first)
    prose, row = list[str](), list[str]()
    for before, token in _pairs(tokens):
        if before.type == "heading_open":
            if current.level or any(one.strip() for one in prose):
                yield replace(current, text=joined(prose))
            current, prose = _heading(before, token, first, taken), []
        elif before.type in ("th_open", "td_open"):
            row.append(plain(token.children or []))
        elif token.type == "tr_close":
            prose.append(_sentence(row))
            row = []
        elif token.type == "inline":
            prose.append(plain(token.children or []))
        elif token.type == "fence":
            prose.append(token.content)
    if current.level or any(one.strip() for one in prose):
        yield replace(current, text=joined(prose))


def _sentence(row: Sequence[str]) -> str:
    """Return the cells of a row as a sentence, so that one is read without the others."""
    first, *rest = [one for one in row if one] or [""]
    return f"{first}: {', '.join(rest)}." if rest else first and f"{first}."


def _pairs(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield each token with the one before it; the first one has an empty token before it."""
    return zip([Token("", "", 0), *tokens], tokens, strict=False)


def _heading(opening: Token, inline: Token, first: int, taken: set[str]) -> Section:
    title = joined([_ATTRIBUTES.sub("", plain(inline.children or []))])
    chosen = _chosen_anchor(inline.content)
    line = first + (opening.map[0] if opening.map else 0)
    anchor = chosen or _new_anchor(title, taken)
    return Section(title, int(opening.tag[1]), anchor, "", line, chosen is not None)


def _chosen_anchor(heading: str) -> str | None:
    attributes = _ATTRIBUTES.search(heading)
    found = _ID.search(attributes["inside"]) if attributes else None
    return found["id"] if found else None


def _new_anchor(title: str, taken: set[str]) -> str:
    slug = words.slugify(title) or "section"
    anchor, number = slug, 1
    while anchor in taken:
        number += 1
        anchor = f"{slug}-{number}"
    taken.add(anchor)
    return anchor


def _steps(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the items of the first ordered list, those of lists inside belonging to their item."""
    start = next((i for i, one in enumerate(tokens) if one.type == "ordered_list_open"), None)
    if start is None:
        return ()
    level, steps, item = tokens[start].level, list[str](), list[str]()
    for token in tokens[start:]:
        if token.type == "ordered_list_close" and token.level == level:
            break
        if token.type == "list_item_open" and token.level == level + 1:
            item = []
        elif token.type == "list_item_close" and token.level == level + 1:
            steps.append(joined(item))
        elif token.type == "inline":
            item.append(plain(token.children or []))
        elif token.type == "fence":
            item.append(token.content)
    return tuple(steps)


def _links(tokens: Sequence[Token], lines: Sequence[str], first: int) -> Iterator[Link]:
    for inline in (one for one in tokens if one.type == "inline"):
        number, children = inline.map[0] if inline.map else 0, inline.children or []
        for index, child in enumerate(children):
            if child.type in {"softbreak", "hardbreak"}:
                number += 1
            elif child.type in {"link_open", "image"}:
                target, label = _target(child, children[index + 1 :])
                source = lines[number] if number < len(lines) else ""
                column = max(source.find(target), 0) + 1
                yield Link(target, label, first + number, column, child.type == "image")


def _target(token: Token, following: Sequence[Token]) -> tuple[str, str]:
    """Return where a link or image leads, and its text."""
    if token.type == "image":
        return str(token.attrGet("src") or ""), token.content
    end = next((i for i, one in enumerate(following) if one.type == "link_close"), 0)
    return str(token.attrGet("href") or ""), plain(following[:end])
