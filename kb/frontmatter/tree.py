"""YAML into values with the place of each key and value, in one guarded pass over its events.

The size of the text is limited by the caller. Depth and number of parts are limited here, while the
events arrive: nothing is built first and judged afterwards, because building is what breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from kb.diagnostics import Diagnostic, Kind, Place, Related
from kb.frontmatter.advice import Riddle, advise
from kb.frontmatter.kinds import (
    COMMENT,
    DUPLICATE_KEY,
    LIMIT,
    NO_MAPPING,
    ODD_VALUE,
    QUOTE_TEXT,
    REFERENCE,
    SEVERAL_DOCUMENTS,
    SYNTAX,
    TAG,
)
from kb.frontmatter.scalars import read_scalar

MOST_DEPTH = 16
MOST_EVENTS = 5_000

Path = tuple[str | int, ...]
"""Keys and list positions that lead to a value."""

_CORE = "tag:yaml.org,2002:"
_WORD = re.compile(r"[a-z0-9-]+")
_COMMENT = re.compile(r"[ \t]+#")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a key or value stands in its file; lines and columns are counted from 1."""

    line: int
    column: int
    end_line: int
    end_column: int
    """The column behind its last character."""
    raw: str | None = None
    """A scalar as it is written, quotation marks included; None for a list or mapping."""
    plain: bool = False
    """Whether it is a scalar without quotation marks."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Values of a mapping, and where they and their keys stand."""

    values: dict[str, Any]
    marks: Mapping[Path, Mark]
    keys: Mapping[Path, Mark]


class _StopError(Exception):
    """Nothing more can be read; what is wrong has been noted."""


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being filled."""

    container: Any
    path: Path
    start: Any
    key: str | None = None
    skips: bool = False
    """Whether the value that comes next belongs to a key that is refused."""


@dataclass(slots=True)
class _Builder:
    """Turns events into a tree; `text` is the YAML, which begins in line `first` of the file."""

    path: str
    text: str
    first: int
    marks: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    root: Any = None
    documents: int = 0

    def note(
        self, kind: Kind, mark: Any, message: str, help_: str, other: Related | None = None
    ) -> None:
        place = Place(self.path, mark.line + self.first, mark.column + 1)
        self.found.append(kind.at(place, message, help_, (other,) if other else ()))

    def run(self) -> None:
        for count, event in enumerate(self._events(), start=1):
            if count > MOST_EVENTS:
                self.note(
                    LIMIT,
                    event.start_mark,
                    f"the front matter has more than {MOST_EVENTS} parts",
                    "split the page",
                )
                raise _StopError
            self._take(event)

    def _events(self) -> Iterator[Any]:
        try:
            yield from yaml.parse(self.text, yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            self._explain(error)
            raise _StopError from error

    def _explain(self, error: yaml.MarkedYAMLError) -> None:
        mark, context = error.problem_mark, error.context_mark
        if mark is None or any(one.place.line == mark.line + self.first for one in self.found):
            return
        riddle = Riddle(
            error.problem or "",
            (mark.line, mark.column),
            error.context or "",
            (context.line, context.column) if context else None,
        )
        advice = advise(riddle, self.text.split("\n"))
        place = Place(self.path, advice.line + self.first, advice.column + 1)
        self.found.append(advice.kind.at(place, advice.message, advice.help))

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._decorations(event)
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._decorations(event)
            self._open(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._close(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)

    def _decorations(self, event: Any) -> None:
        """Note an anchor or a tag; the value itself is read on, so that all is told at once."""
        if event.anchor is not None:
            self.note(
                REFERENCE,
                event.start_mark,
                f"`&{event.anchor}` is a YAML anchor, which is not used here",
                "delete it, or put the value into quotation marks if it is text",
            )
        if event.tag is not None:
            self.note(
                TAG,
                event.start_mark,
                f"`{event.tag.replace(_CORE, '!!')}` is a YAML tag, which is not used here",
                "delete it, or put the value into quotation marks if it is text",
            )

    def _alias(self, event: Any) -> None:
        self.note(
            REFERENCE,
            event.start_mark,
            f"`*{event.anchor}` is a YAML alias, which is not used here",
            "put the value into quotation marks if it is text; otherwise write it out",
        )
        self._put("", event, raw=f"*{event.anchor}", plain=True)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1 or event.version or event.tags or event.explicit:
            self.note(
                SEVERAL_DOCUMENTS,
                event.start_mark,
                "front matter is one YAML document without directives",
                "keep the three hyphens for the first and the last line of the front matter",
            )
            raise _StopError

    def _scalar(self, event: Any) -> None:
        plain = bool(event.implicit[0]) and event.style in (None, "")
        raw = self.text[event.start_mark.index : event.end_mark.index]
        if plain:
            self._comment_behind(event, raw)
        if self._expects_key():
            self._key(self.frames[-1], event, raw)
            return
        self._put(self._resolved(event, raw) if plain else event.value, event, raw, plain)

    def _comment_behind(self, event: Any, raw: str) -> None:
        if not raw or _WORD.fullmatch(raw):
            return
        end = event.end_mark.index
        match = _COMMENT.match(self.text, end)
        if match:
            place = Place(
                self.path, event.end_mark.line + self.first, event.end_mark.column + len(match[0])
            )
            self.found.append(
                COMMENT.at(
                    place,
                    "the text ends here, because ` #` begins a comment",
                    "put the text into quotation marks, or the comment on a line of its own",
                )
            )

    def _resolved(self, event: Any, raw: str) -> object:
        """Return what an unquoted scalar is; one that programs read differently is noted."""
        value, is_odd = read_scalar(event.value, raw)
        if is_odd:
            shown = raw if len(raw) <= 40 else f"{raw[:40]}…"
            self.note(
                ODD_VALUE,
                event.start_mark,
                f"`{shown}` is no plain number or date, and programs read it differently",
                f'quote the value: "{shown}"',
            )
        return value

    def _key(self, frame: _Frame, event: Any, raw: str) -> None:
        key = str(event.value)
        path = (*frame.path, key)
        frame.key = key
        if key == "<<":
            frame.skips = True
            self.note(
                REFERENCE,
                event.start_mark,
                "`<<` is a YAML merge key, which is not used here",
                "write the keys out",
            )
        elif path in self.keys:
            frame.skips = True
            first = self.keys[path]
            self.note(
                DUPLICATE_KEY,
                event.start_mark,
                f"the key `{key}` stands twice in the same place",
                "keep one of the two",
                Related(Place(self.path, first.line, first.column), "the first one is here"),
            )
        else:
            self.keys[path] = self._mark(event.start_mark, event.end_mark, raw, plain=True)

    def _open(self, event: Any) -> None:
        if len(self.frames) >= MOST_DEPTH:
            self.note(
                LIMIT,
                event.start_mark,
                f"values are nested deeper than {MOST_DEPTH} levels",
                "put the text into quotation marks if it is text",
            )
            raise _StopError
        container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self._expects_key():
            self.note(
                QUOTE_TEXT,
                event.start_mark,
                "a list or mapping cannot be a key",
                "put the text into quotation marks if it is text",
            )
            raise _StopError
        self.frames.append(_Frame(container, self._next_path(), event.start_mark))

    def _close(self, event: Any) -> None:
        frame = self.frames.pop()
        self.marks.setdefault(frame.path, self._mark(frame.start, event.end_mark))
        self._attach(frame.container)

    def _put(self, value: object, event: Any, raw: str, plain: bool) -> None:
        mark = self._mark(event.start_mark, event.end_mark, raw, plain)
        if self._expects_key():  # an alias as a key; it has been noted
            self.frames[-1].key, self.frames[-1].skips = "", True
            return
        self.marks.setdefault(self._next_path(), mark)
        self._attach(value)

    def _expects_key(self) -> bool:
        """Whether what comes next is the key of a mapping."""
        if not self.frames:
            return False
        frame = self.frames[-1]
        return isinstance(frame.container, dict) and frame.key is None

    def _next_path(self) -> Path:
        """Return the path of the value that comes next."""
        if not self.frames:
            return ()
        frame = self.frames[-1]
        if isinstance(frame.container, list):
            return (*frame.path, len(frame.container))
        return (*frame.path, str(frame.key))

    def _attach(self, value: object) -> None:
        if not self.frames:
            self.root = value
            return
        frame = self.frames[-1]
        if isinstance(frame.container, list):
            frame.container.append(value)
            return
        if not frame.skips:
            frame.container[frame.key] = value
        frame.key, frame.skips = None, False

    def _mark(self, start: Any, end: Any, raw: str | None = None, plain: bool = False) -> Mark:
        return Mark(
            start.line + self.first, start.column + 1, end.line + self.first, end.column + 1,
            raw, plain,
        )  # fmt: skip


def read_tree(path: str, text: str, first: int) -> tuple[Tree | None, tuple[Diagnostic, ...]]:
    """Return the mapping that this YAML is, which begins in line `first` of the file `path`.

    No tree when it cannot be read to its end; a tree and diagnostics when only parts are wrong.
    """
    builder = _Builder(path, text, first)
    try:
        builder.run()
    except _StopError:
        return None, tuple(builder.found)
    except yaml.reader.ReaderError as error:
        before = text.encode()[: error.position].decode(errors="ignore").split("\n")
        place = Place(path, first + len(before) - 1, len(before[-1]) + 1)
        message = f"U+{error.character:04X} is no text"
        return None, (*builder.found, SYNTAX.at(place, message, "delete it"))
    if builder.root is None:
        return Tree({}, {}, {}), tuple(builder.found)
    if not isinstance(builder.root, dict):
        mark = builder.marks[()]
        place = Place(path, mark.line, mark.column)
        message = "front matter is a list of keys with a value each, and this is something else"
        advice = "write `key: value`, with a space behind the colon"
        return None, (*builder.found, NO_MAPPING.at(place, message, advice))
    return Tree(builder.root, builder.marks, builder.keys), tuple(builder.found)
