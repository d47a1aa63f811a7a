"""Reads the body of a page: sections with anchors, steps, links, and what is refused.

Only reads. The site is rendered by another Markdown parser, so whatever the two could understand
differently (anchors, raw HTML, addresses of links) is decided here and told to the other one.
"""

from kb.markdown.body import Body, Flaw, Link, Section
from kb.markdown.reading import read_body

__all__ = ["Body", "Flaw", "Link", "Section", "read_body"]
