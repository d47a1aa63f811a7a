"""What a writer may have meant: keys and values near to those that were written."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from kb import text
from kb.frontmatter import Path
from kb.model import (
    PAGE_TYPES,
    Count,
    PageEntry,
    QuestionEntry,
    RequirementEntry,
    SourceRef,
    Verify,
    entry_type_of,
    keys_of,
)

_NESTED: Mapping[str, type] = {
    "requirements": RequirementEntry,
    "questions": QuestionEntry,
    "source": SourceRef,
    "count": Count,
    "verify": Verify,
}
_OTHER_WORDS = {
    "shall": "must", "required": "must", "has-to": "must", "have-to": "must", "mandatory": "must",
    "shall-not": "must-not", "cannot": "must-not", "can-not": "must-not", "never": "must-not",
    "forbidden": "must-not", "recommended": "should", "can": "may", "optional": "may",
    "not-required": "need-not", "not-needed": "need-not", "auto": "automatic", "name": "title",
    "where": "placement", "steps": "how", "because": "why", "reason": "why", "synonyms": "aliases",
    "topology": "in", "topologies": "in", "condition": "when", "conditions": "when", "if": "when",
    "resources": "resource", "version": "since", "sources": "source", "text": "must",
    "level": "must", "alias": "aliases", "requirement": "requirements",
}  # fmt: skip
"""Other words for keys, where the letters alone do not lead to the right one."""

_OTHER_VALUES = {
    "every-node": "each-node", "all-nodes": "each-node", "single-node": "one-node",
    "a-node": "one-node", "outside": "outside-cluster", "shared": "shared-storage",
    "shared-disk": "shared-storage", "once": "once-per-cluster", "hidden": "draft",
    "deprecated": "retired", "live": "published",
}  # fmt: skip
"""Other words for values of closed sets."""


def keys_at(page_type: str, around: Path) -> tuple[str, ...]:
    """Return the keys that may stand in the mapping at a path of a page of this type."""
    names = [one for one in around if isinstance(one, str)]
    if not names:
        return _keys_of_type(page_type)
    nested = _NESTED.get(names[-1])
    return keys_of(nested) if nested else ()


def meant_key(page_type: str, around: Path, key: str) -> str:
    """Return the advice for a key that may not stand at this path."""
    known = keys_at(page_type, around)
    other = _OTHER_WORDS.get(key)
    if other in known:
        return f"did you mean `{other}`?"
    owners = [one for one in PAGE_TYPES if key in _keys_of_type(one)]
    if not around and owners:
        return f"it belongs to pages of type {text.join(owners, 'or')}"
    if around and key in _keys_of_type(page_type):
        return "it belongs to the page itself: check the indentation"
    if not around and key in keys_of(RequirementEntry):
        return "it belongs to a requirement: check the indentation"
    near = text.nearest(key, known, 2, 75.0)
    if near:
        return f"did you mean {text.join([f'`{one}`' for one in near], 'or')}?"
    return f"the keys here are {text.join(sorted(known))}"


def meant_value(value: str, expected: Sequence[str]) -> str | None:
    """Return the value of a closed set that was probably meant, if there is one."""
    close = difflib.get_close_matches(value, expected, 1, 0.6)
    near = _OTHER_VALUES.get(value, close[0] if close else None)
    return near if near in expected else None


def _keys_of_type(page_type: str) -> tuple[str, ...]:
    return keys_of(entry_type_of(page_type) or PageEntry)
