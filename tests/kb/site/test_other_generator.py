"""The rendered Markdown becomes a site with another generator than the one whose plugin we have."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kb.compiler import compile_folder
from kb.site.export import write_markdown
from kb.sources import page_address
from tests.kb.site.built import K0, ROOT, read_html

OTHER = Path(sys.prefix) / "other-site"
CONFIGURATION = """
site_name: Elsewhere
theme: material
strict: true
plugins: []
markdown_extensions: [admonition, attr_list, tables]
extra_css: [assets/kb/kb.css]
"""


@pytest.mark.parametrize("docs", [ROOT / "docs", K0 / "docs"], ids=["reference", "k0"])
def test_another_generator_builds_the_tree_strictly(docs: Path, tmp_path: Path) -> None:
    """Without a warning, with all pages, and with the facts on them."""
    count = write_markdown(docs, tmp_path / "docs", compile_folder(docs))
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")

    ran = subprocess.run(
        [sys.executable, "-m", "properdocs", "build", "-f", "mkdocs.yml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(OTHER)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, f"{ran.stderr}\n`make install` puts the generator into {OTHER}"
    written = [path.relative_to(tmp_path / "docs") for path in (tmp_path / "docs").rglob("*.md")]
    built = [tmp_path / "site" / page_address(one.as_posix()) / "index.html" for one in written]
    assert len(built) == count
    assert all(one.is_file() for one in built)
    matrix = read_html(tmp_path / "site" / "matrix" / "index.html")
    assert any(link.startswith("../components/") and "#" in link for link in matrix.links)
