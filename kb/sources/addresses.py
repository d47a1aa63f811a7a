"""Where pages are published."""

from __future__ import annotations

from urllib.parse import quote

GENERATED_PAGES = (
    "ask.md",
    "changes.md",
    "coverage.md",
    "differences.md",
    "glossary.md",
    "matrix.md",
    "planner.md",
    "roles.md",
    "tags.md",
)
"""Pages that the site adds to those of the folder: a page may link to them."""


def page_address(path: str) -> str:
    """Return where MkDocs publishes a page with directory URLs, relative to the site's root.

    >>> page_address("components/x.md"), page_address("guides/README.md"), page_address("index.md")
    ('components/x/', 'guides/', '')
    """
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".md")
    parts = [folder] if folder else []
    if stem not in {"index", "README"}:
        parts.append(stem)
    return quote("".join(f"{part}/" for part in parts))
