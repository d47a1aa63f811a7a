"""Query parameters: their forms and limits, as types."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

MOST_ITEMS = 500
"""The longest page of a list."""
MOST_HITS = 100
"""The longest page of search results."""
MOST_OFFSET = 1_000_000
LONGEST_NAME = 200
"""Length of a name in characters beyond which no thing is looked for."""

_DIGITS = re.compile(r"[0-9]{1,9}")


def _number(value: Any) -> int:
    """Return the number that ASCII digits state: signs, underscores and spaces are refused."""
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or _DIGITS.fullmatch(value) is None:
        raise ValueError("a whole number in digits is expected")
    return int(value)


# The limits stand before the validator, so that they are in the description of the service too.
PageSize = Annotated[int, Field(ge=1, le=MOST_ITEMS), BeforeValidator(_number)]
HitCount = Annotated[int, Field(ge=1, le=MOST_HITS), BeforeValidator(_number)]
Offset = Annotated[int, Field(ge=0, le=MOST_OFFSET), BeforeValidator(_number)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
"""An id, former id, title or alias, in any spelling."""
Listed = Annotated[str, Field(min_length=1, max_length=8_000)]
"""Names, separated by commas."""
AnswerId = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
"""The `answer_id` of an earlier answer."""
