"""What each point of a decision says: stated facts and the fixed phrases below, nothing else.

What is said of a negative level is always its full sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from kb.ask.decision import (
    Absent,
    Check,
    Copies,
    Definition,
    Duties,
    Further,
    Instruction,
    Listing,
    Number,
    Placed,
    Point,
    Quote,
    Reasoning,
    Ruling,
    Sameness,
    Sourced,
    Support,
    Unjoined,
    Unrecorded,
    Uses,
)
from kb.ask.rulings import NOT_SO, VERDICTS, Rulings
from kb.ask.statements import Settled, Statements, version_range
from kb.ask.words import plural
from kb.catalog import Catalog, Cited, Component, Product, Requirement, lower_first
from kb.model import Placement
from kb.text import join

PLACES: Mapping[Placement, str] = {
    "each-node": "on each node",
    "one-node": "on one node",
    "once-per-cluster": "once per cluster",
    "once-per-deployment": "once for the whole deployment",
    "outside-cluster": "outside the cluster",
    "shared-storage": "on shared storage",
}
_ONCE: Mapping[Placement | None, str] = {
    "one-node": "One. ",
    "once-per-cluster": "One for each cluster. ",
    "once-per-deployment": "One for the whole deployment. ",
}
"""How often something is there that is not on each node."""
_CONDITION = "It is asked under a condition"


class Teller:
    """Tells the points of the decision on one question."""

    def __init__(self, catalog: Catalog, settled: Settled) -> None:
        self._catalog = catalog
        self._statements = Statements(catalog, settled)
        self._rulings = Rulings(catalog, self._statements)

    def tell_all(self, points: Sequence[Point]) -> list[str]:
        """Return what the points say; what is the same of several components is said once."""
        told: dict[str, list[tuple[str, str]]] = {}
        for point in points:
            title = self._title_of(point)
            text = self.tell(point)
            heads = bool(title) and (f"{title}:" in text or f"{title}, " in text)
            shape = text.replace(title, "\0") if heads else text
            told.setdefault(shape, []).append((title, text))
        return [_of_all(group) if "\0" in shape else group[0][1] for shape, group in told.items()]

    def _title_of(self, point: Point) -> str:
        """Return the title of the component that a point is about, if it is about one."""
        if isinstance(point, Duties | Ruling | Unjoined | Unrecorded):
            return self._statements.title(point.holder)
        if isinstance(point, Definition) and point.wants_role:
            return self._statements.title(point.id)
        return ""

    def tell(self, point: Point) -> str:
        """Return what one point says."""
        if isinstance(point, Ruling):
            return self._rulings.ruling(point)
        return self._TELLERS[type(point)](self, point)

    def _duties(self, point: Duties) -> str:
        title = self._statements.title(point.holder)
        if point.asks_nothing and not point.requirements:
            return f"{title}: clustering asks nothing."
        if not point.requirements:
            return f"{title}: nothing is asked in these circumstances."
        stated = (*point.requirements, *point.besides)
        ordered = sorted(stated, key=lambda one: _RANK[one.level])
        if point.is_reminder or point.is_instead:
            return self._reminder(point, ordered)
        if len(ordered) == 1 and not point.is_spared:
            return self._statements.titled(ordered[0])
        said = "".join(f"\n- {self._statements.sentence(one)}" for one in ordered)
        spared = ", not asked in these circumstances" if point.is_spared else ""
        return f"{title}{spared}:{said}"

    def _reminder(self, point: Duties, ordered: Sequence[Requirement]) -> str:
        """Tell what is asked behind what is not so."""
        opening = "What is asked instead" if point.is_instead else "What is asked"
        if len(ordered) == 1:
            return f"{opening}: {lower_first(self._statements.sentence(ordered[0]))}"
        said = "".join(f"\n- {self._statements.sentence(one)}" for one in ordered)
        return f"{opening}:{said}"

    def _unjoined(self, point: Unjoined) -> str:
        title = self._statements.title(point.holder)
        opening = f"{VERDICTS[point.verdict]}. " if point.verdict else ""
        opening = f"{NOT_SO} " if point.is_correction else opening
        if point.asks_nothing:
            is_told = point.verdict is not None or point.is_correction
            tail = "" if is_told else " Whether it is allowed is not recorded."
            return f"{opening}{title}: clustering asks nothing.{tail}"
        things = join((self._statements.title(one) for one in point.objects), "or")
        return f"{opening}{title}: the pages name no {things} here."

    def _uses(self, point: Uses) -> str:
        opening = f"{VERDICTS[point.verdict]}. " if point.verdict else ""
        said = [
            f"{self._statements.title(user)} uses {self._statements.title(used)}: "
            f"{self._catalog.components[user].uses[used]}."
            for user, used in point.pairs
        ]
        users = list(dict.fromkeys(self._statements.title(user) for user, _ in point.pairs))
        first = [f"{join(users)}."] if len(users) > 1 else []
        return opening + "\n".join((*first, *said))

    def _placed(self, point: Placed) -> str:
        opening = f"{VERDICTS[point.verdict]}. " if point.verdict else ""
        title = self._statements.title(point.holder)
        among = f" ({self._statements.title(point.nodes)})" if point.nodes else ""
        return f"{opening}{title}: it runs {PLACES[point.placement]}{among}."

    def _absent(self, point: Absent) -> str:
        component = self._catalog.components[point.holder]
        known = self._product_of(component).versions
        opening = f"{VERDICTS[point.verdict]}. " if point.verdict else ""
        range_ = version_range(component.versions or (), known)
        return f"{opening}{component.title}: {point.version} does not have it. It exists {range_}."

    def _unrecorded(self, point: Unrecorded) -> str:
        return f"{self._statements.title(point.holder)}: this is not recorded in the pages."

    def _listing(self, point: Listing) -> str:
        if not point.items:
            return "None."
        titles = [self._statements.title(name) for name, _ in point.told]
        if len(titles) < len(point.items):
            titles.append(f"{len(point.items) - len(titles):,} more")
        number = f"{len(point.items)}: " if point.is_counted else ""
        return f"{number}{join(titles)}.{self._grounds(point)}"

    def _further(self, point: Further) -> str:
        return f"And {point.number:,} more; name what you want to know of."

    def _grounds(self, point: Listing) -> str:
        """Tell the statements behind a list, each once with the components that share it."""
        shared: dict[str, tuple[Requirement, list[str]]] = {}
        for name, found in point.told:
            for one in found:
                text = self._statements.sentence(one)
                shared.setdefault(text, (one, []))[1].append(self._statements.title(name))
        everybody = {self._statements.title(name) for name, _ in point.told}
        return "".join(
            f"\n{text}"
            if set(names) == everybody
            else f"\n{self._statements.headed(join(dict.fromkeys(names)), one)}"
            for text, (one, names) in shared.items()
        )

    def _definition(self, point: Definition) -> str:
        thing = self._catalog.things(point.kind)[point.id]
        role = thing.role if isinstance(thing, Component) else None
        said = [one for one in (thing.summary, role) if one]
        names = () if point.kind == "condition" else thing.names[1:]
        others = f" Also called {join(names)}." if names else ""
        text = " ".join(said) or "what it is is not recorded."
        if point.unlike:
            text = f"not the same as {point.unlike}. {text}"
        title = thing.title[:1].upper() + thing.title[1:]
        return f"{title}: {text}{'' if point.wants_role else others}"

    def _instruction(self, point: Instruction) -> str:
        if point.steps:
            title = f" ({self._statements.title(point.procedure)})" if point.procedure else ""
            steps = "\n".join(f"{number}. {step}" for number, step in enumerate(point.steps, 1))
            return f"Steps{title}:\n{steps}"
        if point.procedure is None:
            return ""
        procedure = self._catalog.procedures[point.procedure]
        publisher = procedure.sources[0].publisher if procedure.sources else ""
        where = f" of {publisher}" if publisher else ""
        return (
            f"The procedure is “{procedure.title}”. Its steps are not recorded here; "
            f"look for this title in the documentation{where}."
        )

    def _check(self, point: Check) -> str:
        of = "General check"
        if point.requirement is not None:
            of = f"Check of {self._statements.title(point.requirement.component)}"
        elif point.resource is not None:
            of = f"General check of {self._statements.title(point.resource)}"
        expected = lower_first(point.verify.expect).removesuffix(".")
        return f"{of}: run {point.verify.run} and expect {expected}."

    def _reasoning(self, point: Reasoning) -> str:
        """Tell the reason, or what depends on it, and then what it is the reason of."""
        one = point.requirement
        said = self._statements.titled(one)
        found = [one.why] if one.why else []
        if one.when and not found:
            opening = (
                "Left undone, this is not provided for" if point.is_consequence else _CONDITION
            )
            conditions = [self._catalog.conditions[name] for name in one.when]
            found += [f"{opening}: {each.summary or each.title}" for each in conditions]
        instead = self._catalog.requirement(one.instead) if one.instead else None
        if instead is not None and not found:
            sentence = lower_first(self._statements.sentence(instead))
            found.append(f"Something else takes its place: {sentence}")
        if not found and (role := self._role(one)):
            found.append(f"What it is for: {role}")
        tail = "" if one.why else f" No {'other ' if found else ''}reason is recorded."
        if point.is_consequence:
            tail = "" if one.why or one.when else " What follows otherwise is not recorded."
        return f"{' '.join((*found, said))}{tail}"

    def _role(self, requirement: Requirement) -> str:
        """Return what a component is for, where something must be done for it."""
        component = self._catalog.components.get(requirement.component)
        is_for_it = component is not None and requirement.level in ("must", "should")
        return (component.role or "") if component is not None and is_for_it else ""

    def _number(self, point: Number) -> str:
        one = point.requirement
        if one.count is None or point.limit is None:
            return self._statements.sentence(one)
        words = {"at-least": "At least", "at-most": "At most", "exactly": "Exactly"}
        given = f" with {point.nodes} nodes" if isinstance(one.count.amount, str) else ""
        what = self._statements.title(one.count.of)
        many = what if point.limit == 1 or what.endswith("s") else plural(what)
        number = f"{words[one.count.bound]} {point.limit} {many} per {one.count.per}{given}"
        return f"{number}. {self._statements.sentence(one)}"

    def _copies(self, point: Copies) -> str:
        one = point.requirement
        sentence = self._statements.titled(one)
        if one.placement != "each-node":
            return f"{_ONCE.get(one.placement, '')}{sentence}"
        if one.nodes is not None:
            return sentence
        if point.nodes is None:
            return f"As many as there are nodes. {sentence}"
        return f"{point.nodes}, one on each of the {point.nodes} nodes. {sentence}"

    def _sourced(self, point: Sourced) -> str:
        one = point.requirement
        thing = self._catalog.things(point.kind)[point.holder]
        sources = one.sources if one is not None else thing.sources
        places = join(dict.fromkeys(_place(found) for found in sources))
        if not places:
            return f"{thing.title}: no source is recorded."
        said = f" {self._statements.titled(one)}" if one is not None else ""
        return f"{places}.{said}" if said else f"{places}: {thing.title}."

    def _support(self, point: Support) -> str:
        opening = f"{VERDICTS[point.verdict]}. " if point.verdict else ""
        opening = f"{NOT_SO} " if point.is_correction else opening
        title = self._statements.title(point.product)
        listed = join(self._statements.title(one) for one in point.topologies)
        stated = " ".join(self._statements.sentence(one) for one in point.requirements)
        return f"{opening}{title} is documented for {listed}. {stated}".strip()

    def _sameness(self, point: Sameness) -> str:
        if point.dimension == "version":
            return f"{'The same' if point.is_same else 'Not the same'} in {join(point.ids)}."
        titles = join(self._statements.title(one) for one in point.ids)
        if point.dimension == "topology":
            opening = f"{NOT_SO} " if point.is_correction else ""
            return f"{opening}{'The same' if point.is_same else 'Not the same'} in {titles}."
        return f"{titles}: {'the same is asked' if point.is_same else 'not the same is asked'}."

    def _quote(self, point: Quote) -> str:
        return f"{point.text}\nFrom the page “{point.title}”: prose, not a stated requirement."

    def _product_of(self, holder: Component | Product) -> Product:
        return self._catalog.products[holder.product] if isinstance(holder, Component) else holder

    _TELLERS: ClassVar[Mapping[type, Callable[[Teller, Any], str]]] = {
        Duties: _duties,
        Unjoined: _unjoined,
        Uses: _uses,
        Placed: _placed,
        Absent: _absent,
        Unrecorded: _unrecorded,
        Listing: _listing,
        Further: _further,
        Definition: _definition,
        Instruction: _instruction,
        Check: _check,
        Reasoning: _reasoning,
        Number: _number,
        Copies: _copies,
        Sourced: _sourced,
        Support: _support,
        Sameness: _sameness,
        Quote: _quote,
    }


def _of_all(group: Sequence[tuple[str, str]]) -> str:
    """Return a text that is the same for several titles, with all of them in it."""
    title, text = group[0]
    titles = dict.fromkeys(one for one, _ in group)
    return text.replace(title, join(titles)) if len(titles) > 1 else text


_RANK = {
    "must": 0,
    "must-not": 1,
    "should": 2,
    "should-not": 3,
    "automatic": 4,
    "need-not": 5,
    "may": 6,
}
"""The order in which what must be done is told: musts and prohibitions first, options last."""


def _place(source: Cited) -> str:
    """Return in words where in which source something stands."""
    publisher = f" of {source.publisher}" if source.publisher else ""
    where = f", {source.locator}" if source.locator else ""
    return f"“{source.title}”{publisher}{where}"
