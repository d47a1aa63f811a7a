"""Whatever a page names has to exist: other pages, requirements, locators, versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb import text
from kb.diagnostics import Diagnostic, Edit, Place
from kb.frontmatter import Path
from kb.model import PAGE_TYPES, ComponentEntry, PageType, RequirementEntry, SourceEntry
from kb.pages import Page
from kb.rules.references import Reference, RequirementReference
from kb.rules.rule import Rule
from kb.rules.world import World


class UnknownReference(Rule):
    """A page names another page by its id, and there is none with this id.

    Each key expects ids of certain page types: `in` of topologies, `when` and `unless` of
    conditions, `resource`, `about` and `nodes` of resources or components, and so on. An id that a
    page had formerly is found too late by a reader of the source, so it is refused here: `kb check
    --fix` writes the present one.
    """

    code = "KB201"
    name = "unknown-reference"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look up every id of a page that a page names."""
        for one in world.references:
            if world.find(one.kinds, one.id) or world.may_exist(one.kinds, one.id):
                continue
            message = f"no {_either(one.kinds)} has the id `{one.id}`"
            present = world.renamed(one.kinds, one.id)
            if present is not None:
                fix = _replacement(one.page, one.where, one.place, one.id, present)
                yield self.found(one.place, message, f"it is now called `{present}`", fix=fix)
            else:
                yield self.found(one.place, message, _meant(world, one))


class UnknownSource(Rule):
    """A fact points to a source, or to a place in a source, that is not recorded.

    Each source has a page of type `source`; the places in it that facts are taken from are listed
    there as `locators`.
    """

    code = "KB202"
    name = "unknown-source"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look up every source and locator."""
        for one in world.sources:
            found = world.find(("source",), one.ref.id)
            if found is None:
                if not world.may_exist(("source",), one.ref.id):
                    yield self._unknown_source(world, one.page, one.where, one.ref.id)
            elif isinstance(found.entry, SourceEntry) and one.ref.locator is not None:
                locators, locator = found.entry.locators, one.ref.locator
                if locator not in locators and world.is_whole(found.page):
                    near = text.nearest(locator, locators, 2)
                    yield self.found(
                        one.page.place(*one.where, "locator"),
                        f"the source `{one.ref.id}` has no locator `{locator}`",
                        _did_you_mean(near)
                        or f"add it to the `locators` of {found.page.file.path}",
                    )

    def _unknown_source(self, world: World, page: Page, where: Path, name: str) -> Diagnostic:
        place = page.place(*where, "id")
        present = world.renamed(("source",), name)
        message = f"no source has the id `{name}`"
        if present is not None:
            return self.found(place, message, f"it is now called `{present}`")
        near = world.suggestions(("source",), name)
        return self.found(place, message, _did_you_mean(near) or _add_page(("source",)))


class UnknownRequirement(Rule):
    """`after`, `by`, `instead` or a question names a requirement that does not exist.

    A requirement of the same page is named by its id, one of another page as `page/id`.
    """

    code = "KB203"
    name = "unknown-requirement"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look up every requirement that is named."""
        former = {
            f"{one.page.id}/{old}": one.entry.id
            for one in world.stated
            for old in one.entry.formerly
        }
        for one in world.orders:
            owner, _, name = one.full.partition("/")
            if world.requirement(one.full) or world.may_exist(("component", "product"), owner):
                continue
            page = world.find(("component", "product"), owner)
            if page is None:
                near = world.suggestions(("component", "product"), owner)
                yield self.found(
                    one.place,
                    f"no component or product has the id `{owner}`",
                    _did_you_mean([f"{other}/{name}" for other in near])
                    or "name the requirement as `component/id`",
                )
            elif one.full in former:
                present = former[one.full]
                new = present if one.ref == name else f"{owner}/{present}"
                fix = _replacement(one.page, one.where, one.place, one.ref, new)
                message = f"`{owner}` has no requirement `{name}`"
                yield self.found(one.place, message, f"it is now called `{new}`", fix=fix)
            elif world.is_whole(page.page):
                yield self._missing(world, one, owner, name)

    def _missing(
        self, world: World, one: RequirementReference, owner: str, name: str
    ) -> Diagnostic:
        ids = [stated.entry.id for stated in world.stated if stated.page.id == owner]
        near = text.nearest(name, ids, 2)
        if one.ref != name:
            near = [f"{owner}/{other}" for other in near]
        elsewhere = [stated.ref for stated in world.stated if stated.entry.id == name]
        advice = _did_you_mean(near or elsewhere[:2])
        known = f"its requirements are {text.join(ids)}" if ids else "it has none at all"
        return self.found(one.place, f"`{owner}` has no requirement `{name}`", advice or known)


class UnknownVersion(Rule):
    """`since` or `until` names a version that the product does not list.

    The labels stand in `versions` on the product's page, oldest first. They are text and compared
    by their place in that list, so they have to be written there first.
    """

    code = "KB204"
    name = "unknown-version"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look up every version label."""
        for page, where, entry in _ranges(world):
            known = world.version_positions(page)
            product = world.product_of(page)
            if known is None or product is None or not world.is_whole(product.page):
                continue
            for key in ("since", "until"):
                label = getattr(entry, key)
                if label is None or label in known:
                    continue
                near = text.nearest(label, known, 2, 85.0)
                listed = f"`versions` of {product.page.file.path}"
                yield self.found(
                    page.place(*where, key),
                    f"`{label}` is no version of {product.entry.title}",
                    _did_you_mean(near) or f"add the label to {listed}, in its order",
                )


class VersionOrder(Rule):
    """`since` is a later version than `until`, so that the statement never applies."""

    code = "KB205"
    name = "version-order"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare the positions of both labels in the product's list."""
        for page, where, entry in _ranges(world):
            known = world.version_positions(page) or {}
            since, until = entry.since or "", entry.until or ""
            if since in known and until in known and known[since] > known[until]:
                yield self.found(
                    page.place(*where, "until"),
                    f"`until: {until}` is earlier than `since: {since}`",
                    "exchange the two labels, or correct the order of the product's `versions`",
                )


RULES = (UnknownReference, UnknownSource, UnknownRequirement, UnknownVersion, VersionOrder)


def _ranges(world: World) -> Iterator[tuple[Page, Path, ComponentEntry | RequirementEntry]]:
    """Yield everything that may have `since` and `until`, with its page and path."""
    for one in world.typed:
        if isinstance(one.entry, ComponentEntry):
            yield one.page, (), one.entry
    for stated in world.stated:
        yield stated.page, ("requirements", stated.index), stated.entry


def _replacement(page: Page, where: Path, place: Place, old: str, new: str) -> tuple[Edit, ...]:
    """Return the edit that puts one id in the place of another, where it is written plainly."""
    mark = page.front.marks.get(where)
    if mark is None or mark.raw not in {old, f'"{old}"', f"'{old}'"}:
        return ()
    return (Edit(place, mark.raw, mark.raw.replace(old, new)),)


def _meant(world: World, one: Reference) -> str:
    near = world.suggestions(one.kinds, one.id)
    if near:
        return _did_you_mean(near)
    found = world.find([kind for kind in PAGE_TYPES if kind not in one.kinds], one.id)
    if found is not None:
        return f"`{one.id}` is a {found.entry.type}, and `{one.key}` expects a {_either(one.kinds)}"
    return _add_page(one.kinds)


def _add_page(kinds: Sequence[PageType]) -> str:
    return f"add a page with `type: {kinds[0]}` and this id, or correct the id"


def _either(kinds: Sequence[PageType]) -> str:
    return text.join(kinds, "or")


def _did_you_mean(near: Sequence[str]) -> str:
    return f"did you mean {text.join([f'`{one}`' for one in near], 'or')}?" if near else ""
