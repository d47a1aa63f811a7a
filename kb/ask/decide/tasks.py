"""Whether something is what a component is for: "does A do F", "is A responsible for F"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.ask import data
from kb.ask.answer import Verdict
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Definition, Uses
from kb.ask.described import plain_stems
from kb.ask.facts import marks
from kb.ask.reading import Reading
from kb.ask.verdicts import column_of
from kb.ask.worded import slot_words
from kb.ask.words import page_tokens

_VERB = re.compile(r" C (?:that |which |who )?(?P<verb>[a-z]+)")
"""What a component is asked to do."""
_TOWARDS = re.compile(
    r"^ ?(?:do|doe) (?:the |our |a |an )?C [a-z]+ (?:[a-z]+ )+?"
    r"(?:to|for|from|in|into|of|on|with) (?:the |our |a |an |each |everi |all )*C ?$"
)
"""It is asked whether one component does something to, or for, another (stems)."""


def its_task(
    question: Question, name: str, objects: Sequence[str] = ()
) -> Definition | Uses | None:
    """Return what a component is for, where its role or what it uses others for says all of it.

    The things that are named must be in it, too. It has a verdict where it is asked whether the
    component does that, none where it must or can.
    """
    facts = question.facts
    known = facts.does(name) - (facts.lent(name) - facts.used_for(name))
    reading = question.reading
    column = column_of(reading.modality, is_object_negated=reading.is_object_negated)
    if column == "can":
        return None
    verdict = question.turned("yes") if column in ("uses", "by-itself") else None
    asked = _asked(reading) if verdict else _of_matter(reading)
    asked += [one for one in [_verb(reading)] if verdict and one]
    things = [question.catalog.resources.get(one) for one in objects]
    if not all(things) or (things and not _verb(reading)):
        return None
    asked += [marks(one.stem) for each in things if each for one in page_tokens(each.title)]
    is_of_matter = bool(things) or bool(_of_matter(reading))
    if not asked or not is_of_matter or not all(one & known for one in asked):
        return None
    return role_of(question, name, asked, verdict)


def anothers_task(question: Question) -> Decision | None:
    """Say which others are for what is asked of a component, whose own role says less of it.

    That it does not do it follows where its role does not know what it is done to.
    """
    reading, named = question.reading, question.subjects.components
    asked = _asked(reading)
    is_asked = reading.modality in ("uses", "by-itself") and reading.placement is None
    if not asked or not named or not is_asked or reading.resources:
        return None
    verb = _verb(reading)
    told = [*asked, *([verb] if verb else [])]
    doers = [
        one
        for one in question.facts.doing(told)
        if one not in named and not any(word & question.facts.lent(one) for word in asked)
    ]
    if not doers:
        return None
    is_known = any(all(one & question.facts.does(name) for one in asked) for name in named)
    points = [role_of(question, one, told) for one in (*(named if is_known else ()), *doers)]
    return question.answered(points, named, None if is_known else question.turned("no"))


def towards_another(question: Question) -> Decision | None:
    """Tell what a component is for, where it is asked whether it does that to another one.

    Its role says what is done, and leaves open whether it is done to the other.
    """
    reading, named = question.reading, question.subjects.components
    if len(named) != len(("doer", "other")) or not _TOWARDS.search(reading.line):
        return None
    doer, other = (question.catalog.components[one] for one in named)
    if any(doer.id in (*one.resources, *one.about) for one in other.requirements):
        return None
    told = its_task(question, doer.id)
    names = (page_tokens(one) for one in other.names)
    known = question.facts.does(doer.id)
    is_named = any(all(marks(one.stem) & known for one in name) for name in names)
    if told is None or is_named:
        return None
    return question.answered([replace(told, verdict=None)], [doer.id])


def clearly_anothers(question: Question) -> Decision | None:
    """Deny that a component does what nothing on it says, where the role of others says all of it.

    The verb tells: a statement that only has the other words does not say it.
    """
    reading = question.reading
    verb = _verb(reading)
    named = question.subjects.components
    if not verb or not _of_matter(reading) or reading.conditions:
        return None
    facts = question.facts
    said = [one for name in named for one in question.catalog.components[name].requirements]
    is_said = any(verb & facts.action(one).marks for one in said)
    if is_said or any(verb & facts.does(name) for name in named):
        return None
    return anothers_task(question)


def role_of(
    question: Question,
    name: str,
    asked: Sequence[frozenset[str]],
    verdict: Verdict | None = None,
) -> Definition | Uses:
    """Return what tells that a component does what is asked: its role, or whom it uses for that."""
    facts = question.facts
    in_role = sum(bool(one & facts.role_of(name)) for one in asked)
    in_all = sum(bool(one & facts.does(name)) for one in asked)
    used = question.catalog.components[name].uses
    if in_all > in_role and used:
        return Uses(tuple((name, one) for one in used), verdict)
    return Definition("component", name, wants_role=True, verdict=verdict)


def _of_matter(reading: Reading) -> list[frozenset[str]]:
    """Return the marks of the words that carry matter."""
    slots = slot_words(reading)
    return [marks(one.stem) for one in reading.words if one.word in slots]


def _asked(reading: Reading) -> list[frozenset[str]]:
    """Return the marks of the words for a task, those that only say that it is done left aside."""
    matter = _of_matter(reading)
    left = plain_stems() | data.stems_of("doing")
    told = [marks(one.stem) for one in reading.words if one.stem not in left]
    return (told or matter) if matter else []


def _verb(reading: Reading) -> frozenset[str]:
    """Return the marks of the verb of what is asked, where it says more than that it is done."""
    found = _VERB.search(f" {reading.line} ")
    verb = found["verb"] if found else ""
    is_plain = verb in data.stems_of("doing") or verb in data.stems_of("function")
    return marks(verb) if verb and not is_plain else frozenset()
