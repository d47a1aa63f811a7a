"""Lists of statements that somebody wants confirmed: judged part by part."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.ask import phrases
from kb.ask.decide.judging import all_of, ruling
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Ruling, Unjoined, Unrecorded
from kb.ask.matching import is_about_clustering
from kb.ask.reading import Modality, Reading
from kb.ask.subjects import unique
from kb.ask.verdicts import column_of
from kb.ask.worded import slot_words

_SAID = frozenset({"required", "need", "skip", "can", "forbidden", "recommended"})
"""How a statement may say that something is so."""
_ELIDED = re.compile(
    r" C (?:is|are|do|doe|must|should|can|need|ha|have|will)"
    r"(?: not)?(?: too| either| as well)?(?: [.,])*\Z"
)
"""A part that says of a component that the same holds of it, or does not (stems)."""


def confirmation(question: Question) -> Decision | None:
    """Judge a list of statements to confirm, part by part."""
    reading = question.reading
    if not reading.is_statement or reading.form not in ("yes-no", "what-must"):
        return None
    texts = _parts(reading.question)
    if len(texts) < 2:
        return None
    points: list[Ruling | Unjoined | Unrecorded] = []
    subject: tuple[str, ...] = ()
    waiting: list[str] = []
    claim: Reading | None = None
    left = list(question.subjects.components)
    is_open = False
    for text in texts:
        part = _part(question, text, subject, claim)
        names = part.subjects.components
        if len(names) != 1 or phrases.has("apart", "contrast", part.reading.line):
            is_open = True
            continue
        before = _up_to(names[0], left)
        waiting += before if is_open else names
        left = [one for one in left if one not in part.subjects.objects]
        is_open = not _claims(part.reading)
        subject = names
        if is_open:
            continue
        claim = part.reading
        for name in unique((*waiting, *names)):
            point = ruling(_about(question, claim, name), name, column_of(claim.modality))
            if isinstance(point, Ruling | Unjoined):
                points.append(point)
            elif claim.resources or claim.placement or claim.amount:
                points.append(Unrecorded(name))
        waiting.clear()
    judged = [one for one in points if not isinstance(one, Unrecorded)]
    if len(points) < 2 or not judged or left:
        return None
    verdicts = [getattr(one, "verdict", None) for one in points]
    wrong = [one for one in judged if one.verdict == "no"]
    names = unique([one.holder for one in points])
    return question.answered(wrong or points, names, all_of(verdicts))


def _up_to(name: str, left: list[str]) -> list[str]:
    """Take from the components that are left those up to this one, in the question's order."""
    if name not in left:
        return [name]
    end = left.index(name) + 1
    taken, left[:end] = left[:end], []
    return taken


def _claims(part: Reading) -> bool:
    """Return whether something is said of a component, and it is not only named."""
    is_said = part.resources or part.placement or part.amount or part.operations
    is_said = is_said or part.beside or slot_words(part) or part.modality == "skip"
    is_said = is_said or is_about_clustering(part)
    return bool(is_said or phrases.has("nothing-asked", "yes", part.line))


def _about(question: Question, part: Reading, name: str) -> Question:
    return Question(question.ground, replace(part, components=(name,)))


def _part(
    question: Question, text: str, subject: tuple[str, ...], claim: Reading | None
) -> Question:
    """Return one part of a list as a question.

    Without a subject it has that of the part before; "but the A is not" has its claim too.
    """
    whole = question.reading
    part = question.reader.read(text)
    says_something = part.resources or part.placement or part.amount or is_about_clustering(part)
    is_elided = claim is not None and bool(_ELIDED.search(part.line))
    if is_elided and claim is not None and not says_something:
        part = replace(
            part,
            resources=claim.resources,
            placement=claim.placement,
            words=claim.words,
            modality=claim.modality,
            is_negated=" not" in f"{part.line} ",
        )
    stated = replace(
        part,
        modality=_modality(part),
        form="yes-no",
        is_statement=True,
        is_negated=part.is_negated is not part.is_object_negated,
        components=part.components or (subject if says_something and not part.shared else ()),
        topologies=whole.topologies,
        conditions=whole.conditions,
        nodes=whole.nodes,
        version=whole.version,
    )
    return Question(question.ground, stated)


def _modality(part: Reading) -> Modality:
    """Return how a part says it: that it must or may be so, else that it is."""
    is_said = part.modality in _SAID and phrases.has("modality", part.modality, part.line)
    return part.modality if is_said else "uses"


def _parts(question: str) -> list[str]:
    """Return the parts of a list of statements."""
    text = question
    for mark in (";", ",", ". ", "\n", ":", " and ", " but ", " whereas ", " while "):
        text = text.replace(mark, "\x00")
    return [part.strip() for part in text.split("\x00") if part.strip()]
