"""Lists of statements that somebody wants confirmed: judged part by part."""

from __future__ import annotations

from dataclasses import replace

from kb.ask.decide.judging import agreed, all_of, ruling
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Ruling, Unjoined


def confirmation(question: Question) -> Decision | None:
    """Judge a list of statements to confirm, part by part."""
    reading = question.reading
    if not reading.is_statement or reading.form not in ("yes-no", "what-must"):
        return None
    parts = [question.reader.read(part) for part in _parts(reading.question)]
    rulings: list[Ruling | Unjoined] = []
    for part in parts:
        if len(part.components) != 1:
            continue
        stated = replace(
            part,
            form="yes-no",
            modality="uses",
            topologies=reading.topologies,
            conditions=reading.conditions,
            nodes=reading.nodes,
            version=reading.version,
        )
        point = ruling(Question(question.ground, stated), part.components[0], "uses")
        if isinstance(point, Ruling | Unjoined):
            rulings.append(point)
    if len(rulings) < 2:
        return None
    verdicts = [agreed(one) for one in rulings]
    verdict = all_of(verdicts)
    wrong = [one for one in rulings if one.verdict == "no"]
    return question.answered(wrong or rulings, [one.holder for one in rulings], verdict)


def _parts(question: str) -> list[str]:
    """Return the parts of a list of statements."""
    text = question
    for mark in (";", ",", ". ", "\n", ":", " and "):
        text = text.replace(mark, "\x00")
    return [part.strip() for part in text.split("\x00") if part.strip()]
