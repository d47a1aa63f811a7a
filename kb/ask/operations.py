"""What a question wants done to a component beyond setting it up: "restart", "move", "remove".

Such a word is told by where it stands to the name. A statement that does not speak of the
operation says nothing of it, whatever else the question names.
"""

from __future__ import annotations

import re
from functools import cache

from kb.ask import data

_ARTICLES = "the|a|an|our|my|your|this|each|every|all"
_AUXILIARIES = "to|have|has|need|must|can|could|should|may|might|will|would|not|also|still|even"
_MOVING = frozenset({"move", "migrat", "reloc", "transfer"})
_ONTO = re.compile(rf" (?:to|onto|on|into)(?: (?:{_ARTICLES}|anoth))* R(?![^ ])")
"""Behind a verb of moving: putting something there is meant."""
_DESCRIBING = re.compile(r"( [CR]) (?:that|which) C (?!have|has|need|must)[a-z]+")
"""What one component does to a thing only tells which one is meant."""
_POINTING = re.compile(r" (?:it|this|them)(?![^ ])")
_BEING = "be|been|being|is|are|was|were|get|got"


def operations(line: str) -> frozenset[str]:
    """Return the stems of the operations on components in a line of stems and capitals."""
    if data.stems_of("operations").isdisjoint(line.split()):
        return frozenset()
    line = _DESCRIBING.sub(r"\1", line)
    clause = line.rsplit(" .", 1)[-1]
    if " C" not in clause:  # what is told before is pointed at
        line += _POINTING.sub(" C", clause)
    found = {one for match in _pattern().finditer(line) for one in match.groups() if one}
    return frozenset(found - _MOVING if _ONTO.search(line) else found)


@cache
def _pattern() -> re.Pattern[str]:
    verb = f"({'|'.join(map(re.escape, sorted(data.stems_of('operations'))))})(?![^ ])"
    between = f"(?: (?:{_AUXILIARIES}))*"
    return re.compile(
        f" {verb}(?: (?:{_ARTICLES}))* [CR](?![^ ])"
        f"| [CR]{between}(?: (?:{_BEING}))* {verb}"
        f"| (?:{_BEING})(?: (?:{_ARTICLES}))* [CR] {verb}"
        f"| (?:a|an|ani|anoth) (?!copi ){verb}(?= (?:requir|need|necessari|mandatori))"
    )
