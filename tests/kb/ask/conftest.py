"""Knowledge bases, compiled once, and their question engines."""

from pathlib import Path

import pytest

from kb.ask.engine import Engine
from kb.catalog import Catalog
from kb.compiler import compile_folder

K0 = Path(__file__).parents[2] / "knowledge_bases" / "k0" / "docs"
REFERENCE = Path(__file__).parents[3] / "docs"


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Return the catalog of the fictional knowledge base."""
    compiled = compile_folder(K0).catalog
    assert compiled is not None
    return compiled


@pytest.fixture(scope="session")
def engine(catalog: Catalog) -> Engine:
    """Return the engine that answers from it."""
    return Engine(catalog)


@pytest.fixture(scope="session")
def reference() -> Engine:
    """Return the engine that answers from the project's own pages."""
    compiled = compile_folder(REFERENCE).catalog
    assert compiled is not None
    return Engine(compiled)
