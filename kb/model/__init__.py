"""What a page may say: the authoring format as types.

Every key of the front matter is a field here, in the author's words and without anything derived;
the JSON Schema that editors use is generated from these types. Whether the ids that a page names
exist, and what follows from them, is not known here.
"""

from kb.model.entries import (
    FORMAT,
    AnyPage,
    ComponentEntry,
    ConditionEntry,
    Count,
    PageEntry,
    ProcedureEntry,
    ProductEntry,
    QuestionEntry,
    RequirementEntry,
    ResourceEntry,
    SourceEntry,
    SourceRef,
    TopologyEntry,
    Verify,
    entry_type_of,
    keys_of,
)
from kb.model.schema import json_schema
from kb.model.validation import Problem, ProblemKind, validate
from kb.model.values import (
    LEVELS,
    PAGE_TYPES,
    PLACEMENTS,
    Level,
    PageType,
    Placement,
    Status,
)

__all__ = [
    "FORMAT",
    "LEVELS",
    "PAGE_TYPES",
    "PLACEMENTS",
    "AnyPage",
    "ComponentEntry",
    "ConditionEntry",
    "Count",
    "Level",
    "PageEntry",
    "PageType",
    "Placement",
    "Problem",
    "ProblemKind",
    "ProcedureEntry",
    "ProductEntry",
    "QuestionEntry",
    "RequirementEntry",
    "ResourceEntry",
    "SourceEntry",
    "SourceRef",
    "Status",
    "TopologyEntry",
    "Verify",
    "entry_type_of",
    "json_schema",
    "keys_of",
    "validate",
]
