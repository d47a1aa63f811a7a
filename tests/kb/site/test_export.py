"""The pages as Markdown: another generator makes of them what MkDocs does with our plugin."""

import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config.base import load_config

from kb.compiler import compile_folder
from kb.errors import CompilationError
from kb.site.export import files, write_markdown
from kb.sources import page_address
from tests.kb.site.built import K0, compiled, read_html


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Markdown tree of a knowledge base."""
    folder = tmp_path_factory.mktemp("exported") / "docs"
    write_markdown(K0 / "docs", folder, compile_folder(K0 / "docs"))
    return folder


def test_the_tree_builds_without_the_plugin(exported: Path, tmp_path: Path) -> None:
    """A generator that knows nothing of us has every anchor on its page, and warns of nothing."""
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "site_name: x\ntheme: mkdocs\nstrict: true\nplugins: []\n"
        "markdown_extensions: [admonition, attr_list, tables]\n",
        encoding="utf-8",
    )
    site = tmp_path / "site"
    build(load_config(str(config), docs_dir=str(exported), site_dir=str(site)))

    for page in sorted(exported.rglob("*.md")):
        built = read_html(site / page_address(page.relative_to(exported).as_posix()) / "index.html")
        anchors = re.findall(
            r'^#+ .*\{#([\w-]+)|<li [^>]*\bid="([^"]+)"', page.read_text("utf-8"), re.MULTILINE
        )
        assert {heading or item for heading, item in anchors} <= set(built.ids), page
    assert (site / "components" / "robot-mover" / "index.html").is_file()
    assert (site / "assets" / "kb" / "kb.css").is_file()


def test_drafts_are_not_written(exported: Path) -> None:
    """Neither a draft's page nor a word of it leaves the folder of the writers."""
    assert not (exported / "components" / "thumbnail-service.md").exists()
    assert (exported / "components" / "arbiter.md").is_file()


def test_front_matter_holds_what_generators_know() -> None:
    """Title and description stay, and the facts are in the text instead."""
    page = dict(files(compile_folder(K0 / "docs")))["components/arbiter.md"]

    front = page.split("---\n")[1]
    assert 'title: "' in front
    assert "requirements" not in front
    assert 'class="kb-checklist"' in page


def test_pages_with_errors_are_not_written() -> None:
    """There are no facts to render."""
    broken = compiled({"x.md": "---\ntype: topology\n---\n"})

    with pytest.raises(CompilationError):
        list(files(broken))
