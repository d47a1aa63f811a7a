"""Makes questions that nobody would ask, out of those that people did: in any number, from a seed.

Each is a question of the sets that has been damaged, joined to another one or mixed with words of
the pages, or is made of such words, or of characters of every kind.
"""

from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from kb.catalog import Catalog
from kb.evaluation import Question

FEW, MANY = 3, 40
ODD = (
    "\N{ZERO WIDTH JOINER}\N{RIGHT-TO-LEFT OVERRIDE}\N{COMBINING ACUTE ACCENT}\N{SOFT HYPHEN}"
    "\N{FULLWIDTH QUESTION MARK}\N{EM DASH}\N{NO-BREAK SPACE}\N{PILE OF POO}"
    "\N{VARIATION SELECTOR-16}\N{LATIN SMALL LETTER DOTLESS I}\N{CYRILLIC SMALL LETTER A}"
    "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}\N{GREEK SMALL LETTER FINAL SIGMA}"
    "\N{LATIN SMALL LIGATURE FFI}\N{ARABIC LIGATURE BISMILLAH AR-RAHMAN AR-RAHEEM}"
)
JOINTS = (" ", ", ", ". ", "? ", "\n", " and ", " or ", " - ", ": ", "/", "; ", " (", "")
SCRAPS = """
not never no without only both all each any none one two 3 17 4.2 v5.1 must should can may need
why how where which what who when if unless since because ? ?? ! % $ { } [x] <b> \\ " ' ` * _ #
@here
""".split()


class Questions:
    """An endless, repeatable stream of questions about one catalog."""

    def __init__(self, catalog: Catalog, asked: Sequence[Question], seed: int) -> None:
        self._rng = random.Random(seed)
        self._asked = [one.text for one in asked]
        self._names = sorted(_names(catalog))
        self._makers: tuple[Callable[[str], str], ...] = (
            self._with_typing_errors,
            self._with_words_lost,
            self._with_words_swapped,
            self._with_a_name,
            self._with_scraps,
            self._joined,
            self._of_names,
            self._with_odd_characters,
            self._repeated,
            self._of_characters,
        )

    def __iter__(self) -> Iterator[str]:
        while True:
            question = self._rng.choice(self._asked)
            for _ in range(self._rng.randint(1, FEW)):
                question = self._rng.choice(self._makers)(question)
            yield question

    def _with_typing_errors(self, question: str) -> str:
        letters = list(question)
        for _ in range(self._rng.randint(1, FEW)):
            if len(letters) < FEW:
                break
            at = self._rng.randrange(len(letters) - 1)
            kind = self._rng.randrange(4)
            if kind == 0:
                del letters[at]
            elif kind == 1:
                letters[at] = self._rng.choice("abcdefghijklmnopqrstuvwxyz ")
            elif kind == 2:
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            else:
                letters.insert(at, letters[at])
        return "".join(letters)

    def _with_words_lost(self, question: str) -> str:
        words = question.split()
        return " ".join(one for one in words if self._rng.random() > 0.2)

    def _with_words_swapped(self, question: str) -> str:
        words = question.split()
        self._rng.shuffle(words)
        return " ".join(words)

    def _with_a_name(self, question: str) -> str:
        words = question.split()
        words.insert(self._rng.randint(0, len(words)), self._rng.choice(self._names))
        return " ".join(words)

    def _with_scraps(self, question: str) -> str:
        words = question.split()
        for _ in range(self._rng.randint(1, FEW)):
            words.insert(self._rng.randint(0, len(words)), self._rng.choice(SCRAPS))
        return " ".join(words)

    def _joined(self, question: str) -> str:
        return question + self._rng.choice(JOINTS) + self._rng.choice(self._asked)

    def _of_names(self, _: str) -> str:
        count = self._rng.randint(1, FEW * 2)
        parts = [self._rng.choice((*self._names, *SCRAPS)) for _ in range(count)]
        return self._rng.choice(JOINTS).join(parts)

    def _with_odd_characters(self, question: str) -> str:
        letters = list(question)
        for _ in range(self._rng.randint(1, FEW)):
            letters.insert(self._rng.randint(0, len(letters)), self._rng.choice(ODD))
        return "".join(letters)

    def _repeated(self, question: str) -> str:
        return self._rng.choice(JOINTS).join([question] * self._rng.randint(2, MANY))

    def _of_characters(self, _: str) -> str:
        letters = (chr(self._rng.randrange(sys.maxunicode + 1)) for _ in range(MANY))
        return "".join(
            one for one in letters if unicodedata.category(one) not in ("Cs", "Cc", "Cn")
        )


def _names(catalog: Catalog) -> Iterator[str]:
    for table in (
        catalog.components,
        catalog.resources,
        catalog.topologies,
        catalog.conditions,
        catalog.procedures,
        catalog.products,
    ):
        for thing in table.values():
            yield from thing.names
    for requirement in catalog.requirements():
        yield requirement.action
