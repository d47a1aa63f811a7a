"""From a reading to a decision: checks first, then one function for each form of question.

A new form of question is one more function and a line in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kb.ask import twofold
from kb.ask.decide.befalling import befalling
from kb.ask.decide.checking import checks
from kb.ask.decide.circumstances import of_a_condition
from kb.ask.decide.comparing import compare, same, same_everywhere
from kb.ask.decide.confirming import confirmation
from kb.ask.decide.duties import what_must, where
from kb.ask.decide.in_any_case import in_any_case
from kb.ask.decide.instructions import document, how, procedures
from kb.ask.decide.listing import placed, which, who_uses
from kb.ask.decide.meaning import definition, purpose
from kb.ask.decide.mostly import mostly_said
from kb.ask.decide.nearly import nearly_said
from kb.ask.decide.numbers import how_many
from kb.ask.decide.one_topology import of_one_topology
from kb.ask.decide.ordering import among, earlier, later, unordered
from kb.ask.decide.premises import false_premise
from kb.ask.decide.question import Ground, Question
from kb.ask.decide.reasons import why
from kb.ask.decide.refusing import (
    absent_from_version,
    ambiguous,
    elliptic,
    fallback,
    foreign,
    one_of_a_kind,
    together,
    too_many,
    unknown_circumstances,
    unstated_property,
)
from kb.ask.decide.releases import since_when
from kb.ask.decide.remaining import remaining
from kb.ask.decide.reversing import reversed_order
from kb.ask.decide.sharing import sharing
from kb.ask.decide.topologies import unlike_topologies
from kb.ask.decide.yes_no import yes_no
from kb.ask.decision import Decision
from kb.ask.facts import Facts
from kb.ask.index import Index, TooManyError, bounded
from kb.ask.passages import Passages
from kb.ask.reader import Reader
from kb.ask.reading import Form, Reading
from kb.ask.record import kept
from kb.ask.saving import Saved
from kb.catalog import Catalog

Rule = Callable[[Question], Decision | None]
"""Decides a question, or passes it on. Its docstring says what it does, in traces too."""

CHECKS: tuple[Rule, ...] = (
    unknown_circumstances,
    foreign,
    ambiguous,
    elliptic,
    one_of_a_kind,
    together,
    absent_from_version,
    unstated_property,
    of_a_condition,
    sharing,
    remaining,
    befalling,
    confirmation,
    checks,
    unlike_topologies,
    false_premise,
    among,
    earlier,
    later,
    reversed_order,
    unordered,
    placed,
    same_everywhere,
    of_one_topology,
    in_any_case,
    procedures,
    since_when,
)
"""What is tried before the question itself, in this order; the first decision counts."""

FORMS: Mapping[Form, Rule] = {
    "what-must": what_must,
    "yes-no": yes_no,
    "which": which,
    "where": where,
    "how-many": how_many,
    "how": how,
    "document": document,
    "why": why,
    "consequence": why,
    "definition": definition,
    "purpose": purpose,
    "who-uses": who_uses,
    "compare": compare,
    "same": same,
}
"""What decides each form of question; None when the pages state nothing that does."""

LAST: tuple[Rule, ...] = (nearly_said, mostly_said)
"""What is tried where the form of the question has decided nothing."""


class Decider:
    """Decides questions on one catalog."""

    def __init__(self, catalog: Catalog, reader: Reader, saved: Saved | None = None) -> None:
        """Make a decider, of what `saved` returned for the same catalog where that is given."""
        stated: Saved = saved or {}
        facts = Facts(catalog, reader.lexicon, stated.get("facts"))
        index = Index(catalog, facts, stated.get("index"))
        passages = Passages(catalog, stated.get("passages"))
        self._ground = Ground(catalog, reader, facts, index, passages)

    def saved(self) -> Saved:
        """Return what was worked out of the catalog as it is kept."""
        ground = self._ground
        return {
            "facts": ground.facts.saved(),
            "index": ground.index.saved(),
            "passages": ground.passages.saved(),
        }

    def decide(self, reading: Reading) -> Decision:
        """Return the decision on a question."""
        ground = self._ground
        question = Question(ground, reading)
        try:
            if (two := twofold.apart(ground.catalog, ground.reader, reading)) is not None:
                first, second = (self._decision(Question(ground, one)) for one in two)
                if (both := twofold.together(first, second)) is not None:
                    return both
            return self._decision(question)
        except TooManyError as error:
            return _decided(too_many, too_many(question, error.number))

    @staticmethod
    def _decision(question: Question) -> Decision:
        bounded(question.subjects.components)
        for check in CHECKS:
            if (decision := check(question)) is not None:
                return _decided(check, decision)
        rule = FORMS[question.reading.form]
        for decide in (rule, *LAST):
            if (decision := decide(question)) is not None:
                return _decided(decide, decision)
        return _decided(fallback, fallback(question))


@kept("deciding")
def _decided(_by: Callable[..., Decision | None], decision: Decision) -> Decision:
    return decision
