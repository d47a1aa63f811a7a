"""What a trace is: how one answer came about, as plain values that read well and go into JSON.

Ids are ids of the catalog, requirements go by `owner/id`. Made by `kb.ask.tracing` from what the
stages of the engine returned; nothing of it is worked out a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.ask.answer import Verdict


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word that was read as another one: an abbreviation, or a typing error."""

    wrote: str
    read: str
    near: tuple[tuple[str, int], ...] = ()
    """For a typing error: the nearest words, with the number of errors between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundName:
    """A name in the question."""

    text: str
    """As it was written."""
    read_as: str
    """As it was read: its words in lower case, errors mended."""
    kind: str
    ids: tuple[str, ...]
    """More than one: they share the name."""
    others: Mapping[str, tuple[str, ...]]
    """What else bears the name, by kind; the kind above goes before these."""
    is_partial: bool
    """Whether it is only a part of the whole name."""
    is_asked: bool
    """Whether it stands in the part that asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAs:
    """What was read."""

    words: tuple[ReadWord, ...]
    names: tuple[FoundName, ...]
    asking: str
    """The part of the question that asks."""
    line: str
    """That part as a line of stems in which capitals stand for names, as patterns see it."""
    form: str
    modality: str
    is_negated: bool
    is_statement: bool
    placement: str | None
    quantifier: str | None
    components: tuple[str, ...]
    resources: tuple[str, ...]
    topologies: tuple[str, ...]
    conditions: Mapping[str, str]
    """Id -> "stated" or "denied"."""
    condition_words: tuple[str, ...]
    """The words that say it."""
    version: str | None
    nodes: int | None
    amount: int | None
    matter: tuple[str, ...]
    """Words that carry matter and belong to no name: requirements and passages must have them."""
    unknown: tuple[str, ...]
    """Those of them that neither the pages nor plain English explain; they count."""
    passed_over: tuple[str, ...]
    """Unknown words where they do not count."""
    foreign: tuple[str, ...]
    """Names of things that are not documented here."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A requirement that does not count here, and why."""

    requirement: str
    level: str
    why: str


@dataclass(frozen=True, slots=True)
class Matched:
    """A requirement that bears on the question."""

    requirement: str
    level: str
    distance: int
    """0: about the very thing; the more, the less exact, and the sooner it gives way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """The requirements of one component or product, held against the question."""

    holder: str
    target: str
    """On what account: `object`, `action`, `placement`, `count`, `clustering` or `whole`."""
    objects: tuple[str, ...]
    matched: tuple[Matched, ...]
    passed: tuple[Passed, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How well something fits the question, of those that were compared."""

    id: str
    score: float
    is_enough: bool
    """Whether it fits well enough to be taken."""
    note: str = ""
    """Why it was not compared in the end, however well it fits."""


@dataclass(frozen=True, slots=True)
class WorldVerdict:
    """What holds in one world."""

    topology: str | None
    version: str | None
    holding: tuple[str, ...]
    """Conditions that hold, of those that matter here."""
    lacking: tuple[str, ...]
    """Conditions that do not."""
    verdict: Verdict | None
    decided_by: tuple[str, ...]
    """Requirements."""
    gave_way: tuple[str, ...]
    """Requirements that apply too, and are weaker or less exact."""
    absent: tuple[Passed, ...]
    """Requirements that matched, and do not apply in this world."""
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The verdicts on one component or product in all worlds that the question leaves open."""

    holder: str
    asked: str
    """The column of the verdict table, in words."""
    verdict: Verdict | None
    decided_by: tuple[str, ...]
    """What the verdict differs by: `topology`, `version` or ids of conditions."""
    worlds: tuple[WorldVerdict, ...]
    is_told: bool
    """Whether the answer rests on it; others were looked at on the way."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was tried."""

    name: str
    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """How one answer came about."""

    reading: ReadAs
    matchings: tuple[Matching, ...]
    roles: tuple[Score, ...]
    """Components, by what the question's words say of their roles; best first."""
    passages: tuple[Score, ...]
    """Sections (`path:line`), by the share of the question's matter that they have; best first."""
    judged: tuple[Judged, ...]
    tried: tuple[Rule, ...]
    """What was tried first, without result."""
    decided_by: Rule
    because: tuple[str, ...]
    """How it came to what it decided: the rules of the verdicts, in words."""
    hints: tuple[str, ...]
    """What could be changed on the pages, if the answer is not what it should be."""
