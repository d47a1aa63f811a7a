"""What all models of the wire have in common: how they are read and written.

Every key is always there; what is not recorded is null or an empty list. Problems, and `replay` of
an answer, alone leave out members that do not apply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

M = TypeVar("M", bound="Model")


class Model(BaseModel):
    """A model of the wire: never changed, without room for stray keys."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        validate_by_name=True,
        serialize_by_alias=True,
        use_attribute_docstrings=True,
    )

    @classmethod
    def from_value(cls, value: object) -> Self:
        """Return the model of a domain value whose attributes have the same names."""
        return cls.model_validate(value, from_attributes=True)


class InvalidValueError(Exception):
    """A value from a client that does not fit its model.

    `errors` are pydantic's, `fields` the names of the fields that the model has.
    """

    def __init__(self, errors: Sequence[Mapping[str, Any]], fields: Sequence[str]) -> None:
        self.errors = tuple(errors)
        self.fields = tuple(fields)
        super().__init__(f"{len(self.errors)} errors in a value")


def encode(model: Model, *, exclude_none: bool = False) -> bytes:
    """Return the JSON of a model: UTF-8, indented for people, one line break at the end."""
    return model.model_dump_json(indent=2, exclude_none=exclude_none).encode() + b"\n"


def read(model: type[M], value: object) -> M:
    """Return the model that a parsed JSON value states. Raises InvalidValueError."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        errors = [dict(one) for one in error.errors(include_url=False)]
        raise InvalidValueError(errors, sorted(model.model_fields)) from None
