"""What a question says, as a value: what is asked of what, under which circumstances.

Reached by `kb.ask.reader` from words and names only; what the pages say is not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kb.ask.answer import Correction
from kb.ask.singled import Singled
from kb.ask.words import Token
from kb.model import Placement

Form = Literal[
    "what-must",
    "yes-no",
    "which",
    "where",
    "how-many",
    "how",
    "document",
    "why",
    "consequence",
    "definition",
    "purpose",
    "who-uses",
    "compare",
    "same",
]
Modality = Literal[
    "required",
    "need",
    "recommended",
    "can",
    "forbidden",
    "discouraged",
    "skip",
    "by-itself",
    "uses",
    "enough",
    "only-way",
]
AskedPlacement = (
    Placement
    | Literal[
        "each-server",
        "each-machine",
        "each-cluster",
        "one-per-cluster",
        "particular-node",
        "several",
        "several-per-node",
    ]
)
Quantifier = Literal["all", "any", "none"]


@dataclass(frozen=True, slots=True)
class Done:
    """What a question says is done already, so that it asks about the rest."""

    placement: AskedPlacement | None
    resources: tuple[str, ...]
    words: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one question says. Ids are ids of the catalog."""

    question: str
    is_truncated: bool
    """Whether it has more words than are read."""
    stems: frozenset[str]
    """Stems of the words of the part that asks, names and all."""
    form: Form
    modality: Modality
    is_negated: bool
    """Whether the verdict is to be turned round: "is it not required"."""
    is_object_negated: bool
    """Whether the thing asked about is what it is not: "on a non-clustered server"."""
    is_statement: bool
    """Whether it is a statement to confirm."""
    components: tuple[str, ...]
    """In the order in which they are named in the part that asks, else before it."""
    shared: tuple[str, ...]
    """Ids of the components that bear a name which several share; one of them is meant."""
    is_partly_named: bool
    """Whether only a part of a component's name is written."""
    is_joined: bool
    """Whether the components are named in one breath: "A, B and C"."""
    beside: tuple[str, ...]
    """Components behind a preposition, or owners: asked about where a statement makes them so."""
    places_of: tuple[str, ...]
    """Components that tell a place or a time: "the node that runs the A"."""
    describing: tuple[str, ...]
    """Components that tell one of a kind from others: "the database that the A reads"."""
    done: Done | None
    """What is told to be done already: "apart from being on each node"."""
    contrasted: tuple[str, ...]
    """Resources that are named only for contrast: "rather than the R"."""
    excluded: tuple[str, ...]
    """Ids of components that are left out of what is asked: "besides the agent"."""
    excluded_kinds: tuple[str, ...]
    """Kinds of components that are left out: "which components are not services"."""
    is_choice: bool
    """Whether one or more of the components named are to be chosen: "which of A and B"."""
    is_named_in_condition: bool
    """Whether they are named only in the words that state a condition."""
    kinds: tuple[str, ...]
    """Kinds of components asked for; `lexicon.ANY_KIND` for all."""
    quantifier: Quantifier | None
    products: tuple[str, ...]
    topologies: tuple[str, ...]
    unknown_topology: str | None
    version: str | None
    versions: tuple[str, ...]
    """All versions that are named, in their order."""
    series: tuple[str, ...]
    """The versions that begin with the number named, where that alone is none."""
    unknown_version: str | None
    nodes: int | None
    """Number of nodes of the cluster that is stated."""
    amount: int | None
    """Number of whatever is counted, other than nodes."""
    counted: tuple[str, ...]
    """Stems of the noun that is counted, or ids."""
    counted_per: str | None
    """Stem of the noun of which each has so many: "on each node", "per cluster"."""
    counted_after: tuple[str, ...]
    """What "how many" asks to be counted: ids of a name, else stems of a noun."""
    conditions: Mapping[str, bool]
    """Condition id -> stated (True) or denied (False)."""
    resources: tuple[str, ...]
    procedures: tuple[str, ...]
    singled: Singled | None
    """The one component that is meant by its kind: "the database"."""
    operations: frozenset[str]
    """Stems of what is to be done to a component beyond setting it up: "restart"."""
    placement: AskedPlacement | None
    places: tuple[AskedPlacement, ...]
    """All places that are asked about, where there are several: "on each node or only on one"."""
    is_alternative: bool
    """Whether one of several is to be told: "A or B?"."""
    words: tuple[Token, ...]
    """Words of the part that asks which carry matter and belong to no name."""
    unknown: tuple[str, ...]
    """Those of them that nothing explains and that stand where the thing asked about stands."""
    idle: frozenset[str]
    """Those of them that nothing explains and that stand elsewhere: they are passed over."""
    foreign: tuple[str, ...]
    """Names of things that the pages say are something else, or that stand before a name."""
    has_foreign_modifier: bool
    """Whether one of them stands right before a component's name: "Acme agent"."""
    corrections: tuple[Correction, ...]
    is_about_another: bool
    """Whether one component is asked about another: "does A need B"."""
    line: str
    """The part that asks as a line of stems in which capitals stand for names."""
    is_bare: bool
    """Whether there is no verb of asking at all: only names and circumstances."""
