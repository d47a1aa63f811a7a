"""What a reader says of a page or of an answer: that it is right, or wrong. Nothing else."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from api.schemas.base import Model


class Judgement(Model):
    """The body of POST /feedback."""

    model_config = ConfigDict(strict=True)

    right: bool
    """False: it is wrong."""
    question: Annotated[str, Field(min_length=1, max_length=2_000)] | None = None
    """The question whose answer is meant."""
    page: Annotated[str, Field(max_length=512)] | None = None
    """The address of the page that is meant, from that of the site on: components/x/."""
