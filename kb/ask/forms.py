"""How something is asked: the form of the question, its modality, negation, quantifier, place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import cast

from kb.ask import data, phrases
from kb.ask.quantities import counted_per
from kb.ask.reading import AskedPlacement, Form, Modality, Quantifier
from kb.ask.scene import Scene
from kb.ask.words import number

_SUBORDINATE = re.compile(r" (?:even )?(?:if|when|unless|while|although|because|sinc|though)(?= )")
"""Words (stems) that begin a clause which only says under which circumstances."""
_REMARK = re.compile(r" (?:even )?(?:although|though|because|sinc|while|so that)(?= )")
"""Words (stems) that begin a clause which only remarks something."""
_CONJUNCTION = re.compile(r" (?:and|or)(?= )")
_ONE = re.compile(r" (?:one|singl|N) C$")
"""One component, where it is not said for how much."""
_RELATIVE = re.compile(
    r" (?:node|server|machin|box|host|cluster|member) (?:which|that|who)(?: [^ .,A-Z]+)*(?= [.,]|$)"
)
"""A noun (stems) with what is said of it."""
_NOT_SO = re.compile(r"(?<=[a-zA-FH-Z]) (?:that|which|who) (?:is|are|do|doe|have) not [a-z]+")
"""What is said of a noun (stems) that something else is asked about: "messages that are not X".

Of a word for components it picks those that are asked for.
"""
_OF_WHAT = re.compile(
    r"(?P<asking> (?:who|what|which)) (?:in|of|from|within) (?:(?:the|our) )?P(?= )"
)
"""A question word with the product (stems) of which something is asked for."""
_WH = frozenset({"which", "what", "who", "where", "how"})
_CLUSTERS = frozenset({"cluster", "clusters"})
_FEW = 2
"""A sentence of so few words has no question of its own."""
_ALIKE: Mapping[str, Form] = {
    "choice": "which",
    "doer": "which",
    "passive": "which",
    "kept": "purpose",
    "ways": "how",
    "each-its-place": "where",
    "each-its-needs": "what-must",
    "bearing": "what-must",
    "origin": "how",
    "each-its-own": "which",
}
"""Meanings of the data file that are one form."""
_OPEN_FORMS = ("which", "how-many", "where", "why", "how")
"""Forms that a tag such as "allowed?" at the end does not make a yes/no question."""


_WISH = re.compile(
    r"(?P<before>\A| [,.])(?: no)? K(?: is| are)?"
    r" (?:need|requir|want|necessari|mandatori)(?= [,.]|\Z)"
)
"""A condition with the verb by which somebody says that it is to hold."""
_NAMED_FIRST = re.compile(r"(?: (?:[A-Z]|for|on|in|with|the|an?|our|and))+ , which ")
"""Before a question, with a colon behind it, what it is about: "the A in B: which sizes?"."""


def form(line: str, *, wants_yes_or_no: bool) -> Form:
    """Return what kind of question the line is; the data file's meanings are the forms."""
    line = phrases.replaced("idle", "yes", line)
    line = phrases.replaced("unconditional", "yes", line)
    if phrases.has("shared-lot", "yes", line):
        return "which"
    if phrases.has("source", "yes", line) and not phrases.has("intent", "origin", line):
        return "document"
    if not phrases.has("together", "requirements", line):
        line = phrases.hidden("together", "place", line)
    said = _intent(line, wants_yes_or_no=wants_yes_or_no)
    is_passive = said == "passive" and not phrases.has("yes-no", "aux", line)
    if said in ("choice", "each-its-own") or is_passive:
        return "which"
    is_cleft = phrases.has("cleft", "yes", line)
    is_no_doer = wants_yes_or_no or phrases.has("not-doer", "yes", line)
    if said == "doer" and is_no_doer and not is_cleft:
        said = None
    meaning = _ALIKE.get(said or "", cast("Form | None", said))
    if meaning in ("same", "compare") and _is_one_thing(line):
        meaning = None
    opens_with_verb = _opens_with_verb(line)
    is_tagged = phrases.has("yes-no", "tag", line)
    is_compared = meaning == "compare" and phrases.has("sameness", "yes", line)
    if is_compared or (meaning in ("same", "compare") and wants_yes_or_no):
        return "same"
    is_open = meaning in _OPEN_FORMS
    if wants_yes_or_no and (opens_with_verb or meaning is None or (is_tagged and not is_open)):
        return "yes-no"
    if meaning is None:
        return "yes-no" if wants_yes_or_no else "what-must"
    if meaning == "how" and phrases.has("what-must", "how", line):
        return "what-must"
    return meaning


def _intent(line: str, *, wants_yes_or_no: bool) -> str | None:
    """Return what the words of a line ask for."""
    said = phrases.first_meaning("intent", line)
    if said == "passive" and " happen " in line:
        return "what-must"  # "what must happen with the A" asks for no other thing
    is_open = said in (None, "what-must") and not wants_yes_or_no
    return "which" if is_open and phrases.has("topologies", "yes", line) else said


def _is_one_thing(line: str) -> bool:
    """Return whether "different" tells what one component has, and nothing is compared."""
    symbols = line.split()
    is_alone = symbols.count("C") == 1 and symbols.count("T") < 2
    return is_alone and phrases.has("sameness", "attributive", line)


def is_yes_no(scene: Scene, line: str) -> bool:
    """Return whether yes or no would answer."""
    if _opens_with_verb(line):
        return True
    if phrases.has("timing", "case", line):
        return False
    is_wh = phrases.has("yes-no", "wh", line)
    main = _SUBORDINATE.split(line)[0]
    last = line.rpartition(" .")[-1]
    if last != line and last.count(" ") == 1 and phrases.has("yes-no", "tag", f" .{last}"):
        return True
    if not is_wh and (phrases.has("yes-no", "inner", line) or phrases.has("yes-no", "tag", main)):
        return True
    return _is_side_by_side(line) or _is_said_with_a_question_mark(scene, line)


def _opens_with_verb(line: str) -> bool:
    """Return whether the last sentence begins with the verb of a yes/no question."""
    last = line.rsplit(" .", 1)[-1]
    is_long = last.count(" ") > _FEW
    return phrases.has("yes-no", "aux", line) or (is_long and phrases.has("yes-no", "aux", last))


def modality(line: str, *, is_statement: bool = False) -> Modality:
    """Return whether it is asked what must be, may be, can be left out, ...

    Of alternatives the first tells: "is A needed, or will B do?". A statement on a thing that says
    none of these says that it is so: "A fails over with R, correct?".
    """
    if " , or" in line and phrases.has("alternative", "yes", line):
        line = line.split(" , or")[0]
    is_said = is_statement or phrases.has("yes-no", "declared", line)
    is_so = _is_side_by_side(line) or (is_said and {"C", "R"} <= set(line.split()))
    unsaid = "uses" if is_so else "required"
    main = phrases.first_meaning("modality", _without_conditions(line))
    meaning = main or phrases.first_meaning("modality", line) or unsaid
    is_asked_for = meaning in ("merely-recommended", "by-hand")
    is_asked_for |= meaning == "skip" and phrases.has("negation", "wrong", line)
    return cast("Modality", "required" if is_asked_for else meaning)


def without_wishes(line: str) -> str:
    """Return the line without "needed" and the like behind a condition that stands by itself.

    "HA needed" states it; "is HA needed" asks. "Who in the product" asks no more than "who".
    """
    line = _WISH.sub(r"\g<before> K", line) if " K" in line else line
    return _OF_WHAT.sub(r"\g<asking>", line) if " P " in line else line


def main_clause(line: str) -> str:
    """Return the line up to a clause that says under which circumstances."""
    return _SUBORDINATE.split(line)[0]


def is_negated(line: str) -> bool:
    """Return whether the verdict is to be turned round: "is it not required"."""
    if not phrases.may_have("negation", line, "inner"):
        return False
    line = _NOT_SO.sub("", _RELATIVE.sub("", phrases.replaced("negation", "idle", line)))
    line = _without_conditions(line)
    return phrases.has("negation", "inner", line) and not phrases.has("negation", "opener", line)


def _without_conditions(line: str) -> str:
    """Return the line without the clauses that only state a condition."""
    clauses = line.replace(" .", " ,").split(" ,")
    main = [_SUBORDINATE.split(one)[0] for one in clauses]
    rest = [one for one in main if " K" not in one and one.strip()]
    return " ,".join(rest) or line


def quantifier(line: str) -> Quantifier | None:
    """Return whether all, any or none of several is asked about; "each node" is a place."""
    components = phrases.replaced("placement", "each-node", line, " N node")
    return cast("Quantifier | None", phrases.first_meaning("quantifier", components))


def placement(scene: Scene, line: str) -> AskedPlacement | None:
    """Return the place that is asked about."""
    main = _REMARK.split(line)[0]
    meaning = phrases.first_meaning("placement", main)
    start = 0 if " each" in line else scene.asking.start
    if meaning != "once-for-all" and _counts_clusters(scene, start, scene.asking.end):
        return "each-cluster"
    if meaning is None and (meaning := phrases.first_meaning("placement", line)) == "one-node":
        return "particular-node"  # a remark: "although it is only the passive node"
    if meaning is None and phrases.has("placed-before", "yes", line):
        meaning = phrases.first_meaning("placement", scene.symbols(0, scene.asking.start))
    return _place(meaning, main)


def several_of(
    scene: Scene, amount: int | None, counted: tuple[str, ...], components: tuple[str, ...]
) -> AskedPlacement | None:
    """Return the place where more than one of a component is asked about: "5 of them"."""
    if amount is None or amount < 2 or not set(counted[-1:]) & set(components):
        return None
    if counted_per(scene) in data.stems_of("nodes"):
        return "several-per-node"
    return "each-cluster" if _counts_clusters(scene, 0, len(scene.words)) else "several"


def places(line: str) -> tuple[AskedPlacement, ...]:
    """Return the places that "and" or "or" joins, if these are several."""
    parts = _CONJUNCTION.split(line)
    found = [_place(phrases.first_meaning("placement", one), one) for one in parts]
    if len(parts) > 1 and found[0] is None and _ONE.search(parts[0]):
        found[0] = "once-per-deployment"  # held against the place that is named behind it
    different = tuple(dict.fromkeys(one for one in found if one is not None))
    return different if len(different) > 1 else ()


def is_alternative(line: str, several: tuple[AskedPlacement, ...]) -> bool:
    """Return whether one of several is to be told, so that neither yes nor no answers."""
    if phrases.has("alternative", "yes", line.replace(" ,", "")):
        return True
    return len(several) > 1 and " or " in line


def _place(meaning: str | None, line: str) -> AskedPlacement | None:
    if meaning == "once-for-all":
        return "once-per-deployment"
    if meaning == "apart-from":
        return "outside-cluster"
    if meaning == "particular-node" and _is_all_there_is(line):
        return "one-node"
    return cast("AskedPlacement | None", meaning)


def _is_side_by_side(line: str) -> bool:
    """Return whether a component and a thing stand together with no word of asking: "C, R?"."""
    words = set(line.split())
    is_counted = {"C", "N"} <= words and not {"what", "how", "which"} & words
    if is_counted and words - {"C", "N", "T"} <= _counting():
        return True
    if not {"C", "R"} <= words or words & _WH or phrases.first_meaning("intent", line) is not None:
        return False
    rest = {one for one in words if not one.isupper()} - {"requirement", ",", ".", "same"}
    return rest <= data.word_lists()["function"]


@cache
def _counting() -> frozenset[str]:
    """Return what may stand beside a component and a number where nothing else is said."""
    return data.stems_of("counters") | data.word_lists()["function"] | {",", "."}


def _is_said_with_a_question_mark(scene: Scene, line: str) -> bool:
    """Return whether it is a statement with a modal that only its mark makes a question."""
    line = phrases.replaced("unconditional", "yes", line)
    is_long = scene.asking.end - scene.asking.core > _FEW
    is_wh = phrases.has("yes-no", "wh", line) or " what" in line or " how" in line
    if is_wh or _NAMED_FIRST.match(line) or not (is_long and scene.asking.is_question):
        return False
    is_place = phrases.first_meaning("placement", line) is not None
    is_place = is_place or phrases.has("yes-no", "declared", line)
    return is_place or phrases.first_meaning("modality", line) not in (None, "uses")


def _is_all_there_is(line: str) -> bool:
    """Return whether the place named is to be the only one."""
    line = _RELATIVE.sub("", phrases.replaced("only", "idle", line))
    return phrases.has("only", "yes", line) or phrases.has("modality", "enough", line)


def _counts_clusters(scene: Scene, start: int, end: int) -> bool:
    """Return whether more than one cluster is spoken of by number: "on two clusters"."""
    for position in range(start, end - 1):
        value = number(scene.words[position].word)
        if value is not None and value > 1 and scene.words[position + 1].word in _CLUSTERS:
            return True
    return False
