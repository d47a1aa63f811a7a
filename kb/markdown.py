"""Reads the body of a page: sections with anchors, steps, links, raw HTML.

Only reads. The site is rendered by another Markdown parser, so whatever the two could understand
differently (anchors, raw HTML, addresses of links) is decided here and told to the other one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb import text as words

MOST_LINE = 10_000
"""Length of a line in characters up to which a body is parsed."""
MOST_COLUMNS = 500
"""Number of columns of a table up to which a body is parsed."""
MOST_NESTING = 20
"""How deep quotations and lists may be nested."""

_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*(?P<inside>[^{}\n]*)\}[ \t]*$")
_ID = re.compile(r"#(?P<id>[\w:.-]+)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_OPENS_TAG = re.compile(r"[A-Za-z/!?]")
_QUOTED = re.compile(r"(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))+")
_MARKER = re.compile(r">|[-*+][ \t]|\d[.)][ \t]")
_SUSPECT = re.compile(r"\{[^{}\n]*=|script|data|&", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"<(?:https?://|mailto:)[^\s<>]*>")
_EVENT_ATTRIBUTE = re.compile(
    r"\{[^{}\n]*?\b(?P<name>on\w+|style|href|src|srcdoc|action|formaction|background)\s*=",
    re.IGNORECASE,
)
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_FENCE = re.compile(r"(?P<lead>[> \t]*)(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)")
_FENCE_INFO = re.compile(
    r"[ \t]*(?:\.?[\w#.+-]+)?"
    r"(?:[ \t]*\{[^{}]*\}|(?:[ \t]+[A-Za-z]\w*(?:=(?:\"[^\"]*\"|'[^']*'))?)*)[ \t]*"
)
_FILLER = re.compile(r"[\x00-\x20\\`]+")
_SCRIPT_ADDRESS = re.compile(r"(?:\]\(<?|\]:<?|<)(?:javascript|vbscript|data):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the prose below it, up to the next heading."""

    title: str
    """Plain text; empty for what stands before the first heading."""
    level: int
    """1 to 6; 0 for what stands before the first heading."""
    anchor: str
    """Unique on the page; empty for what stands before the first heading."""
    text: str
    """Plain text of its own prose, without its sub-sections."""
    line: int
    explicit: bool = False
    """Whether the author chose the anchor (`{#anchor}`)."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image."""

    target: str
    """As it is written, with character references resolved."""
    text: str
    line: int
    column: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a body that is refused: raw HTML, or more than a limit."""

    name: str
    """"html", "attributes", "scheme", "code", "width" or "nesting"."""
    excerpt: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Body:
    """What is known of the body of a page."""

    sections: tuple[Section, ...] = ()
    steps: tuple[str, ...] = ()
    """Items of the first ordered list, as plain text."""
    links: tuple[Link, ...] = ()
    flaws: tuple[Flaw, ...] = ()


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MOST_NESTING}).enable("table")
    # Indented text is prose here: below an admonition it is, for the parser of the site.
    # Escapes and character references stay apart from text that was written plainly.
    parser.disable(["code", "text_join"])
    # Addresses are judged by the rules; a parser that dropped the bad ones would hide them.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


def read_body(text: str, first_line: int = 1, taken: Collection[str] = ()) -> Body:
    """Return the sections, steps and links of a body that begins in line `first_line` of its file.

    `taken` are anchors that the page uses otherwise; no heading gets one of them unasked.
    """
    lines = text.split("\n")
    flaw = _too_much(lines, first_line)
    if flaw:
        return Body(flaws=(flaw,))
    found: dict[str, Any] = {}
    tokens = _PARSER.parse(text, found)
    definitions = [*found.get("references", {}).values(), *found.get("duplicate_refs", [])]
    return _Reader(lines, first_line, set(taken)).read(tokens, [one["map"] for one in definitions])


def _too_much(lines: list[str], first: int) -> Flaw | None:
    """Return the first line that is too costly to parse."""
    for number, line in enumerate(lines, start=first):
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


class _Reader:
    """Walks over the tokens of one body."""

    def __init__(self, lines: list[str], first: int, taken: set[str]) -> None:
        self._lines = lines
        self._first = first
        self._taken = taken
        self._links: list[Link] = []
        self._flaws: list[Flaw] = []

    def read(self, tokens: list[Token], definitions: list[list[int]]) -> Body:
        """Read the tokens; `definitions` are the lines of reference definitions, first to last."""
        self._reserve_explicit(tokens)
        sections = tuple(self._sections(tokens))
        tables = [one.map for one in tokens if one.type == "table_open" and one.map]
        for start, end in (*tables, *definitions):
            self._unparsed(start, end)
        if _SUSPECT.search("\n".join(self._lines)):
            self._other_dialect(tokens)
        return Body(sections, self._steps(tokens), tuple(self._links), tuple(self._flaws))

    def _reserve_explicit(self, tokens: list[Token]) -> None:
        """An anchor that an author chose is never given to another heading."""
        for index, token in enumerate(tokens):
            if token.type == "heading_open":
                chosen = _chosen_anchor(tokens[index + 1].content)
                if chosen:
                    self._taken.add(chosen)

    def _sections(self, tokens: list[Token]) -> Iterator[Section]:
        title, level, anchor, line, explicit = "", 0, "", self._first, False
        prose: list[str] = []
        for index, token in enumerate(tokens):
            if token.type == "heading_open":
                if level or any(prose):
                    yield Section(title, level, anchor, _joined(prose), line, explicit)
                inline = tokens[index + 1]
                title, chosen = self._title(inline)
                level, line, prose = int(token.tag[1]), self._line(token), []
                explicit = chosen is not None
                anchor = chosen or self._anchor(title)
            elif token.type == "inline":
                found = self._inline(token)
                if tokens[index - 1].type != "heading_open":
                    prose.append(found)
            elif token.type == "fence":
                prose.append(token.content)
                self._code_block(token)
            elif token.type == "html_block":
                self._html(token.content, self._line(token))
        if level or any(prose):
            yield Section(title, level, anchor, _joined(prose), line, explicit)

    def _unparsed(self, start: int, end: int) -> None:
        """Note HTML in text that is in no token: cells too many, addresses in brackets."""
        told = {one.line for one in self._flaws}
        for number in range(start, end):
            prose = _WEB_ADDRESS.sub("", _CODE_SPAN.sub("", self._lines[number]))
            tag = _TAG.search(prose)
            if tag and self._first + number not in told:
                self._html(prose[tag.start() :], self._first + number)

    def _code_block(self, token: Token) -> None:
        """Note a code block whose extent the parser of the site would see differently."""
        start, end = token.map or [0, 0]
        opening = _FENCE.fullmatch(self._lines[start])
        closing = self._lines[end - 1].rstrip() if end - 1 > start else ""
        if opening is None:
            excerpt = "a code block that begins behind a list marker"
        elif closing != opening["lead"] + opening["fence"]:
            excerpt = "a code block that is not closed by the line that opens it"
        elif not _FENCE_INFO.fullmatch(opening["info"]):
            excerpt = "a code block with a first line that is not understood"
        else:
            return
        self._flaw("code", excerpt, self._first + start)

    def _other_dialect(self, tokens: list[Token]) -> None:
        """Note what only the parser of the site would take for an attribute or an address."""
        fenced = {
            number
            for one in tokens
            if one.type == "fence" and one.map
            for number in range(one.map[0] + 1, one.map[1])
        }
        outside = (line for number, line in enumerate(self._lines) if number not in fenced)
        is_unclear = _is_unclear(outside)
        squeezed: list[str] = []
        told = 0
        for number, line in enumerate(self._lines):
            prose = line if is_unclear else _CODE_SPAN.sub("", line)
            prose = "" if number in fenced else prose
            match = _EVENT_ATTRIBUTE.search(prose)
            if match:
                self._flaw("attributes", match["name"], self._first + number)
            squeezed.append(_FILLER.sub("", html.unescape(prose)))
            found = len(_SCRIPT_ADDRESS.findall(squeezed[-1]))
            if found:
                self._flaw("scheme", line.strip()[:40], self._first + number)
            told += found
        if len(_SCRIPT_ADDRESS.findall("".join(squeezed))) > told:
            self._flaw("scheme", "an address over several lines", self._first)

    def _flaw(self, name: str, excerpt: str, line: int) -> None:
        self._flaws.append(Flaw(name, excerpt, line, self._column(line, excerpt)))

    def _title(self, inline: Token) -> tuple[str, str | None]:
        plain = _plain(inline.children or [])
        chosen = _chosen_anchor(inline.content)
        return _joined([_ATTRIBUTES.sub("", plain)]), chosen

    def _anchor(self, title: str) -> str:
        slug = words.slugify(title) or "section"
        anchor, number = slug, 1
        while anchor in self._taken:
            number += 1
            anchor = f"{slug}-{number}"
        self._taken.add(anchor)
        return anchor

    def _steps(self, tokens: list[Token]) -> tuple[str, ...]:
        start = next((i for i, one in enumerate(tokens) if one.type == "ordered_list_open"), None)
        if start is None:
            return ()
        level, steps, item = tokens[start].level, list[str](), list[str]()
        for token in tokens[start:]:
            if token.type == "ordered_list_close" and token.level == level:
                break
            if token.type == "list_item_open" and token.level == level + 1:
                item = []
            elif token.type == "list_item_close" and token.level == level + 1:
                steps.append(_joined(item))
            elif token.type == "inline":
                item.append(_plain(token.children or []))
            elif token.type == "fence":
                item.append(token.content)
        return tuple(steps)

    def _line(self, token: Token) -> int:
        return self._first + (token.map[0] if token.map else 0)

    def _inline(self, inline: Token) -> str:
        """Note links and raw HTML of one inline token; return its plain text."""
        line = self._line(inline)
        children = inline.children or []
        tag = _TAG.search(inline.content)
        if tag and _is_unclear(inline.content.split("\n")):
            self._html(inline.content[tag.start() :], line)
        for index, child in enumerate(children):
            if child.type in {"softbreak", "hardbreak"}:
                line += 1
            elif child.type in {"link_open", "image"}:
                self._link(child, children[index + 1 :], line)
            elif child.type == "html_inline":
                self._html(child.content, line)
            elif child.type == "text":
                for match in _TAG.finditer(child.content):
                    self._html(child.content[match.start() :], line)
            elif child.markup == "\\<" and _OPENS_TAG.match(_plain(children[index + 1 :])):
                # The parser of the site knows no escape for this bracket.
                self._html(f"\\<{_plain(children[index + 1 :])}", line)
        return _plain(children)

    def _link(self, token: Token, following: list[Token], line: int) -> None:
        if token.type == "image":
            target, label = str(token.attrGet("src") or ""), token.content
        else:
            target = str(token.attrGet("href") or "")
            end = next((i for i, t in enumerate(following) if t.type == "link_close"), 0)
            label = _plain(following[:end])
        column = self._column(line, target)
        self._links.append(Link(target, label, line, column, token.type == "image"))

    def _html(self, content: str, line: int) -> None:
        self._flaw("html", content.strip().split("\n")[0][:40], line)

    def _column(self, line: int, excerpt: str) -> int:
        source = self._lines[line - self._first] if line - self._first < len(self._lines) else ""
        return max(source.find(excerpt), 0) + 1


def _is_unclear(lines: Iterable[str]) -> bool:
    """Whether parsers may disagree about what is a code span in these lines.

    They agree on backticks that open and close in one line, with none left over or escaped.
    """
    return any("\\`" in line or "`" in _CODE_SPAN.sub("", line) for line in lines)


def _chosen_anchor(heading: str) -> str | None:
    attributes = _ATTRIBUTES.search(heading)
    found = _ID.search(attributes["inside"]) if attributes else None
    return found["id"] if found else None


def _plain(children: list[Token]) -> str:
    parts: list[str] = []
    for child in children:
        if child.type in {"text", "text_special", "code_inline"}:
            parts.append(child.content)
        elif child.type == "image":
            parts.append(_plain(child.children or []))
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return "".join(parts)


def _joined(parts: list[str]) -> str:
    """Return the parts as one text, one line each, white space within a line collapsed."""
    return "\n".join(" ".join(one.split()) for one in parts if one.strip())
