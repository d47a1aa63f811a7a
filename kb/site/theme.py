"""What the theme leaves out that a screen reader needs, added to the built page.

Each is a text of the theme's own with what stands in its place; where it is not found, nothing is
changed.
"""

from __future__ import annotations

_MENDED = (
    # A dialog is announced by its name.
    (
        '<div class="md-search" data-md-component="search" role="dialog">',
        '<div class="md-search" data-md-component="search" role="dialog" aria-label="Search">',
    ),
)


def mended(html: str) -> str:
    """Return a page of HTML with what was left out."""
    for left, put in _MENDED:
        html = html.replace(left, put)
    return html
