"""What the tools of the Model Context Protocol are called with.

Their descriptions are all that a program knows of them, so each field says what it takes.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from api.schemas.base import Model
from api.schemas.parameters import AnswerId, Name
from kb import PASSAGE_TYPES

MOST_RESULTS = 20
"""How many passages one search gives: enough to choose from, and no more than can be read."""
_FARTHEST = 10_000
TypeName = Annotated[str, Field(json_schema_extra={"enum": [*PASSAGE_TYPES]})]
"""A type of passage; which there are is checked where it is known what resembles them."""


class Call(Model):
    """What a tool is called with."""

    model_config = ConfigDict(strict=True)


class AskCall(Call):
    """A question."""

    question: str = Field(examples=["What does clustering ask of this component?"])
    """The question in plain English, up to 2,000 characters, about one matter."""
    expect: AnswerId | None = None
    """The `answer_id` of an earlier answer, to be told whether this one is the same."""


class SearchCall(Call):
    """Words to look for."""

    query: str
    """Words to look for. No character is an operator."""
    types: Annotated[list[TypeName], Field(default_factory=list, max_length=len(PASSAGE_TYPES))]
    """Only passages of these types; empty: of all."""
    limit: Annotated[int, Field(ge=1, le=MOST_RESULTS)] = 10
    """How many at most."""
    offset: Annotated[int, Field(ge=0, le=_FARTHEST)] = 0
    """How many to pass over."""


class FetchCall(Call):
    """One passage."""

    id: Annotated[str, Field(min_length=1, max_length=500)]
    """The `id` of a result of `search`."""


class ComponentCall(Call):
    """One component, perhaps only what holds somewhere."""

    name: Name
    """Id, former id, title or alias, in any spelling."""
    topology: Name | None = None
    """Only what holds in this topology, by any of its names."""
    version: Name | None = None
    """Only what holds in this version of the product."""


class DiffCall(Call):
    """Two topologies."""

    before: Name
    """The topology that is left, by any of its names."""
    after: Name
    """The topology that is gone to, by any of its names."""
    components: Annotated[list[Name], Field(default_factory=list, max_length=500)]
    """Components that are compared; empty: the whole product."""
    product: Name | None = None
    """May be left out where there is only one, or where the components say it."""
