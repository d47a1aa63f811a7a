"""`kb diff OLD [NEW]` with a real git: revisions, folders, and all that can be wrong with them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.kb.cli.test_command_line import kb
from tests.kb.test_history import Repository

WORLD = {
    "p": "---\ntype: product\ntitle: P\ntopologies: [pair]\nsource: book\n---\n",
    "pair": "---\ntype: topology\ntitle: pair\nsummary: Two nodes.\n---\n",
    "book": "---\ntype: source\ntitle: Book\npublisher: Nobody\n---\n",
}
SERVICE = """---
type: component
title: Tape Service
source: book
requirements:
  - id: run
    {asked}
questions:
  - ask: Must the Tape Service run on each node?
    status: answered
    components: [service]
---
"""
WEAK = SERVICE.format(asked="may: Run the service on each node.\n    placement: each-node")
STRONG = SERVICE.format(asked="must: Run the service on each node.\n    placement: each-node")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with two revisions: tag v1, and main, where something may and then must be."""
    made = Repository(tmp_path / "clone")
    (made.root / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    made.commit("2026-01-01T12:00:00+00:00", **WORLD, service=WEAK)
    made.git("tag", "v1")
    made.commit("2026-01-02T12:00:00+00:00", service=STRONG)
    return made


def diff(repository: Repository, *arguments: str) -> tuple[int, str, str]:
    return kb("diff", *arguments, "--docs-dir", repository.docs.as_posix())


def revision(repository: Repository, name: str) -> str:
    command = ["git", "-C", str(repository.root), "rev-parse", name]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_revisions_are_compared(repository: Repository) -> None:
    """What became stronger is told with both sentences, the answer that changes with both."""
    code, said, _ = diff(repository, "v1", "main")
    old, new = (revision(repository, one)[:7] for one in ("v1", "main"))

    assert code == 0
    assert said == (
        f"From v1 ({old}) to main ({new})\n"
        "1 requirement strengthened. Answers: 1 of 1 changed.\n"
        "\n"
        "Tape Service (service.md)\n"
        "  - Strengthened run: Run the service on each node.\n"
        "    Before: You may run the service on each node.\n"
        "\n"
        "Must the Tape Service run on each node? (service.md)\n"
        "  Before, no:\n"
        "    No, it is optional. Tape Service: you may run the service on each node.\n"
        "  Now, yes:\n"
        "    Yes. Tape Service: run the service on each node.\n"
    )


def test_two_revisions_may_be_one_word(repository: Repository) -> None:
    """OLD..NEW is OLD NEW, a side that is left out is HEAD; three dots are told what to write."""
    apart = diff(repository, "v1", "main", "--exit-code")

    assert apart[0] == 1
    assert diff(repository, "v1..main", "--exit-code") == apart
    assert diff(repository, "v1..", "--json") == diff(repository, "v1", "HEAD", "--json")
    assert diff(repository, "..v1", "--json") == diff(repository, "HEAD", "v1", "--json")
    code, _, told = diff(repository, "v1...main")
    assert (code, 'kb diff "$(git merge-base v1 main)" main' in told) == (2, True)
    assert "'../nowhere'" in diff(repository, "../nowhere")[2]


def test_the_way_back_is_weaker(repository: Repository) -> None:
    """A revision by its digits, and the other direction."""
    name = revision(repository, "v1")
    code, said, _ = diff(repository, "main", name[:12])

    assert code == 0
    assert f"to revision {name[:7]}\n1 requirement weakened." in said


def test_notes_of_a_release_are_markdown(repository: Repository) -> None:
    """Headings for facts and answers, pages below the one and questions below the other."""
    _, said, _ = diff(repository, "v1", "main", "--format", "md")

    assert said.startswith("# What changed from v1 ")
    assert [one for one in said.splitlines() if one.startswith("#")][1:] == [
        "## Facts",
        "### Tape Service (service.md)",
        "## Answers",
        "### Must the Tape Service run on each node?",
    ]
    assert "- **Strengthened run**: Run the service on each node.\n    - Before: You may" in said
    assert "**Now, yes:**\n\n> Yes. Tape Service: run the service on each node.\n" in said


def test_json_has_all_of_it(repository: Repository) -> None:
    """Changes and answers as values, for programs."""
    made = json.loads(diff(repository, "v1", "--json")[1])

    assert made["is_same"] is False
    assert made["asked"] == 1
    [change], [answer] = made["changes"], made["answers"]
    assert (change["kind"], change["page"], change["requirement"]) == (
        "strengthened",
        "service",
        "run",
    )
    assert (answer["verdict_before"], answer["verdict_after"]) == ("no", "yes")


def test_without_a_second_name_the_pages_are_taken_as_they_are(repository: Repository) -> None:
    """Edits that are not committed count, and it says so; a clean tree is the same as its HEAD."""
    head, nothing = revision(repository, "HEAD"), "No fact has changed. Answers: 0 of 1 changed."

    assert diff(repository, "HEAD", "--exit-code")[:2] == (
        0,
        f"From HEAD ({head[:7]}) to {repository.docs.as_posix()}\n{nothing}\n",
    )

    (repository.docs / "service.md").write_text(WEAK, encoding="utf-8")
    code, said, _ = diff(repository, "HEAD", "--exit-code")

    assert code == 1
    assert "with edits that are not committed\n1 requirement weakened." in said


def test_folders_are_compared(repository: Repository, tmp_path: Path) -> None:
    """A folder of pages, or a whole checkout, which need not be in a repository."""
    other = tmp_path / "other"
    shutil.copytree(repository.root, other, ignore=shutil.ignore_patterns(".git"))
    (other / "docs" / "service.md").write_text(WEAK, encoding="utf-8")

    for folder in (other, other / "docs"):
        code, said, _ = diff(repository, str(folder), "main")
        assert code == 0
        assert f"From {(other / 'docs').as_posix()} to main" in said
        assert "1 requirement strengthened." in said


def test_a_renamed_page_is_the_same_page(repository: Repository) -> None:
    """With its former id it is renamed, and not removed and added."""
    text = STRONG.replace("title: Tape Service\n", "title: Tape Service\nformerly: [service]\n")
    text = text.replace("components: [service]", "components: [tape]")
    (repository.docs / "service.md").unlink()
    (repository.docs / "tape.md").write_text(text, encoding="utf-8")
    _, said, _ = diff(repository, "HEAD")

    assert "\n1 page renamed. Answers: 0 of 1 changed.\n" in said
    assert "    id: now tape; before service\n" in said


def test_a_missing_revision_is_told(repository: Repository) -> None:
    """A name that git does not know ends with 2, whatever it looks like."""
    for name in ("v9", "--since=yesterday", "HEAD:docs", "a\nb", "v1..v9"):
        folder = repository.docs.as_posix()
        code, said, complaint = kb("diff", "--docs-dir", folder, "--exit-code", "--", name)
        assert (code, said) == (2, "")
        assert complaint.startswith("error: git knows no revision ")


def test_a_shallow_clone_is_told(repository: Repository, tmp_path: Path) -> None:
    """A revision that the copy lacks may be there in the whole one: how to get it is said."""
    clone = tmp_path / "shallow"
    source = repository.root.as_uri()
    subprocess.run(["git", "clone", "-q", "--depth", "1", source, str(clone)], check=True)
    code, _, complaint = kb("diff", "HEAD~1", "--docs-dir", (clone / "docs").as_posix())

    assert code == 2
    assert "git knows no revision 'HEAD~1'" in complaint
    assert "git fetch --unshallow" in complaint
    assert kb("diff", "HEAD", "--docs-dir", (clone / "docs").as_posix())[0] == 0


def test_a_folder_without_a_repository_is_told(tmp_path: Path) -> None:
    """Revisions need a repository; folders do not."""
    for name, text in WORLD.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    code, _, complaint = kb("diff", "HEAD", "--docs-dir", tmp_path.as_posix())

    assert code == 2
    assert "is in no git repository" in complaint
    assert kb("diff", str(tmp_path), "--docs-dir", tmp_path.as_posix())[0] == 0


def test_a_side_with_errors_is_named(repository: Repository) -> None:
    """Errors are shown with their file, and which side they are of; 1 would mean a difference."""
    (repository.docs / "service.md").write_text(
        WEAK.replace("source: book", "source: nothing"), encoding="utf-8"
    )
    code, said, complaint = diff(repository, "HEAD", "--exit-code")

    assert (code, said) == (2, "")
    assert f"{repository.docs.as_posix()}/service.md:4:9: error[KB202" in complaint
    assert f"error: 1 error in the pages of {repository.docs.as_posix()} with edits" in complaint

    repository.git("commit", "-q", "-a", "-m", "x")
    (repository.docs / "service.md").write_text(STRONG, encoding="utf-8")
    code, _, complaint = diff(repository, "HEAD")

    assert code == 2
    assert f"HEAD:{repository.docs.as_posix()}/service.md:4:9: error[KB202" in complaint
    assert "error: 1 error in the pages of HEAD (" in complaint


def test_a_revision_without_pages_is_told(repository: Repository) -> None:
    """Where the folder did not exist then, that is said."""
    repository.git("checkout", "-q", "--orphan", "empty")
    repository.git("rm", "-q", "-r", "--cached", ".")
    repository.git("commit", "-q", "--allow-empty", "-m", "x")
    code, _, complaint = diff(repository, "empty", "main")

    assert code == 2
    assert "there is no page in " in complaint
    assert "of revision 'empty'" in complaint


def test_links_of_a_revision_are_not_followed(repository: Repository, tmp_path: Path) -> None:
    """A symbolic link among the pages of a revision is an error there, as it is in a folder."""
    (repository.docs / "link.md").symlink_to(tmp_path / "secret.md")
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "x")
    (repository.docs / "link.md").unlink()
    code, _, complaint = diff(repository, "HEAD")

    assert code == 2
    assert "link.md:1:1: error[KB00" in complaint


def test_a_name_that_is_both_is_not_guessed(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder called like a branch is compared only where it is said which is meant."""
    repository.git("branch", "docs", "v1")
    monkeypatch.chdir(repository.root)
    code, _, complaint = kb("diff", "docs", cwd=repository.root)

    assert code == 2
    assert complaint.startswith("error: docs is a folder and a revision\n")
    assert "strengthened" in kb("diff", "heads/docs", cwd=repository.root)[1]
    assert "No fact has changed" in kb("diff", "./docs", cwd=repository.root)[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "OLD and perhaps NEW are expected, not 0 names"),
        (("a", "b", "c"), "OLD and perhaps NEW are expected, not 3 names"),
        (("v1", "--product", "p"), "--product goes with --from and --to"),
    ],
)
def test_what_is_no_comparison_is_told(
    repository: Repository, arguments: tuple[str, ...], said: str
) -> None:
    """Too few names, too many, and options of the other use."""
    code, _, complaint = diff(repository, *arguments)

    assert code == 2
    assert said in complaint
