"""The examples of the authoring guide: each can be copied into the pages of the tutorial."""

import re
import textwrap
from pathlib import Path

import pytest

from kb.compiler import compile_folder

GUIDES = Path(__file__).parents[1] / "docs" / "guides"
_PAGE = re.compile(r'^```markdown title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^```(?:yaml|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r"^title: (.+)$", re.MULTILINE)

EXAMPLES = _EXAMPLE.findall((GUIDES / "authoring.md").read_text("utf-8"))
NAMED = {
    "message-store": "type: component\ntitle: Message Store\nrequirements: none",
    "star": "type: topology\ntitle: star",
    "fault-tolerance": "type: condition\ntitle: fault tolerance",
}
"""The pages that the guide's examples name and the tutorial does not have."""
RELAY = """type: component
title: Ferry Relay Service
aliases: [relay]
{source}
requirements:
  - id: each-node
    must: Install the Relay Service on each node.
{requirements}
{questions}
"""
ADDRESS = """
- id: floating-address
  must: Give the Relay Service a floating address.
  when: continuous-delivery
  resource: floating-address
"""


def as_page(example: str) -> str:
    """Return the front matter in which an example stands that is not one by itself."""
    parts = {"source": "source: operations-manual", "requirements": ADDRESS, "questions": ""}
    key = example.partition(":")[0]
    if key in parts:
        parts[key] = example
    elif key == "verify":
        parts["requirements"] += textwrap.indent(example, "  ")
    else:
        parts["requirements"] = example
    parts["requirements"] = textwrap.indent(parts["requirements"], "  ")
    return RELAY.format(**parts)


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    """The pages of the tutorial, and those that the examples name beside them."""
    pages = dict(_PAGE.findall((GUIDES / "tutorial.md").read_text("utf-8")))
    pages |= {f"ferry/docs/{name}.md": f"---\n{text}\n---\n" for name, text in NAMED.items()}
    for name, content in pages.items():
        page = tmp_path / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(content, "utf-8")
    return tmp_path / "ferry" / "docs"


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_has_no_errors(ferry: Path, example: str) -> None:
    """A page with the example takes the place of the tutorial's page of its title, or is new."""
    page = example if example.startswith("---") else f"---\n{example}---\n"
    if not example.startswith(("---", "type:")):
        page = f"---\n{as_page(example)}---\n"
    (title,) = _TITLE.findall(page)
    for old in ferry.rglob("*.md"):
        if _TITLE.findall(old.read_text("utf-8")) == [title]:
            old.write_text(page, "utf-8")
            break
    else:
        (ferry / "example.md").write_text(page, "utf-8")

    found = compile_folder(ferry).diagnostics

    assert [str(one) for one in found if one.is_error] == []


def test_there_are_examples() -> None:
    """The guide is read as it is written: every block is found."""
    text = (GUIDES / "authoring.md").read_text("utf-8")

    assert len(EXAMPLES) == text.count("```yaml") + text.count("```markdown")
    assert len(EXAMPLES) > 10
