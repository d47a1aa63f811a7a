"""Requirements in words: the full sentence, whom it is about, and when it holds.

What a question has settled itself, a topology or a version, is not said again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kb.ask.verdicts import Match
from kb.catalog import Catalog, Component, Requirement, lower_first
from kb.model import PageType
from kb.text import join, key

_CLAUSE = re.compile(r"\b(?:is|are|has|have|must|can|may|runs?|needs?)\b")
"""A title with a verb is a clause, not a noun phrase."""
_WORD = re.compile(r"[^\W_]+")
_TWO = 2
_MOST_SENTENCES = 8_192
"""Sentences and titles that are kept as bare words."""
_MOST_OF_NAME = 4
"""Words at the beginning of a sentence that may be a name."""
_NAMED: tuple[PageType, ...] = ("component", "product", "resource")
_LEAST_OF_TITLE = 2
"""Words of the end of a title that stand for the whole: "Backup Service"."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What the question says itself."""

    topology: str | None = None
    version: str | None = None


class Statements:
    """Words the requirements of one catalog for one question."""

    def __init__(self, catalog: Catalog, settled: Settled) -> None:
        self._catalog = catalog
        self._settled = settled

    def title(self, name: str) -> str:
        """Return a title; with its product's where components of several products share it."""
        component = self._catalog.components.get(name)
        title = self._catalog.title_of(name)
        if component is None or len(self._catalog.names.get(("component", _key(title)), ())) < _TWO:
            return title
        return f"{title} ({self._catalog.title_of(component.product)})"

    def titled(self, requirement: Requirement) -> str:
        """Return the sentence; the component's title before it, unless the sentence has it."""
        if self._names_its_component(requirement):
            return self.sentence(requirement)
        return self.headed(self.title(requirement.component), requirement)

    def headed(self, heading: str, requirement: Requirement) -> str:
        """Return the sentence behind a heading, the circumstances in which it holds between."""
        if circumstances := self._joined(requirement):
            heading += f", {circumstances}"
        return f"{heading}: {_continued(self._catalog, requirement)}"

    def sentence(self, requirement: Requirement) -> str:
        """Return the sentence with the circumstances in which it holds before it."""
        circumstances = self._joined(requirement)
        if not circumstances:
            return requirement.text
        return f"{_capital(circumstances)}: {_continued(self._catalog, requirement)}"

    def condition(self, name: str, *, holds: bool) -> str:
        """Return a condition in words; its title may be a noun phrase or a clause."""
        title = self._catalog.title_of(name)
        if _CLAUSE.search(title):
            return f"{'if' if holds else 'unless'} {title}"
        return f"{'given' if holds else 'without'} {title}"

    def whether(self, condition: str) -> str:
        """Return a condition as what something depends on."""
        title = self._catalog.title_of(condition)
        return f"whether {title}" if _CLAUSE.search(title) else title

    def kinship(self, objects: tuple[str, ...], match: Match) -> str:
        """Say by which broader term a statement reaches the thing that was asked about."""
        said = ""
        for asked in objects:
            if asked in match.requirement.resources or match.distance == 0:
                continue
            for name in match.requirement.resources:
                thing, other = self._catalog.object(asked), self._catalog.object(name)
                if thing and other and name in thing.ancestors:
                    said = f" “{thing.title}” is a kind of “{other.title}”."
                elif thing and other and asked in other.ancestors:
                    said = f" “{other.title}” is a kind of “{thing.title}”."
        return said

    def _joined(self, requirement: Requirement) -> str:
        """Return in words when a requirement holds; empty when always."""
        product = self._catalog.product_of(requirement)
        parts: list[str] = []
        is_general = set(requirement.topologies) == set(product.topologies)
        if not is_general and self._settled.topology not in requirement.topologies:
            parts.append(f"for {join(map(self._catalog.title_of, requirement.topologies))}")
        versions = requirement.versions
        holder = self._catalog.components.get(requirement.component)
        known = (None, product.versions, holder.versions if holder is not None else None)
        if versions not in known and self._settled.version not in versions:
            parts.append(version_range(versions, product.versions))
        parts += [self.condition(one, holds=True) for one in requirement.when]
        parts += [self.condition(one, holds=False) for one in requirement.unless]
        return ", ".join(parts)

    def _names_its_component(self, requirement: Requirement) -> bool:
        holder = self._catalog.components.get(requirement.component)
        if holder is not None and self.title(holder.id) != holder.title:
            return False
        said = _plain(requirement.text)
        names = _short_titles(self._catalog, holder) if holder is not None else ()
        return any(_plain(one) in said for one in names)


def _short_titles(catalog: Catalog, component: Component) -> tuple[str, ...]:
    """Return the last words of the component's title, and what the product's name leaves of it."""
    title = component.title
    names = catalog.products[component.product].names
    bare = [title.removeprefix(f"{one} ") for one in names if title.startswith(f"{one} ")]
    return (" ".join(title.split()[-_LEAST_OF_TITLE:]), *bare)


def version_range(versions: tuple[str, ...], known: tuple[str, ...]) -> str:
    """Return in words which of the known versions these are."""
    first, last = versions[0], versions[-1]
    if last == known[-1]:
        return f"from {first} on"
    if first == known[0]:
        return f"up to {last}"
    return f"in {first}" if first == last else f"from {first} to {last}"


def _continued(catalog: Catalog, requirement: Requirement) -> str:
    """Return the sentence as it stands behind a colon; a name at its beginning is kept."""
    words = requirement.text.split()[:_MOST_OF_NAME]
    begun = (key(" ".join(words[:length])) for length in range(1, len(words) + 1))
    is_name = requirement.level == "automatic" and any(
        (kind, name) in catalog.names for name in begun for kind in _NAMED
    )
    return requirement.text if is_name else lower_first(requirement.text)


_key = lru_cache(maxsize=_MOST_SENTENCES)(key)


@lru_cache(maxsize=_MOST_SENTENCES)
def _plain(text: str) -> str:
    """Return the words in lower case, with a space before and behind each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
