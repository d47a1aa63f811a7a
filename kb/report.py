"""Diagnostics as text for people, and as JSON, GitHub annotations and SARIF for programs.

Pure functions that return a string; where it goes, and in which colours, is decided elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.diagnostics import Diagnostic, Place

SCHEMA_VERSION = 1
"""The number of the JSON shape."""

_WIDEST = 100
_NO_TEXTS: Mapping[str, str] = {}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(
    diagnostics: Sequence[Diagnostic], texts: Mapping[str, str] = _NO_TEXTS, prefix: str = ""
) -> str:
    """Return the diagnostics as lines for people, each with its source line where it is known.

    `texts` are the files by path, `prefix` is put before each path ("docs/"). Without diagnostics
    the text is empty.
    """
    return "\n\n".join(_one_as_text(one, texts, prefix) for one in diagnostics)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many there are.

    >>> summary([])
    'no errors, no warnings'
    """
    found = list(diagnostics)
    errors = sum(1 for one in found if one.is_error)
    return f"{_counted(errors, 'error')}, {_counted(len(found) - errors, 'warning')}"


def as_json(diagnostics: Sequence[Diagnostic], prefix: str = "") -> str:
    """Return the diagnostics as one JSON object."""
    errors = sum(1 for one in diagnostics if one.is_error)
    document = {
        "schema_version": SCHEMA_VERSION,
        "errors": errors,
        "warnings": len(diagnostics) - errors,
        "diagnostics": [_as_object(one, prefix) for one in diagnostics],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def as_github(diagnostics: Sequence[Diagnostic], prefix: str = "") -> str:
    """Return the diagnostics as workflow commands, which GitHub shows beside the lines."""
    return "\n".join(_as_command(one, prefix) for one in diagnostics)


def as_sarif(diagnostics: Sequence[Diagnostic], prefix: str = "") -> str:
    """Return the diagnostics as a SARIF 2.1.0 log with one run."""
    kinds = {one.code: one for one in diagnostics}
    document = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "kb check",
                        "rules": [
                            {
                                "id": code,
                                "name": kinds[code].name,
                                "defaultConfiguration": {"level": str(kinds[code].severity)},
                            }
                            for code in sorted(kinds)
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_as_result(one, prefix) for one in diagnostics],
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _one_as_text(one: Diagnostic, texts: Mapping[str, str], prefix: str) -> str:
    lines = [f"{prefix}{one.place}: {one.severity}[{one.code} {one.name}]: {one.message}"]
    lines += _excerpt(one.place, texts)
    if one.help:
        lines.append(f"  help: {one.help}")
    lines += [f"  {prefix}{other.place}: {other.message}" for other in one.related]
    return "\n".join(lines)


def _excerpt(place: Place, texts: Mapping[str, str]) -> list[str]:
    """Return the line of a place with a caret below its column, clipped to what fits."""
    source = texts.get(place.path, "").split("\n")
    if place.line > len(source) or not source[place.line - 1].strip():
        return []
    line = source[place.line - 1].replace("\t", " ")
    start = max(place.column - _WIDEST // 2, 0) if len(line) > _WIDEST else 0
    shown = line[start : start + _WIDEST].rstrip()
    margin = " " * len(str(place.line))
    caret = " " * (place.column - 1 - start)
    return [f"  {place.line} | {shown}", f"  {margin} | {caret}^"]


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _as_object(one: Diagnostic, prefix: str) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "severity": str(one.severity),
        **_position(one.place, prefix),
        "message": one.message,
        "help": one.help,
        "related": [
            {**_position(other.place, prefix), "message": other.message} for other in one.related
        ],
        "fixable": bool(one.fix),
    }


def _position(place: Place, prefix: str) -> dict[str, Any]:
    return {"path": f"{prefix}{place.path}", "line": place.line, "column": place.column}


def _as_command(one: Diagnostic, prefix: str) -> str:
    properties = {
        "file": f"{prefix}{one.place.path}",
        "line": str(one.place.line),
        "col": str(one.place.column),
        "title": f"{one.code} {one.name}",
    }
    listed = ",".join(f"{name}={_escaped(value, ',:')}" for name, value in properties.items())
    text = f"{one.message}\n{one.help}" if one.help else one.message
    return f"::{one.severity} {listed}::{_escaped(text)}"


def _escaped(value: str, more: str = "") -> str:
    for char in f"%\r\n{more}":
        value = value.replace(char, f"%{ord(char):02X}")
    return value


def _as_result(one: Diagnostic, prefix: str) -> dict[str, Any]:
    text = _sentence(one.message) + (f" {_sentence(one.help)}" if one.help else "")
    return {
        "ruleId": one.code,
        "level": str(one.severity),
        "message": {"text": text},
        "locations": [_location(one.place, prefix)],
        "relatedLocations": [
            {**_location(other.place, prefix), "message": {"text": other.message}}
            for other in one.related
        ],
    }


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(("?", ".", "…")) else ".")


def _location(place: Place, prefix: str) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": f"{prefix}{place.path}"},
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    }
