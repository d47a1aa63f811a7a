"""Yes/no questions one word of which nothing explains, where a statement says all the rest.

Only a word that is no thing asked about may be passed over: a verb whose other words tell what is
done, or the means by which something forbidden would be done.
"""

from __future__ import annotations

import re

from kb.ask.decide.question import Question
from kb.ask.decide.yes_no import yes_no
from kb.ask.decision import Decision, Ruling
from kb.ask.facts import marks
from kb.ask.subjects import holder_of
from kb.ask.verdicts import Match
from kb.ask.worded import slot_words, told_words
from kb.ask.words import stem, tokens

_VERB = (
    r" (?:can|could|may|might|must|should|shall|will|would|do|doe|did|to)(?: [^ ,.]+){{0,6}}? {0}"
    r"(?= (?:on|in|at|to|from|over|under|behind|with|by|through|the|a|an|it|their|our|one|each)\b)"
)
"""A verb behind its modal (stems), with what it is done to or where behind it."""
_BEHIND_GRAMMAR = r" (?:the|a|an|our|it|their|of|on|in|at|from|with|by|for|and|or) {0}$"
_MEANS = r" (with|by|via|through|use|from)(?: (?:the|a|an|our))? {0}(?= |$)"
"""What something is done with (stems)."""
_DOER = r" (that|if|when|let)(?: (?:the|a|an|our))? {0}(?= [a-z]+ (?:(?:the|a|our) )?[CRG])"
"""Who does it: "that X restarts the C"."""
_LEAST_LEFT = 2
"""Words and things of the question that the statement has at least."""
_AGAINST = frozenset({"must-not", "should-not"})


def nearly_said(question: Question) -> Decision | None:
    """Judge by the statement that has all words but one, which is a verb or a means."""
    reading = question.reading
    if reading.form != "yes-no" or len(reading.unknown) != 1 or not reading.components:
        return None
    word = reading.unknown[0]
    role = _role(reading.line, stem(word))
    if role is None:
        return None
    known = tuple(one for one in reading.words if one.word != word)
    rest = question.changed(words=known, unknown=())
    decision = yes_no(rest)
    if decision is None or decision.status != "answered":
        return None
    rulings = [one for one in decision.points if isinstance(one, Ruling)]
    matches = [match for one in rulings for match in one.judgement.matches]
    is_said = bool(matches) and all(_is_said(rest, one, role) for one in matches)
    return decision if is_said else None


def _role(line: str, unknown: str) -> str | None:
    """Return the word that makes an unknown word a means or a doer, "" for a verb, else None."""
    written = re.escape(unknown)
    for pattern in (_MEANS, _DOER):
        if (match := re.search(pattern.format(written), line)) is not None:
            return match[1]
    match = re.search(_VERB.format(written), line)
    if match is None or re.search(_BEHIND_GRAMMAR.format(written), match.group()):
        return None
    return ""


def _is_said(question: Question, match: Match, role: str) -> bool:
    """Return whether a statement has all that is left, and leaves no other means open."""
    stated = match.requirement
    said = question.facts.action(stated).marks
    reading = question.reading
    matter = {*slot_words(reading)}
    own = {
        each.stem
        for name in holder_of(question.catalog, stated.component).names
        for each in tokens(name)
    }
    told = [one for one in told_words(reading) if one.stem not in own]
    needed = [one for one in told if one.word in matter or one.stem in reading.operations] or told
    left = sum(bool(marks(one.stem) & said) for one in told)
    left += len(reading.resources) + len(reading.operations)
    if left < _LEAST_LEFT or not all(marks(one.stem) & said for one in needed):
        return False
    means = {one.stem for one in tokens(stated.action)}
    return not role or (stated.level in _AGAINST and role not in means)
