"""Plain text of inline tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markdown_it.token import Token


def plain(children: Sequence[Token]) -> str:
    """Return what a reader sees of these tokens, without marks and with images as their text."""
    parts: list[str] = []
    for child in children:
        if child.type in {"text", "text_special", "code_inline"}:
            parts.append(child.content)
        elif child.type == "image":
            parts.append(plain(child.children or []))
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return "".join(parts)


def joined(parts: Iterable[str]) -> str:
    """Return the parts as one text, one line each, white space within a line collapsed."""
    return "\n".join(" ".join(one.split()) for one in parts if one.strip())
