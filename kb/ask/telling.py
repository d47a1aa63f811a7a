"""What each point of a decision says: stated facts and the fixed phrases below, nothing else.

What is said of a negative level is always its full sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kb.ask import worlds
from kb.ask.answer import Verdict
from kb.ask.decision import (
    Absent,
    Check,
    Definition,
    Duties,
    Instruction,
    Listing,
    Number,
    Placed,
    Point,
    Quote,
    Reasoning,
    Ruling,
    Sameness,
    Support,
    Unjoined,
    Unrecorded,
    Uses,
)
from kb.ask.verdicts import Case, Column, Match
from kb.catalog import Catalog, Component, Product, Requirement, lower_first
from kb.model import Level, Placement
from kb.text import join

PLACES: Mapping[Placement, str] = {
    "each-node": "on each node",
    "one-node": "on one node",
    "once-per-cluster": "once per cluster",
    "once-per-deployment": "once for the whole deployment",
    "outside-cluster": "outside the cluster",
    "shared-storage": "on shared storage",
}
_NEWLINE = "\n"
VERDICTS: Mapping[Verdict, str] = {"yes": "Yes", "no": "No", "depends": "It depends"}
_LEVELS: Mapping[Level, str] = {
    "must": "It is required",
    "must-not": "It is forbidden",
    "should": "It is recommended, not required",
    "should-not": "It is advised against, not forbidden",
    "may": "It is optional",
    "need-not": "It is not needed",
    "automatic": "It is done for you",
}
_TURNS: Mapping[tuple[str, Column], str] = {
    # what a level adds to a bare yes or no, or says where there is neither
    ("should", "required"): "it is recommended, not required",
    ("should", "need"): "as a recommendation",
    ("should", "skip"): "but it is advised against",
    ("may", "required"): "it is optional",
    ("may", "need"): "it is optional",
    ("may", "recommended"): "It is optional: neither recommended nor advised against",
    ("automatic", "required"): "it is done for you",
    ("automatic", "need"): "it is done for you",
    ("automatic", "uses"): "it is done for you",
    ("automatic", "can"): "It is done for you; whether you may do it yourself is not recorded",
    ("need-not", "can"): "It is not needed; whether it is allowed is not recorded",
    ("should-not", "can"): "but it is advised against",
    ("should-not", "forbidden"): "it is advised against, not forbidden",
}
_CLAUSE = re.compile(r"\b(?:is|are|has|have|must|can|may|runs?|needs?)\b")
"""A title with a verb is a clause, not a noun phrase."""
_ADVISED_AGAINST = "but it is advised against"
_ABSENT: Mapping[Column, str] = {
    "required": "no, this is not asked",
    "need": "no, this is not asked",
    "recommended": "no, this is not recommended",
    "can": "whether it is allowed is not recorded",
    "forbidden": "no, this is not forbidden",
    "discouraged": "no, nothing is said against it",
    "skip": "yes, this is not asked",
    "uses": "no",
}


class Teller:
    """Tells the points of decisions on one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def tell(self, point: Point) -> str:
        """Return what one point says."""
        tellers: Mapping[type, Callable[[Any], str]] = {
            Duties: self._duties,
            Ruling: self._ruling,
            Unjoined: self._unjoined,
            Uses: self._uses,
            Placed: self._placed,
            Absent: self._absent,
            Unrecorded: self._unrecorded,
            Listing: self._listing,
            Definition: self._definition,
            Instruction: self._instruction,
            Check: self._check,
            Reasoning: self._reasoning,
            Number: self._number,
            Support: self._support,
            Sameness: self._sameness,
            Quote: self._quote,
        }
        return tellers[type(point)](point)

    def _duties(self, point: Duties) -> str:
        title = self._catalog.title_of(point.holder)
        if point.asks_nothing and not point.requirements:
            return f"{title}: nothing. Clustering asks nothing of it.{self._everywhere(point)}"
        if not point.requirements:
            return f"{title}: nothing is asked in these circumstances."
        ordered = sorted(point.requirements, key=lambda one: _RANK[one.level])
        named = len(point.topologies) == 1
        sentences = [self.sentence(one, hide_topology=named) for one in ordered]
        if len(sentences) == 1:
            return f"{title}: {sentences[0]}{self._everywhere(point)}"
        said = "".join(f"\n- {one}" for one in sentences)
        return f"{title}:{said}{self._everywhere(point, as_line=True)}"

    def _everywhere(self, point: Duties, *, as_line: bool = False) -> str:
        holder = self._holder(point.holder)
        topologies = self._topologies_of(holder)
        differ = any(set(one.topologies) != set(topologies) for one in holder.requirements)
        if len(point.topologies) == 1 or len(topologies) < 2 or differ or point.is_reminder:
            return ""
        number = "both" if len(topologies) == 2 else "all"
        return f"{_NEWLINE if as_line else ' '}The same in {number} topologies."

    def sentence(self, requirement: Requirement, *, hide_topology: bool = False) -> str:
        """Return a requirement's sentence with the circumstances in which it holds before it."""
        circumstances = self.circumstances(requirement, hide_topology=hide_topology)
        if not circumstances:
            return requirement.text
        return f"{circumstances}: {lower_first(requirement.text)}"

    def circumstances(self, requirement: Requirement, *, hide_topology: bool = False) -> str:
        """Return in words when a requirement holds; empty when always."""
        product = self._catalog.product_of(requirement)
        parts: list[str] = []
        if not hide_topology and set(requirement.topologies) != set(product.topologies):
            titles = [self._catalog.title_of(one) for one in requirement.topologies]
            parts.append(f"for {join(titles)}")
        if requirement.versions is not None and requirement.versions != product.versions:
            parts.append(_version_range(requirement.versions, product.versions))
        parts += [self._condition(one, holds=True) for one in requirement.when]
        parts += [self._condition(one, holds=False) for one in requirement.unless]
        words = ", ".join(parts)
        return words[:1].upper() + words[1:]

    def _ruling(self, point: Ruling) -> str:
        title = self._catalog.title_of(point.holder)
        judgement = point.judgement
        if point.verdict == "depends":
            on = self._dimensions(judgement.decided_by)
            return f"It depends on {on}. {title}:{self._cases(point)}"
        matches = judgement.matches
        statements = " ".join(self.sentence(one.requirement) for one in matches)
        if not matches:
            stated = " ".join(self.sentence(one.requirement) for one in judgement.considered)
            opening = VERDICTS[point.verdict] if point.verdict else "Not recorded"
            return f"{opening}. {title}: this applies in other circumstances only. {stated}"
        opening = self._opening(point, matches)
        kinship = self._kinship(point, matches)
        return f"{opening} {title}: {statements}{kinship}"

    def _opening(self, point: Ruling, matches: Sequence[Match]) -> str:
        turn = _TURNS.get((matches[0].requirement.level, point.column), "")
        if matches[0].verdicts is not None:
            is_beyond = matches[0].verdict("recommended") == "no" and point.verdict == "yes"
            turn = _ADVISED_AGAINST if is_beyond else ""
        if point.is_correction:
            return "That is not so."
        if point.verdict is None:
            level = matches[0].requirement.level
            return f"{turn if turn[:1].isupper() else _LEVELS[level]}."
        if turn and turn[0].islower():
            return f"{VERDICTS[point.verdict]}, {turn}."
        return f"{VERDICTS[point.verdict]}."

    def _kinship(self, point: Ruling, matches: Sequence[Match]) -> str:
        """Say by which broader term a statement reaches the thing that was asked about."""
        said: list[str] = []
        for match in matches:
            stated = match.requirement.resources
            for asked in point.objects:
                if asked in stated or match.distance == 0:
                    continue
                for name in stated:
                    thing, other = self._catalog.object(asked), self._catalog.object(name)
                    if thing and other and name in thing.ancestors:
                        said.append(f" “{thing.title}” is a kind of “{other.title}”.")
                    elif thing and other and asked in other.ancestors:
                        said.append(f" “{other.title}” is a kind of “{thing.title}”.")
        return said[-1] if said else ""

    def _dimensions(self, names: Sequence[str]) -> str:
        plain = {"topology": "the topology", "version": "the version"}
        return join(plain.get(one) or self._whether(one) for one in names)

    def _whether(self, condition: str) -> str:
        title = self._catalog.title_of(condition)
        return f"whether {title}" if _CLAUSE.search(title) else title

    def _condition(self, name: str, *, holds: bool) -> str:
        """Return a condition in words; its title may be a noun phrase or a clause."""
        title = self._catalog.title_of(name)
        if _CLAUSE.search(title):
            return f"{'if' if holds else 'unless'} {title}"
        return f"{'given' if holds else 'without'} {title}"

    def _cases(self, point: Ruling) -> str:
        """Tell the verdict in each group of worlds that the deciding dimensions tell apart."""
        judgement = point.judgement
        groups: dict[tuple[Verdict | None, tuple[str, ...]], list[tuple[worlds.World, Case]]] = {}
        for world, case in judgement.cases:
            refs = tuple(one.requirement.ref for one in case.matches)
            groups.setdefault((case.verdict, refs), []).append((world, case))
        said: list[str] = []
        absent = False
        for group in groups.values():
            case = group[0][1]
            if not case.matches and len(judgement.decided_by) > 1:
                absent = True
                continue
            blocks = _blocks([world for world, _ in group], judgement.decided_by)
            said += [self._case(point, where, case) for where in blocks]
        said.sort(key=lambda one: f"{_ABSENT[point.column]}." in one)
        if absent:
            said.append(f"Otherwise: {_ABSENT[point.column]}.")
        return "".join(f"\n- {one}" for one in dict.fromkeys(said))

    def _case(self, point: Ruling, where: Sequence[worlds.World], case: Case) -> str:
        labels = [self._label(point, one, where) for one in point.judgement.decided_by]
        label = ", ".join(one for one in labels if one)
        label = label[:1].upper() + label[1:]
        if not case.matches:
            return f"{label}: {_ABSENT[point.column]}."
        verdict = VERDICTS[case.verdict].lower() if case.verdict else "not recorded"
        turn = _TURNS.get((case.matches[0].requirement.level, point.column), "")
        addition = f", {turn}" if case.verdict and turn[:1].islower() else ""
        statements = " ".join(one.requirement.text for one in case.matches)
        return f"{label}: {verdict}{addition}. {statements}"

    def _label(self, point: Ruling, dimension: str, where: Sequence[worlds.World]) -> str:
        """Return in words where these worlds stand on a dimension; empty when anywhere."""
        found = list(dict.fromkeys(worlds.coordinate(one, dimension) for one in where))
        everything = {worlds.coordinate(one, dimension) for one, _ in point.judgement.cases}
        if set(found) == everything:
            return ""
        if dimension == "topology":
            return f"for {join(self._catalog.title_of(str(one)) for one in found)}"
        if dimension == "version":
            product = self._product_of(self._holder(point.holder))
            return _version_range(tuple(str(one) for one in found), product.versions)
        return self._condition(dimension, holds=bool(found[0]))

    def _unjoined(self, point: Unjoined) -> str:
        title = self._catalog.title_of(point.holder)
        opening = f"{VERDICTS[point.verdict]}. " if point.verdict else ""
        if point.asks_nothing:
            tail = "" if point.verdict else " Whether it is allowed is not recorded."
            return f"{opening}{title}: clustering asks nothing of it.{tail}"
        things = join((self._catalog.title_of(one) for one in point.objects), "or")
        return f"{opening}{title}: the pages ask for no {things}."

    def _uses(self, point: Uses) -> str:
        opening = f"{VERDICTS[point.verdict]}. " if point.verdict else ""
        said = [
            f"{self._catalog.title_of(user)}: "
            f"{self._catalog.components[user].uses[used]} ({self._catalog.title_of(used)})."
            for user, used in point.pairs
        ]
        return opening + " ".join(said)

    def _placed(self, point: Placed) -> str:
        opening = f"{VERDICTS[point.verdict]}. " if point.verdict else ""
        title = self._catalog.title_of(point.holder)
        among = f" ({self._catalog.title_of(point.nodes)})" if point.nodes else ""
        return f"{opening}{title}: it runs {PLACES[point.placement]}{among}."

    def _absent(self, point: Absent) -> str:
        component = self._catalog.components[point.holder]
        known = self._product_of(component).versions
        opening = f"{VERDICTS[point.verdict]}. " if point.verdict else ""
        range_ = _version_range(component.versions or (), known)
        return f"{opening}{component.title}: {point.version} does not have it. It exists {range_}."

    def _unrecorded(self, point: Unrecorded) -> str:
        return f"{self._catalog.title_of(point.holder)}: this is not recorded in the pages."

    def _listing(self, point: Listing) -> str:
        if not point.items:
            return "None."
        titles = [self._catalog.title_of(name) for name, _ in point.items]
        number = f"{len(titles)}: " if point.is_counted else ""
        return f"{number}{join(titles)}.{self._grounds(point)}"

    def _grounds(self, point: Listing) -> str:
        """Tell the statements behind a list, each once with the components that share it."""
        by_text: dict[str, list[str]] = {}
        for name, found in point.items:
            for one in found:
                by_text.setdefault(self.sentence(one), []).append(self._catalog.title_of(name))
        return "".join(f"\n{join(dict.fromkeys(names))}: {text}" for text, names in by_text.items())

    def _definition(self, point: Definition) -> str:
        thing = self._catalog.things(point.kind)[point.id]
        role = thing.role if isinstance(thing, Component) else None
        said = [one for one in (thing.summary, role) if one]
        others = f" Also called {join(thing.names[1:])}." if thing.names[1:] else ""
        text = " ".join(said) or "what it is is not recorded."
        return f"{thing.title}: {text}{'' if point.wants_role else others}"

    def _instruction(self, point: Instruction) -> str:
        if point.steps:
            title = f" ({self._catalog.title_of(point.procedure)})" if point.procedure else ""
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
            of = f"{self._catalog.title_of(point.requirement.component)}: check"
        elif point.resource is not None:
            of = f"General check of {self._catalog.title_of(point.resource)}"
        return f"{of}: run {point.verify.run} and expect {lower_first(point.verify.expect)}."

    def _reasoning(self, point: Reasoning) -> str:
        one = point.requirement
        title = self._catalog.title_of(one.component)
        reasons = [one.why] if one.why else []
        if not reasons and one.when:
            conditions = [self._catalog.conditions[name] for name in one.when]
            reasons = [
                f"It is asked {self._condition(c.id, holds=True)}: {c.summary or c.title}"
                for c in conditions
            ]
        instead = self._catalog.requirement(one.instead) if one.instead else None
        if instead is not None:
            reasons.append(f"What takes its place: {self.sentence(instead)}")
        text = " ".join(reasons) or "No reason is recorded."
        return f"{title}: {self.sentence(one)} {text}"

    def _number(self, point: Number) -> str:
        one = point.requirement
        if one.count is None or point.limit is None:
            return self.sentence(one)
        words = {"at-least": "At least", "at-most": "At most", "exactly": "Exactly"}
        given = f" with {point.nodes} nodes" if isinstance(one.count.amount, str) else ""
        what = self._catalog.title_of(one.count.of)
        many = what if point.limit == 1 or what.endswith("s") else f"{what}s"
        number = f"{words[one.count.bound]} {point.limit} {many} per {one.count.per}{given}"
        return f"{number}. {self.sentence(one)}"

    def _support(self, point: Support) -> str:
        opening = f"{VERDICTS[point.verdict]}. " if point.verdict else ""
        title = self._catalog.title_of(point.product)
        listed = join(self._catalog.title_of(one) for one in point.topologies)
        stated = " ".join(self.sentence(one) for one in point.requirements)
        return f"{opening}{title} is documented for {listed}. {stated}".strip()

    def _sameness(self, point: Sameness) -> str:
        titles = join(self._catalog.title_of(one) for one in point.ids)
        if point.dimension == "topology":
            return f"{'The same' if point.is_same else 'Not the same'} in {titles}."
        return f"{titles}: {'the same is asked' if point.is_same else 'not the same is asked'}."

    def _quote(self, point: Quote) -> str:
        return f"{point.text}\nFrom the page “{point.title}”: prose, not a stated requirement."

    def _holder(self, name: str) -> Component | Product:
        return self._catalog.components.get(name) or self._catalog.products[name]

    def _product_of(self, holder: Component | Product) -> Product:
        return self._catalog.products[holder.product] if isinstance(holder, Component) else holder

    def _topologies_of(self, holder: Component | Product) -> tuple[str, ...]:
        return self._product_of(holder).topologies


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


def _blocks(
    where: Sequence[worlds.World], dimensions: Sequence[str]
) -> list[Sequence[worlds.World]]:
    """Return the worlds in blocks that can be told by one value range for each dimension."""
    spans = [{worlds.coordinate(world, one) for world in where} for one in dimensions]
    size = 1
    for span in spans:
        size *= len(span)
    places = {tuple(worlds.coordinate(world, one) for one in dimensions) for world in where}
    if len(places) == size:
        return [where]
    first = next(one for one, span in zip(dimensions, spans, strict=True) if len(span) > 1)
    values = dict.fromkeys(worlds.coordinate(world, first) for world in where)
    return [
        block
        for value in values
        for block in _blocks(
            [world for world in where if worlds.coordinate(world, first) == value], dimensions
        )
    ]


def _version_range(versions: tuple[str, ...], known: tuple[str, ...]) -> str:
    first, last = versions[0], versions[-1]
    if first == last:
        return f"in {first}"
    if first == known[0]:
        return f"up to {last}"
    return f"from {first} on" if last == known[-1] else f"from {first} to {last}"
