"""The Markdown files of a docs folder: read once, as bytes of a known digest."""

from kb.sources.addresses import GENERATED_PAGES, page_address
from kb.sources.files import (
    MOST_BYTES,
    MOST_DEPTH,
    MOST_FILES,
    SourceFile,
    bad_characters,
    content_digest,
    other_files,
    read_sources,
    source_file,
)
from kb.sources.kinds import KINDS

__all__ = [
    "GENERATED_PAGES",
    "KINDS",
    "MOST_BYTES",
    "MOST_DEPTH",
    "MOST_FILES",
    "SourceFile",
    "bad_characters",
    "content_digest",
    "other_files",
    "page_address",
    "read_sources",
    "source_file",
]
