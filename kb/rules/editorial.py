"""What keeps no page from being published and still deserves an editor's look: warnings."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from kb import text
from kb.diagnostics import Diagnostic, Place, Related, Severity
from kb.model import ComponentEntry, ProcedureEntry, ProductEntry, SourceEntry
from kb.rules.rule import Rule
from kb.rules.world import Typed, World

_REVIEW_DAYS = 400
_FILLER_WORDS = frozenset(
    "a an and are at be by can for has have in is it its must need needs of on or should that the "
    "to was we when with".split()
)


class _Warning(Rule):
    """A rule that only warns."""

    severity = Severity.WARNING


class NoSource(_Warning):
    """A requirement has no source, and its page names no default one.

    Answers cite their source. Without one a reader cannot check the statement.
    """

    code = "KB501"
    name = "no-source"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look for `source` on each requirement and its page."""
        for one in world.typed:
            if one.entry.source or not world.is_whole(one.page):
                continue
            listed = world.requirements_of(one.page)
            for stated in listed:
                if not stated.entry.source:
                    yield self.found(
                        stated.value_place("id"),
                        f"`{stated.entry.id}` has no source",
                        "add `source` here, or to the page for all of its requirements",
                    )
            if not listed and getattr(one.entry, "requirements", None) == "none":
                yield self.found(
                    one.page.place("requirements"),
                    "nothing says where it is written that clustering asks nothing of it",
                    "add `source` to the page",
                )


class NoSummary(_Warning):
    """A page lacks the sentence that says what it is about: `role` or `summary`.

    It is what the page shows first, what a glossary lists, and what answers "what is it for?".
    """

    code = "KB502"
    name = "no-summary"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look for `role` on components and `summary` on the vocabulary."""
        for one in world.typed:
            entry = one.entry
            if not world.is_whole(one.page) or isinstance(entry, SourceEntry | ProcedureEntry):
                continue
            key = "summary"
            if isinstance(entry, ComponentEntry):
                key = "role"
                if entry.role or entry.same_as:
                    continue
            if entry.summary is None:
                yield self.found(
                    one.page.key_place("type"),
                    f"the page has no `{key}`",
                    f"add `{key}: …`, one sentence that says what it is"
                    + (" for" if key == "role" else ""),
                )


class StaleReview(_Warning):
    """The last review of a page is more than 400 days ago, or lies in the future.

    Documentation of other people's products grows old unseen. The day is only known to `kb check`;
    compiling the same pages gives the same result on each day.
    """

    code = "KB503"
    name = "stale-review"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare `reviewed` with the day."""
        if world.today is None:
            return
        for one in world.typed:
            if one.entry.reviewed is None:
                continue
            days = (world.today - datetime.date.fromisoformat(one.entry.reviewed)).days
            if days > _REVIEW_DAYS:
                message = f"the last review was {days} days ago"
            elif days < 0:
                message = f"the last review, {one.entry.reviewed}, lies in the future"
            else:
                continue
            owner = f" or ask {one.entry.owner}" if one.entry.owner else ""
            yield self.found(
                one.page.place("reviewed"), message, f"review the page{owner}, then set the day"
            )


class UnusedVocabulary(_Warning):
    """A topology, resource, condition, procedure or source is named by no other page.

    Perhaps a requirement forgot to name it; otherwise the page can be deleted. A broader term
    counts as used when a narrower one is. Nothing is reported while a page cannot be read or an id
    is unknown: there may be the missing name.
    """

    code = "KB504"
    name = "unused-vocabulary"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look for pages that nothing refers to."""
        if not world.is_complete:
            return
        used = {(kind, one.id) for one in world.references for kind in one.kinds}
        used |= {("source", one.ref.id) for one in world.sources}
        used |= {
            ("resource", text.slugify(one.entry.count.of))
            for one in world.stated
            if one.entry.count is not None
        }
        for kind in ("topology", "resource", "condition", "procedure", "source"):
            if kind == "topology" and _some_product_has_all(world):
                continue
            for name, one in world.of_type(kind).items():
                if (kind, name) not in used and not self._is_named(world, one):
                    yield self.found(
                        one.page.key_place("type"),
                        f"no page names the {kind} `{name}`",
                        "name it where it matters, or delete the page",
                    )

    @staticmethod
    def _is_named(world: World, one: Typed) -> bool:
        return any(one.page.id in other.entry.not_same_as for other in world.typed)


class GeneralPhrase(_Warning):
    """Two conditions have aliases that differ in small words alone.

    A question with such words would state both. A general phrase belongs to the broader condition;
    the narrower ones have phrases that say more.
    """

    code = "KB505"
    name = "general-phrase"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare the aliases of conditions by the stems of their telling words."""
        seen: dict[frozenset[str], tuple[Typed, Place, str]] = {}
        for one in world.of_type("condition").values():
            spoken = [(one.entry.title, one.page.place("title"))]
            spoken += [
                (alias, one.page.place(*one.page.item(("aliases",), index)))
                for index, alias in enumerate(one.entry.aliases)
            ]
            for phrase, place in spoken:
                stems = frozenset(
                    text.stem(word) for word in text.words(phrase) if word not in _FILLER_WORDS
                )
                first = seen.setdefault(stems, (one, place, phrase))
                if first[0] is not one and text.key(first[2]) != text.key(phrase) and stems:
                    yield self._pair(world, (one, place, phrase), first)

    def _pair(
        self, world: World, one: tuple[Typed, Place, str], other: tuple[Typed, Place, str]
    ) -> Diagnostic:
        """Return the diagnostic at the narrower of two conditions."""
        if one[0].page.id in world.broader("condition", other[0].page.id):
            one, other = other, one
        return self.found(
            one[1],
            f"`{one[2]}` says no more than `{other[2]}` of {other[0].entry.title}",
            "keep it on the broader condition, and say more here",
            [Related(other[1], "the other one is here")],
        )


class HeadingDiffers(_Warning):
    """The first heading of a page and its title are two different names.

    A reader who looks for the title in the list of pages would not recognise the page. A heading
    that says more than the title, or less, is recognised.
    """

    code = "KB506"
    name = "heading-differs"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare the first heading of level 1 with `title`."""
        for one in world.typed:
            first = next((s for s in one.page.body.sections if s.level == 1), None)
            if first is None or not world.is_whole(one.page):
                continue
            heading, title = text.key(first.title), text.key(one.entry.title)
            if heading not in title and title not in heading:
                yield self.found(
                    Place(one.page.file.path, first.line, 1),
                    f"the heading says `{first.title}`, and the title is `{one.entry.title}`",
                    "use the title as the heading",
                )


class NotInUse(_Warning):
    """A published page names one that is retired or a draft.

    Neither takes part in answers, so a reader would be sent to something that is not spoken of.
    """

    code = "KB507"
    name = "not-in-use"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look at the status of what published pages name."""
        for one in world.references:
            found = world.find(one.kinds, one.id)
            named = one.page.entry
            if found is None or named is None or named.status != "published":
                continue
            if found.entry.status != "published":
                yield self.found(
                    one.place,
                    f"`{one.id}` is {_status(found.entry.status)}",
                    "name its successor, or publish it",
                    [Related(found.page.place("status"), "its status is here")],
                )


class NoTopologies(_Warning):
    """A product lists no topologies although there are pages of that type.

    All topologies of the knowledge base are then taken to be possible for it.
    """

    code = "KB508"
    name = "no-topologies"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look for products without `topologies`, where there are several products."""
        products = world.of_type("product")
        if len(products) < 2 or not world.of_type("topology"):
            return
        for one in products.values():
            if isinstance(one.entry, ProductEntry) and not one.entry.topologies:
                yield self.found(
                    one.page.key_place("type"),
                    "the product lists no `topologies`",
                    "add `topologies: […]` with those that it can run in",
                )


RULES = (
    NoSource,
    NoSummary,
    StaleReview,
    UnusedVocabulary,
    GeneralPhrase,
    HeadingDiffers,
    NotInUse,
    NoTopologies,
)


def _some_product_has_all(world: World) -> bool:
    """Whether a product lists no topologies, so that all of them are possible for it."""
    return any(
        isinstance(one.entry, ProductEntry) and not one.entry.topologies
        for one in world.of_type("product").values()
    )


def _status(status: str) -> str:
    return "a draft" if status == "draft" else status
