"""Builds the site of a folder of pages, with the configuration of its MkDocs project or without.

The docs folder is only read. Each build stands alone, so it can be repeated in one process.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from threading import Lock
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from kb.compiler import Compilation, compile_folder
from kb.errors import CompilationError, KnowledgeBaseError
from kb.site import listing
from kb.site.plugin import KbPlugin
from kb.site.twins import Twins

_PALETTE = [
    {
        "media": "(prefers-color-scheme)",
        "primary": "kb",
        "accent": "kb",
        "toggle": {"icon": "material/brightness-auto", "name": "Switch to light mode"},
    },
    {
        "media": "(prefers-color-scheme: light)",
        "scheme": "default",
        "primary": "kb",
        "accent": "kb",
        "toggle": {"icon": "material/brightness-7", "name": "Switch to dark mode"},
    },
    {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "primary": "kb",
        "accent": "kb",
        "toggle": {"icon": "material/brightness-4", "name": "Follow the system's setting"},
    },
]

_THEME = {
    "name": "material",
    "font": False,
    "palette": _PALETTE,
    "features": [
        "navigation.indexes",
        "navigation.tracking",
        "navigation.top",
        "navigation.prune",
        "search.highlight",
        "search.suggest",
        "content.code.copy",
        "toc.follow",
    ],
}

_EXTENSIONS: list[Any] = [
    "admonition",
    "attr_list",
    "tables",
    "pymdownx.highlight",
    "pymdownx.superfences",
    {"toc": {"permalink": True}},
]

_ONE_AT_A_TIME = Lock()
"""MkDocs keeps plugins that know of a start in its own class: builds in one process share ours."""


class SiteError(KnowledgeBaseError):
    """The site could not be built, for a reason that does not lie in the facts."""


def find_config(docs_dir: Path) -> Path | None:
    """Return the `mkdocs.yml` beside a docs folder that is about this very folder, if any.

    Raises SiteError where there is one that MkDocs cannot load.
    """
    for name in ("mkdocs.yml", "mkdocs.yaml"):
        path = docs_dir.resolve().parent / name
        if path.is_file() and _docs_dir_of(path) == docs_dir.resolve():
            return path
    return None


def build_site(
    docs_dir: Path,
    site_dir: Path,
    config_file: Path | None = None,
    *,
    compilation: Compilation | None = None,
    twins: Twins | None = None,
    strict: bool = False,
) -> None:
    """Build the site of `docs_dir` into `site_dir`, which is emptied first.

    Without `config_file` the site has a configuration of our own. A compilation of the same folder
    may be given, so that site and answers come from the same state of the pages. `twins` makes the
    other forms of the pages, where the configured plugin has nothing that does. Raises
    CompilationError when the pages have errors, before anything is written, and SiteError when
    MkDocs refuses.
    """
    compiled = compilation or compile_folder(docs_dir)
    if compiled.catalog is None:
        raise CompilationError(compiled.diagnostics)
    with _ONE_AT_A_TIME, _refusals():
        _build(_configuration(docs_dir, site_dir, config_file, compiled), compiled, twins, strict)


def _build(config: MkDocsConfig, compiled: Compilation, twins: Twins | None, strict: bool) -> None:
    config.strict = strict
    plugin = _plugin(config)
    plugin.twins = plugin.twins or twins
    plugin.compiled = compiled
    try:
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    finally:
        plugin.compiled = None


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what MkDocs refuses into a SiteError that has all that it said."""
    told = _Told()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(told)
    try:
        yield
    except Abort as error:  # it only says that it ends; why was said before
        raise SiteError("\n".join(told.messages) or str(error)) from error
    except MkDocsException as error:
        raise SiteError("\n".join([*told.messages, str(error)])) from error
    finally:
        logger.removeHandler(told)


class _Told(logging.Handler):
    """Keeps what MkDocs says is wrong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _configuration(
    docs_dir: Path, site_dir: Path, config_file: Path | None, compiled: Compilation
) -> MkDocsConfig:
    folders = {"docs_dir": str(docs_dir.resolve()), "site_dir": str(site_dir.resolve())}
    if config_file is not None:
        return load_config(str(config_file), **folders)
    config = MkDocsConfig()
    config.load_dict(
        folders
        | {
            "site_name": _name(compiled, docs_dir),
            "theme": deepcopy(_THEME),  # MkDocs takes what it is given apart
            "plugins": ["search", "kb"],
            "markdown_extensions": deepcopy(_EXTENSIONS),
        }
    )
    errors, _ = config.validate()
    if errors:
        raise SiteError("; ".join(f"{key}: {error}" for key, error in errors))
    return config


def _plugin(config: MkDocsConfig) -> KbPlugin:
    """Return our plugin in a configuration; where the project does not name it, it is added."""
    for plugin in config.plugins.values():
        if isinstance(plugin, KbPlugin):
            return plugin
    plugin = KbPlugin()
    plugin.load_config({})
    config.plugins["kb"] = plugin
    return plugin


def _name(compiled: Compilation, docs_dir: Path) -> str:
    name = listing.site_title(compiled.catalog) if compiled.catalog else ""
    return (name or docs_dir.resolve().name).replace("<", "‹")  # templates show it as it is


def _docs_dir_of(config_file: Path) -> Path:
    """Return the docs folder that a configuration names."""
    with _refusals():
        return Path(load_config(str(config_file)).docs_dir).resolve()
