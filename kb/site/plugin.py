"""The MkDocs plugin `kb`: hands MkDocs the pages that the pure functions of this package make.

This module and `kb.site.build` alone know MkDocs. Nothing is rendered here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from kb import report, text
from kb.compiler import Compilation, compile_folder
from kb.diff import timeline
from kb.history import read_history
from kb.site import assets, menu, policy, reporting, theme
from kb.site.ask import ASK
from kb.site.blocks import Blocks
from kb.site.editing import Editing
from kb.site.matrix import MATRIX
from kb.site.planner import PLANNER
from kb.site.tree import Tree, redirect
from kb.site.twins import Twins
from kb.site.unsearched import Unsearched
from kb.site.view import relative

_EXTENSIONS = ("attr_list", "tables")
_THEME = "material"
"""The theme to which our templates add something."""
_SEARCH = "material/search"
_TABS = "navigation.tabs"
_AS_TITLE = {"boost": 1e3}
"""What a word of a title counts in the theme's search: a name counts the same."""
_FONTS_UNASKED = {"text": "Roboto", "code": "Roboto Mono"}
"""What the theme loads from another host where the configuration says nothing of fonts."""
_WHOLE = {ASK: "ask.js", PLANNER: "planner.js"}
"""Path of a page that its script makes -> the module, asked for before anything asks for it."""
_WIDE = frozenset({MATRIX, PLANNER})
"""Paths of the pages that need the room of a list of pages that would only name themselves."""
_TEMPLATES = {"template": "{}", "icon": ".icons/{}.svg"}
"""Key of front matter -> the theme's file that its value stands for."""
_log = get_plugin_logger("kb")


class KbPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Shows the facts of the pages' front matter on the pages of the site."""

    twins: Twins | None = None
    """What makes the other forms of the pages; None: the site has none."""

    def __init__(self) -> None:
        self.compiled: Compilation | None = None
        """A compilation to be used in place of one of our own."""
        self._is_preview = False
        self._compilation: Compilation
        self._scripts: policy.InlineScripts
        self._tree: Tree
        self._asks_readers = False
        self._addresses: dict[str, str] = {}
        self._blocks = Blocks()
        """Those of the page that MkDocs has in hand: it takes one after the other."""
        self._unsearched = Unsearched()
        """Those of the page that MkDocs has in hand."""
        self._shows_tags = True
        """Whether no plugin of the theme shows tags."""
        self._tags: list[str] | None = None
        """The writer's own, of the page that MkDocs has in hand."""
        self._alternates: Mapping[str, Sequence[tuple[str, str]]] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], **_: object) -> None:
        """Note whether a writer looks at the pages or they are being published."""
        self._is_preview = command == "serve"

    @event_priority(50)  # before others take what is not stated for unwanted
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add what the rendered facts need, and ask no other host for fonts unasked."""
        config.markdown_extensions += [
            one for one in _EXTENSIONS if one not in config.markdown_extensions
        ]
        config.mdx_configs.setdefault("toc", {}).setdefault(
            "slugify", lambda heading, _: text.slugify(heading)
        )
        if assets.STYLESHEET not in config.extra_css:
            config.extra_css.insert(0, assets.STYLESHEET)  # a project's own come after ours
        if not any(str(one) == assets.SCRIPT for one in config.extra_javascript):
            script = ExtraScriptValue(assets.SCRIPT)
            script.type = "module"
            config.extra_javascript.insert(0, script)
        search = config.plugins.get(_SEARCH)
        if search is not None:
            search.config.fields.setdefault("tags", _AS_TITLE)
        if config.theme.name == _THEME:  # a project's own templates come before ours
            config.theme.dirs.insert(bool(config.theme.custom_dir), str(assets.TEMPLATES))
        if "font" in config.theme and config.theme["font"] == _FONTS_UNASKED:
            config.theme["font"] = False
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Compile the pages. Errors keep a site from being built; a preview shows them."""
        self._scripts = policy.InlineScripts()
        self._compilation = self.compiled or compile_folder(Path(config.docs_dir))
        found = self._compilation.diagnostics
        errors = [one for one in found if one.is_error]
        if errors and not self._is_preview:
            raise PluginError(f"{self._told(found)}\n\n{report.summary(found)}")
        for one in found:
            (_log.error if one.is_error else _log.info)(self._told([one]))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that are made from the facts, and settle which pages there are."""
        catalog = self._compilation.catalog
        self._alternates = self.twins.twins(catalog) if self.twins and catalog else {}
        paths = [one.src_uri for one in files.documentation_pages() if _is_wanted(one)]
        ours = config.extra.get("kb")
        stated = ours.get("report_url") if isinstance(ours, dict) else None
        self._asks_readers = isinstance(ours, dict) and ours.get("feedback") is True
        docs = Path(config.docs_dir)
        self._shows_tags = not {"tags", "material/tags"} & set(config.plugins)
        self._tree = Tree(
            self._compilation,
            paths,
            reporting.template(stated, config.repo_url),
            timeline=timeline(docs, read_history(docs)),
            site=config.site_url or "",
            editing=Editing(_edited_at(config)),
            shows_tags=self._shows_tags,
        )
        for path in self._tree.drafts:
            draft = files.get_file_from_path(path)
            if draft is not None:
                draft.inclusion = InclusionLevel.DRAFT
        config.nav = self._tree.navigation(config.nav)
        named = set(_paths_in(config.nav))
        for path in self._tree.made:
            level = InclusionLevel.INCLUDED if path in named else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, path, content="", inclusion=level))
        wanted = {*paths, *self._tree.made}
        self._addresses = {
            one.src_uri: "" if one.url in {".", "./"} else one.url
            for one in files.documentation_pages()
            if one.src_uri in wanted
            and (self._is_preview or one.inclusion is not InclusionLevel.DRAFT)
        }
        self._add_redirects(files, config)
        beside = self._tree.files(self._addresses, config.site_name)
        for address, content in (*assets.files(), *beside):
            files.append(File.generated(config, address, content=content))
        if files.get_file_from_path(policy.HEADERS) is None:
            files.append(File.generated(config, policy.HEADERS, content=policy.headers()))
        return files

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:  # noqa: ARG002
        """Give MkDocs our reading of the front matter, in the one form that it cannot misread."""
        source = self._tree.source(page.file.src_uri)
        if source is None:
            return None
        front, body = source
        stated = json.dumps(front, ensure_ascii=False, default=str)
        return f"---\n{stated}\n---\n{body}"

    def on_page_markdown(self, markdown: str, *, page: Page, **_: object) -> str:
        """Put the rendered facts into a page."""
        path = page.file.src_uri
        here = self._addresses.get(path, page.file.url)
        self._blocks = Blocks()
        return self._tree.markdown(path, markdown, self._addresses, here, self._blocks.take_out)

    @event_priority(100)  # others that look at a page see all of it
    def on_page_content(self, html: str, *, page: Page, **_: object) -> str:
        """Put the rendered blocks back, which MkDocs had no need to read; links may name them."""
        page.present_anchor_ids = (page.present_anchor_ids or set()) | self._blocks.anchors
        path = page.file.src_uri
        here = self._addresses.get(path, page.file.url)
        return self._tree.explained(path, self._blocks.put_back(html), self._addresses, here)

    @event_priority(50)  # before the search of the site reads the page
    def _name(self, context: Any, /, *, page: Page, config: MkDocsConfig, **_: object) -> None:
        """Tell the search what a thing is called, and the templates what forms its page has.

        The search is spared what has no words.
        """
        path = page.file.src_uri
        context["kb_alternates"] = self._alternates.get(path, ())
        self._tags = page.meta.get("tags")
        listed = () if self._shows_tags else self._tags or ()  # ours stand in the text of the page
        page.meta["tags"] = [*listed, *self._tree.aliases(path)]
        if path in _WIDE and page.parent is None and _TABS in config.theme.get("features", ()):
            page.meta["hide"] = [*page.meta.get("hide", ()), "navigation"]
        self._unsearched = Unsearched()
        page.content = self._unsearched.take_out(page.content or "")

    @event_priority(-50)
    def _forget(self, context: Any, /, *, page: Page, **_: object) -> None:  # noqa: ARG002
        """Leave the writer's tags as they were: names are no tags to anyone else."""
        page.meta["tags"] = self._tags
        page.content = self._unsearched.put_back(page.content or "")

    on_page_context = CombinedEvent(_name, _forget)

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Tell the templates where to ask and what to follow; refuse one that is not there."""
        env.globals["kb_ask"] = self._addresses.get(ASK)
        env.globals["kb_feed"] = self._tree.feed
        env.globals["kb_modules"] = {path: assets.modules(name) for path, name in _WHOLE.items()}
        env.globals["kb_ways"] = [
            (self._addresses[path], title)
            for path, title in self._tree.ways
            if path in self._addresses
        ]
        env.globals["kb_feedback"] = self._asks_readers
        menu.remember(env, config.theme.custom_dir, menu.Entries())
        there = cache(lambda: frozenset(env.list_templates()))
        for file in files.documentation_pages():
            stated = file.page.meta if file.page else {}
            for key in _TEMPLATES.keys() & stated.keys():
                if _TEMPLATES[key].format(stated[key]) not in there():
                    raise PluginError(f"{file.src_uri}: there is no {key} {stated[key]!r}")

    @event_priority(-100)  # after all others that write into pages
    def on_post_page(self, output: str, *, page: Page, **_: object) -> str:
        """Leave no script within a page."""
        here = "" if page.url in {".", "./"} else page.url
        return theme.mended(self._scripts.move_out(output, relative("", here)))

    @event_priority(-100)
    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Leave no script within a page that MkDocs makes by itself: it may be shown anywhere."""
        root = urlsplit(config.site_url or "/").path or "/"
        is_page = template_name.endswith(".html")
        if not is_page:
            return output_content
        return theme.mended(self._scripts.move_out(output_content, root))

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the scripts that stood within pages, and the other forms of the pages."""
        for address, content in self._scripts.files():
            write_file(content.encode(), str(Path(config.site_dir) / address))
        catalog = self._compilation.catalog
        base = f"{urlsplit(config.site_url or '').path.rstrip('/')}/"
        for path, twin in self.twins.files(catalog, base) if self.twins and catalog else ():
            target = Path(config.site_dir, path)
            if not target.exists():  # a file of the writers is never replaced
                write_file(twin, str(target))

    def _told(self, found: Any) -> str:
        texts = {one.path: one.text for one in self._compilation.files}
        return report.as_text(found, texts)

    def _add_redirects(self, files: Files, config: MkDocsConfig) -> None:
        for path, thing in self._tree.former.items():
            old = File(path, None, config.site_dir, config.use_directory_urls)
            target = self._addresses.get(thing.path)
            if target is not None and files.get_file_from_path(old.dest_uri) is None:
                content = redirect(relative(target, old.url), thing.title)
                files.append(File.generated(config, old.dest_uri, content=content))


def _edited_at(config: MkDocsConfig) -> str | None:
    """Return where the docs folder is edited, as MkDocs has it for the links on pages."""
    if not config.repo_url or not config.edit_uri:
        return None
    return urljoin(f"{config.repo_url.rstrip('/')}/", config.edit_uri)


def _is_wanted(file: File) -> bool:
    return file.inclusion is not InclusionLevel.EXCLUDED


def _paths_in(item: Any) -> list[str]:
    if isinstance(item, str):
        return [item]
    inner = item.values() if isinstance(item, dict) else item or ()
    return [path for one in inner for path in _paths_in(one)]
