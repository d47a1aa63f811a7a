"""The tutorial, followed to the letter: its pages are written, its commands are run."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

TUTORIAL = Path(__file__).parents[1] / "docs" / "guides" / "tutorial.md"
_PAGE = re.compile(r'^```markdown title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_EXPECTED = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def kb(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "kb.cli", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    """Return a folder in which all pages of the tutorial have been written."""
    for name, content in _PAGE.findall(TUTORIAL.read_text("utf-8")):
        page = tmp_path / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(content, "utf-8")
    return tmp_path


def test_the_pages_pass_the_check_as_shown(ferry: Path) -> None:
    """The pages have no errors, and the line that the tutorial shows is what comes out."""
    shown = _EXPECTED.findall(TUTORIAL.read_text("utf-8"))

    done = kb(ferry, "check", "--docs-dir", "ferry/docs")

    assert (done.returncode, done.stdout.strip()) == (0, shown[0].strip())


def test_the_mistake_is_told_as_shown(ferry: Path) -> None:
    """The wrong placement gets the message that the tutorial shows."""
    shown = _EXPECTED.findall(TUTORIAL.read_text("utf-8"))
    page = ferry / "ferry" / "docs" / "components" / "relay-service.md"
    page.write_text(
        page.read_text("utf-8").replace("placement: each-node", "placement: every-node")
    )

    done = kb(ferry, "check", "--docs-dir", "ferry/docs")

    assert done.returncode == 1
    assert shown[1].strip() in done.stdout


@pytest.mark.parametrize(
    ("question", "status", "verdict"),
    [
        ("do I have to install the relay on each node?", "answered", "yes"),
        ("does the relay need a VIP?", "answered", "depends"),
        ("what do I have to do about the dashboard?", "answered", None),
        ("what is the price of the relay?", "not_covered", None),
    ],
)
def test_the_questions_are_answered_as_told(
    ferry: Path, question: str, status: str, verdict: str | None
) -> None:
    """Each question of the tutorial has the answer that its text tells."""
    done = kb(ferry, "ask", "--docs-dir", "ferry/docs", "--json", question)

    answer = json.loads(done.stdout)
    assert (answer["status"], answer["verdict"]) == (status, verdict)


def test_its_golden_questions_are_right(ferry: Path) -> None:
    """What the pages promise to answer, they answer."""
    done = kb(ferry, "eval", "--docs-dir", "ferry/docs")

    assert done.returncode == 0, done.stdout + done.stderr
