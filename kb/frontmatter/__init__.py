"""Front matter with positions: where each key and value stands in the file that was written."""

from kb.frontmatter.page import KINDS, FrontMatter, read_front_matter
from kb.frontmatter.tree import Mark, Path

__all__ = ["KINDS", "FrontMatter", "Mark", "Path", "read_front_matter"]
