"""What `kb` offers to the outside is listed, documented and enough for its first user, `api`."""

import ast
import inspect
from pathlib import Path

import pytest

import kb

ROOT = Path(__file__).parent.parent


def test_the_public_names_are_in_order() -> None:
    """`__all__` has constants, classes, functions, each by the alphabet, and none twice."""

    def rank(name: str) -> tuple[int, str]:
        return (0 if name.isupper() else 1 if name[0].isupper() else 2), name

    assert list(kb.__all__) == sorted(set(kb.__all__), key=rank)


def test_nothing_else_looks_public() -> None:
    """A name in `kb/__init__` that is no module of the package is public or begins with `_`."""
    names = {
        name
        for name, value in vars(kb).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }

    assert names <= set(kb.__all__)


@pytest.mark.parametrize("name", kb.__all__)
def test_a_public_name_is_documented(name: str) -> None:
    """What is offered can be imported and says what it is."""
    offered = getattr(kb, name)

    if inspect.isclass(offered) or inspect.isroutine(offered):
        # A dataclass without a docstring is given its signature as one.
        documented = inspect.getdoc(offered)
        assert documented
        assert not documented.startswith(f"{name}(")


def test_api_is_content_with_the_public_names() -> None:
    """Everything that `api` imports from `kb` is public."""
    used = {
        alias.name
        for path in (ROOT / "api").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "kb"
        for alias in node.names
    }

    assert used <= set(kb.__all__)
