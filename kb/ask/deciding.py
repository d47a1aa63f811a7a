"""From a reading to a decision: one function for each form of question.

The order of the checks before it is a table; what is found is only decided here, not worded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.ask import counts, phrases, worlds
from kb.ask.answer import Intent, Reason, Verdict
from kb.ask.decision import (
    Decision,
    Definition,
    Duties,
    Instruction,
    Listing,
    Number,
    Placed,
    Point,
    Reasoning,
    Ruling,
    Sameness,
    Support,
    Unjoined,
    Uses,
)
from kb.ask.facts import Facts
from kb.ask.matching import Found, find, is_counted, slot_words
from kb.ask.passages import Passages
from kb.ask.reading import Form, Reader, Reading
from kb.ask.subjects import (
    Subjects,
    by_condition,
    by_role,
    holder_of,
    of_kinds,
    product_in_question,
    subjects,
    unique,
)
from kb.ask.verdicts import (
    Column,
    Judgement,
    Match,
    column_of,
    inverted,
    is_placed,
    judge,
    of_level,
)
from kb.ask.worlds import Circumstances
from kb.catalog import Catalog, Component, Product, Requirement

_INTENTS: Mapping[Form, Intent] = {
    "what-must": "what-must-i-do",
    "yes-no": "yes-no",
    "which": "which-components",
    "where": "where",
    "how-many": "how-many",
    "how": "how",
    "document": "how",
    "why": "why",
    "consequence": "why",
    "definition": "what-is",
    "purpose": "what-is",
    "who-uses": "who-uses",
    "compare": "compare",
    "same": "compare",
}
_NEEDING = frozenset({"must", "should", "automatic"})
_USING = frozenset({"must", "should", "automatic", "may"})


class Decider:
    """Decides questions on one catalog."""

    def __init__(self, catalog: Catalog, reader: Reader) -> None:
        self._catalog = catalog
        self._reader = reader
        self._facts = Facts(catalog, reader.lexicon)
        self._passages = Passages(catalog)

    def decide(self, reading: Reading) -> Decision:
        """Return the decision on a question."""
        return _Question(self._catalog, self._reader, self._facts, self._passages, reading).decide()


class _Question:
    """One question while it is being decided."""

    def __init__(
        self,
        catalog: Catalog,
        reader: Reader,
        facts: Facts,
        passages: Passages,
        reading: Reading,
    ) -> None:
        self._catalog = catalog
        self._reader = reader
        self._facts = facts
        self._passages = passages
        self._reading = reading
        self._subjects = subjects(catalog, facts, reading)
        self._circumstances = Circumstances(
            topologies=reading.topologies,
            version=reading.version,
            conditions=reading.conditions,
        )

    def decide(self) -> Decision:
        for check in (
            self._unknown_circumstances,
            self._foreign,
            self._ambiguous,
            self._confirmation,
        ):
            if (decision := check()) is not None:
                return decision
        handlers: Mapping[Form, Callable[[], Decision | None]] = {
            "what-must": self._what_must,
            "yes-no": self._yes_no,
            "which": self._which,
            "where": self._where,
            "how-many": self._how_many,
            "how": self._how,
            "document": self._document,
            "why": self._why,
            "consequence": self._why,
            "definition": self._definition,
            "purpose": self._purpose,
            "who-uses": self._who_uses,
            "compare": self._compare,
            "same": self._same,
        }
        decision = handlers[self._reading.form]()
        return decision if decision is not None else self._fallback()

    # ------------------------------------------------------------ before the question itself

    def _unknown_circumstances(self) -> Decision | None:
        reading = self._reading
        if reading.unknown_version is not None:
            return self._abstain("unknown-version", subject=reading.unknown_version)
        if reading.unknown_topology is not None:
            named = [("topology", one) for one in self._topologies()]
            return self._abstain("unknown-topology", named, reading.unknown_topology)
        return None

    def _foreign(self) -> Decision | None:
        reading = self._reading
        if not reading.foreign:
            return None
        near = [("component", one) for one in reading.components]
        reason: Reason = "not-recorded" if reading.resources else "unknown-component"
        return self._abstain(reason, near, ", ".join(reading.foreign))

    def _ambiguous(self) -> Decision | None:
        reading = self._reading
        if reading.shared and reading.quantifier != "all":
            named = [("component", one) for one in reading.shared]
            return self._clarify("ambiguous-component", named)
        return None

    def _confirmation(self) -> Decision | None:
        """Judge a list of statements to confirm, part by part."""
        reading = self._reading
        if not reading.is_statement or len(reading.components) < 2:
            return None
        parts = [
            self._reader.read(part)
            for part in _parts(reading.question)
        ]
        rulings: list[Ruling] = []
        for part in parts:
            if len(part.components) != 1:
                continue
            question = replace(
                part,
                form="yes-no",
                modality="uses",
                is_negated=False,
                topologies=reading.topologies,
                conditions=reading.conditions,
                nodes=reading.nodes,
                version=reading.version,
            )
            inner = _Question(self._catalog, self._reader, self._facts, self._passages, question)
            point = inner._ruling(part.components[0], "uses")
            if isinstance(point, Ruling):
                rulings.append(point)
        if not rulings:
            return None
        verdicts = [one.verdict for one in rulings]
        verdict = _all_of(verdicts)
        wrong = [one for one in rulings if one.verdict == "no"]
        return self._answered(wrong or rulings, [one.holder for one in rulings], verdict)

    # --------------------------------------------------------------------- what must I do

    def _what_must(self) -> Decision | None:
        names = self._named_or_implied()
        if names is None:
            return None
        premises = {name: self._premise(name) for name in names}
        if self._asks_for_the_unknown() and not any(premises.values()):
            return None
        points: list[Point] = []
        for name in names:
            points += premises[name]
            points.append(self._duties(name))
        if not points:
            return None
        return self._answered(points, [one for one in names if one in self._catalog.components])

    def _named_or_implied(self) -> tuple[str, ...] | None:
        """Return ids of the components (or the product) meant, None when none can be told."""
        if self._subjects.components:
            return self._subjects.components
        reading = self._reading
        if found := by_condition(self._catalog, reading):
            return found
        slots = slot_words(reading)
        if slots and (found := by_role(self._catalog, self._facts, reading)):
            return found
        product = product_in_question(self._catalog, reading)
        is_general = bool(reading.products or reading.topologies) and not slots
        if product is not None and is_general and not reading.resources:
            every = [one.id for one in self._catalog.published() if one.product == product.id]
            return (*((product.id,) if product.requirements else ()), *every)
        return None

    def _duties(self, name: str, *, is_reminder: bool = False) -> Duties:
        holder = holder_of(self._catalog, name)
        open_worlds = self._worlds(holder, holder.requirements)
        holding = [
            one
            for one in holder.requirements
            if any(worlds.applies(one, world) for world in open_worlds)
        ]
        if is_reminder:
            holding = [one for one in holding if one.level in ("must", "should", "automatic")]
        asks_nothing = isinstance(holder, Component) and holder.asks_nothing
        return Duties(
            name, tuple(holding), self._reading.topologies, asks_nothing, is_reminder
        )

    def _premise(self, name: str) -> list[Point]:
        """Return the correction of what the question takes for granted, if it is wrong."""
        reading = self._reading
        objects = self._objects_for(name)
        if reading.is_negated or not objects:
            return []
        holder = holder_of(self._catalog, name)
        if isinstance(holder, Component) and holder.asks_nothing:
            return [Unjoined(name, objects, "no", asks_nothing=True)]
        found = find(self._catalog, self._facts, holder, reading, objects)
        if not found.matches:
            if any(one in self._catalog.resources for one in objects):
                return [Unjoined(name, objects, "no")]
            return []
        judgement = self._judge(found.matches, "uses", holder)
        levels = {one.requirement.level for one in judgement.matches}
        if judgement.verdict == "no" and levels and levels <= {"must-not", "need-not"}:
            return [Ruling(name, None, "uses", judgement, objects, is_correction=True)]
        return []

    # ----------------------------------------------------------------------------- yes or no

    def _yes_no(self) -> Decision | None:
        reading = self._reading
        if self._asks_for_the_unknown():
            return None
        names = self._subjects.components
        if not names:
            return self._yes_no_without_component()
        column = column_of(reading.modality)
        points: list[Point] = []
        for name in names:
            point = self._ruling(name, column)
            if point is not None:
                points.append(point)
        if not points:
            return None
        verdicts = [getattr(one, "verdict", None) for one in points]
        if reading.quantifier == "any":
            kept = [one for one in points if getattr(one, "verdict", None) in ("yes", "depends")]
            points = kept or points
            names = tuple(getattr(one, "holder", "") for one in points)
            verdict = _any_of(verdicts)
        elif len(names) > 1 and len(set(verdicts)) > 1 and reading.quantifier is None:
            verdict = None
        else:
            verdict = _all_of(verdicts) if len(verdicts) > 1 else verdicts[0]
        for one in list(points):
            points += self._reminder(one)
        return self._answered(points, list(names), verdict)

    def _yes_no_without_component(self) -> Decision | None:
        reading = self._reading
        if reading.amount is not None and (decision := self._product_count()) is not None:
            return decision
        product = product_in_question(self._catalog, reading)
        if product is not None and reading.topologies and not reading.resources:
            listed = all(one in product.topologies for one in reading.topologies)
            if listed and not slot_words(reading):
                stated = tuple(one for one in product.requirements if one.level == "may")
                return self._answered([Support(product.id, product.topologies, "yes", stated)], [], "yes")
        if (by_name := self._role_subject()) is not None:
            return by_name
        if reading.quantifier == "any" or reading.kinds:
            return None
        if reading.resources or reading.placement is not None and not slot_words(reading):
            return self._clarify("missing-component", self._related())
        return None

    def _role_subject(self) -> Decision | None:
        """Take the component that the question describes by what it is for."""
        reading = self._reading
        found = by_role(self._catalog, self._facts, reading, of_kinds(self._catalog, replace(reading, kinds=())))
        if len(found) > 1 and not reading.words:
            return None
        if not found:
            return None
        if len(found) > 1:
            return self._clarify("ambiguous-component", [("component", one) for one in found])
        described = self._facts.role(found[0])
        words = tuple(one for one in reading.words if one.stem not in described)
        again = replace(reading, components=found, words=words, unknown=())
        return _Question(self._catalog, self._reader, self._facts, self._passages, again).decide()

    def _ruling(self, name: str, column: Column) -> Point | None:
        reading = self._reading
        holder = holder_of(self._catalog, name)
        objects = self._objects_for(name)
        used = [one for one in objects if isinstance(holder, Component) and one in holder.uses]
        found = find(self._catalog, self._facts, holder, reading, objects)
        if not found.matches and used and column == "uses":
            return Uses(tuple((name, one) for one in used), self._turned("yes"))
        if found.matches:
            return self._judged(name, column, found, objects)
        if isinstance(holder, Component):
            if (placed := self._placed(holder)) is not None:
                return placed
            if holder.asks_nothing:
                return self._nothing_asked(name, column, found, objects)
            if found.target == "whole":
                return self._whole(holder, column)
        if found.target == "object" and all(self._catalog.object(one) for one in objects):
            verdict: Verdict | None = "yes" if column == "skip" else "no"
            if column in ("can", "forbidden"):
                return None
            return Unjoined(name, objects, self._turned(verdict))
        return None

    def _judged(self, name: str, column: Column, found: Found, objects: tuple[str, ...]) -> Point:
        reading = self._reading
        holder = holder_of(self._catalog, name)
        if reading.modality == "enough" and found.target != "count":
            return self._enough(name, found, objects)
        if reading.modality == "only-way":
            return self._only_way(name, found, objects)
        judgement = self._judge(found.matches, column, holder)
        return Ruling(name, self._turned(judgement.verdict), column, judgement, objects)

    def _enough(self, name: str, found: Found, objects: tuple[str, ...]) -> Point:
        """Judge whether what is named is all that must be done."""
        holder = holder_of(self._catalog, name)
        if found.target == "placement" and not slot_words(self._reading) and not _acts(self._reading):
            judgement = self._judge(found.matches, "required", holder)
            return Ruling(name, judgement.verdict, "required", judgement, objects)
        musts = [Match(one) for one in holder.requirements if one.level == "must"]
        open_worlds = self._worlds(holder, [one.requirement for one in musts])
        named = {
            one.requirement.ref
            for one in found.matches
            if one.verdict("required") == "yes"
        }
        cases = self._judge(musts, "required", holder)
        left = [
            one
            for one in musts
            if one.requirement.ref not in named
            and any(worlds.applies(one.requirement, world) for world in open_worlds)
        ]
        certain = [
            one
            for one in left
            if all(worlds.applies(one.requirement, world) for world in open_worlds)
        ]
        del cases
        verdict: Verdict = "no" if certain else ("depends" if left else "yes")
        if not named:
            verdict = "no"
        decisive = left or [one for one in musts if one.requirement.ref in named]
        judgement = self._judge([*decisive, *(m for m in musts if m.requirement.ref in named)], "required", holder)
        all_of = tuple(
            (world, replace(case, matches=tuple(m for m in musts if worlds.applies(m.requirement, world))))
            for world, case in judgement.cases
        )
        return Ruling(name, verdict, "required", replace(judgement, cases=all_of), objects)

    def _only_way(self, name: str, found: Found, objects: tuple[str, ...]) -> Point:
        holder = holder_of(self._catalog, name)
        verbs = [self._facts.action(one.requirement).verb for one in found.matches]
        ways = [
            Match(one)
            for one in holder.requirements
            if one.level == "may" and any(verb & self._facts.action(one).verb for verb in verbs)
        ]
        told = tuple(ways) or found.matches
        judgement = self._judge(told, "can", holder)
        all_of = tuple((world, replace(case, matches=told)) for world, case in judgement.cases)
        verdict: Verdict = "no" if len(ways) > 1 else "yes"
        return Ruling(name, verdict, "can", replace(judgement, cases=all_of), objects)

    def _placed(self, holder: Component) -> Point | None:
        asked = self._reading.placement
        if asked is None or holder.placement is None:
            return None
        is_so = is_placed(holder.placement, asked)
        if is_so is None:
            return None
        verdict: Verdict = "yes" if is_so else "no"
        return Placed(holder.id, holder.placement, holder.nodes, self._turned(verdict))

    def _nothing_asked(
        self, name: str, column: Column, found: Found, objects: tuple[str, ...]
    ) -> Point | None:
        if found.target in ("placement", "count") or (found.target == "action" and slot_words(self._reading)):
            return None
        return Unjoined(name, objects, self._turned(of_level("none", column)), asks_nothing=True)

    def _whole(self, holder: Component, column: Column) -> Point | None:
        """Judge "is there anything to do", where nothing in particular is asked about."""
        musts = [Match(one) for one in holder.requirements if one.level == "must"]
        if self._reading.topologies and column in ("can", "uses"):
            product = self._catalog.products[holder.product]
            if all(one in product.topologies for one in self._reading.topologies):
                return Support(product.id, product.topologies, self._turned("yes"))
        if not self._asks_for_anything():
            return None
        judgement = self._judge(musts, column, holder)
        return Ruling(holder.id, self._turned(judgement.verdict), column, judgement)

    def _asks_for_anything(self) -> bool:
        words = {one.word for one in self._reader.tokens(self._reading.question)}
        return bool(words & {"anything", "any", "something", "considerations", "requirements"})

    def _reminder(self, point: Point) -> list[Point]:
        """Return what is asked instead, behind a denial."""
        if isinstance(point, Unjoined) and not point.asks_nothing:
            duties = self._duties(point.holder, is_reminder=True)
            return [duties] if duties.requirements else []
        if isinstance(point, Ruling) and point.verdict == "no":
            shown = {one.requirement.ref for one in point.judgement.matches}
            named = [one.requirement.instead for one in point.judgement.matches]
            holder = holder_of(self._catalog, point.holder)
            found = [
                one
                for one in holder.requirements
                if one.ref in named and one.ref not in shown
            ]
            if found:
                return [Duties(point.holder, tuple(found), self._reading.topologies, is_reminder=True)]
        return []

    def _product_count(self) -> Decision | None:
        reading = self._reading
        for holder in (*self._catalog.products.values(), *self._catalog.published()):
            found = find(self._catalog, self._facts, holder, reading, ())
            if found.target != "count":
                continue
            column = column_of(reading.modality)
            judgement = self._judge(found.matches, column, holder)
            if not judgement.matches:
                continue
            names = [holder.id] if isinstance(holder, Component) else []
            verdict = self._turned(judgement.verdict)
            return self._answered([Ruling(holder.id, verdict, column, judgement)], names, verdict)
        return None

    # ------------------------------------------------------------------------ lists of components

    def _which(self) -> Decision | None:
        return self._listing(is_counted=False)

    def _listing(self, *, is_counted: bool) -> Decision | None:
        reading = self._reading
        if self._asks_for_the_unknown():
            return None
        if reading.shared or (reading.components and not reading.kinds):
            return self._what_must() if not is_counted else None
        candidates = of_kinds(self._catalog, reading)
        items = self._selected(candidates)
        if items is None:
            return None
        of = "" if not reading.kinds or reading.kinds[0] == "*" else reading.kinds[0]
        listing = Listing(tuple(items), is_counted, of)
        return self._answered([listing], [name for name, _ in items])

    def _selected(
        self, candidates: Sequence[Component]
    ) -> list[tuple[str, tuple[Requirement, ...]]] | None:
        reading = self._reading
        objects = self._subjects.objects
        line = " ".join(one.word for one in self._reader.tokens(reading.question))
        if phrases.has("nothing-asked", "yes", self._reader.line(reading.question)):
            return [(one.id, ()) for one in candidates if one.asks_nothing]
        del line
        if objects or (reading.placement is not None and not slot_words(reading)):
            return self._with_objects(candidates, objects)
        if by_conditions := by_condition(self._catalog, reading):
            return [(one.id, ()) for one in candidates if one.id in by_conditions]
        if found := by_role(self._catalog, self._facts, reading, candidates):
            return [(one, ()) for one in found]
        if slot_words(reading):
            return None
        return [(one.id, ()) for one in candidates]

    def _with_objects(
        self, candidates: Sequence[Component], objects: tuple[str, ...]
    ) -> list[tuple[str, tuple[Requirement, ...]]]:
        reading = self._reading
        column = column_of(reading.modality)
        chosen: list[tuple[str, tuple[Requirement, ...]]] = []
        for one in candidates:
            found = find(self._catalog, self._facts, one, reading, objects)
            judgement = self._judge(found.matches, column, one)
            deciding = tuple(match.requirement for match in judgement.matches)
            is_in = self._is_chosen(judgement, column)
            if is_in is not reading.is_negated:
                chosen.append((one.id, deciding))
        return chosen

    def _is_chosen(self, judgement: Judgement, column: Column) -> bool:
        levels = {one.requirement.level for one in judgement.matches}
        if column in ("uses", "required", "need"):
            wanted = _USING if column == "uses" else _NEEDING
            return bool(levels & wanted)
        return judgement.verdict in ("yes", "depends")

    def _who_uses(self) -> Decision | None:
        used = self._reading.components
        pairs = [
            (one.id, name) for one in self._catalog.published() for name in used if name in one.uses
        ]
        if not pairs:
            return None
        return self._answered([Uses(tuple(pairs))], [user for user, _ in pairs])

    # -------------------------------------------------------------------------- where, how many

    def _where(self) -> Decision | None:
        if self._asks_for_the_unknown():
            return None
        points: list[Point] = []
        names = self._named_or_implied()
        for name in names or ():
            holder = holder_of(self._catalog, name)
            points += self._premise(name)
            open_worlds = self._worlds(holder, holder.requirements)
            placing = tuple(
                one
                for one in holder.requirements
                if self._names_a_place(one)
                and any(worlds.applies(one, world) for world in open_worlds)
            )
            if isinstance(holder, Component) and holder.placement is not None:
                points.append(Placed(name, holder.placement, holder.nodes))
            if placing:
                points.append(Duties(name, placing, self._reading.topologies))
        if not points:
            return None
        return self._answered(points, list(names or ()))

    def _names_a_place(self, requirement: Requirement) -> bool:
        if requirement.placement is not None:
            return True
        verb = self._facts.action(requirement).verb
        return bool(requirement.resources) and bool(verb & self._reader.placing_marks)

    def _how_many(self) -> Decision | None:
        reading = self._reading
        if (decision := self._stated_number()) is not None:
            return decision
        if reading.kinds and not reading.components:
            return self._listing(is_counted=True)
        if reading.components:
            return self._where()
        return None

    def _stated_number(self) -> Decision | None:
        reading = self._reading
        named = [holder_of(self._catalog, one) for one in reading.components]
        holders: Iterable[Component | Product] = named or (
            *self._catalog.products.values(),
            *self._catalog.published(),
        )
        asked = self._reader.counted_after(reading)
        for holder in holders:
            open_worlds = self._worlds(holder, holder.requirements)
            found = [
                one
                for one in holder.requirements
                if is_counted(self._catalog, one, asked)
                and any(worlds.applies(one, world) for world in open_worlds)
            ]
            if found:
                numbers = [
                    Number(one, counts.limit_of(one.count, reading.nodes), reading.nodes)
                    for one in found
                    if one.count is not None
                ]
                names = [holder.id] if isinstance(holder, Component) else []
                return self._answered(numbers, names)
        return None

    # -------------------------------------------------------------------------------- how, why

    def _how(self) -> Decision | None:
        reading = self._reading
        names = self._named_or_implied()
        premises = {name: self._premise(name) for name in names or ()}
        if self._asks_for_the_unknown() and not any(premises.values()):
            return None
        if names is None or not all(one in self._catalog.components for one in names):
            return self._procedure_by_name()
        points: list[Point] = []
        for name in names:
            holder = holder_of(self._catalog, name)
            objects = self._objects_for(name)
            if premises[name]:
                points += premises[name]
                points.append(self._duties(name, is_reminder=True))
                continue
            found = find(self._catalog, self._facts, holder, reading, objects)
            open_worlds = self._worlds(holder, holder.requirements)
            chosen = [
                one.requirement
                for one in found.matches
                if any(worlds.applies(one.requirement, world) for world in open_worlds)
            ]
            if not chosen and (slot_words(reading) or objects) and found.target != "clustering":
                continue
            if phrases.has("before", "yes", self._reader.line(reading.question)):
                points += self._before(name, chosen)
                continue
            duties = self._duties(name)
            if chosen:
                duties = replace(duties, requirements=tuple(chosen))
            points.append(duties)
            points += self._instructions(duties.requirements, holder)
        if not points:
            return None
        return self._answered(points, list(names))

    def _procedure_by_name(self) -> Decision | None:
        names = self._reading.procedures
        if not names:
            return None
        procedure = self._catalog.procedures[names[0]]
        return self._answered([Instruction(None, procedure.id, procedure.steps)], [])

    def _before(self, name: str, chosen: Sequence[Requirement]) -> list[Point]:
        earlier = [
            found
            for one in chosen
            for ref in one.after
            if (found := self._catalog.requirement(ref)) is not None
        ]
        mine = [replace_component(one, name) if one.owner == name else one for one in earlier]
        by_holder: dict[str, list[Requirement]] = {}
        for one in mine:
            by_holder.setdefault(one.component, []).append(one)
        return [Duties(holder, tuple(listed), ()) for holder, listed in by_holder.items()]

    def _instructions(
        self, requirements: Iterable[Requirement], holder: Component | Product
    ) -> list[Point]:
        found: dict[tuple[str | None, tuple[str, ...]], Instruction] = {}
        for one in requirements:
            if one.level not in ("must", "should", "may", "automatic"):
                continue
            steps = one.steps
            if one.procedure is not None:
                steps = self._catalog.procedures[one.procedure].steps
            if one.procedure is None and not steps:
                continue
            found.setdefault((one.procedure, steps), Instruction(one, one.procedure, steps, one.verify))
        if not found and isinstance(holder, Component) and holder.procedure is not None:
            steps = self._catalog.procedures[holder.procedure].steps
            return [Instruction(None, holder.procedure, steps)]
        return list(found.values())

    def _document(self) -> Decision | None:
        reading = self._reading
        points: list[Point] = []
        for name in reading.components:
            holder = self._catalog.components[name]
            points += self._instructions(holder.requirements, holder)
        if points:
            return self._answered(points, list(reading.components))
        return self._procedure_by_name()

    def _why(self) -> Decision | None:
        reading = self._reading
        if self._asks_for_the_unknown():
            return None
        points: list[Point] = []
        names = self._subjects.components
        for name in names:
            holder = holder_of(self._catalog, name)
            found = find(self._catalog, self._facts, holder, reading, self._objects_for(name))
            chosen = [one.requirement for one in found.matches]
            if found.target == "whole":
                chosen = [one for one in holder.requirements if one.level in ("must", "must-not")]
            if found.matches and found.target in ("object", "placement"):
                judgement = self._judge(found.matches, "uses", holder)
                chosen = [one.requirement for one in judgement.matches] or chosen
            if reading.is_negated:
                negative = [one for one in chosen if one.level in ("must-not", "should-not", "need-not")]
                chosen = negative or chosen
            if not chosen and (premise := self._premise(name)):
                points += premise
            points += [Reasoning(one) for one in chosen]
        if not points:
            return None
        return self._answered(points, list(names))

    # ------------------------------------------------------------------------ what is it, compare

    def _definition(self) -> Decision | None:
        reading = self._reading
        if slot_words(reading) and reading.unknown:
            return None
        if reading.components and reading.resources:
            return self._what_must()
        points: list[Point] = [Definition("component", one) for one in reading.components]
        points += [Definition("resource", one) for one in reading.resources if not points]
        points += [Definition("topology", one) for one in reading.topologies if not points]
        points += [Definition("product", one) for one in reading.products if not points]
        if not points:
            return None
        return self._answered(points, list(reading.components))

    def _purpose(self) -> Decision | None:
        reading = self._reading
        if self._asks_for_the_unknown():
            return None
        if reading.components and reading.resources:
            chosen: list[Point] = []
            for name in reading.components:
                holder = holder_of(self._catalog, name)
                found = find(self._catalog, self._facts, holder, reading, self._objects_for(name))
                if found.matches:
                    listed = tuple(one.requirement for one in found.matches if one.distance == 0)
                    chosen.append(Duties(name, listed or tuple(m.requirement for m in found.matches), reading.topologies))
            if chosen:
                return self._answered(chosen, list(reading.components))
        if reading.components:
            points = [Definition("component", one, wants_role=True) for one in reading.components]
            return self._answered(points, list(reading.components))
        if reading.kinds and (found_by_role := by_role(self._catalog, self._facts, reading)):
            return self._answered(
                [Listing(tuple((one, ()) for one in found_by_role), False)], list(found_by_role)
            )
        return self._definition()

    def _compare(self) -> Decision | None:
        names = self._subjects.components
        if not names or self._asks_for_the_unknown():
            return None
        if len(names) == 1 and len(self._reading.topologies) != 1:
            return self._by_topology(names[0], None)
        points: list[Point] = [self._duties(one) for one in names]
        return self._answered(points, list(names))

    def _same(self) -> Decision | None:
        names = self._subjects.components
        if not names or self._asks_for_the_unknown():
            return None
        if len(names) == 1:
            return self._by_topology(names[0], "asked")
        shapes = {tuple(sorted(_shape(one) for one in self._duties(name).requirements)) for name in names}
        is_same = len(shapes) == 1
        verdict = self._turned("yes" if is_same else "no")
        points: list[Point] = [Sameness(names, is_same, "component")]
        points += [self._duties(one) for one in (names[:1] if is_same else names)]
        return self._answered(points, list(names), self._difference(verdict))

    def _by_topology(self, name: str, asked: str | None) -> Decision:
        holder = holder_of(self._catalog, name)
        home = self._catalog.products[holder.product] if isinstance(holder, Component) else holder
        named = self._reading.topologies
        compared = named if len(named) > 1 else home.topologies
        sets = {
            topology: {one.ref for one in holder.requirements if topology in one.topologies}
            for topology in compared
        }
        is_same = len({frozenset(found) for found in sets.values()}) < 2
        points: list[Point] = [Sameness(tuple(compared), is_same, "topology")]
        everywhere = set.intersection(*sets.values()) if sets else set()
        wanted = set().union(*sets.values()) - (set() if is_same else everywhere)
        differing = {_matter(one) for one in holder.requirements if one.ref in wanted}
        chosen = tuple(
            one
            for one in holder.requirements
            if one.ref in wanted
            or (_matter(one) in differing and set(compared) & set(one.topologies))
        )
        asks_nothing = isinstance(holder, Component) and holder.asks_nothing
        points.append(Duties(name, chosen, compared if not is_same else (), asks_nothing))
        verdict: Verdict | None = None
        if asked is not None:
            verdict = self._difference(self._turned("yes" if is_same else "no"))
        return self._answered(points, [name], verdict)

    def _difference(self, verdict: Verdict | None) -> Verdict | None:
        """Turn the verdict on sameness round where the question asks for a difference."""
        is_about_difference = phrases.has(
            "difference", "yes", self._reader.line(self._reading.question)
        )
        return inverted(verdict) if is_about_difference else verdict

    # ------------------------------------------------------------------------------- helpers

    def _objects_for(self, name: str) -> tuple[str, ...]:
        return tuple(one for one in self._subjects.objects if one != name)

    def _topologies(self) -> tuple[str, ...]:
        names = {
            one
            for product in self._catalog.products.values()
            for one in product.topologies
        }
        return tuple(sorted(names))

    def _worlds(
        self, holder: Component | Product, requirements: Iterable[Requirement]
    ) -> tuple[worlds.World, ...]:
        return worlds.possible(self._catalog, holder, requirements, self._circumstances)

    def _judge(
        self, matches: Sequence[Match], column: Column, holder: Component | Product
    ) -> Judgement:
        open_worlds = self._worlds(holder, [one.requirement for one in matches])
        return judge(matches, column, open_worlds)

    def _turned(self, verdict: Verdict | None) -> Verdict | None:
        return inverted(verdict) if self._reading.is_negated else verdict

    def _asks_for_the_unknown(self) -> bool:
        """Return whether a word that nothing explains is what the question asks about."""
        return bool(self._reading.unknown)

    def _related(self) -> list[tuple[str, str]]:
        """Return the components that have to do with the things named."""
        names = set(self._reading.resources)
        return [
            ("component", one.id)
            for one in self._catalog.published()
            if any(names & {*r.resources, *r.about} for r in one.requirements)
        ] or [("component", one.id) for one in self._catalog.published()][:8]

    def _answered(
        self, points: Sequence[Point], components: Sequence[str], verdict: Verdict | None = None
    ) -> Decision:
        named = self._reading.topologies
        return Decision(
            status="answered",
            intent=_INTENTS[self._reading.form],
            verdict=verdict,
            points=tuple(points),
            components=unique(components),
            topology=named[0] if len(named) == 1 else None,
            conditions=self._conditions(points),
        )

    def _conditions(self, points: Iterable[Point]) -> dict[str, bool | None]:
        named = sorted(
            {
                name
                for point in points
                for one in requirements_of(point)
                for name in (*one.when, *one.unless)
            }
        )
        said = self._reading.conditions
        found = {name: worlds.state(self._catalog, said, name) for name in named}
        return {**said, **found}

    def _clarify(self, reason: Reason, candidates: Sequence[tuple[str, str]]) -> Decision:
        return Decision(
            status="clarify",
            intent=_INTENTS[self._reading.form],
            reason=reason,
            candidates=tuple(candidates),
            conditions=self._reading.conditions,
        )

    def _abstain(
        self, reason: Reason, candidates: Sequence[tuple[str, str]] = (), subject: str = ""
    ) -> Decision:
        return Decision(
            status="not_covered",
            intent=_INTENTS[self._reading.form],
            reason=reason,
            candidates=tuple(candidates),
            subject=subject,
            conditions=self._reading.conditions,
        )

    def _fallback(self) -> Decision:
        """Quote prose that answers, or say what is missing."""
        reading = self._reading
        quote = self._passages.best(reading, self._subjects.components)
        if quote is not None:
            decision = self._answered([quote], list(reading.components))
            return replace(decision, intent="passage")
        if reading.components:
            near = [("component", one) for one in reading.components]
            near += [
                ("procedure", one.procedure)
                for name in reading.components
                for one in self._catalog.components[name].requirements
                if one.procedure is not None
            ][:1]
            return self._abstain("not-recorded", near, ", ".join(reading.unknown))
        if self._is_elliptic():
            return self._clarify("missing-component", self._related())
        if reading.products or reading.topologies:
            return self._abstain("not-recorded", (), ", ".join(reading.unknown))
        return self._abstain("out-of-scope", (), ", ".join(reading.unknown))

    def _is_elliptic(self) -> bool:
        """Return whether "it" or "they" stands where a component is expected."""
        words = [one.word for one in self._reader.tokens(self._reading.question)]
        is_short = len(words) < 16 and not self._reading.unknown
        return is_short and bool({"it", "they", "them", "this"} & set(words))


def requirements_of(point: Point) -> tuple[Requirement, ...]:
    """Return the requirements that a point rests on."""
    if isinstance(point, Duties | Support):
        return point.requirements
    if isinstance(point, Ruling):
        decisive = point.judgement.matches or point.judgement.considered
        return tuple(one.requirement for one in decisive)
    if isinstance(point, Listing):
        return tuple(one for _, found in point.items for one in found)
    if isinstance(point, Reasoning | Number):
        return (point.requirement,)
    if isinstance(point, Instruction) and point.requirement is not None:
        return (point.requirement,)
    return ()


def replace_component(requirement: Requirement, name: str) -> Requirement:
    """Return the requirement as it holds for another component that shares it."""
    return replace(requirement, component=name)


def _matter(requirement: Requirement) -> tuple[object, ...]:
    """Return what a requirement is about, whatever its level."""
    counted = requirement.count.of if requirement.count else None
    return (requirement.resources, requirement.placement, counted)


def _shape(requirement: Requirement) -> tuple[str, ...]:
    return (
        requirement.level,
        requirement.action.casefold(),
        *requirement.topologies,
        *requirement.when,
        "|",
        *requirement.unless,
    )


def _acts(reading: Reading) -> bool:
    return any(one.word in ("install", "run", "deploy", "put", "configure", "have") for one in reading.words)


def _parts(question: str) -> list[str]:
    """Return the parts of a list of statements."""
    text = question
    for mark in (";", ",", ". ", "\n", ":", " and "):
        text = text.replace(mark, "\x00")
    return [part.strip() for part in text.split("\x00") if part.strip()]


def _all_of(verdicts: Sequence[Verdict | None]) -> Verdict | None:
    for one in ("no", "depends"):
        if one in verdicts:
            return one  # type: ignore[return-value]  # both are verdicts
    return None if None in verdicts else "yes"


def _any_of(verdicts: Sequence[Verdict | None]) -> Verdict | None:
    for one in ("yes", "depends"):
        if one in verdicts:
            return one  # type: ignore[return-value]  # both are verdicts
    return "no" if "no" in verdicts else None
