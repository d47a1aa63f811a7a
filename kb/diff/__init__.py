"""What differs: one topology from another, and one state of the pages from another."""

from kb.diff.answers import AnswerChange, answer_changes
from kb.diff.choosing import compare
from kb.diff.content import LABELS, Change, ChangeKind, changes
from kb.diff.days import Day, Timeline, timeline
from kb.diff.details import Detail
from kb.diff.notes import ContentDiff, content_as_markdown, content_as_text
from kb.diff.sides import Side, SideError, folder_side, revision_side
from kb.diff.telling import KINDS, as_markdown, as_text, counted, summary
from kb.diff.topologies import Difference, DifferenceKind, TopologyDiff, between, differing

__all__ = [
    "KINDS",
    "LABELS",
    "AnswerChange",
    "Change",
    "ChangeKind",
    "ContentDiff",
    "Day",
    "Detail",
    "Difference",
    "DifferenceKind",
    "Side",
    "SideError",
    "Timeline",
    "TopologyDiff",
    "answer_changes",
    "as_markdown",
    "as_text",
    "between",
    "changes",
    "compare",
    "content_as_markdown",
    "content_as_text",
    "counted",
    "differing",
    "folder_side",
    "revision_side",
    "summary",
    "timeline",
]
