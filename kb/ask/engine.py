"""The question engine: a question on one catalog into an answer, stage by stage."""

from __future__ import annotations

import hashlib
import json

from kb import typed
from kb.ask.answer import CONTENT_DIGITS, Answer, ConditionState, State, Understood
from kb.ask.decide import Decider
from kb.ask.decision import Decision, requirements_of
from kb.ask.reader import Reader
from kb.ask.reading import Reading
from kb.ask.record import keeping
from kb.ask.saving import Saved, maker
from kb.ask.trace import Trace
from kb.ask.tracing import trace_of
from kb.ask.wording import Wording
from kb.catalog import Catalog, Requirement

ENGINE_VERSION = "10"
"""Changes with anything that changes answers; part of every answer's id."""


class Engine:
    """Answers questions on one catalog. Safe to share between threads."""

    def __init__(self, catalog: Catalog, saved: bytes | None = None) -> None:
        """Make the engine of a catalog.

        `saved` is what `saved` returned for the same catalog: it spares working that out again. It
        is not used where other code made it.
        """
        stated: Saved = json.loads(saved) if saved is not None else {}
        kept = stated if stated.get("maker") == maker() else {}
        self._catalog = catalog
        self._reader = Reader(catalog, kept.get("lexicon"))
        self._decider = Decider(catalog, self._reader, kept.get("decider"))
        self._wording = Wording(catalog)

    def saved(self) -> bytes:
        """Return what was worked out of the catalog, as JSON."""
        stated = {
            "maker": maker(),
            "lexicon": self._reader.lexicon.saved(),
            "decider": self._decider.saved(),
        }
        return json.dumps(
            stated, ensure_ascii=False, separators=(",", ":"), sort_keys=True
        ).encode()

    def ask(self, question: str) -> Answer:
        """Return the answer to a question.

        Raises QuestionError with the problem `missing-question`, `question-too-long` (with the
        limit) or `invalid-characters`.
        """
        normal = normal_form(question)
        reading = self._reader.read(normal)
        decision = self._decider.decide(reading)
        return self._answer(question, normal, reading, decision)

    def explain(self, question: str) -> tuple[Answer, Trace]:
        """Return the answer to a question, and how it came about.

        Raises QuestionError as `ask` does.
        """
        with keeping() as calls:
            answer = self.ask(question)
        return answer, trace_of(self._catalog, calls)

    def _answer(self, question: str, normal: str, reading: Reading, decision: Decision) -> Answer:
        found = [one for point in decision.points for one in requirements_of(point)]
        requirements = _each_once(found)
        return Answer(
            question=question,
            status=decision.status,
            reason=decision.reason,
            understood=self._understood(reading, decision),
            verdict=decision.verdict,
            parts=self._wording.parts(decision),
            answer=self._wording.text(decision),
            components=decision.components,
            topology=decision.topology,
            requirements=requirements,
            citations=self._wording.citations(decision, requirements),
            candidates=self._wording.candidates(decision),
            truncated=reading.is_truncated or decision.is_cut,
            content_version=self._catalog.version,
            answer_id=answer_id(normal, self._catalog.version),
        )

    @staticmethod
    def _understood(reading: Reading, decision: Decision) -> Understood:
        states: dict[bool | None, State] = {True: "stated", False: "denied", None: "open"}
        return Understood(
            intent=decision.intent,
            components=decision.components or reading.components,
            topology=reading.topologies[0] if len(reading.topologies) == 1 else None,
            conditions=tuple(
                ConditionState(name, states[value])
                for name, value in sorted(decision.conditions.items())
            ),
            resources=reading.resources,
            version=reading.version,
            nodes=reading.nodes,
            corrections=reading.corrections,
        )


_PLAIN = {
    **dict.fromkeys((0x60, 0xB4, 0x2BC, *range(0x2018, 0x201C)), "'"),
    **dict.fromkeys((0xAB, 0xBB, *range(0x201C, 0x2020)), '"'),
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-"),
}
"""Quotation marks and dashes as every keyboard has them."""


def normal_form(question: str) -> str:
    """Return the form of a question that is read, and that its answer's id is made from.

    Raises QuestionError as `Engine.ask` does.
    """
    return typed.normal_form(question, keeps_lines=True).translate(_PLAIN)


def answer_id(normal: str, content_version: str) -> str:
    """Return the id of the answer to a question in normal form: 32 hex digits.

    The first 8 are those of the content, so that an answer to other content is told by its id.
    """
    stated = "\x1f".join((normal.casefold(), content_version, ENGINE_VERSION))
    digest = hashlib.sha256(stated.encode()).hexdigest()
    return content_version[:CONTENT_DIGITS] + digest[: 32 - CONTENT_DIGITS]


def _each_once(requirements: list[Requirement]) -> tuple[Requirement, ...]:
    found = {(one.component, one.ref): one for one in requirements}
    return tuple(found.values())


__all__ = ["ENGINE_VERSION", "Engine", "answer_id", "normal_form"]
