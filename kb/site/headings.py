"""Tells the site's Markdown parser our anchors, so that its own are never used.

Two parsers read a body: ours for facts and search, the generator's for the page. An anchor that
search cites has to be on the page, so every heading gets its anchor written behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.markdown import Section

_HASHES = re.compile(r"(?P<open>[\s>]*(?:[-*+] +|\d+[.)] +)*#{1,6})[ \t]+(?P<title>.*?)[ \t]*$")
_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_ATTRIBUTES = re.compile(r"[ \t]+\{:?[ \t]*(?P<inside>[^{}]*?)[ \t]*\}$")
_UNDERLINE = re.compile(r"(?P<lead>[\s>]*)(?:=+|-+)[ \t]*$")


def with_anchors(body: str, sections: Iterable[Section], first_line: int) -> str:
    """Return a body with `{#anchor}` behind every heading.

    `sections` are those that were read from this body, whose first line is line `first_line` of
    its file. Headings with a line below them are written with number signs instead.
    """
    lines = body.split("\n")
    for section in reversed([one for one in sections if one.level and not one.explicit]):
        at = section.line - first_line
        heading = _HASHES.fullmatch(lines[at])
        if heading:
            title = _CLOSING.sub("", heading["title"])
            lines[at] = f"{heading['open']} {_marked(title, section.anchor)}"
        else:
            _rewrite(lines, at, section)
    return "\n".join(lines)


def _rewrite(lines: list[str], at: int, section: Section) -> None:
    """Write an underlined heading, which may have several lines, in one line."""
    for end in range(at + 1, len(lines)):
        underline = _UNDERLINE.fullmatch(lines[end])
        if underline:
            first = lines[at]
            lead = first[: len(first) - len(first.lstrip(" >"))]
            title = " ".join(line.strip(" >") for line in lines[at:end])
            # The lines keep their number: places below still count from the same line.
            blank = [lead.rstrip()] * (end - at)
            new = f"{lead}{'#' * section.level} {_marked(title, section.anchor)}"
            lines[at : end + 1] = [new, *blank]
            return


def _marked(title: str, anchor: str) -> str:
    attributes = _ATTRIBUTES.search(title)
    if attributes:
        return f"{title[: attributes.start()]} {{#{anchor} {attributes['inside']}}}"
    return f"{title} {{#{anchor}}}"
