"""What a ruling says: the verdict, what it depends on, and the statements behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.ask import worlds
from kb.ask.answer import Verdict
from kb.ask.decision import (
    Ruling,
)
from kb.ask.statements import Statements, version_range
from kb.ask.verdicts import Case, Column, Match, inverted
from kb.catalog import Catalog, lower_first
from kb.model import Level
from kb.text import join

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
_ADVISED_AGAINST = "but it is advised against"
_ELSEWHERE: Mapping[Verdict | None, str] = {
    "yes": "Yes, in these circumstances.",
    "no": "No, not in these circumstances.",
    "depends": "It depends.",
    None: "Not recorded for these circumstances.",
}
NOT_SO = "That is not so."
NOTHING_ELSE = "Nothing is asked besides this:"
_CORRECTIONS: Mapping[Level, str] = {
    "must": "That is not what is asked.",
    "must-not": "That is ruled out.",
    "need-not": "That is not needed.",
    "should-not": "That is advised against.",
}
"""What a level says of something that a question takes for granted."""
_ABSENT: Mapping[Column, str] = {
    "required": "no, this is not asked",
    "need": "no, this is not asked",
    "recommended": "no, this is not recommended",
    "can": "whether it is allowed is not recorded",
    "forbidden": "no, this is not forbidden",
    "discouraged": "no, nothing is said against it",
    "skip": "yes, this is not asked",
    "by-itself": "no",
    "uses": "no",
}


def _absent(point: Ruling) -> str:
    """Return what is told of circumstances in which nothing is stated."""
    told = _ABSENT[point.column]
    return told.replace("no", "yes", 1) if point.is_negated and told.startswith("no") else told


class Rulings:
    """Tells the rulings of the decision on one question."""

    def __init__(self, catalog: Catalog, statements: Statements) -> None:
        self._catalog = catalog
        self._statements = statements

    def ruling(self, point: Ruling) -> str:
        """Return what a ruling says."""
        title = self._statements.title(point.holder)
        judgement = point.judgement
        if point.verdict == "depends" and not point.is_all:
            on = self._dimensions(judgement.decided_by)
            return f"It depends on {on}. {title}:{self._cases(point)}"
        matches = judgement.matches
        if not matches and not judgement.considered:
            opening = f"{VERDICTS[point.verdict]}. " if point.verdict else ""
            return f"{opening}{title}: nothing is asked in these circumstances."
        if not matches:
            stated = self._told(judgement.told)
            return f"{_ELSEWHERE[point.verdict]} {stated}"
        opening = self._opening(point, matches)
        kinship = self._statements.kinship(point.objects, matches[-1])
        return f"{opening} {self._told(matches)}{kinship}"

    def _told(self, matches: Sequence[Match]) -> str:
        """Return the statements, the first of them with whom it is about."""
        first, *others = (one.requirement for one in matches)
        sentences = [self._statements.titled(first), *map(self._statements.sentence, others)]
        return " ".join(sentences)

    def _opening(self, point: Ruling, matches: Sequence[Match]) -> str:
        turn = _TURNS.get((matches[0].requirement.level, point.column), "")
        if matches[0].verdicts is not None:
            is_beyond = matches[0].verdict("recommended") == "no" and point.verdict == "yes"
            turn = _ADVISED_AGAINST if is_beyond and point.column in ("can", "uses") else ""
        if point.is_all:
            return NOTHING_ELSE if point.verdict is None else f"No, {lower_first(NOTHING_ELSE)}"
        if point.is_correction:
            return _CORRECTIONS.get(matches[0].requirement.level, NOT_SO)
        if point.verdict is None:
            level = matches[0].requirement.level
            return f"{turn if turn[:1].isupper() else _LEVELS[level]}."
        if turn and turn[0].islower():
            return f"{VERDICTS[point.verdict]}, {turn}."
        return f"{VERDICTS[point.verdict]}."

    def _dimensions(self, names: Sequence[str]) -> str:
        plain = {"topology": "the topology", "version": "the version"}
        return join(plain.get(one) or self._statements.whether(one) for one in names)

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
        said.sort(key=lambda one: f"{_absent(point)}." in one)
        labels = [one.partition(":")[0] for one in said]
        for place, label in enumerate(labels):
            if label in labels[:place]:  # the statements before it tell when they hold
                said[place] = f"Otherwise{said[place].removeprefix(label)}"
        if absent:
            said.append(f"Otherwise: {_absent(point)}.")
        return "".join(f"\n- {one}" for one in dict.fromkeys(said))

    def _case(self, point: Ruling, where: Sequence[worlds.World], case: Case) -> str:
        labels = [self._label(point, one, where) for one in point.judgement.decided_by]
        label = ", ".join(one for one in labels if one)
        label = label[:1].upper() + label[1:]
        if not case.matches:
            return f"{label}: {_absent(point)}."
        verdict = inverted(case.verdict) if point.is_negated else case.verdict
        told = VERDICTS[verdict].lower() if verdict else "not recorded"
        turn = _TURNS.get((case.matches[0].requirement.level, point.column), "")
        addition = f", {turn}" if case.verdict and turn[:1].islower() else ""
        statements = " ".join(dict.fromkeys(self._stated(point, one) for one in case.matches))
        return f"{label}: {told}{addition}. {statements}"

    def _stated(self, point: Ruling, match: Match) -> str:
        """Return a statement, with its circumstances where those that are told are not all."""
        stated = match.requirement
        is_told = {*stated.when, *stated.unless} <= {*point.judgement.decided_by}
        return stated.text if is_told else self._statements.sentence(stated)

    def _label(self, point: Ruling, dimension: str, where: Sequence[worlds.World]) -> str:
        """Return in words where these worlds stand on a dimension; empty when anywhere."""
        found = list(dict.fromkeys(worlds.coordinate(one, dimension) for one in where))
        everything = {worlds.coordinate(one, dimension) for one, _ in point.judgement.cases}
        if set(found) == everything:
            return ""
        if dimension == "topology":
            return f"for {join(self._statements.title(str(one)) for one in found)}"
        if dimension == "version":
            component = self._catalog.components.get(point.holder)
            product = self._catalog.products[component.product if component else point.holder]
            return version_range(tuple(str(one) for one in found), product.versions)
        return self._statements.condition(dimension, holds=bool(found[0]))


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
