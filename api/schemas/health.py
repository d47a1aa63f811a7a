"""The state of the service as JSON, for probes and for people who wonder."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from api.schemas.base import Model
from api.schemas.problems import Finding

SiteStatus = Literal["none", "building", "ready", "failed"]


class Liveness(Model):
    """Said by a process that answers at all."""

    status: Literal["alive"]


class Refused(Model):
    """Why the newest state of the pages is not served; the last good one is."""

    at: datetime
    reason: str
    diagnostics: list[Finding]


class SiteState(Model):
    """The built site."""

    status: SiteStatus
    reason: str | None
    """Why the last build failed; the site before it is served, if there was one."""


class Readiness(Model):
    """What is being served."""

    status: Literal["ready", "degraded"]
    """Degraded: an older state of the pages is served than the one on disk, or no site."""
    content_version: str
    """Digest of the content being served."""
    published_at: datetime
    """When it began to be served by this process."""
    generation: str | None
    """Name of the built generation being served; null where the pages are read."""
    components: int
    """How many components it has."""
    warnings: int
    """How many warnings its pages gave."""
    refused: Refused | None
    """Why the last edit is not being served; null when it is."""
    site: SiteState
