"""Gives the words of a knowledge base other ones, so that nothing can be known by its name.

Words of the format stay, and so do those that the engine has as general English: what is left is
the vocabulary of the pages. The forms of a word ("mirror", "mirrored") keep a common root, and a
new root has the length and the first letter of the old one.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from kb.ask import data
from kb.model import json_schema
from kb.text import stem

_WORD = re.compile(r"[A-Za-z]+")
_DOUBLED = "bdfgmnprt"
"""Letters whose doubling the stemmer takes away again (Porter2, "double")."""
_PIN = re.compile(r",? *pin: *[0-9a-f]+|,? *pin: *\"[0-9a-f]+\"")
_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprtv"
_FORMAT = (
    "http https www com net org md html true false type title format draft kb index guide matrix "
    "planner glossary coverage differences changes roles ask"
)
_LEAST_LENGTH = 3
"""Shorter words are left alone: there are not enough other ones."""
_TRIES = 2000


class Renaming:
    """A new word for each word of a vocabulary, never the same one for two."""

    def __init__(self, texts: list[str]) -> None:
        general = set(_kept_words())
        kept = {stem(word) for word in general}
        self._kept = kept
        forms: dict[str, set[str]] = {}
        for text in texts:
            for word in _WORD.findall(text):
                forms.setdefault(stem(word.lower()), set()).add(word.lower())
        taken = set(kept) | set(forms)
        self._roots: dict[str, tuple[str, str]] = {}
        self._written = {form for found in forms.values() for form in found}
        self._known = {one for one in (*_kept_words(), *self._written) if len(one) > 2} | {"un"}
        self._initials = {one for text in texts for one in _initials(text)}
        rng = random.Random(1)
        for root in sorted(set(forms) - kept):
            if any(_is_of_two(form, general) for form in forms[root]):
                continue  # "diskless" is "disk-less" with other words for neither
            new = _new_root(root, forms[root], taken, rng)
            if new is not None:
                self._roots[root] = (_base(root), new)

    def __len__(self) -> int:
        return len(self._roots)

    def __call__(self, text: str) -> str:
        """Return a text with its words renamed, in the case in which they were written."""
        plain = unicodedata.normalize("NFKC", text)
        return _WORD.sub(lambda match: self._renamed(match.group()), plain)

    def _renamed(self, word: str) -> str:
        lower = word.lower()
        if lower in self._initials or stem(lower) in self._kept:
            return word
        new = self._by_parts(lower) or self._by_root(lower)
        if new is None:
            return word
        if word.isupper():
            return new.upper()
        return new.capitalize() if word[0].isupper() else new

    def _by_root(self, word: str) -> str | None:
        """Return the new form of a word: "equip" and "equipped" have one root."""
        base, new = self._roots.get(stem(word), ("", ""))
        if not base or not word.startswith(base):
            return None
        ending = word[len(base) :]
        is_doubled = len(ending) > 1 and ending[0] == base[-1] and word not in self._written
        if not is_doubled:
            return new + ending
        return new + (new[-1] if new[-1] in _DOUBLED else "") + ending[1:]

    def _by_parts(self, word: str) -> str | None:
        """Return the new form of a word that is others without a space, or "un" and another."""
        parts = self._parts(word)
        renamed = [self._by_root(one) or one for one in parts]
        return "".join(renamed) if len(parts) > 1 and renamed != parts else None

    def _parts(self, word: str) -> list[str]:
        """Return the known words that a word is made of; none if there are no such."""
        if word in self._known:
            return [word]
        for length in range(2, len(word) - 2):
            if word[:length] in self._known and (rest := self._parts(word[length:])):
                return [word[:length], *rest]
        return []


def renaming_of(docs: Path) -> Renaming:
    """Return a renaming of all words of a folder of pages."""
    return Renaming([one.read_text("utf-8") for one in sorted(docs.rglob("*.md"))])


def rename_folder(docs: Path, target: Path, renaming: Renaming) -> None:
    """Write the renamed pages of a folder to another one."""
    for page in sorted(docs.rglob("*.md")):
        path = target / renaming(page.relative_to(docs).as_posix())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(renaming(_PIN.sub("", page.read_text("utf-8"))), encoding="utf-8")


def _initials(page: str) -> Iterator[str]:
    """Yield the initials of words that stand together in a name, in lower case."""
    for line in re.findall(r"^(?:title|aliases):.*$", page, re.MULTILINE):
        letters = "".join(word[0].lower() for word in _WORD.findall(line))
        for length in range(2, 6):
            yield from (letters[at : at + length] for at in range(len(letters) - length + 1))


def _kept_words() -> Iterator[str]:
    yield from _FORMAT.split()
    for named in _named_in(json_schema()):
        yield from _WORD.findall(named.lower())
    for words in (words for name, words in data.word_lists().items() if name != "unmended"):
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


def _is_of_two(word: str, known: set[str]) -> bool:
    """Return whether a word is two known ones without a space."""
    return any(
        word[:at] in known and word[at:] in known
        for at in range(_LEAST_LENGTH, len(word) - _LEAST_LENGTH + 1)
    )


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
    """Return a word of the same length that begins alike, with vowels if the old one has any."""
    letters = [old[0]]
    is_short = not set(old) & set(_VOWELS)
    for at in range(1, len(old)):
        is_last = at == len(old) - 1
        is_consonant = is_last or is_short or letters[-1] in _VOWELS
        letters.append(rng.choice(_CONSONANTS if is_consonant else _VOWELS))
    return "".join(letters)
