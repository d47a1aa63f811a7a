"""How pages hang together: products, sharing, broader terms, order of requirements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb import text
from kb.diagnostics import Diagnostic, Place, Related
from kb.model import PAGE_TYPES, ComponentEntry, ConditionEntry
from kb.rules.references import ORDERS
from kb.rules.rule import Rule
from kb.rules.world import Typed, World


class ProductNotClear(Rule):
    """A component does not say its product, and there is not exactly one to choose."""

    code = "KB221"
    name = "product-not-clear"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look at the components that leave their product out."""
        products = world.of_type("product")
        if len(products) == 1 or world.unread:
            return
        for one in world.typed:
            if not isinstance(one.entry, ComponentEntry) or one.entry.product is not None:
                continue
            if not world.is_whole(one.page):
                continue
            place = one.page.key_place("type")
            if products:
                message = f"the product is not stated, and there are {len(products)}"
                choices = text.join(sorted(products), "or")
                yield self.found(place, message, f"add `product: …`: {choices}")
            else:
                yield self.found(
                    place,
                    "there is no page of type product that the component could belong to",
                    "add a page with `type: product`",
                )


class SharingChain(Rule):
    """`same-as` names a component that shares the requirements of a third one, or itself.

    Sharing goes one hop, so that a reader finds the requirements on the page that is named.
    """

    code = "KB222"
    name = "sharing-chain"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Follow each `same-as` one hop."""
        for one, lender in _sharers(world):
            place = one.page.place("same-as")
            if lender is one:
                yield self.found(
                    place, "a component cannot be the same as itself", "delete `same-as`"
                )
            elif isinstance(lender.entry, ComponentEntry) and lender.entry.same_as is not None:
                yield self.found(
                    place,
                    f"`{lender.page.id}` itself shares the requirements of another component",
                    f"write `same-as: {lender.entry.same_as}`",
                )


class SharedOverridden(Rule):
    """A component that shares the requirements of another one repeats the id of one of them.

    Own requirements are added to shared ones; none is replaced. Where one of them does not hold,
    the two components do not ask the same, and each states its own.
    """

    code = "KB223"
    name = "shared-requirement-overridden"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare the ids of own and shared requirements."""
        for one, lender in _sharers(world):
            shared = {stated.entry.id: stated for stated in world.requirements_of(lender.page)}
            for own in world.requirements_of(one.page):
                if lender is not one and own.entry.id in shared:
                    yield self.found(
                        own.value_place("id"),
                        f"`{own.entry.id}` is already shared from `{lender.page.id}`",
                        "give the requirement an id of its own",
                        [Related(shared[own.entry.id].value_place("id"), "the shared one is here")],
                    )


class BroaderLoop(Rule):
    """A term is, over several steps or at once, broader than itself."""

    code = "KB224"
    name = "broader-loop"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Follow `broader` in each page type."""
        for kind in PAGE_TYPES:
            table = world.of_type(kind)
            steps = {name: [one.entry.broader] for name, one in table.items() if one.entry.broader}
            for loop in _loops(steps):
                pages = [table[name].page for name in loop]
                yield self.found(
                    pages[0].place("broader"),
                    f"{_chain(loop)}: each has the next one as its broader term",
                    "delete the `broader` that is wrong",
                    [Related(page.place("broader"), "and here") for page in pages[1:]],
                )


class OrderLoop(Rule):
    """Requirements name each other in a circle, so that none of them can come first.

    This is checked for `after`, for `by` and for `instead`, each by itself.
    """

    code = "KB225"
    name = "order-loop"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Follow `after`, `by` and `instead`."""
        for key in ORDERS:
            steps: dict[str, list[str]] = {}
            places: dict[str, Place] = {}
            for one in world.orders:
                found = world.requirement(one.full)
                if one.by is not None and key in one.where and found is not None:
                    steps.setdefault(one.by, []).append(found.ref)
                    places.setdefault(one.by, one.place)
            for loop in _loops(steps):
                yield self.found(
                    places[loop[0]],
                    f"{_chain(loop)}: with `{key}`, each waits for the next",
                    "delete the one that is wrong",
                    [Related(places[ref], "and here") for ref in loop[1:]],
                )


class ExcludesItself(Rule):
    """A condition excludes itself or a broader term of itself, so that it can never hold."""

    code = "KB226"
    name = "excludes-itself"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare `excludes` with the condition and its broader terms."""
        for one in world.typed:
            if not isinstance(one.entry, ConditionEntry):
                continue
            own = (one.page.id, *world.broader("condition", one.page.id))
            for index, name in enumerate(one.entry.excludes):
                if name in own:
                    yield self.found(
                        one.page.place(*one.page.item(("excludes",), index)),
                        f"`{one.page.id}` can never hold: it excludes `{name}`, which holds "
                        "whenever it does",
                        "delete it from `excludes`, or correct `broader`",
                    )


RULES = (
    ProductNotClear,
    SharingChain,
    SharedOverridden,
    BroaderLoop,
    OrderLoop,
    ExcludesItself,
)


def _sharers(world: World) -> Iterator[tuple[Typed, Typed]]:
    """Yield each component that shares with the component that it shares from."""
    components = world.of_type("component")
    for one in world.typed:
        if isinstance(one.entry, ComponentEntry) and one.entry.same_as:
            lender = components.get(one.entry.same_as)
            if lender is not None:
                yield one, lender


def _loops(steps: Mapping[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Yield each circle once, beginning with its first name in the alphabet."""
    done: set[str] = set()
    for start in sorted(steps):
        waiting = [(start, iter(steps[start]))] if start not in done else []
        path = [start]
        while waiting:
            current, following = waiting[-1]
            onward = next(following, None)
            if onward is None:
                waiting.pop()
                path.pop()
                done.add(current)
            elif onward in path:
                loop = path[path.index(onward) :]
                first = loop.index(min(loop))
                yield (*loop[first:], *loop[:first])
            elif onward not in done and onward in steps:
                path.append(onward)
                waiting.append((onward, iter(steps[onward])))


def _chain(loop: tuple[str, ...]) -> str:
    return " → ".join((*loop, loop[0]))
