"""What the search of the site leaves out is taken out of a page of HTML while it reads the page.

It reads tag by tag, and drawings have more of them than the text around; reading them took longer
than rendering the page.
"""

from __future__ import annotations

import re

_LEFT_OUT = re.compile(
    r"<(?P<tag>figure|dl|details)\b[^>]*\sdata-search-exclude\b[^>]*>.*?</(?P=tag)>"
    r"|<svg\b.*?</svg>",
    re.DOTALL,
)
_WORDS = re.compile(r"<(?:text|title|desc|foreignObject)\b", re.IGNORECASE)
_PLACE = re.compile(r"<!--kb-unsearched (?P<number>\d+)-->")


class Unsearched:
    """The parts of one page that the search does not keep."""

    def __init__(self) -> None:
        self._taken: list[str] = []

    def take_out(self, html: str) -> str:
        """Return a page with a comment in the place of each such part."""
        return _LEFT_OUT.sub(self._place, html)

    def put_back(self, html: str) -> str:
        """Return the page with all that was taken out in its place."""
        return _PLACE.sub(self._part, html) if self._taken else html

    def _place(self, found: re.Match[str]) -> str:
        part, tag = found[0], found["tag"]
        if _WORDS.search(part) if tag is None else f"<{tag}" in part[1:]:
            return part  # a drawing in the text with words of its own; an element in its like
        self._taken.append(part)
        return f"<!--kb-unsearched {len(self._taken) - 1}-->"

    def _part(self, place: re.Match[str]) -> str:
        number = int(place["number"])
        return self._taken[number] if number < len(self._taken) else place[0]
