"""What the README shows and names is so.

`UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/test_readme.py` writes its transcripts anew.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CONSOLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
CONTENT = re.compile(r"content [0-9a-f]{7}")


def test_its_transcripts_are_what_the_commands_write() -> None:
    """Each console block shows the output of its command; the content's digest is not compared."""
    text = README.read_text("utf-8")
    shown = list(CONSOLE.finditer(text))
    for one in reversed(shown):
        said = subprocess.run(
            shlex.split(one["command"]), cwd=ROOT, capture_output=True, timeout=60, check=True
        ).stdout.decode()
        is_shown = CONTENT.sub("content", one["output"]) == CONTENT.sub("content", said)
        if os.environ.get("UPDATE_GOLDEN") and not is_shown:
            text = text[: one.start("output")] + said + text[one.end("output") :]
            README.write_text(text, encoding="utf-8")
        else:
            assert is_shown, said

    assert len(shown) == 2


def test_its_python_runs() -> None:
    """The example in Python does what it says: a verdict and what it rests on."""
    (example,) = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    ended = subprocess.run(
        [sys.executable, "-c", example], cwd=ROOT, capture_output=True, timeout=60, check=True
    )

    assert ended.stdout.decode() == "no ['backup-service/no-failover']\n"


def test_its_links_and_targets_exist() -> None:
    """Every file that it links to is there, and every target of make that it names."""
    text = README.read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    linked = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    targets = re.findall(r"\bmake ([a-z]+)\b", text)

    assert [one for one in linked if not (ROOT / one).exists()] == []
    assert [one for one in targets if f"\n{one}:" not in makefile] == []
    assert linked
    assert targets


def test_it_says_whose_product_it_is_not() -> None:
    """The reader is told that the vendor has no part in it."""
    assert "Not affiliated with IDERA" in README.read_text("utf-8")
