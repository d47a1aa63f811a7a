"""The table of components and topologies as JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.base import Model
from kb import Level


class MatrixColumn(Model):
    """Topologies that do not differ for any component."""

    topologies: list[str]
    """Ids; empty in the only column of a knowledge base without topologies."""
    titles: list[str]


class MatrixRequirement(Model):
    """A requirement as it stands in the table."""

    id: str
    """`owner/id`."""
    level: Level
    text: str
    """The full sentence."""
    when: list[str]
    unless: list[str]
    url: str


class MatrixCell(Model):
    """What is asked of one component in the topologies of one column."""

    exists: bool
    """False: the product does not have these topologies."""
    requirements: list[MatrixRequirement]


class MatrixRow(Model):
    """One component, or a product with requirements of its own."""

    type: Literal["component", "product"]
    id: str
    title: str
    product: str
    asks_nothing: bool
    self_: str = Field(serialization_alias="self")
    url: str
    cells: list[MatrixCell]
    """One for each column."""


class Matrix(Model):
    """Components against topologies."""

    columns: list[MatrixColumn]
    rows: list[MatrixRow]
