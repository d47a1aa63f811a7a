"""Rendered blocks of HTML are taken out of a page's Markdown, and put back when it is HTML.

A parser of Markdown would leave each of them as it is, having read all of it, several times.
"""

from __future__ import annotations

import re

_BLOCK = re.compile(
    r"<(?P<tag>p|div|ul|ol|dl|table|section|figure|details|aside|nav|form)[ >].*</(?P=tag)>",
    re.DOTALL,
)
_PLACE = re.compile(r'<div data-kb-block="(?P<number>\d+)"></div>')
_ANCHOR = re.compile(r'\sid="([^"]+)"')


class Blocks:
    """The blocks of one page."""

    def __init__(self) -> None:
        self._taken: list[str] = []

    @property
    def anchors(self) -> set[str]:
        """The ids of all elements in the blocks."""
        return {one for block in self._taken for one in _ANCHOR.findall(block)}

    def take_out(self, markdown: str) -> str:
        """Return what we rendered with a small element in the place of each block of HTML."""
        parts = markdown.split("\n\n")
        return "\n\n".join(self._place(one) if _BLOCK.fullmatch(one) else one for one in parts)

    def put_back(self, html: str) -> str:
        """Return the page of HTML with all that was taken out in its place."""
        return _PLACE.sub(self._block, html)

    def _place(self, block: str) -> str:
        self._taken.append(block)
        return f'<div data-kb-block="{len(self._taken) - 1}"></div>'

    def _block(self, place: re.Match[str]) -> str:
        number = int(place["number"])
        return self._taken[number] if number < len(self._taken) else place[0]
