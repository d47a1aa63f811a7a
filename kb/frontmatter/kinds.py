"""What can be wrong with front matter before anything is known of its keys."""

from __future__ import annotations

from kb.diagnostics import Kind

NO_FENCE = Kind(
    "KB101",
    "front-matter-not-found",
    "A page begins with something that looks like front matter, but not with a line of three "
    "hyphens in its very first line. It would be published as prose, and none of its facts would "
    "be known.",
)
NOT_CLOSED = Kind(
    "KB102",
    "front-matter-not-closed",
    "The front matter begins with a line of three hyphens and no second such line ends it.",
)
NO_MAPPING = Kind(
    "KB103",
    "not-a-mapping",
    "Front matter is a list of keys with a colon and a value each, and something else was found.",
)
LIMIT = Kind(
    "KB104",
    "front-matter-limit",
    "Front matter may have up to 64 KiB, 16 levels of nesting and 5,000 parts. Small files can be "
    "made to grow without bounds while they are read, and these limits end that.",
)
SYNTAX = Kind(
    "KB105",
    "yaml-syntax",
    "The front matter is no valid YAML, and the reason is not one of those that have a diagnostic "
    "of their own. Mostly the indentation of a line is wrong.",
)
QUOTE_TEXT = Kind(
    "KB106",
    "quote-text",
    "In YAML some characters have a meaning at the beginning of a value (`*`, `&`, `!`, `[`, `{`, "
    "`>`, `|`, `` ` ``, `@`, `%`, quotes) or inside it (a colon with a space behind it). A text "
    "with them stands in quotation marks.",
)
COMMENT = Kind(
    "KB107",
    "comment-cuts-text",
    "In YAML a number sign with a space before it begins a comment: `Use port # 5` would silently "
    "end after `port`. Put the text into quotation marks, or the comment on a line of its own. "
    "Behind a single word in small letters a comment is allowed.",
)
DUPLICATE_KEY = Kind(
    "KB108",
    "duplicate-key",
    "The same key stands twice in one mapping. YAML would silently keep the last one.",
)
REFERENCE = Kind(
    "KB109",
    "yaml-reference",
    "Anchors (`&name`), aliases (`*name`) and merge keys (`<<`) let a value be used in several "
    "places. They are refused: a reader of the page would have to follow them, and a few hundred "
    "bytes of them can grow to gigabytes.",
)
TAG = Kind(
    "KB110",
    "yaml-tag",
    "A tag (`!name`) gives a value another type, in some programs one that runs code. Tags are "
    "refused; a text that begins with an exclamation mark stands in quotation marks.",
)
SEVERAL_DOCUMENTS = Kind(
    "KB111",
    "several-documents",
    "The front matter contains YAML directives or the beginning of a second document.",
)
ODD_VALUE = Kind(
    "KB112",
    "odd-number-or-date",
    "An unquoted value looks like a number or a date but is written in a way that programs read "
    "differently: leading zeros, digits in groups, a base other than ten, colons, a day that does "
    "not exist.",
)
KINDS = (
    NO_FENCE,
    NOT_CLOSED,
    NO_MAPPING,
    LIMIT,
    SYNTAX,
    QUOTE_TEXT,
    COMMENT,
    DUPLICATE_KEY,
    REFERENCE,
    TAG,
    SEVERAL_DOCUMENTS,
    ODD_VALUE,
)
