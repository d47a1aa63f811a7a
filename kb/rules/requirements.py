"""What a requirement says: its id, its level and action, its check."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.diagnostics import Diagnostic, Place, Related, Severity
from kb.model import ComponentEntry, Level, ResourceEntry, Verify
from kb.rules.rule import Rule
from kb.rules.world import Stated, World

_OPENING = re.compile(
    r"(?:(?:you|please)\s+)?(?P<word>"
    r"must|shall|should|ought to|may|might|can|could|cannot|can't|can’t|"
    r"(?:has|have|had) to|needs? to|needs?\b(?= not)|need not|"
    r"(?:is|are) (?:required|allowed|recommended|not required|not allowed) to|"
    r"do|does|don't|don’t|doesn't|doesn’t|mustn't|mustn’t|shouldn't|shouldn’t|needn't|needn’t|"
    r"never|not|no"
    r")\b(?P<negation>\s+not\b)?",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:the|an?|it|this|that|these|there|each|every|all)\b[^.,;:]{0,80}?\b"
    r"(?P<word>must|shall|should|may|can|cannot|has to|have to|needs? to|need not)\b"
    r"(?P<negation>\s+not\b)?",
    re.IGNORECASE,
)
_MEANT: dict[str, tuple[Level, Level]] = {
    "must": ("must", "must-not"),
    "shall": ("must", "must-not"),
    "have to": ("must", "need-not"),
    "has to": ("must", "need-not"),
    "had to": ("must", "need-not"),
    "need": ("must", "need-not"),
    "needs": ("must", "need-not"),
    "need to": ("must", "need-not"),
    "needs to": ("must", "need-not"),
    "should": ("should", "should-not"),
    "ought to": ("should", "should-not"),
    "may": ("may", "must-not"),
    "might": ("may", "need-not"),
    "can": ("may", "must-not"),
    "could": ("may", "must-not"),
    "is required to": ("must", "need-not"),
    "are required to": ("must", "need-not"),
    "is recommended to": ("should", "should-not"),
    "are recommended to": ("should", "should-not"),
    "is allowed to": ("may", "must-not"),
    "are allowed to": ("may", "must-not"),
}
"""Modal verb -> the level that says the same, and the one for the verb with "not"."""
_NEGATED: dict[str, Level] = {
    "need not": "need-not",
    "needn't": "need-not",
    "shouldn't": "should-not",
    "is not required to": "need-not",
    "are not required to": "need-not",
}
_OPPOSITE: dict[Level, Level] = {"must": "must-not", "should": "should-not", "may": "need-not"}
_AUTOMATIC = re.compile(r"(?:you\s+)?(?:must|shall|should|need to|have to)\b", re.IGNORECASE)
_TWO_SENTENCES = re.compile(r"[a-z)]{2}[.!?]\s+[A-Z]")


class DuplicateRequirement(Rule):
    """Two requirements of a page have the same id, or one has the former id of another.

    The id is the anchor of the requirement on its page; citations and tickets point to it.
    """

    code = "KB301"
    name = "duplicate-requirement"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare the ids of the requirements of each page, former ones included."""
        seen: dict[str, Place] = {}
        for one in world.stated:
            yield from self._one(seen, one, one.entry.id, one.value_place("id"))
        for one in world.stated:
            for index, old in enumerate(one.entry.formerly):
                where = one.page.item(("requirements", one.index, "formerly"), index)
                yield from self._one(seen, one, old, one.page.place(*where))

    def _one(
        self, seen: dict[str, Place], one: Stated, name: str, place: Place
    ) -> Iterator[Diagnostic]:
        first = seen.setdefault(f"{one.page.file.path}/{name}", place)
        if first is not place:
            yield self.found(
                place,
                f"`{name}` is already the id of another requirement of this page",
                "give the requirement an id of its own",
                [Related(first, "the first one is here")],
            )


class NothingStated(Rule):
    """A component states no requirements, and does not say that there are none.

    "Nothing has to be done" and "it is not known what has to be done" are different answers. With
    `requirements: none` the page says the first; with `status: draft` it says that somebody is
    still to find out, and is not used for answers.
    """

    code = "KB302"
    name = "nothing-stated"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look for components with neither `requirements` nor `same-as`."""
        for one in world.typed:
            entry = one.entry
            if not isinstance(entry, ComponentEntry) or not world.is_whole(one.page):
                continue
            is_empty = entry.requirements == ()
            is_silent = entry.requirements is None and entry.same_as is None
            if is_empty or (is_silent and entry.status != "draft"):
                yield self.found(
                    one.page.place("requirements") if is_empty else one.page.key_place("type"),
                    "the list of requirements is empty"
                    if is_empty
                    else "the component has no `requirements`",
                    "list them, or write `requirements: none` if the source says that clustering "
                    "asks nothing of it",
                )


class ActionWording(Rule):
    """The action of a requirement contains the modal verb or the negation that its level states.

    The full sentence is made from both: `must-not: Register the service` becomes "Do not register
    the service." With the negation in the action as well, it would say the opposite. The action is
    a positive imperative; for `automatic` it is a statement of what happens.
    """

    code = "KB303"
    name = "action-wording"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look at the first words of each action."""
        for one in world.stated:
            level, action = one.entry.level, one.entry.action
            if level == "automatic":
                if _AUTOMATIC.match(action):
                    yield self.found(
                        one.value_place(level),
                        "an `automatic` action states what happens, and this says what is to be "
                        "done",
                        "state what happens by itself, or use `must`",
                    )
                continue
            match = _OPENING.match(action) or _SUBJECT.match(action)
            if match and not _is_imperative(match):
                yield self.found(
                    one.value_place(level),
                    f"the action says `{_words(match)}`, which is the matter of the level",
                    _advice(level, match),
                )


class SeveralSentences(Rule):
    """An action contains more than one sentence.

    Each statement is a requirement of its own, so that an answer can name exactly the one that was
    asked for; reasons stand in `why`.
    """

    code = "KB304"
    name = "several-sentences"
    severity = Severity.WARNING

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look for a full stop with a sentence behind it."""
        for one in world.stated:
            if _TWO_SENTENCES.search(one.entry.action):
                yield self.found(
                    one.value_place(one.entry.level),
                    "the action has several sentences",
                    "make a requirement of each statement, and put a reason into `why`",
                )


RULES = (DuplicateRequirement, NothingStated, ActionWording, SeveralSentences)


def verify_entries(world: World) -> Iterator[tuple[Place, Verify]]:
    """Yield every check of the pages, with the place of its command."""
    for one in world.typed:
        if isinstance(one.entry, ResourceEntry) and one.entry.verify is not None:
            yield one.page.place("verify", "run"), one.entry.verify
    for stated in world.stated:
        if stated.entry.verify is not None:
            where = ("requirements", stated.index, "verify", "run")
            yield stated.page.place(*where), stated.entry.verify


def _is_imperative(match: re.Match[str]) -> bool:
    """Whether "do" is the verb itself, as in "Do a restart"."""
    return match["word"].lower() in {"do", "does"} and not match["negation"]


def _words(match: re.Match[str]) -> str:
    return f"{match['word']}{match['negation'] or ''}"


def _advice(level: Level, match: re.Match[str]) -> str:
    word = " ".join(match["word"].lower().replace("’", "'").split())
    negated = bool(match["negation"])
    meant: Level
    if word in _NEGATED:
        meant = _NEGATED[word]
    elif word in _MEANT:
        meant = _MEANT[word][1 if negated else 0]
    elif level in _OPPOSITE and word not in {"cannot", "can't", "mustn't"}:
        meant = _OPPOSITE[level]
    elif level.endswith("not"):
        meant = level
    else:
        meant = "must-not"
    return f"write `{meant}: …` with the verb as an imperative, without modal verb and negation"
