"""Fixes change what they say and nothing else."""

from pathlib import Path

import pytest

from kb.compiler import Compilation, compile_folder
from kb.diagnostics import Edit, Place
from kb.rules import apply_fixes
from kb.rules.fixes import fixed_text

PRODUCT = '---\ntype: product\ntitle: Vault\nsummary: A store.\nversions: ["1.10"]\n---\n'
SOURCE = "---\ntype: source\ntitle: Handbook\npublisher: Kelp\n---\n"


def folder_with(tmp_path: Path, page: str | bytes, name: str = "a.md") -> Path:
    content = page.encode() if isinstance(page, str) else page
    (tmp_path / name).write_bytes(content)
    (tmp_path / "vault.md").write_text(PRODUCT)
    (tmp_path / "handbook.md").write_text(SOURCE)
    return tmp_path


def fixed(folder: Path) -> tuple[Compilation, tuple[str, ...]]:
    before = compile_folder(folder)
    changed = apply_fixes(folder, before.files, before.diagnostics)
    return compile_folder(folder), changed


def test_everything_that_needs_no_decision_is_put_right(tmp_path: Path) -> None:
    """Missing ids, quotation marks, spelling of keys and values, former ids: all in one go."""
    (tmp_path / "lease.md").write_text(
        "---\ntype: resource\ntitle: lease\nsummary: A right.\nformerly: [old-lease]\n---\n"
    )
    folder = folder_with(
        tmp_path,
        "---\n"
        "type: component   # keep me\n"
        "title: Agent\n"
        "Role:   Copies clips.\n"
        "since: 1.10\n"
        "reviewed: 2026-02-17\n"
        "aliases: [on]\n"
        "placement: Each Node\n"
        "requirements:\n"
        "  - must: Register the agent.\n"
        "    resource: [old-lease]\n"
        '  - {may: Register the agent., about: "old-lease"}\n'
        "source: handbook\n"
        "---\n"
        "\n"
        "Prose   with  spaces  \n",
    )

    after, changed = fixed(folder)

    assert changed == ("a.md",)
    assert after.diagnostics == ()
    assert (folder / "a.md").read_text() == (
        "---\n"
        "type: component   # keep me\n"
        "title: Agent\n"
        "role:   Copies clips.\n"
        'since: "1.10"\n'
        'reviewed: "2026-02-17"\n'
        'aliases: ["on"]\n'
        "placement: each-node\n"
        "requirements:\n"
        "  - id: register-the-agent\n"
        "    must: Register the agent.\n"
        "    resource: [lease]\n"
        '  - {id: register-the-agent-2, may: Register the agent., about: "lease"}\n'
        "source: handbook\n"
        "---\n"
        "\n"
        "Prose   with  spaces  \n"
    )


def test_line_endings_and_byte_order_mark_are_kept(tmp_path: Path) -> None:
    """A file with CRLF and a byte order mark keeps both, in inserted lines too."""
    lines = [
        "\ufeff---", "type: component", "title: Agent", "role: Copies.", "source: handbook",
        "requirements:", "  - must: Register the agent.", "---", "Body",
    ]  # fmt: skip
    folder = folder_with(tmp_path, "\r\n".join(lines))

    _, changed = fixed(folder)

    lines[6:7] = ["  - id: register-the-agent", "    must: Register the agent."]
    assert changed == ("a.md",)
    assert (folder / "a.md").read_bytes() == "\r\n".join(lines).encode()


def test_an_id_is_added_where_the_file_name_gives_none(tmp_path: Path) -> None:
    """A page whose file name is no id gets one in front of its type."""
    folder = folder_with(
        tmp_path,
        "---\ntype: component\ntitle: Agent\nrole: Copies.\nrequirements: none\n"
        "source: handbook\n---\n",
        "My_Agent.md",
    )

    after, _ = fixed(folder)

    assert after.diagnostics == ()
    assert (folder / "My_Agent.md").read_text().startswith("---\nid: my-agent\ntype: component\n")


def test_a_file_that_has_changed_is_left_alone(tmp_path: Path) -> None:
    """What was edited after the check is not overwritten."""
    folder = folder_with(tmp_path, "---\ntype: resource\ntitle: no\nsummary: A no.\n---\n")
    before = compile_folder(folder)
    (folder / "a.md").write_text("---\ntype: resource\ntitle: yes\nsummary: A yes.\n---\n")

    assert apply_fixes(folder, before.files, before.diagnostics) == ()
    assert "title: yes" in (folder / "a.md").read_text()


def test_fixing_twice_changes_nothing_more(tmp_path: Path) -> None:
    """The second run finds nothing to fix."""
    folder = folder_with(tmp_path, "---\ntype: resource\ntitle: no\nsummary: A no.\n---\n")

    fixed(folder)

    assert fixed(folder)[1] == ()


def test_the_mode_of_a_file_is_kept_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    """A file is replaced as a whole, with its permissions, and no temporary file remains."""
    folder = folder_with(tmp_path, "---\ntype: resource\ntitle: no\nsummary: A no.\n---\n")
    (folder / "a.md").chmod(0o640)

    fixed(folder)

    assert (folder / "a.md").stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in folder.iterdir()) == ["a.md", "handbook.md", "vault.md"]


@pytest.mark.parametrize(
    "edit",
    [
        Edit(Place("a.md", 1, 1), "other", "x"),
        Edit(Place("a.md", 9, 1), "text", "x"),
        Edit(Place("a.md", 1, 99), "t", "x"),
    ],
)
def test_an_edit_that_does_not_fit_is_passed_over(edit: Edit) -> None:
    """Where the old text does not stand, nothing is changed."""
    assert fixed_text("text\n", [edit]) == "text\n"
