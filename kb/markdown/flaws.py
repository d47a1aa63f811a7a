"""What must not stand in a body, and what two parsers would read differently.

Python-Markdown renders the site and sees some texts in another way: code spans and blocks with
other ends, addresses over several lines, attribute lists. What it might take for HTML is refused,
although the parser here takes it for text. Lines are counted from 0 in this module.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from kb.markdown.body import Flaw
from kb.markdown.plain import plain

MOST_LINE = 10_000
"""Length of a line in characters up to which a body is parsed."""
MOST_COLUMNS = 500
"""Number of columns of a table up to which a body is parsed."""
MOST_NESTING = 20
"""How deep quotations and lists may be nested."""

_QUOTED = re.compile(r"(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))+")
_MARKER = re.compile(r">|[-*+][ \t]|\d[.)][ \t]")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_TAG_NAME = re.compile(r"[A-Za-z/!?]")
_WEB_ADDRESS = re.compile(r"<(?:https?://|mailto:)[^\s<>]*>")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_FENCE = re.compile(r"(?P<lead>[> \t]*)(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)")
_FENCE_INFO = re.compile(
    r"[ \t]*(?:\.?[\w#.+-]+)?"
    r"(?:[ \t]*\{[^{}]*\}|(?:[ \t]+[A-Za-z]\w*(?:=(?:\"[^\"]*\"|'[^']*'))?)*)[ \t]*"
)
_SUSPECT = re.compile(r"\{[^{}\n]*=|script|data|&", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"\{[^{}\n]*?\b(?P<name>on\w+|style|href|src|srcdoc|action|formaction|background)\s*=",
    re.IGNORECASE,
)
_FILLER = re.compile(r"[\x00-\x20\\`]+")
_SCRIPT_ADDRESS = re.compile(r"(?:\]\(<?|\]:<?|<)(?:javascript|vbscript|data):", re.IGNORECASE)


def costly_part(lines: Sequence[str]) -> Flaw | None:
    """Return the first line that is too costly to parse."""
    for number, line in enumerate(lines):
        if len(line) > MOST_LINE:
            return Flaw("width", f"more than {MOST_LINE} characters in a line", number, 1)
        if len(line) > MOST_COLUMNS and line.count("|") > MOST_COLUMNS:
            return Flaw("width", f"more than {MOST_COLUMNS} columns in a table", number, 1)
        markers = _QUOTED.match(line)
        if markers and len(_MARKER.findall(markers[0])) > MOST_NESTING:
            return Flaw("nesting", f"more than {MOST_NESTING} levels in a line", number, 1)
        if line.count("[") > MOST_COLUMNS:
            return Flaw("nesting", f"more than {MOST_COLUMNS} brackets in a line", number, 1)
    return None


def flaws_of(
    lines: Sequence[str], tokens: Sequence[Token], definitions: Iterable[Sequence[int]]
) -> Iterator[Flaw]:
    """Yield what is wrong with a body; `definitions` are the lines of reference definitions."""
    told: set[int] = set()
    for token in tokens:
        found: Iterable[Flaw] = ()
        if token.type == "inline":
            found = _of_inline(lines, token)
        elif token.type == "html_block":
            found = (_html(lines, token.content, _start(token)),)
        elif token.type == "fence":
            found = _of_code_block(lines, token)
        for flaw in found:
            told.add(flaw.line)
            yield flaw
    tables = [one.map for one in tokens if one.type == "table_open" and one.map]
    for start, end in (*tables, *definitions):
        yield from _of_unparsed(lines, set(range(start, end)) - told)
    if _SUSPECT.search("\n".join(lines)):
        yield from _of_other_dialect(lines, tokens)


def _of_inline(lines: Sequence[str], inline: Token) -> Iterator[Flaw]:
    number, children = _start(inline), inline.children or []
    tag = _TAG.search(inline.content)
    if tag and _is_unclear(inline.content.split("\n")):
        yield _html(lines, inline.content[tag.start() :], number)
    for index, child in enumerate(children):
        if child.type in {"softbreak", "hardbreak"}:
            number += 1
        elif child.type == "html_inline":
            yield _html(lines, child.content, number)
        elif child.type == "text":
            for match in _TAG.finditer(child.content):
                yield _html(lines, child.content[match.start() :], number)
        elif child.markup == "\\<":  # an escape that the other parser does not know
            behind = plain(children[index + 1 :])
            if _TAG_NAME.match(behind):
                yield _html(lines, f"\\<{behind}", number)


def _of_code_block(lines: Sequence[str], token: Token) -> Iterator[Flaw]:
    """Yield a code block whose extent the other parser would see differently."""
    start, end = token.map or [0, 0]
    opening = _FENCE.fullmatch(lines[start])
    closing = lines[end - 1].rstrip() if end - 1 > start else ""
    if opening is None:
        excerpt = "a code block that begins behind a list marker"
    elif closing != opening["lead"] + opening["fence"]:
        excerpt = "a code block that is not closed by the line that opens it"
    elif not _FENCE_INFO.fullmatch(opening["info"]):
        excerpt = "a code block with a first line that is not understood"
    else:
        return
    yield Flaw("code", excerpt, start, 1)


def _of_unparsed(lines: Sequence[str], numbers: Iterable[int]) -> Iterator[Flaw]:
    """Yield HTML in text that is in no token: cells too many, addresses in brackets."""
    for number in sorted(numbers):
        prose = _WEB_ADDRESS.sub("", _CODE_SPAN.sub("", lines[number]))
        tag = _TAG.search(prose)
        if tag:
            yield _html(lines, prose[tag.start() :], number)


def _of_other_dialect(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Flaw]:
    """Yield what only the other parser would take for an attribute or an address."""
    code = {
        number
        for one in tokens
        if one.type == "fence" and one.map
        for number in range(one.map[0] + 1, one.map[1])
    }
    prose = {number: line for number, line in enumerate(lines) if number not in code}
    if not _is_unclear(prose.values()):
        prose = {number: _CODE_SPAN.sub("", line) for number, line in prose.items()}
    squeezed = {number: _FILLER.sub("", html.unescape(line)) for number, line in prose.items()}
    told = 0
    for number, line in prose.items():
        attribute = _ATTRIBUTE.search(line)
        if attribute:
            yield _flaw(lines, "attributes", attribute["name"], number)
        addresses = len(_SCRIPT_ADDRESS.findall(squeezed[number]))
        if addresses:
            yield _flaw(lines, "scheme", lines[number].strip()[:40], number)
        told += addresses
    if len(_SCRIPT_ADDRESS.findall("".join(squeezed.values()))) > told:
        yield Flaw("scheme", "an address over several lines", 0, 1)


def _is_unclear(lines: Iterable[str]) -> bool:
    """Whether parsers may disagree about what is a code span in these lines.

    They agree on backticks that open and close in one line, with none left over or escaped.
    """
    return any("\\`" in line or "`" in _CODE_SPAN.sub("", line) for line in lines)


def _start(token: Token) -> int:
    return token.map[0] if token.map else 0


def _html(lines: Sequence[str], content: str, number: int) -> Flaw:
    return _flaw(lines, "html", content.strip().split("\n")[0][:40], number)


def _flaw(lines: Sequence[str], name: str, excerpt: str, number: int) -> Flaw:
    source = lines[number] if number < len(lines) else ""
    return Flaw(name, excerpt, number, max(source.find(excerpt), 0) + 1)
