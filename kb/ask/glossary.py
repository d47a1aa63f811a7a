"""Terms that the prose of the pages explains: where a sentence, or a section, says what one is.

Knows no names of components and the like; those are things of their own, with pages of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kb.ask import data
from kb.ask.decision import Quote
from kb.ask.postings import Postings
from kb.ask.saving import Saved
from kb.ask.words import Token, tokens

_MOST_WORDS = 4
"""Words that a term has at most."""
_MOST_SENTENCES = 3
_MANY = 1_000
"""Headings that have a word; where more have each word of a term, none explains it."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
_IS = re.compile(
    r"(?:(?:An?|The) )?(?P<term>[^\W\d_][\w-]*(?: [\w-]+){0,3}?)"
    r"(?: \((?P<short>[\w-]+)\))?(?: of [A-Z]\w+)?"
    r" (?:is|are|means|mean|stands? for) (?:an?|the|one|any|each|something|what|whatever|how) "
)
"""A sentence that begins with what it explains."""
_CALLED = re.compile(r"\bcalled (?:an? |the )?(?P<term>[\w-]+(?: [\w-]+){0,2}?)[.,;:)]")
"""A sentence that gives a name to what stands before."""
_NO_TERMS = frozenset(
    "each every both all no it this that these those there they what which who he she "
    "nothing".split()
)
_OPENING = frozenset(
    "is are does do did was exactly actually really just the a an of by meant mean means meaning "
    "term word phrase expression called so now then".split()
)
"""Words between "what" and the term that it asks for."""
_CLOSING = frozenset(
    "mean means meant stand stands stood in here for when where to on at within according per and "
    "or called used refer refers with from as do does please exactly".split()
)
"""Words that end the term."""

Explained = tuple[str, str, str, int, str]
"""Path, title, anchor and line of a section, and its text."""


class Glossary:
    """The terms that the sections of some pages explain."""

    def __init__(self, sections: Iterable[Explained], saved: Saved | None = None) -> None:
        """Look for the terms, or take what `saved` returned for the same sections."""
        self._sections = tuple(sections)
        self._said: dict[frozenset[str], tuple[int, int]] = {}
        self._headed = Postings(saved["headed"] if saved else None)
        if saved is None:
            self._gather()
        else:
            self._said = {frozenset(term.split()): (at, by) for term, at, by in saved["said"]}

    def _gather(self) -> None:
        for place, (_, title, _, _, text) in enumerate(self._sections):
            if _names_something(title):
                self._headed.add(_stems(tokens(title)), place)
            for position, sentence in enumerate(_sentences(text)):
                for term, start in _terms(sentence, position):
                    self._said.setdefault(term, (place, start))
        self._headed.pack()

    def saved(self) -> Saved:
        """Return the terms as they are kept."""
        said = sorted([" ".join(sorted(term)), *found] for term, found in self._said.items())
        return {"said": said, "headed": self._headed.saved()}

    def find(self, term: frozenset[str]) -> Quote | None:
        """Return the passage that says what a term is; a sentence that does counts first."""
        if not term:
            return None
        if term in self._said:
            return self._quote(*self._said[term])
        for place in self._headed.together([{one} for one in term], _MANY):
            title = self._sections[place][1]
            if _stems(tokens(title)) == term or _says_what(title):
                return self._quote(place, 0)
        return None

    def _quote(self, place: int, start: int) -> Quote:
        """Return some sentences of a section as a passage."""
        path, title, anchor, line, text = self._sections[place]
        said = " ".join(_sentences(text)[start : start + _MOST_SENTENCES])
        return Quote(path, title, anchor, line, said)


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(" ".join(text.split()))


def asked_term(words: Sequence[Token]) -> frozenset[str]:
    """Return the stems of the term that "what is ..." or "define ..." asks for; empty if none."""
    for position, token in enumerate(words):
        if token.word not in ("what", "define", "definition", "meaning"):
            continue
        start = position + 1
        while start < len(words) and words[start].word in _OPENING:
            start += 1
        if token.word == "what" and start == position + 1:
            continue
        end = start
        while end < len(words) and words[end].word not in _CLOSING:
            if end > start and words[end].break_before:
                break
            end += 1
        term = _stems(words[start:end])
        if 0 < len(term) <= _MOST_WORDS:
            return term
    return frozenset()


def _names_something(heading: str) -> bool:
    """Return whether a heading is a name, or says what something is: not "After the drill"."""
    first = heading.casefold().split()[:1]
    grammar = data.word_lists()["function"] - data.word_lists()["articles"]
    return _says_what(heading) or grammar.isdisjoint(first)


def _says_what(heading: str) -> bool:
    """Return whether a heading says that its section explains something: "What a node is"."""
    return heading.casefold().startswith("what ")


def _terms(sentence: str, position: int) -> Iterator[tuple[frozenset[str], int]]:
    """Return the terms that a sentence explains, and the sentence at which that begins."""
    if match := _IS.match(sentence):
        for name in (match["term"], match["short"]):
            words = tokens(name or "")
            if words and words[0].word not in _NO_TERMS and (stems := _stems(words)):
                yield stems, position
    for match in _CALLED.finditer(sentence):
        points_back = sentence.startswith(("This ", "That ", "It ")) and position > 0
        if stems := _stems(tokens(match["term"])):
            yield stems, position - 1 if points_back else position


def _stems(words: Iterable[Token]) -> frozenset[str]:
    function = data.word_lists()["function"]
    return frozenset(one.stem for one in words if one.word not in function)
