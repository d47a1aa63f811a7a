"""Steps and remarks as a reader is given them: for whom, when, how, and how it is checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kb.plan.master import GeneralCheck, Item
from kb.plan.plan import How, Named, Remark, Step, Tick
from kb.plan.scope import Scope
from kb.plan.words import LABELS, PROHIBITIONS, fill

_NOT_SAID = How(text="", steps=())


@dataclass(slots=True)
class Teller:
    """Tells the items of one plan, in their order."""

    scope: Scope
    numbers: Mapping[str, int]
    """Id of a step -> its number."""
    _explained: dict[str, int] = field(default_factory=dict)
    """Id of a procedure -> the number of the step that tells it."""

    def step(self, one: Item, remarks: Sequence[Item]) -> Step:
        """Return a step with the remarks that belong to it."""
        number = self.numbers[one.id]
        nodes = self.scope.chosen.nodes if one.is_per_node else ()
        components = self.scope.named(one.components)
        circumstances = tuple(self.scope.circumstances(one))
        return Step(
            number=number,
            id=one.id,
            level=one.level,
            text=one.text,
            components=components,
            whose=_whose(components),
            ticks=tuple(Tick(id=f"{one.id}@{node}", node=node) for node in nodes)
            or (Tick(id=one.id, node=""),),
            notes=(*circumstances, *self._firsts(one)),
            why=one.why,
            how=self._how(one, number),
            check=one.check,
            remarks=tuple(self.remark(remark, circumstances) for remark in remarks),
            sources=one.sources,
        )

    def remark(self, one: Item, said: Sequence[str] = ()) -> Remark:
        """Return what holds and is no step; `said` of its circumstances is not said again.

        A prohibition that holds also where its step falls away says so.
        """
        components = self.scope.named(one.components)
        own = [*self.scope.circumstances(one)]
        is_wider = one.level in PROHIBITIONS and bool(said) and not own
        return Remark(
            id=one.id,
            level=one.level,
            label=LABELS[one.level],
            text=one.text,
            components=components,
            notes=(
                *(each for each in own if each not in said),
                *([fill("always")] if is_wider else []),
            ),
            why=one.why,
            how=self._how(one, 0) if one.level == "may" else _NOT_SAID,
            check=one.check,
            sources=one.sources,
        )

    def check(self, one: GeneralCheck, number: int, used: Sequence[Item]) -> Step:
        """Return the step in which the outcome of others is looked at."""
        proved = sorted({self.numbers[each.id] for each in used if each.id in self.numbers})
        told = [tuple(self.scope.circumstances(each)) for each in used]
        shared = (each for each in told[0] if all(each in others for others in told))
        name = f"check:{one.id}"
        return Step(
            number=number,
            id=name,
            level="must",
            text=fill("check-of", one.title),
            components=(),
            whose="",
            ticks=(Tick(id=name, node=""),),
            notes=(*shared, *([_numbered("shows", proved)] if proved else ())),
            why="",
            how=_NOT_SAID,
            check=one.check,
            remarks=(),
            sources=(),
        )

    def _firsts(self, one: Item) -> Iterator[str]:
        """Yield what comes before a step: steps of the plan by number, others in words."""
        numbers = sorted(self.numbers[name] for name in one.after if name in self.numbers)
        if numbers:
            yield _numbered("after", numbers)
        for name in one.after:
            first = self.scope.items.get(name)
            if first is None or name in self.numbers:
                continue
            if self.scope.is_here(first) and not self.scope.obstacle(first):
                titles = ", ".join(self.scope.parts[each].title for each in first.components)
                yield fill("first-of", titles, first.text) if titles else fill("first", first.text)

    def _how(self, one: Item, number: int) -> How:
        if one.steps:
            return How(text=fill("how"), steps=one.steps)
        method = self.scope.methods.get(one.method)
        if method is None:
            return _NOT_SAID
        told = self._explained.get(method.id)
        if told is not None:
            return How(text=fill("how-again", told), steps=())
        if number:
            self._explained[method.id] = number
        if method.steps:
            return How(text=fill("how-named", method.title), steps=method.steps)
        if method.publisher:
            return How(text=fill("how-elsewhere", method.title, method.publisher), steps=())
        return How(text=fill("how-somewhere", method.title), steps=())


def _whose(components: Sequence[Named]) -> str:
    titles = ", ".join(one.title for one in components)
    return fill("for-each", titles) if len(components) > 1 else titles


def _numbered(name: str, numbers: Sequence[int]) -> str:
    """Return a phrase about one step or about several."""
    several = "s" if len(numbers) > 1 else ""
    return fill(f"{name}{several}", ", ".join(map(str, numbers)))
