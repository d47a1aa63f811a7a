"""The site: what our part costs on top of MkDocs on the same pages."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build
from mkdocs.config.base import load_config

from kb.site.build import build_site
from tests.benchmarks import pages
from tests.benchmarks.figures import Effort, Figure, ratios

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "mkdocs.yml"
SHARE_GOAL = 1.15
SECONDS_GOAL = 30.0


def measure(effort: Effort) -> list[Figure]:
    """Return the figures of building the site."""
    with TemporaryDirectory(prefix="clusterkb-") as name, _silence():
        folder = Path(name)
        builders = {"with": _with, "without": _without}
        found: dict[str, list[float]] = {one: [] for one in builders}
        for builder in builders.values():
            builder(folder / "warm-up")
        for _ in range(min(3, effort.rounds)):
            for kind, builder in builders.items():
                found[kind].append(_seconds(builder, folder / "site"))
        pages.write(folder / "docs", effort.components)
        large = _seconds(partial(build_site, folder / "docs"), folder / "site")
    return [
        Figure(
            name="with the plugin / without",
            unit="",
            values=ratios(found["with"], found["without"]),
            at_most=SHARE_GOAL,
            note="reference pages; with the plugin there are more pages, and more on each",
        ),
        Figure(name="with the plugin", unit="s", values=tuple(found["with"])),
        Figure(name="without", unit="s", values=tuple(found["without"])),
        Figure(
            name=f"{effort.components:,} components",
            unit="s",
            values=(large,),
            at_most=SECONDS_GOAL,
            note="without a mkdocs.yml, processor time",
        ),
    ]


def _with(target: Path) -> None:
    build_site(ROOT / "docs", target, CONFIGURATION)


def _without(target: Path) -> None:
    """Build the same pages with the same theme, and with nothing of ours."""
    config = load_config(str(CONFIGURATION), site_dir=str(target), plugins=["search"])
    config.nav = None  # ours names folders, and pages that the plugin makes
    build(config)


def _seconds(build_into: Callable[[Path], None], target: Path) -> float:
    started = time.process_time()
    build_into(target)
    return time.process_time() - started


@contextmanager
def _silence() -> Iterator[None]:
    """Keep MkDocs from telling of links to pages that only the plugin makes."""
    logger = logging.getLogger("mkdocs")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
