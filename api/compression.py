"""Bodies in fewer bytes: gzip and brotli, for what becomes smaller by them.

Owns brotli. Nothing that is sent here is secret, so that its length may tell what is in it.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping

import brotli

LEAST_BYTES = 1_000
"""Shorter bodies fit into one packet as they are."""
_COMPRESSIBLE = frozenset(
    (
        "application/json",
        "application/problem+json",
        "application/wasm",
        "application/xml",
        "application/yaml",
        "image/svg+xml",
    )
)
"""Media types that are not text and become smaller; pictures and fonts are compressed already."""


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=5, mtime=0)


def _brotli(body: bytes) -> bytes:
    made: bytes = brotli.compress(body, quality=4)
    return made


ENCODINGS: Mapping[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}
"""Content encoding -> what makes it; the same bytes give the same. Best first."""


def is_compressible(media_type: str) -> bool:
    """Whether bodies of a media type, perhaps with a charset, become smaller."""
    bare = media_type.partition(";")[0]
    return bare.startswith("text/") or bare in _COMPRESSIBLE
