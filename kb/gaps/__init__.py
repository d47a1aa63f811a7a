"""What people asked and the pages do not answer, and what they called wrong, told to writers.

Pure: where the questions were kept, and what answers them now, is given.
"""

from kb.gaps.grouping import Cluster, Doubt, Row, clusters, doubts
from kb.gaps.telling import digest, draft, facts, told

__all__ = ["Cluster", "Doubt", "Row", "clusters", "digest", "doubts", "draft", "facts", "told"]
