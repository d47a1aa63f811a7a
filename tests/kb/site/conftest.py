"""Catalogs and built sites that the tests of the site share."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.catalog import Catalog
from kb.compiler import compile_folder
from kb.site.build import build_site
from tests.kb.site.built import K0, ROOT


@pytest.fixture(scope="session")
def k0() -> Catalog:
    """The catalog of a fictional product's knowledge base."""
    made = compile_folder(K0 / "docs").catalog
    assert made is not None
    return made


@pytest.fixture(scope="session")
def reference_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the reference pages."""
    site = tmp_path_factory.mktemp("reference") / "site"
    build_site(ROOT / "docs", site, ROOT / "mkdocs.yml", strict=True)
    return site


@pytest.fixture(scope="session")
def k0_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the fictional product, with the configuration of its own project."""
    site = tmp_path_factory.mktemp("k0") / "site"
    build_site(K0 / "docs", site, K0 / "mkdocs.yml", strict=True)
    return site
