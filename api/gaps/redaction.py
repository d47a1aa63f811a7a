"""A question without what tells who asked it, from where, or with which secrets.

Works by patterns alone: a person's plain name cannot be told from another word and stays. What is
taken out is rather too much than too little.
"""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 2_000
"""Of a question no more is read: as much as may be asked."""
MOST_BYTES = 256
"""Of what is left no more is kept, in UTF-8."""

_FILES = "exe|dll|msi|ini|cfg|conf|json|xml|yaml|yml|log|ps1|bat|txt|md"
_NAMED = (
    r"\b(?:password|passwd|passphrase|pwd|token|secret|api[ _-]?key|authorization)\b"
    r"(?:\s*[:=]\s*|\s+is\s+)(?:bearer\s+|basic\s+)?\S+"
)
_PATTERNS = tuple(
    (re.compile(pattern), f"[{instead}]")
    for pattern, instead in (
        (r"-----begin.*", "key"),
        (
            _NAMED,
            "key",
        ),
        (r"\b(?:bearer|basic)\s+(?=\S*\d)\S{8,}", "key"),
        (r"<[@#!][^>\s]*>", "name"),
        (r"\b[a-z][a-z0-9+.-]{1,30}://\S+", "address"),
        (r"(?:mailto:)?[^\s@<>()\[\],;]{1,200}@[^\s@<>()\[\],;]+", "e-mail"),
        (r"\\\\\S+", "path"),
        (r"\b[a-z]:[\\/]\S*", "path"),
        (r"\b[\w.-]{1,100}\\\S+", "name"),
        (r"(?<![\w/.])~?/[\w.-]+/\S*", "path"),
        (r"@[\w.-]+", "name"),
        (r"\beyj[\w.-]{10,}", "key"),
        (r"\b(?:sk|pk|rk|gh[opsu]|glpat|xox[abeprs])[-_][\w-]{8,}", "key"),
        (r"\bakia[0-9a-z]{12,}", "key"),
        (r"(?<![\w:])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:])", "address"),
        (r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "key"),
        (r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,8}(?:[0-9a-f]{1,4})?(?:%\w+)?(?![\w:])", "address"),
        (r"\b\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\d+)?\b", "address"),
        (rf"\b(?:[a-z0-9_-]{{1,63}}\.)+(?!(?:{_FILES})\b)[a-z]{{2,24}}(?::\d+)?\b", "host"),
        (r"(?<![\w+/=-])(?=[\w+/=-]*\d)[\w+/=-]{20,}", "key"),
        (r"(?<![\w+/=-])[\w+/=-]{40,}", "key"),
        (r"(?<![\w-])\+?\(?\d(?:[ ().-]{0,3}\d){6,}", "number"),
        (r"\b[a-z][a-z0-9_-]{0,62}\d{2,}\b", "host"),
        (r"\b[a-z0-9]{2,32}(?:-[a-z0-9]{1,32}){0,6}-\d+\b", "host"),
        (r"\d{5,}", "number"),
    )
)


def clean(question: str) -> str:
    """Return a question as it is kept: small letters, one line, placeholders for what is private.

    Empty where nothing of it is left. At most `MOST_BYTES` long.
    """
    composed = unicodedata.normalize("NFKC", question[:MOST_CHARACTERS])
    spaced = "".join(" " if one.isspace() else one for one in composed)
    visible = "".join(one for one in spaced if not unicodedata.category(one).startswith("C"))
    text = " ".join(visible.split()).casefold()[:MOST_CHARACTERS]
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text.encode()[:MOST_BYTES].decode(errors="ignore").strip().rstrip("?.! ")
