"""Where a writer changes a page: the address of its file and line, or the place in words."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from kb.site import markup


@dataclass(frozen=True, slots=True)
class Editing:
    """How the files of the pages are reached."""

    base: str | None = None
    """Address of the docs folder where it is edited, with a slash; None when there is none."""

    def link(self, path: str, line: int, label: str | None = None) -> str:
        """Return a link to a line of a file; without an address, the place as text.

        >>> Editing("https://x.org/a/b/edit/main/docs/").address("c d.md", 3)
        'https://x.org/a/b/blob/main/docs/c%20d.md#L3'
        """
        place = f"{path}:{line}"
        href = self.address(path, line)
        if href is None:
            return markup.element("code", markup.text(place))
        name = markup.text(label or place)
        return markup.element("a", name, href=href, rel="noopener", aria_label=f"Edit {place}")

    def address(self, path: str, line: int) -> str | None:
        """Return the address of a line. Forges show lines beside a file, not in their editors."""
        if self.base is None:
            return None
        return f"{self.base.replace('/edit/', '/blob/', 1)}{quote(path)}#L{line}"


NO_EDITING = Editing()
"""Of pages that have no address at which they are edited."""
