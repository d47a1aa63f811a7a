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
)
from kb.compiler import Compilation, compile_folder
from kb.diagnostics import Diagnostic, Place
from kb.errors import (
    AmbiguousNameError,
    CompilationError,
    KnowledgeBaseError,
    QuestionError,
    UnknownNameError,
)
from kb.knowledge import KnowledgeBase
from kb.matrix import Matrix, matrix
from kb.model import Level, PageType, Placement, json_schema
from kb.sources import page_address

__all__ = [
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
    "Diagnostic",
    "Guide",
    "Intent",
    "KnowledgeBase",
    "KnowledgeBaseError",
    "Level",
    "Matrix",
    "PageType",
    "Part",
    "Place",
    "Placement",
    "Procedure",
    "Product",
    "QuestionError",
    "Reason",
    "Replay",
    "Requirement",
    "Resource",
    "Source",
    "State",
    "Thing",
    "Topology",
    "Understood",
    "UnknownNameError",
    "Verdict",
    "compile_folder",
    "json_schema",
    "matrix",
    "page_address",
]
