"""What is being served: one generation of the content, exchanged whole by one reference.

A request takes the reference once and reads nothing else, so that no reply mixes two generations.
Nothing is built here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from api.problems import ProblemError
from api.replies import Representation
from api.schemas.health import SiteStatus
from api.schemas.links import Links
from api.schemas.writing import Writer
from api.site import Site
from kb import Diagnostic, HeldGeneration, KnowledgeBase

RETRY = {"Retry-After": "1"}


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Generation:
    """One state of the content: the knowledge base, what was rendered of it, the built site."""

    knowledge: KnowledgeBase
    writer: Writer
    site: Site | None = None
    """The built site, perhaps still that of the generation before; None: there is none yet."""
    published_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    """When this content began to be served by this process."""
    built: HeldGeneration | None = None
    """What it was opened from, which is not deleted before this is; None: pages were read."""
    _rendered: dict[tuple[str, ...], Representation] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        knowledge: KnowledgeBase,
        links: Links,
        site: Site | None = None,
        built: HeldGeneration | None = None,
    ) -> Generation:
        """Return the generation of a knowledge base."""
        return cls(knowledge, Writer(knowledge.catalog, links), site, built=built)

    @property
    def name(self) -> str | None:
        """Name of the built generation; None where pages were read."""
        return self.built.name if self.built is not None else None

    def with_site(self, site: Site) -> Generation:
        """Return this content with another site."""
        return replace(self, site=site)

    def rendered(
        self, name: tuple[str, ...], render: Callable[[], Representation]
    ) -> Representation:
        """Return what `render` gives, kept under a name from a bounded set for the next time."""
        if name not in self._rendered:
            self._rendered[name] = render()
        return self._rendered[name]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the newest state of the pages is not being served."""

    at: datetime
    reason: str
    """One sentence."""
    diagnostics: tuple[Diagnostic, ...] = ()


class State:
    """Holds the generation being served, and why a newer one is not."""

    def __init__(self, generation: Generation | None = None) -> None:
        self._generation = generation
        self.is_draining = False
        """Whether the process is about to end, and requests are better sent elsewhere."""
        self.refusal: Refusal | None = None
        """Why the last edit is not served; None when it is."""
        self.site_status: SiteStatus = "none"
        self.site_refusal: Refusal | None = None
        """Why the site is not that of the last edit; None when it is, or is being built."""

    @property
    def generation(self) -> Generation | None:
        """The generation being served; None before the first one is ready."""
        return self._generation

    def current(self) -> Generation:
        """Return the generation being served. Raises ProblemError: not-ready."""
        if self._generation is None:
            raise self._not_ready()
        return self._generation

    def drain(self) -> None:
        """Say from now on that the process is about to end."""
        self.is_draining = True

    def publish(self, generation: Generation) -> None:
        """Serve this generation from now on; requests that hold the old one finish with it."""
        self._generation = generation
        self.refusal = None

    def publish_built(self, generation: Generation) -> None:
        """Serve this generation, with the site that was built with it, from now on."""
        self.publish(generation)
        self.site_status = "none" if generation.site is None else "ready"
        self.site_refusal = None

    def expect_site(self) -> None:
        """Say that a site is being built; one that is served already goes on being served."""
        if self.site_status == "none":
            self.site_status = "building"

    def publish_site(self, site: Site) -> None:
        """Serve this site from now on, with the content being served. Raises ProblemError."""
        self._generation = self.current().with_site(site)
        self.site_status = "ready"
        self.site_refusal = None

    def refuse_site(self, refusal: Refusal) -> None:
        """Say why the site is not that of the content; an older one goes on being served."""
        self.site_status = "failed"
        self.site_refusal = refusal

    def _not_ready(self) -> ProblemError:
        if self.refusal is None:
            return ProblemError("not-ready", "The pages are being read.", headers=RETRY)
        findings: Sequence[Diagnostic] = self.refusal.diagnostics
        return ProblemError(
            "not-ready", self.refusal.reason, diagnostics=findings[:20], headers=RETRY
        )
