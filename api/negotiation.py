"""Which of the offered media types and encodings a client wants (RFC 9110, section 12.5).

Pure: it sees the value of a header and a list of offers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

JSON = "application/json"
MARKDOWN = "text/markdown"
CSV = "text/csv"
HTML = "text/html"

IDENTITY = "identity"
"""The content encoding that is none."""

_RANGE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_QUALITY = re.compile(
    r"[ \t]*q[ \t]*=[ \t]*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*", re.IGNORECASE
)


def choose(accept: str, offers: Sequence[str]) -> str | None:
    """Return the offer that is wanted most, or None when none is acceptable.

    Of offers that are wanted alike the earlier one wins. An empty header, or one of which nothing
    can be read, accepts everything.

    >>> choose("text/html,*/*;q=0.8", [JSON, HTML]), choose("*/*", [JSON, HTML])
    ('text/html', 'application/json')
    """
    ranges = _ranges(accept)
    if not ranges:
        return offers[0]
    best = max(offers, key=lambda offer: _quality(offer, ranges))
    return best if _quality(best, ranges) > 0 else None


def choose_encoding(accept_encoding: str, offers: Sequence[str]) -> str:
    """Return the content encoding that is wanted most, or `identity`, which always serves.

    >>> choose_encoding("gzip, br;q=0.9", ["br", "gzip"]), choose_encoding("", ["br"])
    ('gzip', 'identity')
    """
    wanted = _qualities(accept_encoding, _TOKEN)
    rest = wanted.get("*", 0.0)
    best = max(offers, key=lambda offer: wanted.get(offer, rest))
    quality = wanted.get(best, rest)
    return best if quality > 0 and quality >= wanted.get(IDENTITY, 0.0) else IDENTITY


def _ranges(accept: str) -> dict[str, float]:
    """Return media range -> quality; elements that are no media range are passed over."""
    return _qualities(accept, _RANGE)


def _qualities(header: str, form: re.Pattern[str]) -> dict[str, float]:
    """Return element -> quality; elements that do not have the form are passed over."""
    found: dict[str, float] = {}
    for element in header.split(","):
        name, *parameters = element.split(";")
        name = name.strip().lower()
        if form.fullmatch(name):
            qualities = [match for one in parameters if (match := _QUALITY.fullmatch(one.strip()))]
            found[name] = float(qualities[0].group(1)) if qualities else 1.0
    return found


def _quality(offer: str, ranges: dict[str, float]) -> float:
    """Return how much an offer is wanted: what the most specific range that covers it says."""
    for name in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0
