"""What a request that is as described may be refused for: what it means, and nothing else.

A description cannot say which names there are, nor which parameters exclude each other. Loaded by
the tool that makes the requests, as tests/api/schemathesis.toml says.
"""

from __future__ import annotations

import re
from typing import Any

import schemathesis

MEANING = re.compile(
    "(unknown|ambiguous|impossible)-(?!field)[a-z]+|missing-(question|product)|invalid-parameter"
    "|invalid-characters|plan-too-large|not-found"
)
"""Types of problems, without what stands before them in an address."""


@schemathesis.check
def refused_for_what_it_means(
    _: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> None:
    """A request as it is described is refused by a problem of meaning, never of form."""
    meta = case.meta
    if meta is None or not meta.generation.mode.is_positive or response.status_code < 400:
        return
    slug = response.json()["type"].rpartition("/")[2]
    assert MEANING.fullmatch(slug), f"{slug}, for a request that is as described"
