"""The house rules hold for `kb` and `api`, and a breach of each of them is noticed."""

import ast
import re
from pathlib import Path

import pytest

from tests.house import CONTENT_WORDS, FLOORS, faults, room_of, sources

ROOT = Path(__file__).parent.parent


def test_the_code_keeps_the_house_rules() -> None:
    """Every import of `kb` and `api` points down, to an owner's own library, at the top."""
    found = faults(ROOT)

    assert not found, "\n" + "\n".join(found)


def test_the_architecture_page_shows_the_floors() -> None:
    """Every room of `kb` stands in the table of the architecture page, on its floor."""
    page = (ROOT / "docs/project/architecture.md").read_text("utf-8")
    shown = {
        ("kb" if room == "__init__" else f"kb.{room}"): FLOORS["kb.cli"]
        if floor == "roof"
        else floor
        for floor, cell in re.findall(r"^\| (\d|roof) \| (`.+?`) \|", page, re.MULTILINE)
        for room in re.findall(r"`(\w+)/?`", cell)
    }

    for room in {room_of(module) for module, _ in sources(ROOT)} - {"api", None}:
        assert str(shown.get(str(room))) == str(FLOORS[str(room)]), room


def test_the_code_speaks_of_no_product() -> None:
    """The code has no word of the content that it serves."""
    for package in ("kb", "api"):
        for path in (ROOT / package).rglob("*"):
            if path.suffix in {".py", ".js", ".css", ".html", ".json", ".toml", ".txt"}:
                text = path.read_text("utf-8").casefold()

                said = [word for word in CONTENT_WORDS if re.search(rf"\b{word}\b", text)]
                assert said == [], path


def test_every_test_says_what_it_shows() -> None:
    """Every test has a docstring."""
    silent = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}: {node.name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]

    assert not silent, "\n" + "\n".join(silent)


KEPT = {
    "kb/__init__.py": "from kb.text import fold\n__all__ = ['fold']",
    "kb/text.py": "import rapidfuzz\nimport re",
    "kb/model.py": "from pydantic import BaseModel\nfrom kb import text",
    "kb/catalog/__init__.py": "from kb.catalog.names import Names",
    "kb/catalog/names.py": "from kb.model import Page",
    "kb/snapshot.py": "import kb.catalog",
    "kb/knowledge.py": "from kb.snapshot import publish",
    "kb/cli/__init__.py": "import typer\ndef serve():\n    from api.app import create_app",
    "api/__init__.py": "",
    "api/app.py": "from fastapi import FastAPI\nfrom kb import fold\nfrom api.state import State",
    "api/state.py": "import watchfiles",
}


def build(root: Path, files: dict[str, str]) -> None:
    """Write a small project into `root`, each module with a docstring."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'"""A module."""\n{text}\n', encoding="utf-8")


def test_a_house_in_order_has_no_faults(tmp_path: Path) -> None:
    """A project that keeps every rule, exceptions included, is passed."""
    build(tmp_path, KEPT)

    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("kb/text.py", "from kb.model import Page", "kb/text.py:2: imports kb.model (floor 2)"),
        ("kb/errors.py", "import kb.text", "imports its sibling kb.text on floor 0"),
        ("kb/snapshot.py", "import kb.knowledge", "imports its sibling kb.knowledge"),
        ("kb/model.py", "from kb import fold", "imports kb (floor 9) from floor 2, upwards"),
        ("kb/model.py", "from kb import catalog", "imports kb.catalog (floor 4)"),
        ("kb/model.py", "from . import text", "relative import"),
        ("kb/model.py", "def f():\n    import kb.text", "kb/model.py:3: kb.text is imported below"),
        ("kb/model.py", "try:\n    import json\nfinally:\n    pass", "json is imported below"),
        ("kb/cli/__init__.py", "def f():\n    import kb.text", "kb.text is imported below"),
        ("kb/model.py", "import importlib\nimportlib.import_module('kb.cli')", "hides an import"),
        ("kb/model.py", "import api.app", "imports api: of kb only kb.cli may"),
        ("kb/model.py", "import yaml", "imports yaml, which belongs to kb.frontmatter"),
        ("api/app.py", "from pydantic import BaseModel", "belongs to kb.model and api.schemas"),
        ("kb/search/ranking.py", "import whoosh.scoring", "belongs to kb.search.whoosh_index"),
        ("kb/model.py", "import requests", "imports requests, which has no owner"),
        ("kb/helpers.py", "", "kb.helpers is on no floor: add it to FLOORS"),
        ("kb/textual.py", "", "kb.textual is on no floor"),
        ("kb/model.py", "import kb.helpers", "imports kb.helpers, which is on no floor"),
        ("api/app.py", "from kb.text import fold", "imports kb.text: api may only say"),
        ("api/app.py", "import kb", "imports kb as a whole"),
        ("api/app.py", "from kb import unfold", "unfold, which kb.__all__ does not offer"),
        ("api/app.py", "from kb import cli", "imports kb.cli: api may only say"),
        ("api/app.py", "import watchfiles", "watchfiles is imported by api.app, api.state"),
        ("api/state.py", "import api.app", "import cycle: "),
        ("kb/catalog/names.py", "import kb.catalog", "import cycle: "),
    ],
)
def test_a_breach_is_told(tmp_path: Path, name: str, text: str, fault: str) -> None:
    """One breach in a house in order is found, with its place and the rule."""
    build(tmp_path, KEPT | {name: text})

    assert fault in "\n".join(faults(tmp_path))


def test_a_module_without_docstring_is_told(tmp_path: Path) -> None:
    """A module that does not say why it exists is found."""
    build(tmp_path, KEPT)
    (tmp_path / "kb/text.py").write_text("import re\n", encoding="utf-8")

    assert faults(tmp_path) == ["kb/text.py:1: has no docstring"]
