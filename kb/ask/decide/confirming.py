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
    rulings: list[Ruling | Unjoined] = []
    subject: tuple[str, ...] = ()
    for text in _parts(reading.question):
        part = _part(question, text, subject)
        if len(part.subjects.components) != 1:
            continue
        subject = part.subjects.components
        point = ruling(part, subject[0], "uses")
        if isinstance(point, Ruling | Unjoined):
            rulings.append(point)
    if len(rulings) < 2:
        return None
    verdicts = [agreed(one) for one in rulings]
    verdict = all_of(verdicts)
    told = [replace(one, verdict=each) for one, each in zip(rulings, verdicts, strict=True)]
    wrong = [one for one in told if one.verdict == "no"]
    return question.answered(wrong or told, [one.holder for one in rulings], verdict)


def _part(question: Question, text: str, subject: tuple[str, ...]) -> Question:
    """Return one part of a list as a question; without a subject it has that of the part before."""
    whole = question.reading
    part = question.reader.read(text)
    says_something = bool(part.resources or part.placement or part.amount)
    stated = replace(
        part,
        form="yes-no",
        modality="uses",
        is_negated=part.is_negated is not part.is_object_negated,
        components=part.components or (subject if says_something else ()),
        topologies=whole.topologies,
        conditions=whole.conditions,
        nodes=whole.nodes,
        version=whole.version,
    )
    return Question(question.ground, stated)


def _parts(question: str) -> list[str]:
    """Return the parts of a list of statements."""
    text = question
    for mark in (";", ",", ". ", "\n", ":", " and "):
        text = text.replace(mark, "\x00")
    return [part.strip() for part in text.split("\x00") if part.strip()]
