"""Reads the body of a page: sections with anchors, steps, links, raw HTML.

Only reads. The site is rendered by another Markdown parser, so whatever the two could understand
differently (anchors, raw HTML, addresses of links) is decided here and told to the other one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

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
_EVENT_ATTRIBUTE = re.compile(
    r"\{[^{}\n]*?\b(?P<name>on\w+|style|href|src|srcdoc|action|formaction|background)\s*=",
    re.IGNORECASE,
)
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_FILLER = re.compile(r"[\x00-\x20\\]+")
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
    """"html", "attributes", "scheme", "width" or "nesting"."""
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
    tokens = _PARSER.parse(text)
    return _Reader(lines, first_line, set(taken)).read(tokens)


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

    def read(self, tokens: list[Token]) -> Body:
        self._reserve_explicit(tokens)
        sections = tuple(self._sections(tokens))
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
            elif token.type == "html_block":
                self._html(token.content, self._line(token))
        if level or any(prose):
            yield Section(title, level, anchor, _joined(prose), line, explicit)

    def _other_dialect(self, tokens: list[Token]) -> None:
        """Note what only the parser of the site would take for an attribute or an address."""
        fenced = {
            number
            for one in tokens
            if one.type == "fence" and one.map
            for number in range(one.map[0], one.map[1])
        }
        squeezed: list[str] = []
        told = 0
        for number, line in enumerate(self._lines):
            prose = "" if number in fenced else _CODE_SPAN.sub("", line)
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
