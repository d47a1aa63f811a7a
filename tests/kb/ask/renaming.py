"""Gives the words of a knowledge base other ones, so that nothing can be known by its name.

Words of the format stay, and so do those that the engine has as general English: what is left is
the vocabulary of the pages. The forms of a word ("mirror", "mirrored") keep a common root, and a
new root has the length and the first letter of the old one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from kb.ask import data
from kb.model import json_schema
from kb.text import stem

_WORD = re.compile(r"[A-Za-z]+")
_PIN = re.compile(r",? *pin: *[0-9a-f]+|,? *pin: *\"[0-9a-f]+\"")
_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprtv"
_FORMAT = (
    "http https www com net org md html true false type title format draft kb index guide matrix"
)
_LEAST_LENGTH = 3
"""Shorter words are left alone: there are not enough other ones."""
_TRIES = 2000


class Renaming:
    """A new word for each word of a vocabulary, never the same one for two."""

    def __init__(self, texts: list[str]) -> None:
        kept = {stem(word) for word in _kept_words()}
        forms: dict[str, set[str]] = {}
        for text in texts:
            for word in _WORD.findall(text):
                forms.setdefault(stem(word.lower()), set()).add(word.lower())
        taken = set(kept) | set(forms)
        self._roots: dict[str, tuple[str, str]] = {}
        rng = random.Random(1)
        for root in sorted(set(forms) - kept):
            new = _new_root(root, forms[root], taken, rng)
            if new is not None:
                self._roots[root] = (_base(root), new)

    def __len__(self) -> int:
        return len(self._roots)

    def __call__(self, text: str) -> str:
        """Return a text with its words renamed, in the case in which they were written."""
        return _WORD.sub(lambda match: self._renamed(match.group()), text)

    def _renamed(self, word: str) -> str:
        base, new = self._roots.get(stem(word.lower()), ("", ""))
        if not base or not word.lower().startswith(base):
            return word
        new += word[len(base) :].lower()
        if word.isupper():
            return new.upper()
        return new.capitalize() if word[0].isupper() else new


def renaming_of(docs: Path) -> Renaming:
    """Return a renaming of all words of a folder of pages."""
    return Renaming([one.read_text("utf-8") for one in sorted(docs.rglob("*.md"))])


def rename_folder(docs: Path, target: Path, renaming: Renaming) -> None:
    """Write the renamed pages of a folder to another one."""
    for page in sorted(docs.rglob("*.md")):
        path = target / renaming(page.relative_to(docs).as_posix())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(renaming(_PIN.sub("", page.read_text("utf-8"))), encoding="utf-8")


def _kept_words() -> Iterator[str]:
    yield from _FORMAT.split()
    for named in _named_in(json_schema()):
        yield from _WORD.findall(named.lower())
    for words in data.word_lists().values():
        yield from (part for word in words for part in word.split("-"))
    yield from data.dressing()
    for meanings in data.phrases().values():
        for pattern in (one for patterns in meanings.values() for one in patterns):
            yield from _WORD.findall(pattern.lower())
    for group in data.synonyms():
        yield from group
    for short, long in data.abbreviations().items():
        yield from (short, *long)
    yield from data.numbers()
    yield from data.own_stems()


def _named_in(schema: Any) -> Iterator[str]:
    """Return the keys and the values of lists of choices in a JSON Schema."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        yield from (one for one in schema.get("enum", []) if isinstance(one, str))
        if isinstance(schema.get("const"), str):
            yield schema["const"]
        for value in schema.values():
            yield from _named_in(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _named_in(value)


def _base(root: str) -> str:
    """Return the letters that the forms of a root share: "copi" stands for "copy" too."""
    return root.removesuffix("i")


def _new_root(root: str, forms: set[str], taken: set[str], rng: random.Random) -> str | None:
    """Return a new root; None where the word is to be left alone."""
    base = _base(root)
    if len(root) < _LEAST_LENGTH or not all(form.startswith(base) for form in forms):
        return None
    for _ in range(_TRIES):
        new = _made_up(base, rng)
        stems = {stem(new + form[len(base) :]) for form in forms}
        if len(stems) == 1 and not _is_near(new, stems, taken):
            taken |= {new, *stems}
            return new
    return None


def _is_near(new: str, stems: set[str], taken: set[str]) -> bool:
    """Return whether a new root could be read as another word."""
    if stems & taken:
        return True
    least = 1 if len(new) < 4 else 2 if len(new) < 6 else 3
    return any(OSA.distance(new, one, score_cutoff=least) < least for one in taken)


def _made_up(old: str, rng: random.Random) -> str:
    """Return a word of the same length that begins alike, vowels and consonants in turn."""
    letters = [old[0]]
    for at in range(1, len(old)):
        is_last = at == len(old) - 1
        after_vowel = letters[-1] in _VOWELS
        letters.append(rng.choice(_CONSONANTS if is_last or after_vowel else _VOWELS))
    return "".join(letters)
