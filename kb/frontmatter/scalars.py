"""What an unquoted scalar is in YAML 1.1: text, number, date, yes or no, nothing.

Only plain decimal numbers and real days are numbers and dates here. Whatever else YAML would make
one of is left as the text that it is, and marked as odd.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

import yaml

_RESOLVER: Any = yaml.resolver.Resolver()
_IMPLICIT = (True, False)
_CORE = "tag:yaml.org,2002:"
_INTEGER = re.compile(r"[-+]?(?:0|[1-9]\d{0,17})")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9]\d{0,17})\.\d{0,18}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TRUE = {"yes", "true", "on"}


def read_scalar(value: str, raw: str) -> tuple[object, bool]:
    """Return what a scalar is, and whether programs disagree about it.

    `value` is its text with line breaks folded, `raw` the same as it is written.
    """
    tag = str(_RESOLVER.resolve(yaml.ScalarNode, value, _IMPLICIT)).removeprefix(_CORE)
    if tag == "null":
        return None, False
    if tag == "bool":
        return value.lower() in _TRUE, False
    if tag == "int" and _INTEGER.fullmatch(raw):
        return int(raw), False
    if tag == "float" and _FLOAT.fullmatch(raw):
        return float(raw), False
    if tag == "timestamp" and _DATE.fullmatch(raw):
        try:
            return datetime.date.fromisoformat(raw), False
        except ValueError:
            return value, True
    return value, tag in {"int", "float", "timestamp"}
