"""What the pages say, linked: names, references, entailment, look-ups."""

from kb.catalog.build import build
from kb.catalog.catalog import Catalog
from kb.catalog.reach import held, holds_in, topologies_of
from kb.catalog.sentences import lower_first, sentence
from kb.catalog.things import (
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

__all__ = [
    "Catalog",
    "Cited",
    "Component",
    "Condition",
    "Guide",
    "Procedure",
    "Product",
    "Requirement",
    "Resource",
    "Source",
    "Thing",
    "Topology",
    "build",
    "held",
    "holds_in",
    "lower_first",
    "sentence",
    "topologies_of",
]
