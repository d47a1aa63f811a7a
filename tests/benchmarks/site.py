"""The site: what our part costs on top of MkDocs, and how long a large one takes.

Ours reads the facts, checks them and renders them. MkDocs without our plugin is given the rendered
Markdown, the same navigation and the same theme: it makes the same pages.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config.base import load_config

from kb.compiler import compile_folder
from kb.site import assets
from kb.site.build import build_site
from kb.site.export import write_markdown
from kb.site.tree import Tree
from tests.benchmarks import pages
from tests.benchmarks.figures import Effort, Figure, ratios

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CONFIGURATION = ROOT / "mkdocs.yml"
SHARE_GOAL = 1.15
SECONDS_GOAL = 30.0


def measure(effort: Effort) -> list[Figure]:
    """Return the figures of building the site."""
    rounds = min(2, effort.rounds)
    some = effort.components // 10
    command = [sys.executable, "-m", "tests.benchmarks.site", str(effort.components)]
    with (
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as large,
        TemporaryDirectory(prefix="clusterkb-") as name,
        _silence(),
    ):
        folder = Path(name)
        pages.write(folder / "some", some)
        found = _compared("reference pages", DOCS, folder / "site", rounds)
        found += _compared(f"{some} components", folder / "some", folder / "site", rounds)
        told, _ = large.communicate()
    return [
        *found,
        Figure(
            name=f"{effort.components:,} components",
            unit="s",
            values=(float(told),),
            at_most=SECONDS_GOAL,
            note="all in one folder, without a mkdocs.yml",
        ),
    ]


def _compared(label: str, docs: Path, target: Path, rounds: int) -> list[Figure]:
    """Return the figures of the same pages built with and without our plugin, in turn."""
    rendered = target.parent / f"rendered-{docs.name}"
    compilation = compile_folder(docs)
    write_markdown(docs, rendered, compilation)
    stated = load_config(str(CONFIGURATION)).nav
    paths = [one.path for one in compilation.files]
    navigation = Tree(compilation, paths).navigation(stated)
    builders = {
        "with": partial(_with, docs),
        "without": partial(_without, rendered, navigation),
    }
    times: dict[str, list[float]] = {kind: [] for kind in builders}
    for at in range(1 + rounds):
        for kind, builder in builders.items():
            seconds = _seconds(builder, target)
            if at:  # the first builds load templates
                times[kind].append(seconds)
    return [
        Figure(
            name=f"{label}, with the plugin / without",
            unit="",
            values=ratios(times["with"], times["without"]),
            at_most=SHARE_GOAL,
            note="without: the Markdown that the plugin renders, as files",
        ),
        *(
            Figure(name=f"{label}, {kind}", unit="s", values=tuple(values))
            for kind, values in times.items()
        ),
    ]


def _with(docs: Path, target: Path) -> None:
    build_site(docs, target, CONFIGURATION)


def _without(docs: Path, navigation: list[Any], target: Path) -> None:
    """Build pages with the same theme and navigation, and with nothing of ours."""
    folders = {"docs_dir": str(docs), "site_dir": str(target)}
    config = load_config(str(CONFIGURATION), plugins=["search"], **folders)
    config.nav = deepcopy(navigation)
    config.extra_css = [assets.STYLESHEET]
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


def _main(components: int) -> None:
    """Print how long a large site takes, in a process of its own: it is far the longest."""
    with TemporaryDirectory(prefix="clusterkb-") as name, _silence():
        folder = Path(name)
        pages.write(folder / "docs", components)
        print(_seconds(partial(build_site, folder / "docs"), folder / "site"))


if __name__ == "__main__":
    _main(int(sys.argv[1]))
