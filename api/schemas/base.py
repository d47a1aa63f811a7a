"""What all models of the wire have in common: how they are read and written.

Every key is always there; what is not recorded is null or an empty list. Problems, and `replay` of
an answer, alone leave out members that do not apply.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, ValidationError

M = TypeVar("M", bound="Model")


class Model(BaseModel):
    """A model of the wire: never changed, without room for stray keys."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        validate_by_name=True,
        serialize_by_alias=True,
    )

    @classmethod
    def from_value(cls, value: object) -> Self:
        """Return the model of a domain value whose attributes have the same names."""
        return cls.model_validate(value, from_attributes=True)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: Any, handler: GetJsonSchemaHandler, /
    ) -> dict[str, Any]:
        """Return the schema, with what is written below each attribute as its description.

        Sources are read for that: as it is needed for descriptions alone, not when a model is made.
        """
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, told in _told(cls):
            field = cls.model_fields[name]
            member = properties.get(field.serialization_alias or name)
            if member is not None and field.description is None:
                member["description"] = told
        return schema


def _told(model: type[Model]) -> Iterator[tuple[str, str]]:
    """Yield (name, what is written below it) of a model's attributes and of those it inherits."""
    for one in reversed(model.__mro__):
        if not issubclass(one, Model) or "[" in one.__name__:  # of a generic one, the class itself
            continue
        tree = ast.parse(inspect.getsource(one))
        assert isinstance(tree.body[0], ast.ClassDef)
        for line, below in pairwise(tree.body[0].body):
            if isinstance(line, ast.AnnAssign) and isinstance(below, ast.Expr):
                yield ast.unparse(line.target), inspect.cleandoc(ast.literal_eval(below.value))


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
