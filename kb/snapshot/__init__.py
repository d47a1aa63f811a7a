"""A knowledge base as files that are opened without reading pages: JSON, and a search index.

What is opened gives the same answers, byte for byte, as what was compiled.
"""

from kb.snapshot.snapshot import Contents, read, write

__all__ = ["Contents", "read", "write"]
