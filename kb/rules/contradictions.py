"""Requirements that cannot all be true, or never apply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from kb import text
from kb.diagnostics import Diagnostic, Related, Severity
from kb.model import ComponentEntry, Count, ProductEntry, RequirementEntry
from kb.pages import Page
from kb.rules.applicability import can_hold, can_meet
from kb.rules.rule import Rule
from kb.rules.world import Stated, Typed, World

_AGAINST = frozenset({"must-not", "need-not"})
_INFINITE = 10**9


class Contradiction(Rule):
    """Two requirements of one component say the opposite of the same thing in the same world.

    A `must` stands against a `must-not` or `need-not` for the same resource, placement or count,
    and there is a topology, a version and a set of conditions in which both apply. Either one of
    them is wrong, or it is not said when it applies: `in`, `when`, `unless`, `since` and `until`
    say so. A statement on a particular resource may differ from one on a broader resource.
    """

    code = "KB321"
    name = "contradiction"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare the requirements of each component, shared ones included."""
        for page, one, other in _pairs(world, _AGAINST):
            thing = _same_thing(one.entry, other.entry)
            if thing is None or not can_meet(world, page, one, other):
                continue
            must, against = (one, other) if one.entry.level == "must" else (other, one)
            later, first = (against, must) if must.place <= against.place else (must, against)
            if later.page is not page:
                later, first = first, later
            yield self.found(
                later.place,
                f"`{later.ref}` says `{later.entry.level}` of {thing} and `{first.ref}` says "
                f"`{first.entry.level}`, and both can apply at once",
                "correct one of them, or say with `in`, `when`, `unless`, `since` or `until` when "
                "each applies",
                [Related(first.place, "the other one is here")],
            )


class NeverApplies(Rule):
    """The conditions of a requirement can never be as it wants them.

    It names conditions that exclude each other, or wants a condition to hold and, with `unless`,
    not to hold.
    """

    code = "KB322"
    name = "never-applies"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look for a set of conditions in which each requirement applies."""
        for one in world.stated:
            when, unless = one.entry.when, one.entry.unless
            if len(when) + len(unless) > 1 and not can_hold(world, when, unless):
                yield self.found(
                    one.key_place("when"),
                    f"`{one.entry.id}` never applies: its conditions cannot be so together",
                    "correct `when` and `unless`, or the `excludes` of the conditions",
                )


class OtherTopology(Rule):
    """A requirement is limited to a topology that its product does not list.

    The product's page lists its `topologies`; a narrower one of a listed one belongs to them.
    """

    code = "KB323"
    name = "other-topology"
    severity = Severity.WARNING

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare `in` with the product's topologies."""
        for one in world.stated:
            product = world.product_of(one.page)
            if product is None or not isinstance(product.entry, ProductEntry):
                continue
            listed = product.entry.topologies
            for index, name in enumerate(one.entry.in_):
                known = {name, *world.broader("topology", name)}
                if listed and not known.intersection(listed):
                    where = one.page.item(("requirements", one.index, "in"), index)
                    yield self.found(
                        one.page.place(*where),
                        f"{product.entry.title} does not list the topology `{name}`",
                        f"add it to `topologies` of {product.page.file.path}, or correct it",
                    )


class CountsDisagree(Rule):
    """Two `must` counts of the same thing cannot both be kept in the same world."""

    code = "KB324"
    name = "counts-disagree"
    severity = Severity.WARNING

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look for counts whose ranges do not meet."""
        for page, one, other in _pairs(world, {"must"}):
            first, second = one.entry.count, other.entry.count
            if first is None or second is None or not _same_unit(first, second):
                continue
            if one.page is not page or (one.page is other.page and one.index > other.index):
                continue  # the same pair the other way round
            if _are_disjoint(first, second) and can_meet(world, page, one, other):
                yield self.found(
                    other.place,
                    f"no number of `{first.of}` satisfies both `{one.ref}` and `{other.ref}`",
                    "correct one of them, or say when each applies",
                    [Related(one.place, "the other one is here")],
                )


RULES = (Contradiction, NeverApplies, OtherTopology, CountsDisagree)


def _pairs(world: World, against: Set[str]) -> Iterator[tuple[Page, Stated, Stated]]:
    """Yield each must with each requirement of other levels that holds for the same component.

    Of two requirements at least one stands on the page of the component itself; two that it shares
    are compared on the page that they are shared from.
    """
    for typed in world.typed:
        own, shared = world.requirements_of(typed.page), _shared(world, typed)
        if not own:
            continue
        musts = [one for one in (*own, *shared) if one.entry.level == "must"]
        for one in musts:
            for other in own if one.page is not typed.page else (*own, *shared):
                if other.entry.level in against and other is not one:
                    yield typed.page, one, other


def _shared(world: World, typed: Typed) -> Sequence[Stated]:
    lender_id = typed.entry.same_as if isinstance(typed.entry, ComponentEntry) else None
    if lender_id is None or lender_id == typed.page.id:
        return ()
    lender = world.of_type("component").get(lender_id)
    return world.requirements_of(lender.page) if lender else ()


def _same_thing(one: RequirementEntry, other: RequirementEntry) -> str | None:
    """Return what both requirements speak of, in words; None when they speak of two things.

    What a requirement is about is its resource, or else its count, or else its placement; further
    keys narrow it down, and then have to agree where both state them.
    """
    if one.resource or other.resource:
        both = sorted(set(one.resource) & set(other.resource))
        if not both or _differ(one.placement, other.placement) or _differ(one.nodes, other.nodes):
            return None
        if one.count and other.count and not _implies(one, other):
            return None
        return f"`{both[0]}`"
    if one.count or other.count:
        return f"the number of `{one.count.of}`" if one.count and _implies(one, other) else None
    if one.placement is None or one.placement != other.placement or one.nodes != other.nodes:
        return None
    return f"the placement `{one.placement}`"


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _implies(one: RequirementEntry, other: RequirementEntry) -> bool:
    """Whether every number that the must allows is one that the other excludes or waives."""
    must, against = (one, other) if one.level == "must" else (other, one)
    if must.count is None or against.count is None or not _same_unit(must.count, against.count):
        return False
    wanted, refused = _range(must.count), _range(against.count)
    if wanted is None or refused is None:
        return must.count == against.count
    return refused[0] <= wanted[0] and wanted[1] <= refused[1]


def _are_disjoint(one: Count, other: Count) -> bool:
    first, second = _range(one), _range(other)
    if first is None or second is None:
        return False
    return max(first[0], second[0]) > min(first[1], second[1])


def _same_unit(one: Count, other: Count) -> bool:
    return text.key(one.of) == text.key(other.of) and one.per == other.per


def _range(count: Count) -> tuple[int, int] | None:
    """Return the least and greatest number of a count; None when it depends on the nodes."""
    if not isinstance(count.amount, int):
        return None
    if count.bound == "exactly":
        return count.amount, count.amount
    return (count.amount, _INFINITE) if count.bound == "at-least" else (0, count.amount)
