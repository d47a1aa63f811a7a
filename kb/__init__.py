"""A knowledge base of clustering requirements, kept as Markdown pages: its public names.

Whoever builds on this package (the HTTP service is the first) uses these names and nothing else.
"""

from kb.ask.answer import (
    SCHEMA_VERSION,
    Answer,
    Candidate,
    Citation,
    ConditionState,
    Correction,
    Intent,
    Part,
    Reason,
    Replay,
    State,
    Understood,
    Verdict,
)
from kb.catalog import (
    Catalog,
    Cited,
    Component,
    Condition,
    Guide,
    Procedure,
    Product,
    Requirement,
    Resource,
    Source,
    Thing,
    Topology,
    topologies_of,
)
from kb.catalog import held as topologies_of_requirement
from kb.compiler import Compilation, compile_folder
from kb.diagnostics import Diagnostic, Place
from kb.diff import Difference, DifferenceKind, TopologyDiff
from kb.diff import as_markdown as diff_as_markdown
from kb.diff import as_text as diff_as_text
from kb.diff import summary as diff_summary
from kb.errors import (
    AmbiguousNameError,
    CompilationError,
    DeadlineError,
    DiffError,
    GenerationError,
    KnowledgeBaseError,
    PlanError,
    QuestionError,
    UnknownNameError,
)
from kb.generations import Held as HeldGeneration
from kb.generations import Store as GenerationStore
from kb.knowledge import KnowledgeBase
from kb.matrix import Matrix
from kb.matrix import matrix as matrix_of
from kb.model import Level, PageType, Placement, json_schema
from kb.plan import Plan
from kb.plan import Selection as PlanSelection
from kb.plan import as_csv as plan_as_csv
from kb.plan import as_markdown as plan_as_markdown
from kb.search.highlight import Fragment
from kb.search.passages import PASSAGE_TYPES, Passage, PassageType
from kb.search.search import Hit, SearchResult
from kb.site.policy import CONTENT_SECURITY_POLICY
from kb.sources import page_address
from kb.typed import normal_form

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "PASSAGE_TYPES",
    "SCHEMA_VERSION",
    "AmbiguousNameError",
    "Answer",
    "Candidate",
    "Catalog",
    "Citation",
    "Cited",
    "Compilation",
    "CompilationError",
    "Component",
    "Condition",
    "ConditionState",
    "Correction",
    "DeadlineError",
    "Diagnostic",
    "DiffError",
    "Difference",
    "DifferenceKind",
    "Fragment",
    "GenerationError",
    "GenerationStore",
    "Guide",
    "HeldGeneration",
    "Hit",
    "Intent",
    "KnowledgeBase",
    "KnowledgeBaseError",
    "Level",
    "Matrix",
    "PageType",
    "Part",
    "Passage",
    "PassageType",
    "Place",
    "Placement",
    "Plan",
    "PlanError",
    "PlanSelection",
    "Procedure",
    "Product",
    "QuestionError",
    "Reason",
    "Replay",
    "Requirement",
    "Resource",
    "SearchResult",
    "Source",
    "State",
    "Thing",
    "Topology",
    "TopologyDiff",
    "Understood",
    "UnknownNameError",
    "Verdict",
    "compile_folder",
    "diff_as_markdown",
    "diff_as_text",
    "diff_summary",
    "json_schema",
    "matrix_of",
    "normal_form",
    "page_address",
    "plan_as_csv",
    "plan_as_markdown",
    "topologies_of",
    "topologies_of_requirement",
]
