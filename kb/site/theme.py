"""What the theme leaves out that a screen reader needs, and what it asks of other hosts, mended.

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
    # Beside a link to the repository its script shows numbers that it asks a foreign host for.
    (
        'class="md-source" data-md-component="source"',
        'class="md-source"',
    ),
)


def mended(html: str) -> str:
    """Return a page of HTML as it should be."""
    for left, put in _MENDED:
        html = html.replace(left, put)
    return html
