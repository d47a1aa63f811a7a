"""What differs: one topology from another, and one state of the pages from another."""

from kb.diff.content import Change, ChangeKind, changes
from kb.diff.days import Day, Timeline, timeline
from kb.diff.topologies import Difference, DifferenceKind, TopologyDiff, between, differing

__all__ = [
    "Change",
    "ChangeKind",
    "Day",
    "Difference",
    "DifferenceKind",
    "Timeline",
    "TopologyDiff",
    "between",
    "changes",
    "differing",
    "timeline",
]
