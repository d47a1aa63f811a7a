"""What can be wrong with the keys and values of one page."""

from __future__ import annotations

from kb.diagnostics import Kind

EMPTY_VALUE = Kind(
    "KB113",
    "empty-value",
    "A key has no value. Perhaps the value begins with a number sign and was taken for a comment, "
    "or the key is left over from a template. Give it a value or delete it.",
)
NO_TYPE = Kind(
    "KB114",
    "missing-type",
    "A page has keys that only typed pages have, but does not say its `type`, so that its facts "
    "would not be known. A page without any such key is a guide page, which needs no front matter.",
)
UNKNOWN_KEY = Kind(
    "KB115",
    "unknown-key",
    "A key is not part of the format, or does not belong to this type of page. It would be passed "
    "over, and what it states would not be known.",
)
MISSING_KEY = Kind("KB116", "missing-key", "A key that is required is not there.")
UNKNOWN_VALUE = Kind(
    "KB117",
    "unknown-value",
    "The value of this key is one of a closed set, and another one was given.",
)
BAD_ID = Kind(
    "KB118",
    "id-form",
    "Ids are made of small letters a to z, digits and single hyphens, up to 64 characters: they "
    "are parts of addresses, and people type them.",
)
UNQUOTED = Kind(
    "KB119",
    "quote-value",
    "A text is expected, and YAML reads the unquoted value as something else: `no` and `on` as "
    "false and true, `1.10` as the number 1.1, `2026-02-17` as a date. In quotation marks it stays "
    "what it is.",
)
WRONG_TYPE = Kind(
    "KB120",
    "wrong-type",
    "A list stands where a text is expected, a text where keys are expected, or the like.",
)
BAD_VALUE = Kind("KB121", "invalid-value", "A value has the right type but cannot be right.")
LEVEL = Kind(
    "KB122",
    "one-level",
    "A requirement has exactly one level, and its value says what is to be done: `must`, "
    "`must-not`, `should`, `should-not`, `may`, `need-not` or `automatic`. State two facts in two "
    "requirements.",
)
KINDS = (
    EMPTY_VALUE,
    NO_TYPE,
    UNKNOWN_KEY,
    MISSING_KEY,
    UNKNOWN_VALUE,
    BAD_ID,
    UNQUOTED,
    WRONG_TYPE,
    BAD_VALUE,
    LEVEL,
)
