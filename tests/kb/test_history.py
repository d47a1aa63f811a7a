"""The history of a docs folder, with a real git: what is read, and what is told where it cannot."""

import datetime
import os
import subprocess
from pathlib import Path

import pytest

from kb.diff import Timeline, timeline
from kb.history import read_history

PAGE = "---\ntype: resource\ntitle: Disk\nsummary: {summary}\n---\n"


class Repository:
    """A repository whose pages are committed on days of one's choice."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.docs = root / "docs"
        self.docs.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, date: str = "2026-01-01T12:00:00+00:00") -> None:
        names = {"GIT_AUTHOR_NAME": "n", "GIT_AUTHOR_EMAIL": "e", "GIT_COMMITTER_NAME": "n"}
        names |= {"GIT_COMMITTER_EMAIL": "e", "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        command = ["git", "-C", str(self.root), *arguments]
        subprocess.run(command, check=True, capture_output=True, env=os.environ | names)

    def commit(self, date: str, **files: str | None) -> None:
        for name, content in files.items():
            path = self.docs / f"{name}.md"
            if content is None:
                path.unlink()
            else:
                path.write_text(content, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x", date=date)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one page, edited twice on one day and once on the next."""
    made = Repository(tmp_path / "r")
    made.commit("2026-03-01T10:00:00+00:00", disk=PAGE.format(summary="One."))
    made.commit("2026-03-02T10:00:00+00:00", disk=PAGE.format(summary="Two."))
    made.commit("2026-03-02T11:00:00+00:00", disk=PAGE.format(summary="Three."))
    return made


def told(docs: Path) -> Timeline:
    return timeline(docs, read_history(docs))


def test_each_day_says_what_came_of_it(repository: Repository) -> None:
    """Newest first, one line for what was edited twice on a day."""
    found = told(repository.docs)

    assert [(one.date.isoformat(), [c.kind for c in one.changes]) for one in found.days] == [
        ("2026-03-02", ["changed"]),
        ("2026-03-01", ["added"]),
    ]
    assert found.days[0].changes[0].aspects == ("summary",)


def test_days_are_those_of_utc(repository: Repository) -> None:
    """A commit late in the evening of one place belongs to the day that it was in UTC."""
    repository.commit("2026-03-05T23:30:00-05:00", disk=PAGE.format(summary="Four."))

    assert told(repository.docs).days[0].date == datetime.date(2026, 3, 6)


def test_a_renamed_page_is_followed(repository: Repository) -> None:
    """A page that is moved in git keeps its history; with another id it is told as renamed."""
    (repository.docs / "disk.md").rename(repository.docs / "drive.md")
    text = PAGE.format(summary="Three.").replace("title", "formerly: [disk]\ntitle")
    repository.commit("2026-03-07T10:00:00+00:00", drive=text)

    assert [one.kind for one in told(repository.docs).days[0].changes] == ["renamed"]


def test_a_page_with_errors_in_an_old_revision_is_named(repository: Repository) -> None:
    """What could not be read then is said, and nothing is guessed."""
    repository.commit("2026-03-08T10:00:00+00:00", disk="---\ntype: [\ntype: x\n---\n")

    day = told(repository.docs).days[0]
    assert (day.changes, day.unread) == ((), ("disk.md",))


def test_edits_that_are_not_committed_are_noticed(repository: Repository) -> None:
    """They are no part of the history."""
    assert not read_history(repository.docs).is_edited

    (repository.docs / "disk.md").write_text(PAGE.format(summary="Mine."), encoding="utf-8")

    assert read_history(repository.docs).is_edited
    assert len(told(repository.docs).days) == 2


def test_the_oldest_revision_of_a_shallow_clone_adds_nothing(
    repository: Repository, tmp_path: Path
) -> None:
    """What a clone does not have is not taken for new."""
    clone = tmp_path / "clone"
    source = f"file://{repository.root}"
    subprocess.run(["git", "clone", "-q", "--depth", "2", source, str(clone)], check=True)

    found = told(clone / "docs")

    assert found.history.is_shallow
    assert [one.kind for day in found.days for one in day.changes] == ["changed"]


def test_a_cap_keeps_old_revisions_out(repository: Repository) -> None:
    """There is an end to what is read, and it is told."""
    found = read_history(repository.docs, most=1)

    assert len(found.revisions) == 1
    assert found.is_cut


def test_without_history_there_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No repository, no commit, no program: each is told and none is an error."""
    assert read_history(tmp_path).lack == "no-repository"
    assert read_history(Repository(tmp_path / "new").docs).lack == "no-revision"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_history(tmp_path).lack == "no-git"
