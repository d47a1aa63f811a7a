"""What git knows of the docs folder: its history, and the pages of any of its revisions."""

from kb.history.git import contents
from kb.history.log import (
    MOST_REVISIONS,
    FileChange,
    History,
    Lack,
    Revision,
    is_edited,
    read_history,
)
from kb.history.tree import Tree, TreeFile, read_tree

__all__ = [
    "MOST_REVISIONS",
    "FileChange",
    "History",
    "Lack",
    "Revision",
    "Tree",
    "TreeFile",
    "contents",
    "is_edited",
    "read_history",
    "read_tree",
]
