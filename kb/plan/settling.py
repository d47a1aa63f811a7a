"""Which conditions are the case, from what somebody says and how many nodes they name.

What is said cannot be impossible: conditions that exclude each other, a narrower one without its
broader one, a number of nodes that denies what is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.errors import PlanError
from kb.plan.master import MasterPlan, Term
from kb.plan.selection import Selection
from kb.plan.words import fill


def settled(master: MasterPlan, chosen: Selection) -> dict[str, bool | None]:
    """Return condition -> whether it is the case; None: not decided. Raises PlanError."""
    terms = {one.id: one for one in master.conditions}
    said: dict[str, bool] = dict.fromkeys(chosen.no, False)
    for name in chosen.need:
        if name in said:
            raise PlanError("contradictory-conditions", fill("both-ways", _title(terms, name)))
        said[name] = True
    said.update(_by_nodes(master.conditions, said, len(chosen.nodes)))
    for one in master.conditions:
        _check(one, terms, said)
    return {one.id: _state(one, terms, said) for one in master.conditions}


def compares(number: int, sign: str, bound: int) -> bool:
    """Return whether a number of nodes is as a condition wants it.

    >>> compares(3, ">=", 3), compares(3, "<", 3)
    (True, False)
    """
    if sign == "=":
        return number == bound
    is_beyond = number > bound if sign.startswith(">") else number < bound
    return is_beyond or (sign.endswith("=") and number == bound)


def _by_nodes(terms: Sequence[Term], said: Mapping[str, bool], number: int) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for one in terms:
        if one.sign and number:
            found[one.id] = compares(number, one.sign, one.number)
            if said.get(one.id, found[one.id]) is not found[one.id]:
                phrase = "by-nodes-yes" if found[one.id] else "by-nodes-no"
                raise PlanError("contradictory-conditions", fill(phrase, one.title, number))
    return found


def _check(one: Term, terms: Mapping[str, Term], said: Mapping[str, bool]) -> None:
    """Refuse what cannot be. Raises PlanError."""
    if not _is_stated(one, said):
        return
    for name in one.excludes:
        other = terms.get(name)
        if other is not None and _is_stated(other, said):
            raise PlanError("contradictory-conditions", fill("excluded", one.title, other.title))
    for name in one.ancestors:
        if said.get(name) is False:
            raise PlanError(
                "contradictory-conditions", fill("narrower", one.title, _title(terms, name))
            )


def _is_stated(one: Term, said: Mapping[str, bool]) -> bool:
    """Whether a condition is said to be the case, itself or by a narrower one."""
    return said.get(one.id) is True or any(said.get(name) is True for name in one.descendants)


def _state(one: Term, terms: Mapping[str, Term], said: Mapping[str, bool]) -> bool | None:
    if one.id in said:
        return said[one.id]
    if _is_stated(one, said):
        return True
    if any(name in terms and _is_stated(terms[name], said) for name in one.excludes):
        return False
    for name in one.ancestors:
        if name in said:
            siblings = terms[name].descendants
            is_exclusive = any(other in siblings for other in one.excludes)
            return None if said[name] and is_exclusive else said[name]
    return None


def _title(terms: Mapping[str, Term], name: str) -> str:
    return terms[name].title if name in terms else name
